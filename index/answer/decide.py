"""From features to a ranking and two probabilities. Owns the threshold, and what is made of the weights.

Twice over: what retrieval and the words tell chooses the candidates that are worth reading closely; with what
the reader makes of those, the best is chosen and the odds are told. The weights stand in ``weights.py``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.answer.evidence import Features, features, likeness_of
from index.answer.logit import lead_of
from index.answer.question import Question
from index.answer.weights import PLAIN, READ
from index.reader import Reading
from index.search.hybrid import Found

THRESHOLD = 0.81  # of the probability that something answers
AT_LEAST = 0.2  # of the probability that it is this sentence; worse odds are no answer


@dataclass(frozen=True, slots=True)
class Offered:
    """A candidate and what speaks for it."""

    found: Found
    features: Features


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with all that is known of how well it answers."""

    found: Found
    score: float  # comparable within one question only
    undated: float  # the score, but for what newer reports say against it
    answers: float  # the probability that the question is answered at all, were this the best candidate
    right: float  # the probability that this sentence answers it
    span: tuple[int, int] | None  # the short answer, in characters of the candidate's text

    @property
    def is_told(self) -> bool:
        return is_told(self.answers, self.right)


def is_told(answers: float, right: float) -> bool:
    """Whether to answer: either probability is high enough, since what is right also answers."""
    return max(answers, right) >= THRESHOLD and right >= AT_LEAST


def likely(question: Question, found: Sequence[Found], limit: int) -> list[Offered]:
    """The candidates that are worth reading, best first, judged without a reader."""
    offered = [Offered(*each) for each in zip(found, features(question, found), strict=True)]
    return sorted(offered, key=lambda each: PLAIN.rank.dot(each.features), reverse=True)[:limit]


def judge(question: Question, offered: Sequence[Offered], readings: Sequence[Reading] | None) -> list[Judged]:
    """All candidates, best first. ``readings`` are one a candidate, or None where there is no reader."""
    weights = READ if readings else PLAIN
    seen = [each.features for each in offered]
    if readings:
        seen = [each.with_reading(reading) for each, reading in zip(seen, readings, strict=True)]
    scores = [weights.rank.dot(each) for each in seen]
    alike = likeness_of([each.found.vector for each in offered])
    judged = []
    for number, each in enumerate(offered):
        lead = lead_of(number, scores, alike[number])
        judged.append(
            Judged(
                found=each.found,
                score=scores[number],
                undated=weights.rank.dot(replace(seen[number], outdated=0.0, older=0.0)),
                answers=weights.answers.probability(question.kind, seen[number], lead),
                right=weights.right.probability(question.kind, seen[number], lead),
                span=readings[number].span if readings else None,
            )
        )
    return sorted(judged, key=lambda each: each.score, reverse=True)
