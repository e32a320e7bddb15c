"""The two or three sentences of an article that matter: for a deal, or for the article itself. Verbatim slices, always.

A sentence matters that is close to what the deal (or the article) is about, that names a day by which something is due,
or that stands first. Questions and fragments are passed over.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy.ext.asyncio import AsyncConnection

from index.deadlines import find_deadlines
from index.embed import Vectors
from index.models import Article, Draft
from index.split import Span, passages
from index.store import passages as store

MOST = 3
SHORTEST, LONGEST = 5, 420  # words; characters
NAMES_A_DAY, STANDS_FIRST = 0.2, 0.12
SAME = 0.85  # cosine: says the same again


@dataclass(frozen=True, slots=True)
class Highlight:
    start: int
    end: int
    quote: str


async def highlights(
    connection: AsyncConnection, article: Article, deal_id: int | None = None, wanted: Sequence[Span] = ()
) -> list[Highlight]:
    """In the text's order; ``wanted`` are spans that must be among them, such as those that bring something new."""
    rows = await store.of_article(connection, article.id)
    spans = [Span(start, end) for start, end, _ in rows]
    vectors = np.stack([np.frombuffer(each, "<f4") for _, _, each in rows]) if rows else np.empty((0, 0), np.float32)
    about = await store.deal_vector(connection, deal_id) if deal_id is not None else None
    if about is None and len(vectors):
        about = vectors.mean(axis=0)
    return chosen(article, spans, vectors, about, wanted)


def of_draft(draft: Draft) -> list[Highlight]:
    """The same for one that is not stored: a preview."""
    spans = passages(draft.text)
    return chosen(draft, spans, None, None)


def chosen(
    draft: Draft, spans: Sequence[Span], vectors: Vectors | None, about: Vectors | None, wanted: Sequence[Span] = ()
) -> list[Highlight]:
    text = draft.text
    due = find_deadlines(text, draft.day)
    scores: dict[int, float] = {}
    for number, span in enumerate(spans):
        said = text[span.start : span.end]
        must = any(span.start <= each.start < span.end for each in wanted)
        if not must and (len(said.split()) < SHORTEST or said.endswith("?") or len(said) > LONGEST):
            continue
        score = float(vectors[number] @ about) if vectors is not None and about is not None and len(vectors) else 0.0
        score += NAMES_A_DAY * any(span.start <= each.start < span.end for each in due)
        score += STANDS_FIRST * (number == 0) - 0.004 * min(number, 50)
        scores[number] = score + 10.0 * must
    picked: list[int] = []
    for number in sorted(scores, key=lambda each: -scores[each]):
        if len(picked) == MOST:
            break
        if vectors is not None and any(float(vectors[number] @ vectors[each]) > SAME for each in picked):
            continue
        picked.append(number)
    return [Highlight(*spans[n], text[spans[n].start : spans[n].end]) for n in sorted(picked)]
