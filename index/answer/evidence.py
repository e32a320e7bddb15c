"""What speaks for each candidate, and against it: few features, weighed in ``decide``.

The reader, where there is one, sees question and sentence together. What it cannot see is added here:
whether the sentence holds the kind of thing asked for, whether a newer report says the like, and
whether it is a statement at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.answer.kinds import offers
from index.answer.question import Kind, Question
from index.models import day_of
from index.reader import Reading
from index.search.hybrid import Found
from index.terms import terms

# What is asked about the present or a day is settled by the newest report; a reason or a name is not.
_TIMELY = frozenset({Kind.WHEN, Kind.STATE})


@dataclass(frozen=True, slots=True)
class Features:
    """All are about 0 … 1, but for the reader's three, which are logits."""

    likeness: float  # cosine with the question
    overlap: float  # BM25, as a share of a perfect passage's
    around: float  # share of the question's terms in title, sentence and neighbours
    offers: float  # it holds the kind of thing that is asked for
    whole: float  # it is a statement: not a heading, not a question
    outdated: float  # for what changes with time: the likeness of a newer report that offers the same kind
    evidence: float = 0.0
    answerable: float = 0.0
    span: float = 0.0


def features(question: Question, found: Sequence[Found], readings: Sequence[Reading] | None) -> list[Features]:
    """One for each candidate, in their order."""
    offered = [offers(question.kind, each.candidate.text) for each in found]
    outdated = _outdated(found, offered) if question.kind in _TIMELY else [0.0] * len(found)
    asked = set(terms(question.text))
    result = []
    for number, each in enumerate(found):
        candidate = each.candidate
        reading = readings[number] if readings else None
        near = set(terms(f"{candidate.title} {candidate.before} {candidate.text} {candidate.after}"))
        result.append(
            Features(
                likeness=each.likeness,
                overlap=each.overlap,
                around=len(asked & near) / max(1, len(asked)),
                offers=float(offered[number]),
                whole=float(candidate.text.rstrip("\"'”’) ").endswith((".", "!", "…", ";"))),
                outdated=outdated[number],
                evidence=reading.evidence if reading else 0.0,
                answerable=reading.answerable if reading else 0.0,
                span=reading.span_score if reading else 0.0,
            )
        )
    return result


def _outdated(found: Sequence[Found], offered: Sequence[bool]) -> list[float]:
    """For each candidate the greatest likeness of a newer one of another story that offers the kind, else 0."""
    if not found:
        return []
    vectors = np.stack([each.vector for each in found])
    alike = vectors @ vectors.T
    # Days as numbers; an unknown day is neither newer nor older than any.
    days = np.array([day.toordinal() if (day := day_of(each.candidate.published)) else np.nan for each in found])
    stories = np.array([each.candidate.story for each in found])
    newer = (days[None, :] > days[:, None]) & (stories[None, :] != stories[:, None]) & np.array(offered)[None, :]
    worst: list[float] = np.where(newer, alike, 0.0).max(axis=1).tolist()
    return worst
