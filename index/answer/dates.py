"""Which day answers a “when”: a sentence often names several. Owns the choice among them and how a day
is written; the grammar (``index.dates``) finds and resolves them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.answer.question import Question
from index.store.dates import MarkedDate
from index.terms import terms

# What begins and what ends are said in other words than asked for, but seldom in opposite ones.
_BEGINS = re.compile(
    r"\b(?:start\w*|began|begin\w*|begun|open\w*|effect\w*|live|kick\w* (?:in|off)|launch\w*|commenc\w*|resum\w*|sign\w*"
    r"|enter\w*|came? into|comes? into|handover|change\w* hands|hand\w* over|keys|took over|takes? over|in force|since|from)\b",
    re.I,
)
_ENDS = re.compile(
    r"\b(?:end\w*|expir\w*|run(?:s|ning)? (?:out|to|until)|ran out|laps\w*|over|clos\w*|deadline|until|till|by|due|late\w*|finish\w*"
    r"|last|final|sunset|cut-?off|good for|within|must|shut\w*|no later|has to|have to)\b",
    re.I,
)
_SAID = re.compile(
    r"\b(?:said|says|told|announced|reported|reports|confirmed|added|wrote|statement|according to \w+)(?:\s\w+){0,3}\s(?:late |early )?on$",
    re.I,
)
_OLD = re.compile(
    r"\b(?:instead of|rather than|not|from|previously|originally|earlier|before|formerly|last planned for|was to have been \w+ (?:by|on)|up from|moved from|put back from)"
    r"(?:\s(?:on|at|the|by|to|as))*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Day:
    """The day or span that answers, and the words that say so: ``text[start:end]`` of the article."""

    first: date
    last: date  # the due day, where the words are a limit
    start: int
    end: int
    granularity: str
    reading: str
    binds: bool  # it is a deadline, or something begins, ends or is decided on it

    @property
    def short(self) -> str:
        """“30 November 2025”, “November 2025”, “1–15 June 2026”."""
        return written(self.first, self.last, self.granularity)


def day_in(
    question: Question,
    text: str,
    dates: Sequence[MarkedDate],
    quote: tuple[int, int],
    hint: tuple[int, int] | None = None,
) -> Day | None:
    """The day in ``text[quote]`` that answers the question, or None where its words resolve to none.

    ``dates`` are the whole text's, since “that month” or “the handover” may stand resolved in another
    sentence. ``hint`` is where the reader saw the short answer, in characters of ``text``.
    """
    inside = [each for each in dates if quote[0] <= each.start and each.end <= quote[1]]
    if not inside:
        return None
    found = max(inside, key=lambda each: _fit(question, text, quote, hint, inside, each))
    if found.due is not None:
        first = min(found.first, found.due)
        _, comma, why = found.reading.partition(", from ")
        reading = f"{text[found.start : found.end]} → {written(found.due, found.due)}{comma}{why}"
        return Day(first, found.due, found.start, found.end, "day", reading, binds=True)
    return Day(found.first, found.last, found.start, found.end, found.granularity, found.reading, binds=False)


def written(first: date, last: date, granularity: str = "day") -> str:
    if first == last or granularity == "day":
        return f"{last.day} {last:%B %Y}"
    if granularity == "month" and first.day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"{last:%B %Y}"
    if granularity == "year" and (first.month, first.day) == (1, 1):
        return f"{last:%Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {last:%B %Y}"
    year = f" {first:%Y}" if first.year != last.year else ""
    return f"{first.day} {first:%B}{year} – {last.day} {last:%B %Y}"


def _fit(
    question: Question,
    text: str,
    quote: tuple[int, int],
    hint: tuple[int, int] | None,
    inside: Sequence[MarkedDate],
    found: MarkedDate,
) -> float:
    """How well a date fits: the words that lead to it are those asked with, and it still holds."""
    before = max([other.end for other in inside if other.end <= found.start], default=quote[0])
    after = min([other.start for other in inside if other.start >= found.end], default=quote[1])
    leading, trailing = text[before : found.start], text[found.end : after]
    asked = set(terms(question.text))
    score = len(asked & set(terms(leading))) + 0.4 * len(asked & set(terms(trailing)))
    begins, ends = bool(_BEGINS.search(question.text)), bool(_ENDS.search(question.text))
    if begins != ends:
        wanted, unwanted = (_BEGINS, _ENDS) if begins else (_ENDS, _BEGINS)
        near = leading[-60:]
        score += 2.5 * bool(wanted.search(near)) - 1.5 * bool(unwanted.search(near) and not wanted.search(near))
    if hint and found.start < hint[1] and hint[0] < found.end:
        score += 2.0
    score += (6.0 if ends else 3.0) * (found.due is not None) + 0.5 * (found.granularity == "day")
    if any(other.moved_from == found.last for other in inside):
        score -= 3.0
    if _SAID.search(leading.rstrip()) or _OLD.search(leading.rstrip()):
        score -= 3.0
    return score
