"""What a watch wants, and what becomes of what it owes: while its server is away, once it is removed, where none may post."""

from datetime import timedelta

import discord
import pytest
from sqlalchemy import select

from bot.store import deliveries
from bot.store.tables import deliveries as rows
from index.deals import add_deal
from tests.bot.discord.conftest import direct
from tests.bot.discord.test_posts import FIRST, OTHER, PUT_OFF, Desk, desk, piece, said, site, text_of

__all__ = ["desk", "site"]

ABOUT = "the sale of the Orne lighthouse to the pilots"
DAY = 86_400.0


async def edit(desk: Desk, **options: object) -> int:
    """The one watch that there is; its number."""
    ann, here = desk.place.ann, desk.place.channel
    number = int(said(await ann.slash(here, "watch list")).split("**")[1])
    if options:
        assert "watches" in said(await ann.slash(here, "watch edit", watch=number, **options))
    return number


def hours(desk: Desk) -> str:
    """Quiet from an hour ago until in two."""
    now = desk.place.env.now()
    return f"{(now - timedelta(hours=1)):%H:%M}-{(now + timedelta(hours=2)):%H:%M}"


async def states(desk: Desk) -> list[tuple[str, str]]:
    """Posts and digests, in the order of their time: what became of each."""
    query = select(rows.c.kind, rows.c.state).where(rows.c.kind.in_(["post", "digest"])).order_by(rows.c.first_due)
    async with desk.place.bot.library.database.read() as connection:
        return [(row.kind, row.state) for row in await connection.execute(query)]


async def leave(desk: Desk) -> None:
    await desk.place.bot.get_cog("Servers").left(desk.place.guild.id)  # type: ignore[union-attr]


async def come_back(desk: Desk) -> None:
    with desk.place.env.time_context():
        await desk.place.bot.get_cog("Servers").on_guild_join(discord.Object(desk.place.guild.id))  # type: ignore[union-attr]
    await desk.place.env.settle()


async def test_what_came_while_a_server_was_away_is_not_posted_when_it_is_back(desk: Desk) -> None:
    await leave(desk)
    await desk.arrive(piece("Bakers' cat", OTHER, "a"), piece("Lighthouse to be sold", FIRST, "b"))
    await come_back(desk)
    assert desk.shown() == []
    await desk.arrive(piece("Lighthouse sale put off", PUT_OFF, "c"))
    [card] = desk.shown()
    assert "### Lighthouse sale put off" in card


async def test_posts_and_digests_that_are_more_than_a_day_late_are_dropped(desk: Desk) -> None:
    ann, here = desk.place.ann, desk.place.channel
    await edit(desk, quiet=hours(desk))
    elsewhere = desk.place.guild.create_text_channel("digests")
    await ann.slash(here, "watch add", digest=True, digest_at="02:30", channel=elsewhere)
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"))
    assert await states(desk) == [("post", deliveries.OWED), ("digest", deliveries.OWED)]
    await leave(desk)
    desk.place.env.backend.advance_clock(DAY + 4 * 3600)
    await come_back(desk)
    assert await states(desk) == [("post", deliveries.CANCELLED), ("digest", deliveries.CANCELLED)]
    assert desk.shown() == [] and elsewhere.history() == []


async def test_posts_and_digests_that_are_some_hours_late_are_sent(desk: Desk) -> None:
    ann, here = desk.place.ann, desk.place.channel
    await edit(desk, quiet=hours(desk))
    elsewhere = desk.place.guild.create_text_channel("digests")
    await ann.slash(here, "watch add", digest=True, digest_at="02:30", channel=elsewhere)
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"))
    await leave(desk)
    desk.place.env.backend.advance_clock(20 * 3600)
    await come_back(desk)
    assert await states(desk) == [("post", deliveries.SENT), ("digest", deliveries.SENT)]
    assert len(desk.shown()) == len(elsewhere.history()) == 1


