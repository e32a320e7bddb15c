"""Reads what stands before a date: “by”, “on”, “from”, or a deadline that it is the day of. Judges nothing."""

from dataclasses import dataclass

from index.deadlines import cues
from index.deadlines.sentence import DATE, Sentence

_SKIPPED = frozenset(
    {
        "the",
        "about",
        "around",
        "midnight",
        "noon",
        "end",
        "of",
        "close",
        "business",
        "-",
        "a",
        "“",
        '"',
        "this",
        "next",
        "(",
        "latest",
    }
)
_DEADLINE_NOUNS = frozenset("deadline cutoff cut-off expiry expiration ultimatum".split())

_DATE_KINDS = frozenset(
    "outside closing expiry due stop longstop end final last off cutoff maturity completion termination filing".split()
)


_JOINS = frozenset({"of", "is", "on", ":", "for", "was", "at", "falls", "as", "remains", "be", "the", "stays", ","})


@dataclass(slots=True)
class Lead:
    """What stands before a date: its kind (limit, opener, on, to, for, none) and where it starts."""

    kind: str
    at: int


def lead(s: Sentence, at: int) -> Lead:
    """The preposition of the date at ``at``; “deadline” beside the date counts as a limit."""
    k = at
    while k > 0 and s.words[k - 1] in _SKIPPED and at - k < 4 and not (s.words[k - 1] == "(" and k == 0):
        if s.words[k - 1] == "(":
            break
        k -= 1
    for end in dict.fromkeys((at, k)):
        for phrase in cues.LIMITS:
            if s.has(*phrase, before=end):
                if phrase == ("through",) and s.word(end - 2) == "fall":
                    continue
                return Lead("limit", end - len(phrase))
    if s.word(at + 1) in _DEADLINE_NOUNS or (s.word(at + 1) in ("'s", "-") and s.word(at + 2) in _DEADLINE_NOUNS):
        return Lead("limit", at)
    if _deadline_before(s, at):
        return Lead("limit", at)
    if s.words[at + 1 : at + 4] == ["at", "the", "latest"] or s.words[at + 1 : at + 3] == ["at", "latest"]:
        return Lead("limit", at - 1 if s.word(at - 1) in ("on", "in", "for") else at)
    until = _until_event(s, k)
    if until is not None:
        return Lead("limit", until)
    before = s.word(k - 1)
    if before == "on" or before == "at" or before == "in":
        return Lead("on", k - 1)
    if before == "to":
        return Lead("to", k - 1)
    if before in cues.OPENERS:
        return Lead("opener", k - 1)
    if before == "for":
        return Lead("for", k - 1)
    return Lead("none", k)


_EVENTS = frozenset(
    "hearing vote meeting decision ruling trial verdict session election referendum summit review auction poll ballot".split()
)


def _until_event(s: Sentence, at: int) -> int | None:
    """“has been halted until a hearing on Tuesday”, “ahead of the vote on 3 May”."""
    if s.word(at - 1) not in ("on", "in") or s.word(at - 2) not in _EVENTS:
        return None
    waiting = ("until", "till", "pending", "before")
    return next((k for k in range(at - 3, max(-1, at - 7), -1) if s.words[k] in waiting), None)


def _cut_off(s: Sentence, at: int) -> bool:
    return s.words[at - 2 : at + 1] == ["cut", "-", "off"]


def _deadline_before(s: Sentence, at: int) -> bool:
    """“deadline of”, “the deadline for bids is”, “cut-off: ”, but not over another date or a comma far off."""
    for back in range(at - 1, max(-1, at - 12), -1):
        word = s.words[back]
        if word == DATE or word in (";", "which", "who", "that", "after", "when"):
            return False
        named = word in ("date", "day") and s.word(back - 1) in _DATE_KINDS
        if named or word in _DEADLINE_NOUNS or _cut_off(s, back):
            between = s.words[back + 1 : at]
            if any(w in cues.MOVING or w in ("to",) for w in between):
                return False
            return not between or between[-1] in _JOINS
    return False
