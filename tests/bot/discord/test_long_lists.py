"""Lists that are longer than a message: cut at a whole line, and what is left out is counted."""

import pytest

from bot.store import watches
from index.store import feeds
from tests.bot.discord.conftest import Place, card_of

MANY = 45


@pytest.mark.parametrize("command", ["feeds list", "feeds status", "watch list"])
async def test_a_long_list_ends_with_a_whole_line_and_says_how_many_more_there_are(place: Place, command: str) -> None:
    async with place.bot.library.database.write() as connection:
        for number in range(MANY):
            address = f"https://outlet.example/of/a/longer/address/{number}"
            feed_id = await feeds.add(connection, address, "feed", "outlet.example", f"Outlet {number}", 0.0)
            await feeds.subscribe(connection, feed_id, place.guild.id, 0.0)
            await watches.add(connection, place.guild.id, place.channel.id, 0.0, feed_id=feed_id)
    told = card_of(await place.ann.slash(place.channel, command))
    *shown, more = told.splitlines()
    ends = {"feeds list": ")", "feeds status": "new in all", "watch list": "the rest at 18:00"}
    assert len(told) <= 2_000 and all(each.endswith(ends[command]) for each in shown)
    assert more == f"-# and {MANY - len(shown)} more" and len(shown) > 5
