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
RANK_PLAIN = Features(likeness=0.8, overlap=0.5, around=0.2, offers=0.35, whole=0.15, outdated=-0.4)
RANK_READ = Features(
    likeness=0.52,
    overlap=0.3,
    around=0.2,
    offers=0.35,
    whole=0.13,
    outdated=-0.4,
    evidence=0.08,
    answerable=0.02,
    span=0.02,
)

# The logit of “the best candidate answers”, from the best candidate's features.
INTERCEPT_PLAIN, LOGIT_PLAIN = -3.0, Features(4.0, 2.0, 0.0, 1.0, 0.0, 0.0)
INTERCEPT_READ, LOGIT_READ = -3.0, Features(4.0, 2.0, 0.0, 1.0, 0.0, 0.0)
THRESHOLD = 0.5


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
