"""The deadlines over all articles: read at ingestion, linked when listed. Owns what is ahead and what moved.

``index.deadlines`` reads one text and compares tellings; ``index.store.deadlines`` keeps them. Linking is
done when somebody asks, over the articles that they may see as of that day: so ``--as-of`` turns the
clock back here as well, and no server's articles move another server's deadlines.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from index.deadlines import GRAMMAR_VERSION, FoundDeadline, find_deadlines
from index.deadlines.link import Link, Told, link
from index.library import Library
from index.models import Scope, day_of
from index.store import deadlines as store
from index.store.deadlines import StoredDeadline

AT_ONCE = 200  # articles read anew in one transaction


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline, however many articles tell it; quoted from the first that did."""

    told: StoredDeadline
    deals: tuple[str, ...]
    moved_to: date | None  # the day to which a later article moved it
    chain: tuple[date, ...]  # all days that held, in that order
    articles: int  # how many tell this day, reprints once

    @property
    def due(self) -> date:
        return self.told.found.due


def deadlines_of(text: str, day: date | None) -> list[FoundDeadline]:
    """What is stored with an article. Pure and quick: about 3 ms."""
    return find_deadlines(text, day)


async def agenda(library: Library, scope: Scope, *, since: date, everything: bool = False) -> list[Deadline]:
    """Deadlines inside the scope by due day: those that still hold on ``since``, or ``everything``."""
    async with library.database.read() as connection:
        stored = await store.list_deadlines(connection, scope)
        deals = await store.deals_of(connection, scope.server_id)
    told = [
        Told(each.found, each.article_id, day_of(each.published), each.quote, each.title, each.story) for each in stored
    ]
    links = await asyncio.to_thread(link, told)
    return _merged(stored, links, deals, None if everything else since)


def _merged(
    stored: list[StoredDeadline], links: list[Link], deals: dict[int, tuple[str, ...]], since: date | None
) -> list[Deadline]:
    tellers: dict[int, set[int]] = {}
    for each, linked in zip(stored, links, strict=True):
        tellers.setdefault(linked.first, set()).add(each.story)
    found = []
    for number, (each, linked) in enumerate(zip(stored, links, strict=True)):
        ahead = since is None or (linked.holds and (each.found.due >= since or each.found.rule is not None))
        if linked.first == number and ahead:
            told_by = len(tellers[number])
            found.append(Deadline(each, deals.get(each.article_id, ()), linked.moved_to, linked.chain, told_by))
    return sorted(found, key=lambda each: (each.due, each.told.id))


async def reread(library: Library, on_progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Read all articles' deadlines anew where the stored ones are an older grammar's; how many articles.

    ``on_progress`` gets articles done and articles there are. A kill in between only means starting again.
    """
    async with library.database.read() as connection:
        if await store.read_grammar(connection) == GRAMMAR_VERSION:
            return 0
        total = await store.count_articles(connection)
    done = last = 0
    while True:
        async with library.database.read() as connection:
            block = await store.articles_after(connection, last, AT_ONCE)
        if not block:
            break
        found = await asyncio.to_thread(lambda: [(each, deadlines_of(text, day)) for each, text, day in block])  # noqa: B023

        async def put(connection: AsyncConnection) -> None:
            for article_id, deadlines in found:  # noqa: B023
                await store.set_deadlines(connection, article_id, deadlines)

        await library.database.transact(put)
        done, last = done + len(block), block[-1][0]
        on_progress(done, max(done, total))

    async def finish(connection: AsyncConnection) -> None:
        await store.set_grammar(connection, GRAMMAR_VERSION)

    await library.database.transact(finish)
    return done
