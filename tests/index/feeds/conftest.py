"""A site with feeds, a library on either database, and a hand that turns the clock."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

import aiohttp
import pytest

from index.feeds.add import Added, add_feed, see
from index.feeds.folders import Stillness
from index.feeds.keep import Polling, poll_once
from index.feeds.poll import Told
from index.library import Library
from index.models import Article, Scope
from index.read.fetch import open_session
from index.store import arrivals, articles
from index.store.arrivals import Arrival
from index.work import work
from tests.helpers.news_site import NewsSite, running
from tests.index.store_both.conftest import either

__all__ = ["either"]


@pytest.fixture
def site() -> Iterator[NewsSite]:
    with running() as site:
        yield site


@dataclass
class Desk:
    """What a process does, step by step, at a time of the test's choosing."""

    library: Library
    session: aiohttp.ClientSession
    polling: Polling
    now: float = 1_800_000_000.0
    stillness: Stillness = field(default_factory=Stillness)

    async def add(self, url: str, server_id: int | None = None) -> Added:
        address, seen = await see(url, self.session, allow_private=True)
        return await add_feed(
            self.library, address, seen, self.session, now=self.now, shortest=self.polling.shortest,
            server_id=server_id, allow_private=True,
        )  # fmt: skip

    async def poll(self, later: float = 7200.0, name: str = "a test") -> list[Told]:
        """A round of turns after so many seconds; what is found is stored."""
        self.now += later
        told = await poll_once(self.library, self.polling, name, self.session, self.stillness, clock=lambda: self.now)
        await work(self.library, until_empty=True)
        return told

    async def articles(self, server_id: int | None = None) -> list[Article]:
        async with self.library.database.read() as connection:
            return await articles.list_articles(connection, Scope(server_id=server_id))

    async def arrivals(self) -> list[Arrival]:
        async with self.library.database.read() as connection:
            return await arrivals.waiting(connection)

    async def told(self) -> list[tuple[str, str]]:
        """What those who watch would be told: kind and title, in order."""
        titles = {each.id: each.title for each in await self.articles()}
        return [(each.kind, titles.get(each.article_id, "?")) for each in await self.arrivals()]


@pytest.fixture
async def desk(either: Library) -> AsyncIterator[Desk]:
    async with open_session(allow_private=True) as session:
        yield Desk(either, session, Polling(shortest=300.0, allow_private=True))
