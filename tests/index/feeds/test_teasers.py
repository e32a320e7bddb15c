"""Feeds of teasers: the articles stand behind their links, more of them than one turn reads."""

import pytest

from index.feeds.poll import FOLLOWED
from index.store import feeds
from index.work import work
from tests.helpers.news_site import NewsSite, Piece
from tests.index.feeds.conftest import Desk
from tests.index.feeds.test_poll import LONG, piece


def title(number: int) -> str:
    return f"Item {number} of the ferry board"


@pytest.fixture
def gazette(site: NewsSite) -> NewsSite:
    """Forty articles on their pages."""
    for number in range(40):
        text = f"{LONG}\n\nThe whole of report {number} stands here.\n\nIt was written on pier {number}."
        site.article(f"/story-{number}", title(number), text)
    return site


def front(site: NewsSite, *numbers: int) -> None:
    """What the feed holds, a sentence of each."""
    teasers = [Piece(title(n), f"Report {n} begins so.", f"item-{n}", site.url(f"/story-{n}")) for n in numbers]
    site.feed("/rss", *teasers)


def newest(count: int) -> range:
    return range(count - 1, -1, -1)


async def held(desk: Desk, server_id: int | None = None) -> set[int]:
    """The numbers of the articles that are there as a whole."""
    whole = [each for each in await desk.articles(server_id) if "The whole of report" in each.text]
    return {int(each.title.split()[1]) for each in whole}


async def test_all_that_was_there_is_read_turn_by_turn_the_newest_first_and_not_told(
    desk: Desk, gazette: NewsSite
) -> None:
    front(gazette, *newest(30))
    added = await desk.add(gazette.url("/rss"))
    await work(desk.library, until_empty=True)
    assert added.left == 22 and await held(desk) == set(range(22, 30))
    read = []
    for _ in range(3):
        await desk.poll()
        read.append(await held(desk))
    assert read == [set(range(14, 30)), set(range(6, 30)), set(range(30))]
    asked = len(gazette.asked)
    await desk.poll()
    assert await desk.told() == []
    assert [path for path, _ in gazette.asked[asked:]] == ["/rss"]
    assert all(gazette.times(f"/story-{n}") == 1 for n in range(30))
    async with desk.library.database.read() as connection:
        now = await feeds.get(connection, added.feed.id)
    assert now and now.items == 0  # none of them was new since


async def test_what_comes_meanwhile_is_told_before_what_was_there(desk: Desk, gazette: NewsSite) -> None:
    front(gazette, *newest(30))
    await desk.add(gazette.url("/rss"))
    front(gazette, *newest(32))
    await desk.poll()
    assert await desk.told() == [("added", title(30)), ("added", title(31))]
    assert await held(desk) == set(range(16, 32))
    for _ in range(3):
        await desk.poll()
    assert await held(desk) == set(range(32)) and len(await desk.arrivals()) == 2


async def test_an_article_that_was_there_and_could_not_be_read_at_first_is_no_news_later(
    desk: Desk, gazette: NewsSite
) -> None:
    gazette.feed("/rss", Piece(title(1), "", "item-1", gazette.url("/late")))
    await desk.add(gazette.url("/rss"))
    gazette.article("/late", title(1), f"{LONG}\n\nThe whole of report 1 stands here.")
    gazette.feed("/rss", Piece(title(1), "", "item-1", gazette.url("/late")))
    await desk.poll()
    assert await held(desk) == {1} and await desk.told() == []


async def test_who_begins_later_gets_all_of_it_as_well_and_is_told_of_none(desk: Desk, gazette: NewsSite) -> None:
    front(gazette, *newest(12))
    await desk.add(gazette.url("/rss"), server_id=7)
    await desk.poll()
    assert await held(desk, 7) == set(range(12))
    await desk.add(gazette.url("/rss"), server_id=8)
    front(gazette, *newest(24))  # as many as one turn cannot read
    for _ in range(5):
        await desk.poll()
    assert await held(desk, 7) == await held(desk, 8) == set(range(24))
    arrivals = await desk.arrivals()
    assert [each.server_id for each in arrivals] == [7] * 12  # news to them, who had begun before
    front(gazette, *newest(25))
    await desk.poll()
    assert sorted(each.server_id or 0 for each in (await desk.arrivals())[12:]) == [7, 8]


async def test_news_is_told_in_order_however_much_comes_at_once(desk: Desk, gazette: NewsSite) -> None:
    front(gazette, 0)
    await desk.add(gazette.url("/rss"))
    front(gazette, *newest(2 * FOLLOWED))
    for _ in range(2):
        await desk.poll()
    assert [told for _, told in await desk.told()] == [title(n) for n in range(1, 2 * FOLLOWED)]


async def test_items_without_ids_that_share_a_link_are_known_by_their_titles(desk: Desk, site: NewsSite) -> None:
    live = "https://gazette.example/live"
    first, second, third = (piece(n, guid=None, link=live) for n in (1, 2, 3))
    site.feed("/rss", second, first)
    await desk.add(site.url("/rss"))
    await work(desk.library, until_empty=True)
    assert {each.title for each in await desk.articles()} == {first.title, second.title}
    corrected = piece(1, f"{LONG}The report was corrected.", guid=None, link=live)
    site.feed("/rss", third, second, corrected)
    await desk.poll()
    assert sorted(await desk.told()) == [("added", third.title), ("updated", first.title)]
    site.feed("/rss", piece(2, f"{LONG}This one as well.", guid=None, link=live))  # alone on the page by now
    await desk.poll()
    texts = {each.title: each.text for each in await desk.articles()}
    assert len(texts) == 3 and "corrected" in texts[first.title] and "as well" in texts[second.title]
