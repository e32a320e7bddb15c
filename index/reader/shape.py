"""What goes into a reader and what comes out. Holds data, does nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence of an article, with what stands around it ("" where nothing does).

    Neighbouring candidates of one article are recognised by their texts and read in one pass, so hand
    in ``before`` and ``after`` exactly as they would stand as ``sentence`` of another candidate.
    """

    title: str
    before: str
    sentence: str
    after: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of one candidate. The three scores are logits: comparable, not probabilities.

    ``evidence``: does this sentence, in its context, answer the question; above 0 the reader would rather
    choose it than nothing. ``answerable``: does anything in the window that it was read in answer. ``span``:
    the short answer as ``sentence[start:end]``, whole words, or None where the reader has none to offer;
    ``span_score`` says how sure it is of it (0.3 of it added to ``evidence`` ranks better than ``evidence``).
    """

    evidence: float
    answerable: float
    span: tuple[int, int] | None
    span_score: float


class Reader(Protocol):
    """Reads question and sentence together. Pure computing: blocks for its whole run, keeps no state."""

    def read(self, question: str, candidates: Sequence[Candidate]) -> list[Reading]:
        """One reading a candidate, in their order, which makes no difference to the scores."""
        ...
