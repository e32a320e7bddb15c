"""A stand-in for Discord on the loopback: the few routes and gateway events that starting and stopping need.

The process under test is the real one; only the two addresses are turned (``forkserver.point_discord_at``). It runs
in a thread with a loop of its own, since tests with real processes wait for them.
"""

import asyncio
import json
import threading
import time
from collections.abc import Coroutine
from typing import Any

from aiohttp import WSMsgType, web

TOKEN = "MTAw.stand-in.token"
BOT = {"id": "100", "username": "Dealwire", "discriminator": "0", "avatar": None, "bot": True, "global_name": None}
ANN = {"id": "200", "username": "ann", "discriminator": "0", "avatar": None, "global_name": None}
CHANNEL_ID, GUILD_ID = "300", "400"
READS_MESSAGES = 1 << 18


class StandIn:
    """``async`` inside, plain outside. ``requests`` is what was asked for, in order."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str, Any]] = []
        self.identified: list[dict[str, Any]] = []
        self.closed: list[int | None] = []  # the close codes that the bot sent
        self.refuse_with: int | None = None  # the gateway closes with this code instead of READY
        self.flags = READS_MESSAGES
        self.servers: list[dict[str, Any]] = []  # as GET /users/@me/guilds lists them
        self.permissions = "8"  # of @everyone on the one server of the gateway
        self.port = 0
        self._sockets: list[web.WebSocketResponse] = []
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(30)

    # ------------------------------------------------------------ for tests

    def send(self, event: str, data: dict[str, Any]) -> None:
        self._call(self._send(event, data))

    def ask(self, question: str, number: int = 1) -> None:
        """Ann types /ask."""
        self.send("INTERACTION_CREATE", interaction(question, number))

    def asked_for(self, method: str, ending: str) -> list[Any]:
        """The bodies of such requests so far."""
        return [body for verb, path, body in self.requests if verb == method and path.endswith(ending)]

    def until(self, method: str, ending: str, timeout: float = 60) -> Any:
        """Wait for a request; its body."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            if found := self.asked_for(method, ending):
                return found[-1]
            time.sleep(0.01)
        raise AssertionError(f"no {method} …{ending}, but {[each[:2] for each in self.requests]}")

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    # ------------------------------------------------------------ the server

    def _call(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        app = web.Application()
        app.router.add_get("/gateway", self._gateway)
        app.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        self._ready.set()
        await self._stop.wait()
        for socket in self._sockets:
            await socket.close()
        await runner.cleanup()

    async def _rest(self, request: web.Request) -> web.Response:
        path = "/" + request.match_info["path"]
        body = await request.read()
        told = json.loads(body) if body and request.content_type == "application/json" else None
        self.requests.append((request.method, path, told))
        if (
            path.startswith(("/users", "/oauth2", "/gateway"))
            and request.headers.get("Authorization") != f"Bot {TOKEN}"
        ):
            return reply({"message": "401: Unauthorized", "code": 0}, status=401)
        if path == "/users/@me":
            return reply(BOT)
        if path == "/users/@me/guilds":
            return reply(self.servers)
        if path == "/oauth2/applications/@me":
            return reply(application(self.flags))
        if path == "/gateway/bot":
            limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
            url = f"ws://127.0.0.1:{self.port}/gateway"
            return reply({"url": url, "shards": 1, "session_start_limit": limit})
        if path.endswith("/commands") and request.method == "PUT":
            known = [
                {"id": str(900 + n), "application_id": "100", "version": "1", "type": 1, "description": ""} | each
                for n, each in enumerate(told)
            ]
            return reply(known)
        if path.endswith("/callback"):
            return reply({"interaction": {"id": path.split("/")[2], "type": 2}})
        if path.startswith("/webhooks/"):
            return reply(message(told or {}))
        return reply({"message": "404: Not Found", "code": 0}, status=404)

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 40_000}, "s": None, "t": None})
        async for received in socket:
            if received.type is not WSMsgType.TEXT:
                break
            told = json.loads(received.data)
            if told["op"] == 1:
                await socket.send_json({"op": 11})
            elif told["op"] == 2:
                self.identified.append(told["d"])
                if self.refuse_with:
                    await socket.close(code=self.refuse_with)
                    return socket
                self._sockets.append(socket)
                await self._greet(socket, told["d"].get("shard", [0, 1]))
        self.closed.append(socket.close_code)
        return socket

    async def _greet(self, socket: web.WebSocketResponse, shard: list[int]) -> None:
        ready = {
            "v": 10,
            "user": BOT,
            "session_id": "session",
            "shard": shard,
            "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway",
            "application": {"id": "100", "flags": self.flags},
            "guilds": [{"id": GUILD_ID, "unavailable": True}],
        }
        await socket.send_json({"op": 0, "t": "READY", "s": 1, "d": ready})
        await socket.send_json({"op": 0, "t": "GUILD_CREATE", "s": 2, "d": guild(self.permissions)})

    async def _send(self, event: str, data: dict[str, Any]) -> None:
        for socket in self._sockets:
            await socket.send_json({"op": 0, "t": event, "s": 3, "d": data})


