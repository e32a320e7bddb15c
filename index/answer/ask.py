"""A question answered: retrieve, read, decide; ``compose`` then cites. Owns the order of the stages.

``ask`` gives the answer alone, ``consider`` also what it was chosen from.
"""

import asyncio
import time
from collections.abc import Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from index.answer.compose import Dates, compose, day_of_best
from index.answer.considered import Considered, considered
from index.answer.dates import Day
from index.answer.decide import Judged, judge, likely
from index.answer.moves import moved
from index.answer.question import Kind, Question, understand
from index.errors import DealwireError
from index.library import Library
from index.models import Answer, Article, Scope
from index.reader import Candidate, Reading
from index.search.hybrid import Found, retrieve
from index.store.articles import read_state
from index.store.dates import MarkedDate, get_dates
from index.store.deadlines import tells_moves
from index.told import read_days

READ = 12  # candidates that are read closely: sixteen cost a third more time and chose no better
CLOSEST = 8  # candidates among which citations, other sides and older statements are chosen


async def ask(library: Library, question: str, scope: Scope) -> Answer:
    """Answer from the articles inside the scope.

    Raises UsageError for what is no question, StoreError and ModelError for what keeps it from working.
    """
    return (await consider(library, question, scope)).answer


async def consider(library: Library, question: str, scope: Scope, asked_as: str | None = None) -> Considered:
    """The same, with the passages that were weighed and what the nearest one lacks.

    ``asked_as``: the words that tell which kind of answer is wanted, where they are not the question's own:
    a completed follow-up holds the earlier question's as well.
    """
    asked = understand(question, asked_as)
    await asyncio.gather(library.embedder.get(), library.reader.get())
    with library.models.question():
        return await _consider(library, asked, scope)


async def _consider(library: Library, asked: Question, scope: Scope) -> Considered:
    began = time.perf_counter()
    watch = library.watch
    try:
        with watch.timed("retrieve"):
            found = await retrieve(library, asked.text, scope)
            offered = await asyncio.to_thread(likely, asked, found, READ)
        with watch.timed("read"):
            readings = await _read(library, asked, [each.found for each in offered])
        with watch.timed("decide"):
            judged = judge(asked, offered, readings)
            closest = judged[:CLOSEST]
            generation, dates, later = await _days(library, asked, closest, found, scope)
    except DealwireError:
        watch.asked("failed")
        raise
    answer = compose(asked, scope.as_of, closest, found, dates, later)
    answer = answer.model_copy(update={"took_ms": round(1000 * (time.perf_counter() - began), 1)})
    watch.asked("answered" if answer.answered else "not told")
    return considered(asked, answer, judged, library.embedding_model, generation)


async def _days(
    library: Library, asked: Question, closest: Sequence[Judged], found: Sequence[Found], scope: Scope
) -> tuple[int, Dates, tuple[Judged, Day] | None]:
    """The index's generation; where a day is asked for, the dates of the closest articles, and where the day that
    the best one names was moved to."""
    by_day = asked.kind is Kind.WHEN and bool(closest)
    articles = {each.found.candidate.article_id: each.found.candidate.article for each in closest if by_day}

    async def look(connection: AsyncConnection) -> tuple[int, dict[int, Sequence[MarkedDate]], bool]:
        generation = (await read_state(connection)).generation
        if not by_day:
            return generation, {}, False
        dates = await get_dates(connection, articles.values())
        told = {each.candidate.article_id for each in found}
        return generation, dates, await tells_moves(connection, scope, told)

    generation, dates, moves = await library.database.look(look)
    unread = [article for number, article in articles.items() if number not in dates]
    dates |= await asyncio.to_thread(_read_anew, unread) if unread else {}
    day = day_of_best(asked, closest, dates) if moves else None
    return generation, dates, await moved(library, closest[0], day, found, scope) if day else None


def _read_anew(articles: Sequence[Article]) -> dict[int, Sequence[MarkedDate]]:
    """Of articles that were stored before, or with another grammar, until ``index.agenda.reread`` has been there."""
    return {article.id: read_days(article.text, article.day).dates for article in articles}


async def _read(library: Library, asked: Question, found: Sequence[Found]) -> list[Reading] | None:
    reader = await library.reader.get()
    if reader is None or not found:
        return None
    candidates = [Candidate(c.title, c.before, c.text, c.after) for c in (each.candidate for each in found)]
    return await library.models.run(partial(reader.read, asked.text, candidates))
