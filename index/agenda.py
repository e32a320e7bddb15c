"""The deadlines over all articles: read at ingestion, linked when listed. Owns what is ahead and what moved.

``index.deadlines`` reads one text and compares tellings; ``index.store.deadlines`` keeps them. Linking is
done when somebody asks, over the articles that they may see as of that day: so ``--as-of`` turns the
clock back here as well, and no server's articles move another server's deadlines.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from index.deadlines import GRAMMAR_VERSION, FoundDeadline, mark
from index.deadlines.link import Link, link
from index.deadlines.link import Told as Telling
from index.library import Library
from index.models import Scope, day_of
from index.store import deadlines as store
from index.store.dates import MarkedDate, fingerprint, marked_dates, set_dates
from index.store.deadlines import StoredDeadline
from index.store.deals import vectors_of

AT_ONCE = 200  # articles read anew in one transaction
SAME_MATTER = 0.5  # cosine of two articles' means: holds for 90 of 100 pairs within a deal, 5 across deals


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


@dataclass(frozen=True, slots=True)
class Told:
    """What an article tells of days, as it is stored with it."""

    deadlines: list[FoundDeadline]
    dates: list[MarkedDate]
    of: str  # the fingerprint of what was read


def read_days(text: str, day: date | None) -> Told:
    """Pure and quick: about 5 ms."""
    marked = mark(text, day)
    return Told([deadline for _, deadline in marked if deadline], marked_dates(marked), fingerprint(text, day))


async def set_days(connection: AsyncConnection, article_id: int, told: Told) -> None:
    """In place of what the article told before."""
    await store.set_deadlines(connection, article_id, told.deadlines)
    await set_dates(connection, article_id, told.of, told.dates)


async def agenda(library: Library, scope: Scope, *, since: date, everything: bool = False) -> list[Deadline]:
    """Deadlines inside the scope by due day: those that still hold on ``since``, or ``everything``."""
    async with library.database.read() as connection:
        stored = await store.list_deadlines(connection, scope)
        deals = await store.deals_of(connection, scope.server_id)
        links = await link_stored(connection, stored, deals)
    return _merged(stored, links, deals, None if everything else since)


async def link_stored(
    connection: AsyncConnection, stored: Sequence[StoredDeadline], deals: Mapping[int, tuple[str, ...]]
) -> list[Link]:
    """One link for each; articles are on one matter when they share a deal, or else are alike."""
    ids, vectors = await vectors_of(connection, {each.article_id for each in stored})
    row = {article_id: number for number, article_id in enumerate(ids)}
    alike = vectors @ vectors.T

    def related(one: int, other: int) -> bool:
        ours, theirs = stored[one].article_id, stored[other].article_id
        if ours == theirs:
            return True
        if ours in deals and theirs in deals:
            return not set(deals[ours]).isdisjoint(deals[theirs])
        return ours not in row or theirs not in row or bool(alike[row[ours], row[theirs]] >= SAME_MATTER)

    told = [
        Telling(each.found, each.article_id, day_of(each.published), each.quote, each.title, each.story)
        for each in stored
    ]
    return await asyncio.to_thread(link, told, None, related)


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
        found = await asyncio.to_thread(lambda: [(each, read_days(text, day)) for each, text, day in block])  # noqa: B023

        async def put(connection: AsyncConnection) -> None:
            for article_id, told in found:  # noqa: B023
                await set_days(connection, article_id, told)

        await library.database.transact(put)
        done, last = done + len(block), block[-1][0]
        on_progress(done, max(done, total))

    async def finish(connection: AsyncConnection) -> None:
        await store.set_grammar(connection, GRAMMAR_VERSION)

    await library.database.transact(finish)
    return done