@pytest.mark.parametrize(
    ("options", "label", "posted"),
    [
        ({}, "all new articles", {"Bakers' cat", "Lighthouse to be sold", "Lighthouse sale put off"}),
        ({"feed": "Harbour Gazette"}, "the feed Harbour Gazette", {"Bakers' cat", "Lighthouse to be sold"}),
        ({"deal": "Lighthouse"}, "the deal Lighthouse", {"Lighthouse to be sold", "Lighthouse sale put off"}),
        (
            {"feed": "Harbour Gazette", "deal": "Lighthouse"},
            "the deal Lighthouse in the feed Harbour Gazette",
            {"Lighthouse to be sold"},
        ),
    ],
    ids=["everything", "a feed", "a deal", "both"],
)
async def test_a_watch_of_a_feed_and_a_deal_wants_what_is_both(
    desk: Desk, options: dict[str, str], label: str, posted: set[str]
) -> None:
    ann, here = desk.place.ann, desk.place.channel
    await add_deal(desk.place.bot.library, "Lighthouse", ABOUT, server_id=desk.place.guild.id)
    await ann.slash(here, "watch remove", watch=await edit(desk))
    assert f"New articles of {label} are posted in" in said(await ann.slash(here, "watch add", **options))
    assert f": {label}; " in said(await ann.slash(here, "watch list"))
    desk.site.feed("/wire", piece("Nothing yet", OTHER.replace("cat", "hen"), "x"), title="Wire")
    await ann.slash(here, "feeds add", address=desk.site.url("/wire"))
    await desk.arrive(piece("Bakers' cat", OTHER, "a"), piece("Lighthouse to be sold", FIRST, "b"))
    desk.site.feed("/wire", piece("Lighthouse sale put off", PUT_OFF, "c"), title="Wire")
    await desk.look()
    assert {card.split("### ")[1].split("\n")[0] for card in desk.shown()} == posted


async def test_a_feed_is_posted_here_also_where_a_watch_has_only_a_deal_of_it(desk: Desk) -> None:
    ann, here = desk.place.ann, desk.place.channel
    await add_deal(desk.place.bot.library, "Lighthouse", ABOUT, server_id=desk.place.guild.id)
    await ann.slash(here, "watch remove", watch=await edit(desk))
    await ann.slash(here, "watch add", feed="Harbour Gazette", deal="Lighthouse")
    told = await ann.slash(here, "feeds add", address=desk.site.url("/rss"), post_here=True)
    assert "New ones are posted here" in said(told)
    await desk.arrive(piece("Bakers' cat", OTHER, "a"))
    assert len(desk.shown()) == 1


async def test_a_digest_that_may_not_be_posted_is_told_to_who_set_its_watch(desk: Desk) -> None:
    await edit(desk, digest=True, digest_at="00:30")
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"))
    desk.place.env.inject_error("POST", f"/channels/{desk.place.channel.id}/messages", status=403, code=50013)
    await desk.place.env.advance_time(1_900)
    assert await states(desk) == [("digest", deliveries.UNDELIVERABLE)]
    [told] = direct(desk.place, desk.place.ann)
    assert "I could not post new articles in" in text_of(told) and "/watch remove" in text_of(told)


async def test_what_a_removed_watch_owes_is_not_sent(desk: Desk) -> None:
    number = await edit(desk, quiet=hours(desk))
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"))
    assert await states(desk) == [("post", deliveries.OWED)]
    await desk.place.ann.slash(desk.place.channel, "watch remove", watch=number)
    assert await states(desk) == [("post", deliveries.CANCELLED)]
    await desk.place.env.advance_time(3 * 3600)
    assert desk.shown() == []


async def test_what_is_owed_in_a_deleted_channel_is_not_tried(desk: Desk) -> None:
    await edit(desk, quiet=hours(desk))
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"))
    desk.place.env.backend.delete_channel(desk.place.channel.id)
    await desk.place.env.settle()
    assert await states(desk) == [("post", deliveries.CANCELLED)]
