"""A question answered: retrieve, read, decide; ``compose`` then cites. Owns the order of the stages.

``ask`` gives the answer alone, ``consider`` also what it was chosen from.
"""

import asyncio
import time
from collections.abc import Sequence

from index.answer.compose import compose, day_of_best
from index.answer.considered import Considered, considered
from index.answer.decide import judge
from index.answer.moves import moved
from index.answer.question import Kind, Question, understand
from index.library import Library
from index.models import Answer, Scope
from index.reader import Candidate, Reading
from index.search.hybrid import Found, retrieve
from index.store.articles import get_articles, read_state

READ = 16  # candidates that are read closely: more take time and find no more
CLOSEST = 8  # candidates whose whole articles are fetched: citations, other sides and older statements


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
    began = time.perf_counter()
    found = await retrieve(library, asked.text, scope)
    likely = found[:READ]
    judged = await asyncio.to_thread(judge, asked, likely, await _read(library, asked, likely))
    async with library.database.read() as connection:
        ids = {each.found.candidate.article_id for each in judged[:CLOSEST]}
        articles = await get_articles(connection, ids, scope)
        generation = (await read_state(connection)).generation
    closest = [each for each in judged[:CLOSEST] if each.found.candidate.article_id in articles]
    later = None
    if asked.kind is Kind.WHEN and closest and (day := await asyncio.to_thread(day_of_best, asked, closest, articles)):
        later = await moved(library, closest[0], day, found, scope)
    if later:
        async with library.database.read() as connection:
            articles |= await get_articles(connection, {later[0].found.candidate.article_id}, scope)
    # In a thread: the dates of a long article take tens of milliseconds to read.
    answer = await asyncio.to_thread(compose, asked, scope.as_of, closest, found, articles, later)
    answer = answer.model_copy(update={"took_ms": round(1000 * (time.perf_counter() - began), 1)})
    return considered(asked, answer, judged, library.embedding_model, generation)


async def _read(library: Library, asked: Question, found: Sequence[Found]) -> list[Reading] | None:
    reader = await library.reader.get()
    if reader is None or not found:
        return None
    candidates = [Candidate(c.title, c.before, c.text, c.after) for c in (each.candidate for each in found)]
    return await asyncio.to_thread(reader.read, asked.text, candidates)
