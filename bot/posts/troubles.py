"""Feeds that fail, recover, fall silent or speak again: each change is told once, where the feed was added."""

from typing import TYPE_CHECKING

from bot.store.deliveries import Owed, owe
from index.store import feeds
from index.store.feeds import FAILING, SILENT, Feed

if TYPE_CHECKING:
    from bot.client import DealwireBot


async def tell_troubles(bot: "DealwireBot") -> int:
    """How many were new. Raises StoreError: then they are told later."""
    database = bot.library.database
    async with database.read() as connection:
        changed = await feeds.untold(connection)
    told = 0
    for feed, subscription in changed:
        async with database.write() as connection:
            await feeds.mark_told(connection, subscription.id, feed.health)
            if subscription.channel_id is None or subscription.paused:
                continue
            owed = Owed(
                key=f"feed:{subscription.id}:{feed.health}:{int(feed.health_at)}",
                kind="notice",
                payload={"text": sentence(feed, subscription.told), "channel_id": subscription.channel_id},
                due=bot.now(),
                server_id=subscription.server_id,
                channel_id=subscription.channel_id,
            )
            told += await owe(connection, owed)
    if told:
        bot.deliverer.wake()
    return told


def sentence(feed: Feed, before: str) -> str:
    name = feed.title or feed.address
    if feed.health == FAILING:
        return f"The feed {name} cannot be read: {feed.error} I go on trying, and tell you when it works again."
    if feed.health == SILENT:
        return f"Nothing new has come from {name} for unusually long. It can be read, but it may have moved; see /feeds status."
    if before == FAILING:
        return f"The feed {name} can be read again; what was missed is being read."
    return f"Something new has come from {name} again."
