"""Feeds on a real web server, looked at turn by turn: what is new, to whom, and how politely it is asked for."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from index.feeds.keep import poll_once
from index.feeds.turns import FAILURES
from index.store import feeds
from index.work import work
from tests.helpers.news_site import Piece
from tests.index.feeds.conftest import Desk, NewsSite

LONG = (
    "The harbour board said on Thursday that the ferry contract will be awarded before the summer timetable begins, "
    "and that three companies have asked for the papers. A fourth withdrew when the board declined to pay for the new "
    "pier. The town council has to approve the choice. Its next meeting has not been called yet, a clerk said. "
)


def piece(number: int, text: str = "", **more: str | None) -> Piece:
    told = {"guid": f"tag:gazette,{number}", "link": f"https://gazette.example/{number}"} | more
    return Piece(f"Story number {number} of the ferry", text or f"{LONG}It was report {number} on the matter.", **told)  # type: ignore[arg-type]


async def test_what_is_there_at_the_start_is_read_and_not_told(desk: Desk, site: NewsSite) -> None:
    site.feed("/rss", piece(2), piece(1))
    added = await desk.add(site.url("/rss"))
    await work(desk.library, until_empty=True)
    assert (added.is_new, added.feed.title, len(await desk.articles())) == (True, "Harbour Gazette", 2)
    site.feed("/rss", piece(4), piece(3), piece(2), piece(1))
    await desk.poll()
    assert await desk.told() == [("added", piece(3).title), ("added", piece(4).title)]  # oldest first
    await desk.poll()
    assert len(await desk.arrivals()) == 2


async def test_what_has_not_changed_is_not_sent_again(desk: Desk, site: NewsSite) -> None:
    site.feed("/rss", piece(1))
    await desk.add(site.url("/rss"))
    assert [each.error for each in await desk.poll()] == [None]
    assert site.asked[-1][1]["If-None-Match"] == '"v1"' and site.times("/rss") == 2


async def test_not_before_its_turn_and_not_before_the_server_says(desk: Desk, site: NewsSite) -> None:
    site.feed("/rss", piece(1), Cache_Control="max-age=7200")
    await desk.add(site.url("/rss"))
    assert await desk.poll(10) == []
    assert len(await desk.poll(400)) == 1
    assert await desk.poll(3600) == []
    assert len(await desk.poll(5000)) == 1


async def test_a_clock_that_was_set_back_stops_no_feed(desk: Desk, site: NewsSite) -> None:
    site.feed("/rss", piece(1))
    await desk.add(site.url("/rss"))
    site.feed("/rss", piece(2), piece(1))
    await desk.poll(-30 * 86400)
    await desk.poll(3600)
    assert await desk.told() == [("added", piece(2).title)]


async def test_new_ids_new_links_another_order_repeats_and_old_dates(desk: Desk, site: NewsSite) -> None:
    site.feed("/rss", piece(2), piece(1))
    await desk.add(site.url("/rss"))
    site.feed("/rss", piece(1, guid="new-1"), piece(2, guid="new-2"), piece(2, guid="new-2"))
    await desk.poll()
    site.feed("/rss", piece(2, guid="new-2", link="https://moved.example/b"), piece(1, link="https://moved.example/a"))
    await desk.poll()
    site.feed("/rss", piece(1, guid="third", link="https://moved.example/c"), piece(2, guid=None, link=None))
    await desk.poll()
    assert await desk.told() == [] and len(await desk.articles()) == 2
    back_dated = replace(piece(3), published=datetime(2020, 1, 1, tzinfo=UTC))
    site.feed("/rss", piece(1), back_dated, piece(2))
    await desk.poll()
    assert await desk.told() == [("added", piece(3).title)]


async def test_an_item_that_changes_is_an_update_under_whatever_id(desk: Desk, site: NewsSite) -> None:
    site.feed("/rss", piece(1))
    await desk.add(site.url("/rss"))
    await work(desk.library, until_empty=True)
    [before] = await desk.articles()
    site.feed("/rss", piece(1, f"{LONG}The report was corrected.", guid="other"))
    await desk.poll()
    [after] = await desk.articles()
    assert after.id == before.id and "corrected" in after.text
    assert [each.kind for each in await desk.arrivals()] == ["updated"]


async def test_items_that_link_to_one_running_page_are_different_items(desk: Desk, site: NewsSite) -> None:
    live = "https://gazette.example/live"
    site.feed("/rss", piece(1, link=live))
    await desk.add(site.url("/rss"))
    for number in (2, 3):
        site.feed("/rss", piece(number, f"Report {number}. {LONG * number}", link=live))
        await desk.poll()
    assert [title for _, title in await desk.told()] == [piece(2).title, piece(3).title]


async def test_one_fetch_however_many_servers_and_each_has_its_own(desk: Desk, site: NewsSite) -> None:
    site.feed("/rss", piece(1))
    await desk.add(site.url("/rss"), server_id=7)
    await desk.add(site.url("/rss"), server_id=8)
    await desk.poll()
    asked = site.times("/rss")
    site.feed("/rss", piece(2), piece(1))
    await desk.poll()
    assert site.times("/rss") == asked + 1
    assert sorted((each.server_id or 0, each.kind) for each in await desk.arrivals()) == [(7, "added"), (8, "added")]
    assert [len(await desk.articles(each)) for each in (7, 8, 9)] == [2, 2, 0]


async def test_what_the_operator_shares_is_nobodys_copy(desk: Desk, site: NewsSite) -> None:
    site.feed("/rss", piece(1))
    await desk.add(site.url("/rss"))
    again = await desk.add(site.url("/rss"), server_id=7)
    assert again.shared and not again.is_new
    await desk.poll()
    assert len(await desk.articles(7)) == 1


async def test_failures_are_counted_backed_off_and_got_over(desk: Desk, site: NewsSite) -> None:
    site.feed("/rss", piece(1))
    feed = (await desk.add(site.url("/rss"))).feed
    site.break_("/rss", 503, Retry_After="86400")
    await desk.poll()
    assert await desk.poll(80_000) == []  # it was asked to wait for a day
    site.break_("/rss", 500)
    for _ in range(FAILURES - 1):
        await desk.poll(30_000)
    async with desk.library.database.read() as connection:
        [(failing, subscription)] = await feeds.untold(connection)
    assert failing.health == "failing" and "status 500" in (failing.error or "") and subscription.told == "ok"
    site.feed("/rss", piece(2), piece(1))
    await desk.poll(30_000)
    async with desk.library.database.read() as connection:
        assert await feeds.untold(connection) == []
        now = await feeds.get(connection, feed.id)
    assert now and (now.health, now.failures, now.error) == ("ok", 0, None)
    assert await desk.told() == [("added", piece(2).title)]


async def test_a_feed_that_spoke_daily_and_is_silent_for_weeks(desk: Desk, site: NewsSite) -> None:
    site.feed("/rss", piece(0))
    feed = (await desk.add(site.url("/rss"))).feed
    for number in range(1, 8):
        site.feed("/rss", piece(number), piece(number - 1))
        await desk.poll(86_400)
    for days, health in ((6, "ok"), (6, "silent")):
        await desk.poll(days * 86_400)
        async with desk.library.database.read() as connection:
            now = await feeds.get(connection, feed.id)
        assert now and now.health == health


async def test_paused_and_resumed_nothing_of_the_pause_is_told(desk: Desk, site: NewsSite) -> None:
    site.feed("/rss", piece(1))
    feed = (await desk.add(site.url("/rss"), server_id=7)).feed
    async with desk.library.database.write() as connection:
        await feeds.pause(connection, feed.id, 7, True)
    site.feed("/rss", piece(2), piece(1))
    assert await desk.poll() == []
    async with desk.library.database.write() as connection:
        await feeds.pause(connection, feed.id, 7, False)
    await desk.poll()
    assert await desk.arrivals() == [] and len(await desk.articles(7)) == 2


async def test_a_feed_that_nobody_wants_is_forgotten(desk: Desk, site: NewsSite) -> None:
    site.feed("/rss", piece(1))
    feed = (await desk.add(site.url("/rss"), server_id=7)).feed
    async with desk.library.database.write() as connection:
        assert await feeds.unsubscribe(connection, feed.id, 7)
        assert await feeds.get(connection, feed.id) is None


async def test_items_without_a_text_are_read_behind_their_links(desk: Desk, site: NewsSite) -> None:
    site.feed("/rss", piece(1))
    await desk.add(site.url("/rss"))
    site.article("/full", "The ferry sails", f"{LONG}\n\nThe whole story stands on its page.")
    site.feed("/rss", Piece("The ferry sails", "", "full-1", site.url("/full")), piece(1))
    await desk.poll()
    [told] = [each for each in await desk.articles() if each.title == "The ferry sails"]
    assert "whole story" in told.text and told.source == "Harbour Gazette" and told.feed_id == "full-1"


async def test_an_article_behind_a_link_that_fails_is_tried_again(desk: Desk, site: NewsSite) -> None:
    site.feed("/rss", piece(1))
    await desk.add(site.url("/rss"))
    site.feed("/rss", Piece("The ferry sails", "", "full-1", site.url("/full")), piece(1))
    await desk.poll()
    assert await desk.told() == []
    site.article("/full", "The ferry sails", f"{LONG}\n\nThe whole story stands on its page.")
    site.version += 1
    site.pages["/rss"].headers["ETag"] = '"touched"'
    await desk.poll()
    assert await desk.told() == [("added", "The ferry sails")]


async def test_a_page_that_lists_headlines(desk: Desk, site: NewsSite) -> None:
    def front(*numbers: int) -> None:
        headlines = "".join(f'<h2><a href="/story-{n}#top">Ferry report number {n} is out</a></h2>' for n in numbers)
        nav = '<nav><a href="/about">All about our little newspaper</a></nav><a href="/x">Sport</a>'
        site.put("/news", f"<html><head><title>News desk</title></head><body>{nav}{headlines}</body></html>")

    for number in range(1, 4):
        site.article(f"/story-{number}", f"Ferry report number {number} is out", f"{LONG}Report {number}.\n\n{LONG}")
    front(1)
    added = await desk.add(site.url("/news"))
    assert (added.feed.kind, added.feed.title) == ("page", "News desk")
    await work(desk.library, until_empty=True)
    assert len(await desk.articles()) == 1
    front(3, 2, 1)
    await desk.poll()
    assert [kind for kind, _ in await desk.told()] == ["added", "added"]
    assert site.times("/about") == 0 and site.times("/story-1") == 1


async def test_a_page_that_names_its_feed_is_its_feed(desk: Desk, site: NewsSite) -> None:
    site.feed("/rss", piece(1))
    site.put(
        "/", '<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>x</body></html>'
    )
    assert (await desk.add(site.url("/"))).feed.address == site.url("/rss")


async def test_what_a_feed_withdraws_is_gone(desk: Desk, site: NewsSite) -> None:
    site.feed("/rss", piece(1))
    await desk.add(site.url("/rss"))
    await work(desk.library, until_empty=True)
    site.feed("/rss", piece(2), more='<at:deleted-entry ref="tag:gazette,1" when="2026-01-01T00:00:00Z"/>')
    await desk.poll()
    assert [each.title for each in await desk.articles()] == [piece(2).title]
    assert [each.kind for each in await desk.arrivals()] == ["withdrawn", "added"]


async def test_two_processes_never_take_the_same_turn_and_one_host_is_asked_once_at_a_time(
    desk: Desk, site: NewsSite
) -> None:
    for number in range(4):
        site.feed(f"/rss{number}", piece(number))
        await desk.add(site.url(f"/rss{number}"))
    desk.now += 7200
    before = len(site.asked)

    async def one(name: str) -> int:
        return len(
            await poll_once(desk.library, desk.polling, name, desk.session, desk.stillness, clock=lambda: desk.now)
        )

    rounds = 0
    while sum(await asyncio.gather(one("a"), one("b"))):
        rounds += 1
    paths = [path for path, _ in site.asked[before:]]
    assert sorted(paths) == ["/rss0", "/rss1", "/rss2", "/rss3"] and rounds >= 2


async def test_who_died_in_his_turn_is_followed_by_another(desk: Desk, site: NewsSite) -> None:
    site.feed("/rss", piece(1))
    await desk.add(site.url("/rss"))
    site.feed("/rss", piece(2), piece(1))
    desk.now += 7200
    async with desk.library.database.write() as connection:
        [taken] = await feeds.take(connection, "the dead", 5, 180, desk.now, [])
    assert await desk.poll(10) == []
    assert [each.new for each in await desk.poll(200)] == [1]
    async with desk.library.database.write() as connection:
        assert not await feeds.release(connection, "the dead", taken.id, due=0.0)
