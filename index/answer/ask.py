"""A question answered: retrieve, read, decide; ``compose`` then cites. Owns the order of the stages."""

import asyncio
import time
from collections.abc import Sequence

from index.answer.compose import compose, day_of_best
from index.answer.decide import judge
from index.answer.moves import moved
from index.answer.question import Kind, Question, understand
from index.library import Library
from index.models import Answer, Scope
from index.reader import Candidate, Reading
from index.search.hybrid import Found, retrieve
from index.store.articles import get_articles

READ = 16  # candidates that are read closely: more take time and find no more
CLOSEST = 8  # candidates whose whole articles are fetched: citations, other sides and older statements


async def ask(library: Library, question: str, scope: Scope) -> Answer:
    """Answer from the articles inside the scope.

    Raises UsageError for what is no question, StoreError and ModelError for what keeps it from working.
    """
    asked = understand(question)
    await asyncio.gather(library.embedder.get(), library.reader.get())
    began = time.perf_counter()
    found = await retrieve(library, asked.text, scope)
    likely = found[:READ]
    judged = await asyncio.to_thread(judge, asked, likely, await _read(library, asked, likely))
    async with library.database.read() as connection:
        ids = {each.found.candidate.article_id for each in judged[:CLOSEST]}
        articles = await get_articles(connection, ids, scope)
    closest = [each for each in judged[:CLOSEST] if each.found.candidate.article_id in articles]
    later = None
    if asked.kind is Kind.WHEN and closest and (day := day_of_best(asked, closest, articles)):
        later = await moved(library, closest[0], day, found, scope)
    if later:
        async with library.database.read() as connection:
            articles |= await get_articles(connection, {later[0].found.candidate.article_id}, scope)
    answer = compose(asked, scope.as_of, closest, found, articles, later)
    return answer.model_copy(update={"took_ms": round(1000 * (time.perf_counter() - began), 1)})


async def _read(library: Library, asked: Question, found: Sequence[Found]) -> list[Reading] | None:
    reader = await library.reader.get()
    if reader is None or not found:
        return None
    candidates = [Candidate(c.title, c.before, c.text, c.after) for c in (each.candidate for each in found)]
    return await asyncio.to_thread(reader.read, asked.text, candidates)
