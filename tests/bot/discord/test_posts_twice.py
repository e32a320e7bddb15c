"""An arrival is decided once, whoever decides: two processes at once, one that died, one whose lease ended."""

import asyncio

from bot.posts.arrange import AT_ONCE, arrange
from bot.store import posts
from index.feeds.folders import Stillness
from index.feeds.keep import Polling, poll_once
from index.read.fetch import open_session
from index.store import arrivals
from tests.bot.discord.test_posts import FIRST, OTHER, PUT_OFF, Desk, desk, piece, site

__all__ = ["desk", "site"]


async def test_two_at_once_one_that_died_and_one_that_came_too_late(desk: Desk) -> None:
    bot, database = desk.place.bot, desk.place.bot.library.database
    pieces = [piece("Sold", FIRST, "a"), piece("Cat", OTHER, "b"), piece("Put off", PUT_OFF, "c")]
    desk.site.feed("/rss", *pieces, *desk.pieces)
    with desk.place.env.time_context():
        desk.seconds += 90_000
        polling = Polling(shortest=1.0, allow_private=True)
        async with open_session(allow_private=True) as session:
            await poll_once(bot.library, polling, "test", session, Stillness(), clock=lambda: desk.now)
        await desk.store()
        dead = await database.transact(lambda connection: arrivals.take(connection, "dead", 1, 0.0))
        slow = await database.transact(lambda connection: arrivals.take(connection, "slow", AT_ONCE, 0.0))
        assert len(dead) == 1 and {each.id for each in dead} < {each.id for each in slow}
        await asyncio.gather(arrange(bot, "one"), arrange(bot, "other"))
        async with database.write() as connection:
            assert not any([await arrivals.finish(connection, "slow", each) for each in slow])
    bot.deliverer.wake()
    await desk.place.env.settle()
    assert len(desk.shown()) == 3
    async with database.read() as connection:
        log = await posts.log_of(connection, desk.place.channel.id)
        assert sorted(each.title for each in log) == ["Cat", "Put off", "Sold"]
        assert await arrivals.waiting(connection) == []
