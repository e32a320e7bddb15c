"""A stand-in for the part of Discord's REST API that deliveries use, on a loopback port, with real sockets.

It keeps messages, enforces nonces for some minutes and rate limits as Discord's documentation tells, and can be
told to fail: each ``Fault`` meets the next matching request. A message that a fault lets through is really stored.
"""

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from aiohttp import web

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

BOT_ID = 900_000_000_000_000_001
NONCES_LAST = 300.0  # seconds; Discord says “the past few minutes”


@dataclass
class Fault:
    """What befalls the next ``times`` messages that are sent to ``channel`` (None: to any)."""

    status: int = 0  # 0: the connection is cut
    stored: bool = False  # after the message was stored
    times: int = 1
    channel: int | None = None
    retry_after: float = 0.0
    hold: bool = False  # no answer at all, until the client is gone


@dataclass
class Message:
    id: int
    channel_id: int
    text: str
    nonce: str | None
    at: float
    payload: dict[str, Any] = field(default_factory=dict)


class DiscordApi:
    """``messages`` in the order in which they were stored.

    ``limit`` as (messages, seconds) a channel, ``overall`` as (requests, seconds) for all requests together.
    """

    def __init__(self, limit: tuple[int, float] | None = None, overall: tuple[int, float] | None = None) -> None:
        self.messages: list[Message] = []
        self.faults: list[Fault] = []
        self.gone: dict[int, tuple[int, int]] = {}  # channels: (status, code) of every request
        self.closed: set[int] = set()  # people who take no direct messages
        self.left: set[int] = set()  # people who share no server with the bot any more
        self.requests: list[tuple[str, str]] = []
        self.limited = 0  # requests that were answered with 429
        self.limit = limit
        self.overall = overall
        self.forgets_nonces = False  # as Discord does after some minutes
        self.hold_login = False
        self.base = ""
        self._used: dict[int, list[float]] = defaultdict(list)
        self._all: deque[float] = deque()
        self._ids = 0

    def texts(self, channel_id: int | None = None) -> list[str]:
        return [each.text for each in self.messages if channel_id in (None, each.channel_id)]

    @asynccontextmanager
    async def running(self) -> AsyncIterator["DiscordApi"]:
        app = web.Application(middlewares=[self._counted])
        app.add_routes(
            [
                web.get("/users/@me", self._me),
                web.get("/oauth2/applications/@me", self._application),
                web.post("/users/@me/channels", self._open_dm),
                web.post("/channels/{channel}/messages", self._send),
                web.get("/channels/{channel}/messages", self._history),
                web.patch("/channels/{channel}/messages/{message}", self._edit),
            ]
        )
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def until(self, count: int, patience: float = 60) -> None:
        """Until so many messages are stored."""
        end = time.monotonic() + patience
        while len(self.messages) < count:
            assert time.monotonic() < end, f"{len(self.messages)} of {count} messages came: {self.requests[-20:]}"
            await asyncio.sleep(0.01)

    @web.middleware
    async def _counted(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Discord's limit on all requests of a bot together."""
        now = time.monotonic()
        if self.overall is not None:
            most, seconds = self.overall
            while self._all and self._all[0] <= now - seconds:
                self._all.popleft()
            if len(self._all) >= most:
                self.limited += 1
                return self._too_many(seconds, everywhere=True)
            self._all.append(now)
        return await handler(request)

    async def _me(self, request: web.Request) -> web.StreamResponse:
        while self.hold_login:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        return reply({"id": str(BOT_ID), "username": "dealwire", "discriminator": "0", "avatar": None, "bot": True})

    async def _application(self, request: web.Request) -> web.StreamResponse:
        return reply(
            {
                "id": str(BOT_ID),
                "name": "dealwire",
                "description": "",
                "icon": None,
                "owner": {"id": "1", "username": "owner", "discriminator": "0", "avatar": None},
                "bot_public": True,
                "bot_require_code_grant": False,
                "verify_key": "",
                "team": None,
                "summary": "",
            }
        )

    async def _open_dm(self, request: web.Request) -> web.StreamResponse:
        person = int((await request.json())["recipient_id"])
        user = {"id": str(person), "username": "somebody", "discriminator": "0", "avatar": None}
        return reply({"id": str(person + 1_000), "type": 1, "recipients": [user]})

    async def _send(self, request: web.Request) -> web.StreamResponse:
        channel = int(request.match_info["channel"])
        self.requests.append(("POST", request.path))
        payload = await request.json()
        if channel in self.gone:
            status, code = self.gone[channel]
            return reply({"code": code, "message": "no"}, status=status)
        if channel - 1_000 in self.closed | self.left:
            code = 50278 if channel - 1_000 in self.left else 50007
            return reply({"code": code, "message": "no"}, status=403)
        headers = self._count(channel)
        if headers is None:
            self.limited += 1
            return self._too_many(self.limit[1] if self.limit else 1.0)
        fault = next((each for each in self.faults if each.channel in (None, channel)), None)
        if fault:
            fault.times -= 1
            if fault.times <= 0:
                self.faults.remove(fault)
            if fault.stored:
                self._store(channel, payload)
            return await self._fail(request, fault)
        return reply(self._as_json(self._store(channel, payload)), headers=headers)

    async def _fail(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        while fault.hold:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        if fault.status == 429:
            return self._too_many(fault.retry_after)
        if fault.status:
            return reply({"code": 0, "message": "trouble"}, status=fault.status)
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    def _too_many(self, after: float, *, everywhere: bool = False) -> web.Response:
        body = {"message": "You are being rate limited.", "retry_after": after, "global": everywhere}
        headers = {"Retry-After": str(after), "Via": "1.1 google", "X-RateLimit-Remaining": "0"}
        headers |= {"X-RateLimit-Limit": "5", "X-RateLimit-Reset-After": str(after)}
        if everywhere:
            headers["X-RateLimit-Global"] = "true"
        return reply(body, status=429, headers=headers)

    def _count(self, channel: int) -> dict[str, str] | None:
        """The headers of Discord's limits; None where the limit is overrun."""
        if self.limit is None:
            return {}
        most, seconds = self.limit
        now = time.monotonic()
        used = self._used[channel] = [at for at in self._used[channel] if at > now - seconds]
        if len(used) >= most:
            return None
        used.append(now)
        return {
            "X-RateLimit-Limit": str(most),
            "X-RateLimit-Remaining": str(most - len(used)),
            "X-RateLimit-Reset-After": f"{used[0] + seconds - now:.3f}",
            "X-RateLimit-Reset": f"{time.time() + used[0] + seconds - now:.3f}",
            "X-RateLimit-Bucket": "messages",
        }

    def _store(self, channel: int, payload: dict[str, Any]) -> Message:
        nonce = payload.get("nonce") if payload.get("enforce_nonce") else None
        if nonce is not None and not self.forgets_nonces:
            for each in reversed(self.messages):
                if each.nonce == nonce and each.at > time.time() - NONCES_LAST:
                    return each
        self._ids += 1
        made = (int(time.time() * 1000) - 1_420_070_400_000 << 22) + self._ids
        message = Message(made, channel, words(payload.get("components") or []), nonce, time.time(), payload)
        self.messages.append(message)
        return message

    async def _history(self, request: web.Request) -> web.StreamResponse:
        channel = int(request.match_info["channel"])
        self.requests.append(("GET", request.path))
        before = int(request.query.get("before") or 2**63)
        found = [each for each in self.messages if each.channel_id == channel and each.id < before]
        found = sorted(found, key=lambda each: -each.id)[: int(request.query.get("limit") or 50)]
        return reply([self._as_json(each) | {"nonce": None} for each in found])

    async def _edit(self, request: web.Request) -> web.StreamResponse:
        wanted = int(request.match_info["message"])
        for each in self.messages:
            if each.id == wanted:
                each.payload |= await request.json()
                each.text = words(each.payload["components"])
                return reply(self._as_json(each))
        return reply({"code": 10008, "message": "Unknown Message"}, status=404)

    def _as_json(self, message: Message) -> dict[str, Any]:
        return {
            "id": str(message.id),
            "channel_id": str(message.channel_id),
            "author": {"id": str(BOT_ID), "username": "dealwire", "discriminator": "0", "avatar": None, "bot": True},
            "content": "",
            "timestamp": "2026-01-01T00:00:00+00:00",
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "pinned": False,
            "type": 0,
            "flags": 1 << 15,
            "nonce": message.nonce,
            "components": message.payload.get("components") or [],
        }


def reply(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Without a charset, as Discord's answers are; discord.py insists on it."""
    return web.Response(
        body=json.dumps(value).encode(), status=status, headers=headers, content_type="application/json"
    )


def words(components: list[dict[str, Any]]) -> str:
    found = []
    for each in components:
        if "content" in each:
            found.append(each["content"])
        found += [words(each["components"])] if each.get("components") else []
    return "\n".join(found)
