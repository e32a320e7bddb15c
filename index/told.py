"""What an article tells of time and stages: read when it is stored, and anew when a grammar has changed.

Owns which grammars read an article and when. Pure reading is ``index.deadlines`` and ``index.stages``; what
follows from all articles together is worked out when somebody asks (``index.agenda``, ``index.status``).
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from index.dates import Order, is_unsettled, order_of_outlet
from index.deadlines import GRAMMAR_VERSION, FoundDeadline, mark
from index.library import Library
from index.stages import STAGE_GRAMMAR, Sighting, find_sightings
from index.store import deadlines as deadline_store
from index.store import sightings as sighting_store
from index.store.articles import texts_of_outlet
from index.store.dates import MarkedDate, fingerprint, marked_dates, set_dates

AT_ONCE = 200  # articles read anew in one transaction
OUTLET_ARTICLES = 40  # of which an outlet's habit is judged


@dataclass(frozen=True, slots=True)
class DaysTold:
    """What an article tells of days, as it is stored with it."""

    deadlines: list[FoundDeadline]
    dates: list[MarkedDate]
    of: str  # the fingerprint of what was read


@dataclass(frozen=True, slots=True)
class ToldThings:
    """None: not read, since what is stored is this grammar's."""

    days: DaysTold | None
    sightings: list[Sighting] | None


def read_days(text: str, day: date | None, order: Order | None = None) -> DaysTold:
    """Pure and quick: about 5 ms. ``order`` of day and month is the outlet's, where the text does not show its own."""
    marked = mark(text, day, order=order)
    return DaysTold([deadline for _, deadline in marked if deadline], marked_dates(marked), fingerprint(text, day))


def read_told(
    text: str, day: date | None, title: str, *, days: bool = True, stages: bool = True, order: Order | None = None
) -> ToldThings:
    """What is stored with an article. Pure; about 20 ms."""
    return ToldThings(
        read_days(text, day, order) if days else None, find_sightings(text, day, title) if stages else None
    )


async def outlet_order(
    connection: AsyncConnection, text: str, source: str, server_id: int | None, beside: Iterable[str] = ()
) -> Order | None:
    """How the article's outlet writes 3/4/2025, for a text that has such figures and does not show it itself.

    Judged by the newest stored articles of the same outlet, and those ``beside`` it that are not stored yet.
    """
    if not source or not is_unsettled(text):
        return None
    return order_of_outlet([*beside, *await texts_of_outlet(connection, source, server_id, OUTLET_ARTICLES)])


async def set_days(connection: AsyncConnection, article_id: int, told: DaysTold) -> None:
    """In place of what the article told before."""
    await deadline_store.set_deadlines(connection, article_id, told.deadlines)
    await set_dates(connection, article_id, told.of, told.dates)


async def set_told(connection: AsyncConnection, article_id: int, told: ToldThings) -> None:
    """In place of what the article told before."""
    if told.days is not None:
        await set_days(connection, article_id, told.days)
    if told.sightings is not None:
        await sighting_store.set_sightings(connection, article_id, told.sightings)


async def reread(library: Library, on_progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Read all articles anew by the grammars that have changed since; how many articles.

    ``on_progress`` gets articles done and articles there are. A kill in between only means starting again.
    """
    async with library.database.read() as connection:
        days = await deadline_store.read_grammar(connection) != GRAMMAR_VERSION
        stages = await sighting_store.read_stage_grammar(connection) != STAGE_GRAMMAR
        if not days and not stages:
            return 0
        total = await deadline_store.count_articles(connection)
    done = last = 0
    while True:
        async with library.database.read() as connection:
            block = await deadline_store.articles_after(connection, last, AT_ONCE)
            orders = [await outlet_order(connection, each.text, each.source, each.server_id) for each in block]
        if not block:
            break
        told = await asyncio.to_thread(_read_block, block, orders, days, stages)

        async def put(connection: AsyncConnection) -> None:
            for article_id, things in told:  # noqa: B023
                await set_told(connection, article_id, things)

        await library.database.transact(put)
        done, last = done + len(block), block[-1].id
        on_progress(done, max(done, total))

    async def finish(connection: AsyncConnection) -> None:
        await deadline_store.set_grammar(connection, GRAMMAR_VERSION)
        await sighting_store.set_stage_grammar(connection, STAGE_GRAMMAR)

    await library.database.transact(finish)
    return done


def _read_block(
    block: list[deadline_store.ToRead], orders: list[Order | None], days: bool, stages: bool
) -> list[tuple[int, ToldThings]]:
    return [
        (each.id, read_told(each.text, each.day, each.title, days=days, stages=stages, order=order))
        for each, order in zip(block, orders, strict=True)
    ]
