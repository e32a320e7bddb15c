"""Both halves together: the passages worth reading for a question. Ranks; does not judge answers."""

import asyncio
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.ext.asyncio import AsyncConnection

from index.embed import Vectors
from index.library import Library
from index.models import Scope
from index.store.articles import read_state
from index.store.candidates import Candidate
from index.terms import terms

EACH_HALF = 40  # candidates from the dense and from the lexical half
WHOLE_ARTICLES = 2  # those whose every passage is a candidate
MOST = 96  # candidates at all: an article may be long
OVERLAP_WEIGHT = 0.5  # of lexical overlap beside a cosine of 1
K1, B = 1.2, 0.75  # of BM25 (Robertson & Zaragoza 2009)
USUAL_TERMS = 12  # of a news sentence, without stop words


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate and how it was found."""

    candidate: Candidate
    likeness: float  # cosine with the question, -1 … 1
    vector: Vectors  # shape (dim,), of the passage
    overlap: float  # BM25 as a share of what a passage with all of the question's terms would get, 0 … about 1

    @property
    def rank(self) -> float:
        return self.likeness + OVERLAP_WEIGHT * self.overlap


async def retrieve(library: Library, question: str, scope: Scope, limit: int = MOST) -> list[Found]:
    """The passages inside the scope that may hold the answer, best first, at most ``limit`` of them.

    They are the best of both halves, and all sentences of the articles that hold several good ones: a
    sentence that answers often names nothing that was asked for. Raises StoreError and ModelError.
    """
    wanted = list(dict.fromkeys(terms(question)))
    # The lexical half needs no vector: it is done before the model is.
    vector, lexical = await asyncio.gather(
        library.embed_question(question), library.lexical.search(wanted, EACH_HALF, scope)
    )
    dense = await library.dense.search(vector, EACH_HALF, scope)
    counts, total = lexical.counts, lexical.total
    weight = {t: math.log(1 + (total - counts.get(t, 0) + 0.5) / (counts.get(t, 0) + 0.5)) for t in wanted}
    ids = list(dict.fromkeys(hit.passage_id for half in (dense, lexical.hits) for hit in half))

    async def look(connection: AsyncConnection) -> list[Found]:
        async def weigh(candidates: list[Candidate]) -> list[Found]:
            vectors = await library.dense.vectors(connection, [each.passage_id for each in candidates])
            overlap = _overlap(weight, candidates)
            parts = zip(candidates, vectors @ vector if candidates else (), vectors, overlap, strict=True)
            return _ranked(Found(each, float(cosine), v, shared) for each, cosine, v, shared in parts)

        known = library.recent.at((await read_state(connection)).generation)
        found = await weigh(await known.fetch(connection, ids, scope))
        if not found:
            return []
        whole = {each.candidate.article_id: each.candidate.article for each in found}
        rest = await weigh(await known.of(connection, [whole[number] for number in _articles(found)], scope))
        best = {each.candidate.passage_id: each for each in (*found, *rest)}
        return _ranked(best.values())[:limit]

    return await library.database.look(look)


def _ranked(found: Iterable[Found]) -> list[Found]:
    return sorted(found, key=lambda each: each.rank, reverse=True)


def _articles(found: Sequence[Found]) -> list[int]:
    """The articles whose three best passages are best together; of a story and its reprints, one."""
    best: dict[int, list[Found]] = {}
    for each in found:
        best.setdefault(each.candidate.story, []).append(each)
    stories = sorted(best.values(), key=lambda each: sum(one.rank for one in each[:3]), reverse=True)
    return [story[0].candidate.article_id for story in stories[:WHOLE_ARTICLES]]


def _overlap(weight: dict[str, float], candidates: Sequence[Candidate]) -> list[float]:
    """BM25 on sentences, with the whole index's term counts, over the score of a perfect passage."""
    if not weight or not candidates:
        return [0.0] * len(candidates)
    held = [_counted(candidate.terms) for candidate in candidates]
    perfect = sum(weight.values())

    def score(words: Counter[str]) -> float:
        damping = K1 * (1 - B + B * words.total() / USUAL_TERMS)
        return sum(w * words[t] * (K1 + 1) / (words[t] + damping) for t, w in weight.items() if t in words) / perfect

    return [score(each) for each in held]


@lru_cache(16_384)  # the passages that questions keep meeting
def _counted(words: str) -> Counter[str]:
    return Counter(words.split())
