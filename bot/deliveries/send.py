"""One delivery's way to Discord: sends it, says what became of it, and looks for one that may be there already.

Knows no database. Sending the same row twice within minutes makes one message (Discord's enforced nonce); for the
time after that, each message carries a mark, the number of its first component, by which it is found again.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
import discord
from discord.http import Route

from bot.clock import moment
from bot.deliveries.kinds import Outgoing
from bot.deliveries.pace import Pace
from bot.store.deliveries import Delivery

log = logging.getLogger(__name__)

PATIENCE = 75.0  # seconds for one message, discord.py's own repetitions included
LOOKED_THROUGH = 500  # messages of a channel, the newest first, for one that may have been sent
CLOCKS_DIFFER = timedelta(hours=2)  # by how much ours may have been wrong when it was sent
MARK = 10_000  # added to the row's id; Discord numbers components without a number from 1

UNKNOWN_MESSAGE = 10008
NOT_THERE = "I may not see the channel"
NOBODY_THERE = {10003: "the channel is gone", 10013: "that person is gone"}
REFUSALS = NOBODY_THERE | {
    50001: NOT_THERE,
    50007: "that person takes no direct messages from me",
    50013: "I may not write in the channel",
    50083: "the thread is archived and locked",
    50278: "that person shares no server with me any more",
    20026: "Discord has flagged this bot and lets it send no direct messages",
}


@dataclass(frozen=True, slots=True)
class Sent:
    message_id: int | None  # None: it was sent, and somebody deleted it


@dataclass(frozen=True, slots=True)
class Later:
    """Try again after ``seconds``, or (None) as the number of attempts tells."""

    why: str
    seconds: float | None = None
    certain: bool = False  # Discord did not store it


@dataclass(frozen=True, slots=True)
class Never:
    why: str


class Post:
    """Sends with a client that is logged in; needs neither its gateway nor its cache."""

    def __init__(self, bot: discord.Client) -> None:
        self._bot = bot
        self._pace = Pace()

    async def send(self, delivery: Delivery, outgoing: Outgoing) -> Sent | Later | Never:
        """Never raises but for a bug."""
        try:
            async with asyncio.timeout(PATIENCE):
                return Sent(await self._send(delivery, outgoing))
        except discord.RateLimited as error:
            return Later("Discord's rate limit", error.retry_after, certain=True)
        except discord.HTTPException as error:
            return judged(error, delivery)
        except TimeoutError:
            return Later("Discord did not answer in time")
        except (aiohttp.ClientError, OSError) as error:
            return Later(f"the connection to Discord failed ({type(error).__name__})")

    async def find(self, deliveries: list[Delivery]) -> dict[int, int]:
        """Those of one place's deliveries that are there already: their ids to their messages' ids.

        Raises what discord.py raises where nobody may look.
        """
        target = await self._target(deliveries[0])
        since = moment(min(each.doubt_since or 0.0 for each in deliveries)) - CLOCKS_DIFFER
        wanted: dict[int | str | None, int] = {MARK + each.id: each.id for each in deliveries}
        wanted |= {nonce(each): each.id for each in deliveries}
        found: dict[int, int] = {}
        before: int | None = None
        for _ in range(LOOKED_THROUGH // 100):
            async with self._pace.turn():
                page = await self._bot.http.logs_from(target.id, 100, before=before)
            for message in page:
                components: list[Any] = message.get("components") or [{}]
                known = wanted.get(components[0].get("id")) or wanted.get(str(message.get("nonce")))
                if known is not None:
                    found[known] = int(message["id"])
            if len(page) < 100 or len(found) == len(deliveries):
                break
            before = int(page[-1]["id"])
            if discord.utils.snowflake_time(before) < since:
                break
        return found

    async def _target(self, delivery: Delivery) -> Any:
        if delivery.channel_id is not None:
            return self._bot.get_partial_messageable(delivery.channel_id)
        assert delivery.person_id is not None
        async with self._pace.turn():
            return await self._bot.create_dm(discord.Object(delivery.person_id))

    async def _send(self, delivery: Delivery, outgoing: Outgoing) -> int:
        target = await self._target(delivery)
        async with self._pace.turn():
            return await self._send_to(target, delivery, outgoing)

    async def _send_to(self, target: Any, delivery: Delivery, outgoing: Outgoing) -> int:
        view = outgoing.view
        view.children[0].id = MARK + delivery.id
        view.stop()  # else discord.py keeps every message's view for good
        if outgoing.edit is not None:
            await target.get_partial_message(outgoing.edit).edit(view=view, allowed_mentions=outgoing.mentions)
            return outgoing.edit
        if outgoing.thread is not None:
            return await self._open_thread(target.id, outgoing)
        message = await target.send(view=view, nonce=nonce(delivery), allowed_mentions=outgoing.mentions)
        return int(message.id)

    async def _open_thread(self, forum_id: int, outgoing: Outgoing) -> int:
        """A post in a forum; Discord enforces no nonce here. The thread's id is its first message's."""
        payload = {
            "name": (outgoing.thread or "")[:100],
            "applied_tags": [str(tag) for tag in outgoing.tags[:5]],
            "message": {
                "components": outgoing.view.to_components(),  # type: ignore[no-untyped-call]
                "flags": discord.MessageFlags(components_v2=True).value,
                "allowed_mentions": outgoing.mentions.to_dict(),
            },
        }
        made = await self._bot.http.request(
            Route("POST", "/channels/{channel_id}/threads", channel_id=forum_id), json=payload
        )
        return int(made["id"])


def nonce(delivery: Delivery) -> str:
    """At most 25 characters. Its time stands in it for a database that was made anew and counts from 1 again."""
    return f"{delivery.id}-{int(delivery.first_due)}"[:25]


def judged(error: discord.HTTPException, delivery: Delivery) -> Sent | Later | Never:
    """What an answer of Discord's means for the row."""
    if error.status == 429:
        return Later("Discord's rate limit", 60.0, certain=True)  # discord.py has waited out what was short
    if error.status >= 500:
        return Later(f"Discord has trouble ({error.status})")
    if error.status == 401:
        return Later("Discord refuses the token", 60.0, certain=True)
    if error.code == UNKNOWN_MESSAGE:
        return Sent(None)  # stored under this nonce, and deleted since; or the message to edit was deleted
    if error.code in REFUSALS:
        return Never(REFUSALS[error.code])
    log.error("Discord refused delivery %s of kind %s: %s", delivery.id, delivery.kind, error)
    return Never(f"Discord refuses it ({error.status}, code {error.code})")
