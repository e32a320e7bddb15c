"""What the weights of the decision are: a ranking, and two probabilities. Holds the arithmetic, no figures."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.answer.evidence import Features
from index.answer.question import Kind

FOLLOWING = 3  # candidates that the best one's lead is measured by
ALONE = 0.2  # the lead where nothing stands against the best: nine in ten right answers lead by more
SAME = 0.8  # cosine of two sentences that say the same: the one does not stand against the other


@dataclass(frozen=True, slots=True)
class Logit:
    """A logistic regression on the best candidate's features, and on how far it leads."""

    by_kind: Mapping[Kind, float]  # the intercept
    weights: Features
    lead: float

    def probability(self, kind: Kind, offered: Features, lead: float) -> float:
        return 1 / (1 + math.exp(-(self.by_kind[kind] + self.weights.dot(offered) + self.lead * lead)))


def lead_of(number: int, scores: Sequence[float], alike: Sequence[float]) -> float:
    """How far a score stands above the mean of the next few that say something else; ALONE where none does.

    ``alike``: the cosine of each candidate with the one of this number.
    """
    others = sorted((score for score, cosine in zip(scores, alike, strict=True) if cosine < SAME), reverse=True)
    following = others[:FOLLOWING]
    return scores[number] - sum(following) / len(following) if following else ALONE


@dataclass(frozen=True, slots=True)
class Weights:
    """``rank`` orders candidates; ``answers``: does anything answer; ``right``: is it the best one that does."""

    rank: Features
    answers: Logit
    right: Logit
