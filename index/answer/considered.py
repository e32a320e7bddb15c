"""What an answer was chosen from: the passages that were weighed, their scores, and what the nearest one lacks.

Owns the words for “why not”. Decides nothing: everything here is read off what ``decide`` judged.
"""

import re
from collections.abc import Sequence

from index.answer.decide import AT_LEAST, THRESHOLD, Judged
from index.answer.kinds import offers
from index.answer.question import Kind, Question
from index.dates import GRAMMAR_VERSION
from index.models import Answer, Frozen
from index.terms import terms

SHOWN = 8  # weighed passages that are kept for whoever asks why
LONGEST = 240  # characters of each

_LACKS = {
    Kind.WHEN: "names no day",
    Kind.HOW_LONG: "gives no length of time",
    Kind.HOW_MANY: "names no figure",
    Kind.WHO: "names nobody",
    Kind.WHY: "gives no reason",
    Kind.STATE: "doesn't say how things stand",
}
# Words that ask rather than name what is asked about; no sentence has to hold them.
_ASKING = frozenset(
    terms(
        "deadline date day time latest long much many often cost costs price happen happens happened happening know"
        " tell say says said name number stand stands status stage still yet get going already really exactly"
    )
)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


class Weighed(Frozen):
    """One passage that was read for the question."""

    article_id: int
    title: str
    source: str
    text: str
    likeness: float  # cosine with the question
    words: float  # share of its rare words, 0 … about 1
    right: float  # the probability that this sentence answers it
    answers: float  # the probability that the articles answer it at all, were this the best sentence


class Considered(Frozen):
    """An answer, and what it was chosen from."""

    answer: Answer
    kind: str  # what was asked for: “a day”
    weighed: tuple[Weighed, ...]  # best first
    falls_short: str  # what the nearest sentence lacks, where nothing answers; else ""
    threshold: float  # of ``Weighed.answers``
    at_least: float  # of ``Weighed.right``
    model: str
    generation: int  # of the index: goes up with every change
    grammar: int  # version of the grammar of dates


def considered(asked: Question, answer: Answer, judged: Sequence[Judged], model: str, generation: int) -> Considered:
    return Considered(
        answer=answer,
        kind=asked.kind.value,
        weighed=tuple(_weighed(each) for each in judged[:SHOWN]),
        falls_short="" if answer.answered or not judged else falls_short(asked, judged[0]),
        threshold=THRESHOLD,
        at_least=AT_LEAST,
        model=model,
        generation=generation,
        grammar=GRAMMAR_VERSION,
    )


def falls_short(asked: Question, nearest: Judged) -> str:
    """One sentence: what the nearest passage would need to be an answer, else how unlikely it is to be one."""
    candidate = nearest.found.candidate
    lacks = []
    if asked.kind in _LACKS and not offers(asked.kind, candidate.text):
        lacks.append(_LACKS[asked.kind])
    around = set(terms(f"{candidate.title} {candidate.before} {candidate.text} {candidate.after}"))
    missing = unmentioned(asked.text, around)
    if missing:
        lacks.append("doesn't mention " + " or ".join(f"“{word}”" for word in missing[:2]))
    if lacks:
        return f"It {' and '.join(lacks)}."
    percent = max(1, round(100 * min(nearest.right, nearest.answers)))
    return f"It is about this, but the chance that it is the answer is only about {percent} %."


def unmentioned(question: str, around: set[str]) -> list[str]:
    """The question's words, as they were typed, whose terms are not among ``around``."""
    missing: dict[str, str] = {}
    for word in _WORD.findall(question):
        made = [term for term in terms(word) if term not in _ASKING]
        if made and not around.intersection(made):
            missing.setdefault(made[0], word)
    return list(missing.values())


def _weighed(judged: Judged) -> Weighed:
    candidate = judged.found.candidate
    text = candidate.text if len(candidate.text) <= LONGEST else candidate.text[: LONGEST - 1] + "…"
    return Weighed(
        article_id=candidate.article_id,
        title=candidate.title,
        source=candidate.source,
        text=text,
        likeness=round(judged.found.likeness, 2),
        words=round(judged.found.overlap, 2),
        right=round(judged.right, 3),
        answers=round(judged.answers, 3),
    )
