"""From features to a ranking and a calibrated probability. Owns the weights and the threshold.

Few weights, fitted by logistic regression on questions that are reported nowhere
(``docs/quality.md`` says how, and how well the probabilities hold).
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from index.answer.evidence import Features, features
from index.answer.question import Question
from index.reader import Reading
from index.search.hybrid import Found

# One weight a feature: for ranking, without and with a reader.
RANK_PLAIN = Features(
    likeness=1.27, overlap=0.38, around=0.58, offers=0.38, whole=0.24, outdated=-0.69, usual=0.0
)  # fmt: skip
RANK_READ = Features(
    likeness=0.83, overlap=-0.02, around=0.25, offers=0.27, whole=0.10, outdated=-0.76, usual=0.0,
    evidence=0.07, answerable=-0.01, span=0.04,
)  # fmt: skip

# The logit of “the best candidate answers”, from the best candidate's features.
INTERCEPT_PLAIN, LOGIT_PLAIN = -2.00, Features(
    likeness=0.73, overlap=0.70, around=0.85, offers=0.09, whole=0.0, outdated=-0.04, usual=0.68
)  # fmt: skip
INTERCEPT_READ, LOGIT_READ = -1.03, Features(
    likeness=0.38, overlap=0.29, around=0.11, offers=0.13, whole=0.0, outdated=-0.23, usual=0.77,
    evidence=0.20, answerable=0.09, span=0.12,
)  # fmt: skip
THRESHOLD = 0.33


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with all that is known of how well it answers."""

    found: Found
    score: float  # comparable within one question only
    probability: float  # that it answers the question
    span: tuple[int, int] | None  # the short answer, in characters of the candidate's text


def judge(question: Question, found: Sequence[Found], readings: Sequence[Reading] | None) -> list[Judged]:
    """All candidates, best first. ``readings`` are one a candidate, or None where there is no reader."""
    rank, logit, intercept = (
        (RANK_READ, LOGIT_READ, INTERCEPT_READ) if readings else (RANK_PLAIN, LOGIT_PLAIN, INTERCEPT_PLAIN)
    )
    judged = []
    for number, (each, offered) in enumerate(zip(found, features(question, found, readings), strict=True)):
        probability = 1 / (1 + math.exp(-(intercept + _dot(logit, offered))))
        span = readings[number].span if readings else None
        judged.append(Judged(each, _dot(rank, offered), probability, span))
    return sorted(judged, key=lambda each: each.score, reverse=True)


def _dot(weights: Features, offered: Features) -> float:
    return float(sum(w * x for w, x in zip(astuple(weights), astuple(offered), strict=True)))
