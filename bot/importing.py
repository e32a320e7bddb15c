"""Channels in which an import bot posts: its messages, and the files attached to them, become articles by themselves.

One path for what comes now and for what came while the bot was away: the messages after the last one that was read, in
their order. A message's articles enter the queue in the transaction that moves that mark, so that a kill reads none
twice and passes none over. People's own messages are left alone; they have the menu “Add to the index”.
"""

import asyncio
import logging
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import discord
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adding import FEW_WORDS, of_message
from index.errors import UsageError
from index.feeds.address import CHANNEL
from index.feeds.turns import after_failure, after_success
from index.read import Reading
from index.store import feeds, queue
from index.store.feeds import Feed, Subscription
from index.work import to_json

if TYPE_CHECKING:
    from bot.client import DealwireBot

AT_ONCE = 500  # messages of one look; the rest follows with the next
EVERY = 300.0  # seconds between looks at all of them, should a message not have reached us
MAY_NOT = "I may not read it; give me View Channel and Read Message History there."

log = logging.getLogger(__name__)


class Importing:
    def __init__(self, bot: "DealwireBot") -> None:
        self._bot = bot
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def all_channels(self) -> int:
        """How many articles' documents were new. Raises StoreError."""
        async with self._bot.library.database.read() as connection:
            listed = await feeds.of_kind(connection, "channel")
        return sum([await self.channel(int(each.address.removeprefix(CHANNEL))) for each in listed])

    async def channel(self, channel_id: int) -> int:
        """What came in that channel since the last look. Raises StoreError."""
        place = self._bot.get_channel(channel_id)
        if not isinstance(place, discord.TextChannel):
            return 0  # no import channel of ours, or another shard's
        async with self._locks[channel_id]:
            async with self._bot.library.database.read() as connection:
                feed = await feeds.find(connection, f"{CHANNEL}{channel_id}")
                wanted = await feeds.subscriptions_of(connection, feed.id) if feed else []
            ours = next((each for each in wanted if each.server_id == place.guild.id and not each.paused), None)
            return await self._read_on(place, feed, ours) if feed and ours else 0

    async def again(self, channel_id: int, message_id: int) -> None:
        """A message that was changed: what it brought is updated, under the same numbers. Raises StoreError."""
        place = self._bot.get_channel(channel_id)
        if not isinstance(place, discord.TextChannel):
            return
        async with self._bot.library.database.read() as connection:
            feed = await feeds.find(connection, f"{CHANNEL}{channel_id}")
            wanted = await feeds.subscriptions_of(connection, feed.id) if feed else []
        ours = next((each for each in wanted if each.server_id == place.guild.id and not each.paused), None)
        if feed is None or ours is None or message_id > int(feed.cursor or 0):
            return
        try:
            readings = await self._readings(await place.fetch_message(message_id))
        except discord.HTTPException as error:
            log.info("a changed message in #%s cannot be read: %s", place.name, error)
            return
        async with self._bot.library.database.write() as connection:
            await _enqueue(connection, feed, ours, readings)

    async def _read_on(self, place: discord.TextChannel, feed: Feed, ours: Subscription) -> int:
        found, last = 0, int(feed.cursor or 0)
        after = discord.Object(int(feed.cursor)) if feed.cursor else None
        try:
            async for message in place.history(limit=AT_ONCE, after=after, oldest_first=True):
                last = message.id
                if readings := await self._readings(message):
                    found += await self._put_down(feed, ours, message, readings)
        except discord.HTTPException as error:
            await self._failed(feed, MAY_NOT if isinstance(error, discord.Forbidden) else f"Discord says: {error.text}")
            return found
        async with self._bot.library.database.write() as connection:
            await feeds.prime(connection, [ours.id])
            current = await feeds.get(connection, feed.id)
            if current is not None:
                values = _after(current, self._bot.now(), 0) if not found else {}
                values["cursor"] = str(max(last, int(current.cursor or 0)))  # past what people said
                await feeds.set_values(connection, feed.id, **values)
        return found

    async def _readings(self, message: discord.Message) -> list[Reading]:
        """Nothing where it brings no article: a greeting, a picture, somebody's talk, a message of ours."""
        if not message.author.bot or (self._bot.user and message.author.id == self._bot.user.id):
            return []
        try:
            brought = of_message(message)
        except UsageError:
            return []
        if len(brought.text.split()) <= FEW_WORDS and not (brought.links or brought.files):
            return []  # a bot's greeting
        private = self._bot.settings.allow_private_addresses
        return [each async for each in brought.readings(allow_private=private)]

    async def _put_down(self, feed: Feed, ours: Subscription, message: discord.Message, readings: list[Reading]) -> int:
        now = self._bot.now()
        failed = next((each.failures[0].error for each in readings if each.failures), None)
        if failed:
            log.info("%s: %s", message.jump_url, failed)

        async def commit(connection: AsyncConnection) -> int:
            current = await feeds.get(connection, feed.id)
            if current is None or int(current.cursor or 0) >= message.id:
                return 0  # another process read it
            new = await _enqueue(connection, feed, ours, readings)
            values = _after(current, now, new)
            if failed:
                values["error"] = f"{failed} ({message.jump_url}; “Add to the index” in its menu tries again)"
            await feeds.set_values(connection, feed.id, cursor=str(message.id), polled_at=now, **values)
            return new

        return await self._bot.library.database.transact(commit)

    async def _failed(self, feed: Feed, error: str) -> None:
        turn = after_failure(feed, self._bot.now(), shortest=EVERY, retry_after=None)
        values: dict[str, Any] = {"failures": turn.failures, "error": error}
        if turn.health != feed.health:
            values |= {"health": turn.health, "health_at": self._bot.now()}
        async with self._bot.library.database.write() as connection:
            await feeds.set_values(connection, feed.id, **values)


def _after(feed: Feed, now: float, new: int) -> dict[str, Any]:
    turn = after_success(feed, now, shortest=EVERY, fresh_for=None, new=new, more=False)
    values: dict[str, Any] = {"failures": 0, "rhythm": turn.rhythm, "items": feed.items + new}
    if new or feed.failures:
        values["error"] = None
    if new or feed.new_at is None:
        values["new_at"] = now
    if turn.health != feed.health:
        values |= {"health": turn.health, "health_at": now}
    return values


async def _enqueue(connection: AsyncConnection, feed: Feed, ours: Subscription, readings: list[Reading]) -> int:
    """What came while the feed was paused is read, and not announced."""
    rows = [(each.drafts[0].origin, to_json(each)) for each in readings if each.drafts]
    await queue.enqueue(connection, rows, ours.server_id, feed_id=feed.id, announced=ours.primed)
    return len(rows)


async def keep_importing(bot: "DealwireBot", importing: Importing) -> None:
    """For ever: what no event told of."""
    while True:
        if bot.is_ready():
            await importing.all_channels()
        await asyncio.sleep(EVERY)
