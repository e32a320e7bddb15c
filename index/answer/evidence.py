"""How well each candidate answers the question: few features, one weighted sum.

The reader, where there is one, sees question and sentence together. What it cannot see is added here:
whether the sentence holds the kind of thing asked for, whether a newer report says the like, and
whether it is a sentence at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.answer.kinds import offers
from index.answer.question import Question
from index.models import day_of
from index.reader import Reading
from index.search.hybrid import Found


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a candidate. All are about 0 … 1, but for the reader's, which are logits."""

    likeness: float
    overlap: float
    offers: float  # it holds the kind of thing that is asked for
    whole: float  # it is a statement: not a heading, not a question
    outdated: float  # how much a newer report of the matter is like it
    evidence: float = 0.0
    answerable: float = 0.0
    span: float = 0.0


def features(question: Question, found: Sequence[Found], readings: Sequence[Reading] | None) -> list[Features]:
    """One for each candidate, in their order."""
    outdated = _outdated(question, found)
    result = []
    for number, each in enumerate(found):
        text = each.candidate.text
        reading = readings[number] if readings else None
        result.append(
            Features(
                likeness=each.likeness,
                overlap=each.overlap,
                offers=float(offers(question.kind, text)),
                whole=float(text.rstrip("\"'”’) ").endswith((".", "!", "…", ".", ";"))),
                outdated=outdated[number],
                evidence=reading.evidence if reading else 0.0,
                answerable=reading.answerable if reading else 0.0,
                span=reading.span_score if reading else 0.0,
            )
        )
    return result


def _outdated(question: Question, found: Sequence[Found]) -> list[float]:
    """For each candidate the greatest likeness of a newer one that could answer as well, else 0."""
    if not found:
        return []
    vectors = np.stack([each.vector for each in found])
    alike = vectors @ vectors.T
    days = [day_of(each.candidate.published) for each in found]
    fits = [offers(question.kind, each.candidate.text) for each in found]
    result = []
    for i, each in enumerate(found):
        newer = [
            float(alike[i, j])
            for j, other in enumerate(found)
            if fits[j] and other.candidate.story != each.candidate.story and _after(days[j], days[i])
        ]
        result.append(max(newer, default=0.0))
    return result


def _after(day: object, other: object) -> bool:
    return day is not None and other is not None and day > other  # type: ignore[operator]
