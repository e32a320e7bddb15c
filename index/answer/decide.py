"""From features to a ranking and two probabilities. Owns the weights and the threshold.

Few weights, fitted by ``make fit`` on sets of questions that are not reported (``docs/quality.md`` says
which, and how well the probabilities hold). Each probability has a weight for the kind of question, too:
what day and how things stand, articles usually tell; figures and names, often not.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

from index.answer.evidence import Features, features
from index.answer.question import Kind, Question
from index.reader import Reading
from index.search.hybrid import Found

THRESHOLD = 0.66  # of the probability that something answers
AT_LEAST = 0.2  # of the probability that it is this sentence; worse odds are no answer


@dataclass(frozen=True, slots=True)
class Logit:
    """A logistic regression on the best candidate's features."""

    by_kind: Mapping[Kind, float]  # the intercept
    weights: Features

    def probability(self, kind: Kind, offered: Features) -> float:
        return 1 / (1 + math.exp(-(self.by_kind[kind] + dot(self.weights, offered))))


@dataclass(frozen=True, slots=True)
class Weights:
    """``rank`` orders candidates; ``answers``: does anything answer; ``right``: is it the best one that does."""

    rank: Features
    answers: Logit
    right: Logit


PLAIN = Weights(  # without a reader
    rank=Features(
        likeness=1.25,
        overlap=0.45,
        around=0.66,
        offers=0.35,
        whole=0.26,
        outdated=-0.68,
        evidence=0.0,
        answerable=0.0,
        span=0.0,
    ),
    answers=Logit(
        {
            Kind.WHEN: 0.41,
            Kind.HOW_LONG: 0.57,
            Kind.HOW_MANY: -0.92,
            Kind.WHO: -0.15,
            Kind.WHY: 0.38,
            Kind.STATE: 1.06,
            Kind.WHAT: -0.76,
        },
        Features(
            likeness=0.21,
            overlap=0.09,
            around=-0.06,
            offers=0.59,
            whole=0.58,
            outdated=-0.21,
            evidence=0.0,
            answerable=0.0,
            span=0.0,
        ),
    ),
    right=Logit(
        {
            Kind.WHEN: 0.11,
            Kind.HOW_LONG: 0.76,
            Kind.HOW_MANY: -0.72,
            Kind.WHO: -0.47,
            Kind.WHY: 0.03,
            Kind.STATE: 0.27,
            Kind.WHAT: -0.75,
        },
        Features(
            likeness=0.42,
            overlap=0.42,
            around=0.47,
            offers=-0.16,
            whole=-0.77,
            outdated=-0.04,
            evidence=0.0,
            answerable=0.0,
            span=0.0,
        ),
    ),
)

READ = Weights(  # with one
    rank=Features(
        likeness=0.7,
        overlap=0.19,
        around=0.24,
        offers=0.24,
        whole=0.13,
        outdated=-0.72,
        evidence=0.01,
        answerable=0.02,
        span=0.04,
    ),
    answers=Logit(
        {
            Kind.WHEN: 0.41,
            Kind.HOW_LONG: 0.49,
            Kind.HOW_MANY: -0.93,
            Kind.WHO: -0.18,
            Kind.WHY: 0.39,
            Kind.STATE: 1.09,
            Kind.WHAT: -0.68,
        },
        Features(
            likeness=0.08,
            overlap=-0.12,
            around=-0.14,
            offers=0.59,
            whole=0.59,
            outdated=-0.13,
            evidence=0.08,
            answerable=0.16,
            span=-0.02,
        ),
    ),
    right=Logit(
        {
            Kind.WHEN: -0.04,
            Kind.HOW_LONG: 0.48,
            Kind.HOW_MANY: -0.9,
            Kind.WHO: -0.4,
            Kind.WHY: -0.19,
            Kind.STATE: 0.84,
            Kind.WHAT: -0.19,
        },
        Features(
            likeness=0.14,
            overlap=0.21,
            around=-0.09,
            offers=-0.31,
            whole=-0.41,
            outdated=-0.25,
            evidence=0.11,
            answerable=0.23,
            span=0.05,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with all that is known of how well it answers."""

    found: Found
    score: float  # comparable within one question only
    answers: float  # the probability that the question is answered at all, were this the best candidate
    right: float  # the probability that this sentence answers it
    span: tuple[int, int] | None  # the short answer, in characters of the candidate's text

    @property
    def is_told(self) -> bool:
        return self.answers >= THRESHOLD and self.right >= AT_LEAST


def judge(question: Question, found: Sequence[Found], readings: Sequence[Reading] | None) -> list[Judged]:
    """All candidates, best first. ``readings`` are one a candidate, or None where there is no reader."""
    weights = READ if readings else PLAIN
    judged = [
        Judged(
            found=each,
            score=dot(weights.rank, offered),
            answers=weights.answers.probability(question.kind, offered),
            right=weights.right.probability(question.kind, offered),
            span=readings[number].span if readings else None,
        )
        for number, (each, offered) in enumerate(zip(found, features(question, found, readings), strict=True))
    ]
    return sorted(judged, key=lambda each: each.score, reverse=True)


def dot(weights: Features, offered: Features) -> float:
    return float(sum(w * x for w, x in zip(astuple(weights), astuple(offered), strict=True)))
