"""The deadlines over all articles: read at ingestion, linked when listed. Owns what is ahead and what moved.

``index.deadlines`` reads one text and compares tellings; ``index.store.deadlines`` keeps them. Linking is
done when somebody asks, over the articles that they may see as of that day: so ``--as-of`` turns the
clock back here as well, and no server's articles move another server's deadlines.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from index.deadlines.link import Link, link
from index.deadlines.link import Told as Telling
from index.library import Library
from index.models import Scope, day_of
from index.store import deadlines as store
from index.store.deadlines import StoredDeadline
from index.store.deals import vectors_of

SAME_MATTER = 0.5  # cosine of two articles' means: holds for 90 of 100 pairs within a deal, 5 across deals


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline, however many articles tell it; quoted from the first that did."""

    told: StoredDeadline
    deals: tuple[str, ...]
    moved_to: date | None  # the day to which a later article moved it
    chain: tuple[date, ...]  # all days that held, in that order
    articles: int  # how many tell this day, reprints once

    thread: int = -1  # of what it is about: alike for every day that held, within one ``Agenda``

    @property
    def due(self) -> date:
        return self.told.found.due


@dataclass(frozen=True, slots=True)
class Agenda:
    """All that the articles inside a scope tell of deadlines, linked once for several looks at it."""

    stored: Sequence[StoredDeadline]  # by their articles' days
    links: Sequence[Link]
    deals: Mapping[int, tuple[str, ...]]  # by article
    deadlines: list[Deadline]  # each once, by due day; also those that were moved

    def holding(self, since: date) -> list[Deadline]:
        """Those that nothing moved and that lie on ``since`` or later."""
        return [
            each
            for each in self.deadlines
            if each.moved_to is None and (each.due >= since or each.told.found.rule is not None)
        ]

    def tellings(self, deadline: Deadline) -> list[StoredDeadline]:
        """Every sentence that tells it, whatever day it names; the first one first."""
        return [told for told, linked in zip(self.stored, self.links, strict=True) if linked.thread == deadline.thread]

    def threads(self) -> dict[int, list[StoredDeadline]]:
        """``tellings`` of all of them at once, by ``Deadline.thread``."""
        found: dict[int, list[StoredDeadline]] = {}
        for told, linked in zip(self.stored, self.links, strict=True):
            found.setdefault(linked.thread, []).append(told)
        return found


async def agenda(library: Library, scope: Scope, *, since: date, everything: bool = False) -> list[Deadline]:
    """Deadlines inside the scope by due day: those that still hold on ``since``, or ``everything``."""
    found = await whole_agenda(library, scope)
    return found.deadlines if everything else found.holding(since)


async def whole_agenda(library: Library, scope: Scope) -> Agenda:
    async with library.database.read() as connection:
        stored = await store.list_deadlines(connection, scope)
        deals = await store.deals_of(connection, scope.server_id)
        links = await link_stored(connection, stored, deals)
    return Agenda(stored, links, deals, _merged(stored, links, deals))


async def link_stored(
    connection: AsyncConnection, stored: Sequence[StoredDeadline], deals: Mapping[int, tuple[str, ...]]
) -> list[Link]:
    """One link for each; articles are on one matter when they share a deal, or else are alike."""
    ids, vectors = await vectors_of(connection, {each.article_id for each in stored})
    row = {article_id: number for number, article_id in enumerate(ids)}

    def related(one: int, other: int) -> bool:
        ours, theirs = stored[one].article_id, stored[other].article_id
        if ours == theirs:
            return True
        if ours in deals and theirs in deals:
            return not set(deals[ours]).isdisjoint(deals[theirs])
        return ours not in row or theirs not in row or bool(vectors[row[ours]] @ vectors[row[theirs]] >= SAME_MATTER)

    told = [
        Telling(each.found, each.article_id, day_of(each.published), each.quote, each.title, each.story)
        for each in stored
    ]
    return await asyncio.to_thread(link, told, None, related)


def _merged(stored: list[StoredDeadline], links: list[Link], deals: dict[int, tuple[str, ...]]) -> list[Deadline]:
    tellers: dict[int, set[int]] = {}
    for each, linked in zip(stored, links, strict=True):
        tellers.setdefault(linked.first, set()).add(each.story)
    found = [
        Deadline(
            each,
            deals.get(each.article_id, ()),
            linked.moved_to,
            linked.chain,
            len(tellers[number]),
            linked.thread,
        )
        for number, (each, linked) in enumerate(zip(stored, links, strict=True))
        if linked.first == number
    ]
    return sorted(found, key=lambda each: (each.due, each.told.id))
