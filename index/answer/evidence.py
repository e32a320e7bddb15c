"""What speaks for each candidate, and against it: few features, weighed in ``decide``.

The reader, where there is one, sees question and sentence together. What it cannot see is added here:
whether the sentence holds the kind of thing asked for, whether a newer report says the like, and
whether it is a statement at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from statistics import fmean

import numpy as np

from index.answer.kinds import offers
from index.answer.question import Kind, Question
from index.embed import Vectors
from index.models import day_of
from index.reader import Reading
from index.search.hybrid import Found
from index.store.candidates import Candidate

# What is asked about the present or a day is settled by the newest report; a reason or a name less so.
_TIMELY = frozenset({Kind.WHEN, Kind.STATE})
_LONG = 200  # characters: from here on a sentence's length says no more
_GOOD = 3  # passages by which an article is judged


@dataclass(frozen=True, slots=True)
class Features:
    """All are about 0 … 1, but for the reader's three, which are logits."""

    likeness: float  # cosine with the question
    overlap: float  # BM25, as a share of a perfect passage's
    near: float  # the better likeness of the passages before and after it
    article: float  # mean rank of its article's best passages
    offers: float  # it holds the kind of thing that is asked for
    whole: float  # it is a statement: not a heading, not a question
    length: float  # a few words seldom say what is asked for
    outdated: float  # for what changes with time: the likeness of a newer report that offers the same kind
    older: float  # the same for what changes less
    evidence: float = 0.0
    answerable: float = 0.0
    span: float = 0.0

    def dot(self, other: "Features") -> float:
        return float(sum(a * b for a, b in zip(_values(self), _values(other), strict=True)))

    def with_reading(self, reading: Reading) -> "Features":
        return replace(self, evidence=reading.evidence, answerable=reading.answerable, span=reading.span_score)


_values = attrgetter(*(each.name for each in fields(Features)))


def features(question: Question, found: Sequence[Found]) -> list[Features]:
    """One for each candidate, in their order; without what a reader makes of it."""
    if not found:
        return []
    offered = [offers(question.kind, each.candidate.text) for each in found]
    near, article, newer = _near(found), _article(found), _outdated(found, offered)
    timely = question.kind in _TIMELY
    return [
        Features(
            likeness=each.likeness,
            overlap=each.overlap,
            near=near[number],
            article=article[each.candidate.article_id],
            offers=float(offered[number]),
            whole=float(each.candidate.text.rstrip("\"'”’) ").endswith((".", "!", "…", ";"))),
            length=min(len(each.candidate.text) / _LONG, 1.0),
            outdated=newer[number] if timely else 0.0,
            older=0.0 if timely else newer[number],
        )
        for number, each in enumerate(found)
    ]


def _near(found: Sequence[Found]) -> list[float]:
    """A neighbour that was not found is as unlike the question as the least of those that were."""
    likeness = {(each.candidate.article_id, each.candidate.position): each.likeness for each in found}
    least = min(likeness.values())

    def of(candidate: Candidate) -> float:
        return max(likeness.get((candidate.article_id, candidate.position + step), least) for step in (-1, 1))

    return [of(each.candidate) for each in found]


def _article(found: Sequence[Found]) -> dict[int, float]:
    ranks: dict[int, list[float]] = {}
    for each in found:
        ranks.setdefault(each.candidate.article_id, []).append(each.rank)
    return {number: fmean(sorted(theirs, reverse=True)[:_GOOD]) for number, theirs in ranks.items()}


def _outdated(found: Sequence[Found], offered: Sequence[bool]) -> list[float]:
    """For each candidate the greatest likeness of a newer one of another story that offers the kind, else 0."""
    alike = likeness_of([each.vector for each in found])
    # Days as numbers; an unknown day is neither newer nor older than any.
    days = np.array([day.toordinal() if (day := day_of(each.candidate.published)) else np.nan for each in found])
    stories = np.array([each.candidate.story for each in found])
    newer = (days[None, :] > days[:, None]) & (stories[None, :] != stories[:, None]) & np.array(offered)[None, :]
    worst: list[float] = np.where(newer, alike, 0.0).max(axis=1).tolist()
    return worst


def likeness_of(vectors: Sequence[Vectors]) -> Vectors:
    """The cosines of some unit vectors with each other, shape ``(n, n)``."""
    rows = np.stack(vectors) if vectors else np.empty((0, 0), np.float32)
    alike: Vectors = rows @ rows.T
    return alike
