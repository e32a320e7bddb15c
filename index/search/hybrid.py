"""Both halves together: the passages worth reading for a question. Ranks; does not judge answers."""

import asyncio
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.embed import Vectors
from index.library import Library
from index.models import Scope
from index.store.candidates import Candidate, fetch_candidates
from index.terms import terms

EACH_HALF = 40  # candidates from the dense and from the lexical half
OVERLAP_WEIGHT = 0.5  # of lexical overlap beside a cosine of 1
K1, B = 1.2, 0.75  # of BM25 (Robertson & Zaragoza 2009)


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


async def retrieve(library: Library, question: str, scope: Scope, limit: int) -> list[Found]:
    """At most ``limit`` passages inside the scope, best first. Raises StoreError and ModelError."""
    wanted = list(dict.fromkeys(terms(question)))
    (vector,), (counts, total) = await asyncio.gather(library.embed([question]), library.lexical.frequencies(wanted))
    dense, lexical = await asyncio.gather(
        library.dense.search(vector, EACH_HALF, scope),
        library.lexical.search([term for term in wanted if term in counts], EACH_HALF, scope),
    )
    ids = list(dict.fromkeys(hit.passage_id for half in (dense, lexical) for hit in half))
    async with library.database.read() as connection:
        candidates = await fetch_candidates(connection, ids, scope)
    if not candidates:
        return []
    vectors = await library.dense.vectors([candidate.passage_id for candidate in candidates])
    overlap = _overlap(wanted, candidates, counts, total)
    parts = zip(candidates, vectors @ vector, vectors, overlap, strict=True)
    found = [Found(candidate, float(cosine), each, shared) for candidate, cosine, each, shared in parts]
    return sorted(found, key=lambda each: each.rank, reverse=True)[:limit]


def _overlap(wanted: Sequence[str], candidates: Sequence[Candidate], counts: dict[str, int], total: int) -> list[float]:
    """BM25 on sentences, with the whole index's term counts, over the score of a perfect passage."""
    if not wanted or not candidates:
        return [0.0] * len(candidates)
    weight = {t: math.log(1 + (total - counts.get(t, 0) + 0.5) / (counts.get(t, 0) + 0.5)) for t in wanted}
    held = [Counter(candidate.terms.split()) for candidate in candidates]
    mean = float(np.mean([each.total() for each in held])) or 1.0
    perfect = sum(weight.values())

    def score(words: Counter[str]) -> float:
        damping = K1 * (1 - B + B * words.total() / mean)
        return sum(weight[t] * words[t] * (K1 + 1) / (words[t] + damping) for t in wanted if t in words) / perfect

    return [score(each) for each in held]
