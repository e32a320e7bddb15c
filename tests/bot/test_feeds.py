"""The operator's feeds and folders, with real processes on either database: killed, two at once, at any moment."""

import random
import signal
import sqlite3
import time
from collections.abc import Callable

import pytest

from tests.helpers import made
from tests.helpers.command import Dealwire
from tests.helpers.news_site import NewsSite, Piece, running

SEED = 20251130
SETTINGS = {"DEALWIRE_ALLOW_PRIVATE_ADDRESSES": "1", "DEALWIRE_FEED_INTERVAL": "1"}


@pytest.fixture
def place(database_url: str | None) -> dict[str, str]:
    return SETTINGS | ({"DATABASE_URL": database_url} if database_url else {})


def pieces(*numbers: int) -> list[Piece]:
    text = "It was said at length, in many words and more than once, so that nobody has to follow a link to read it. "
    return [
        Piece(made.title(n), f"{made.text(n)} {text * 3}", f"id-{n}", f"https://gazette.example/{n}") for n in numbers
    ]


def arrived(dealwire: Dealwire) -> list[str]:
    """The titles of those that somebody would be told of."""
    with sqlite3.connect(dealwire.data_dir / "dealwire.sqlite3") as connection:
        query = "SELECT title FROM arrivals JOIN articles ON articles.id = article_id WHERE kind = 'added'"
        return sorted(title for (title,) in connection.execute(query))


def test_added_listed_and_removed(dealwire: Dealwire, place: dict[str, str]) -> None:
    with running() as site:
        site.feed("/rss", *pieces(1, 2))
        told = dealwire("feed", "add", site.url("/rss"), "--json", env=place)
        assert told.json == {
            "address": site.url("/rss"), "kind": "feed", "title": "Harbour Gazette", "new": True, "articles": 2,
            "left": 0,
        }  # fmt: skip
        assert len(dealwire("articles", "--json", env=place).json) == 2
        [listed] = dealwire("feed", "list", "--json", env=place).json
        assert (listed["address"], listed["health"]) == (site.url("/rss"), "ok")
        assert "Harbour Gazette" in dealwire("feed", "list", env=place).out
        assert dealwire("feed", "remove", site.url("/rss"), env=place).status == 0
        assert dealwire("feed", "list", "--json", env=place).json == []


def test_how_many_of_a_feeds_articles_are_still_to_be_read_is_said(dealwire: Dealwire, place: dict[str, str]) -> None:
    with running() as site:
        for number in range(12):
            site.article(f"/{number}", made.title(number), f"{made.text(number)}\n\n{made.text(number + 100)}")
        site.feed("/rss", *[Piece(made.title(n), "So it begins.", f"id-{n}", site.url(f"/{n}")) for n in range(12)])
        told = dealwire("feed", "add", site.url("/rss"), env=place)
        assert "12 articles in it; 4 of them are read in its next turns." in told.out
        assert len(dealwire("articles", "--json", env=place).json) == 8


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("nothing at all", "must look like https://"),
        ("ftp://outlet.example/", "must look like https://"),
        ("http://127.0.0.1:1/rss", "private or local address"),
    ],
)
def test_addresses_that_are_no_feeds(dealwire: Dealwire, address: str, sentence: str) -> None:
    done = dealwire("feed", "add", address)
    assert done.status in {1, 2} and sentence in done.complaint


def test_two_workers_killed_again_and_again_lose_nothing_and_double_nothing(dealwire: Dealwire) -> None:
    chance = random.Random(SEED)
    folder = dealwire.folder / "inbox"
    made.write(folder, 1000)
    env = SETTINGS | {"DEALWIRE_WATCH_FOLDERS": str(folder)}
    with running() as site:
        site.feed("/rss", *pieces(0))
        assert dealwire("feed", "add", site.url("/rss"), env=env).status == 0
        workers = [dealwire.start("work", "--lease", "2", "--verbose", env=env) for _ in range(2)]
        wait_until(lambda: len(dealwire("articles", "--json", env=env).json) == 2)
        for number in range(1, 13):
            front_page(site, number, chance)
            made.write(folder, 1000 + number)
            time.sleep(chance.uniform(0.2, 1.5))
            victim = chance.randrange(2)
            workers[victim].signal(signal.SIGKILL)
            workers[victim].wait()
            workers[victim] = dealwire.start("work", "--lease", "2", "--verbose", env=env)
        wanted = sorted([made.title(n) for n in range(1, 13)] + [made.title(1000 + n) for n in range(1, 13)])
        wait_until(lambda: len(arrived(dealwire)) >= len(wanted))
        time.sleep(3)  # a second time would come now
        assert arrived(dealwire) == wanted
        for each in workers:
            each.signal(signal.SIGTERM)
        assert [each.wait(30).status for each in workers] == [0, 0]


def front_page(site: NewsSite, newest: int, chance: random.Random) -> None:
    """The last few items in any order, now and then under other ids or links."""
    shown = pieces(*range(max(0, newest - 8), newest + 1))
    chance.shuffle(shown)
    for each in shown[:2]:
        if chance.random() < 0.5:
            each.guid = f"{each.guid}-anew-{newest}"
        else:
            each.link = f"{each.link}?from=rss-{newest}"
    site.feed("/rss", *shown)


def wait_until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.2)