def reply(data: Any, status: int = 200) -> web.Response:
    # Without a charset, since discord.py takes only Discord's own spelling for JSON.
    return web.Response(body=json.dumps(data).encode(), status=status, headers={"Content-Type": "application/json"})


def application(flags: int) -> dict[str, Any]:
    return {
        "id": "100",
        "name": "Dealwire",
        "icon": None,
        "description": "",
        "summary": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "owner": ANN,
        "team": None,
        "flags": flags,
    }


def guild(permissions: str) -> dict[str, Any]:
    everyone = {
        "id": GUILD_ID,
        "name": "@everyone",
        "permissions": permissions,
        "position": 0,
        "color": 0,
        "colors": {},
    }
    everyone |= {
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    channel = {"id": CHANNEL_ID, "type": 0, "name": "deals", "position": 0, "permission_overwrites": [], "nsfw": False}
    me = {"user": BOT, "roles": [], "joined_at": "2025-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0}
    return {
        "id": GUILD_ID,
        "name": "Deal watchers",
        "owner_id": ANN["id"],
        "roles": [everyone],
        "channels": [channel],
        "members": [me],
        "member_count": 2,
        "emojis": [],
        "stickers": [],
        "features": [],
        "threads": [],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_flags": 0,
        "preferred_locale": "en-GB",
        "afk_timeout": 300,
        "large": False,
        "unavailable": False,
    }


def interaction(question: str, number: int) -> dict[str, Any]:
    member = {"user": ANN, "roles": [], "joined_at": "2025-01-01T00:00:00+00:00", "deaf": False, "mute": False}
    return {
        "id": str(5000 + number),
        "application_id": "100",
        "type": 2,
        "token": f"token-{number}",
        "version": 1,
        "guild_id": GUILD_ID,
        "channel_id": CHANNEL_ID,
        "channel": {"id": CHANNEL_ID, "type": 0, "name": "deals", "guild_id": GUILD_ID, "permissions": "8"},
        "member": member | {"permissions": "8", "flags": 0},
        "app_permissions": "8",
        "locale": "en-GB",
        "entitlements": [],
        "authorizing_integration_owners": {},
        "attachment_size_limit": 10_000_000,
        "data": {
            "id": "900",
            "name": "ask",
            "type": 1,
            "options": [{"name": "question", "type": 3, "value": question}],
        },
    }


def message(sent: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(7000 + int(time.monotonic() * 1000) % 100_000),
        "channel_id": CHANNEL_ID,
        "author": BOT,
        "content": sent.get("content") or "",
        "timestamp": "2025-01-01T00:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "pinned": False,
        "type": 0,
        "flags": sent.get("flags", 0),
    }
