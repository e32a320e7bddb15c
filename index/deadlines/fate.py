"""What a newer text says has become of one deadline: met, cancelled, denied. Pure; moves are ``moves``' and ``link``'s.

It finds the sentence and guesses what it says; nobody's deadline ends by this alone. So it looks for plain words about
this very day, or this very matter, and passes over whatever is hoped, asked for, conditional or still ahead.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from index.dates import FoundDate, find_dates
from index.deadlines.anchors import content
from index.split import sentences

Kind = Literal["met", "cancelled", "denied"]

MATTER = 0.34  # of the deadline's words, where the sentence speaks of a deadline without naming its day
DONE = 0.6  # of them, where it tells the thing itself as done
FEW = 2  # words that say nothing

_NAMED = re.compile(r"\b(?:deadline|cut-?off|ultimatum|due date|target date|time limit)s?\b", re.I)
_CANCELLED = re.compile(
    r"\b(?:scrapped|abandoned|dropped|lifted|cancell?ed|called off|withdrawn|waived|annulled|shelved|revoked"
    r"|no longer (?:applies|stands|holds|valid|in force))\b",
    re.I,
)
_DENIED = re.compile(
    r"\b(?:den(?:ied|ies)|no such (?:deadline|date|limit)|(?:is|was) no (?:deadline|date|time limit)|never (?:been )?(?:set|agreed|fixed|named)"
    r"|(?:is|was) (?:not true|untrue|false|wrong|invented))\b",
    re.I,
)
_MET = re.compile(
    r"\b(?:met|kept|beat|made) (?:the|its|their|that|this|his|her)\b[^.;]{0,50}?\b(?:deadline|cut-?off|date|limit)\b"
    r"|\b(?:ahead of|before|in time for|inside|within) (?:the|its|their|that|this)\b[^.;]{0,40}?\b(?:deadline|cut-?off|limit)\b",
    re.I,
)
_UNREAL = re.compile(
    r"\b(?:if|unless|whether|would|could|might|may|should|must|shall|will|won't|to have|hop(?:e|es|ed|ing)|want\w*|ask\w*|urg\w+"
    r"|call\w* (?:for|on)|seek\w*|sought|expect\w*|plan\w*|propos\w+|consider\w*|weigh\w*|threat\w*|refus\w+|rule[ds]? out|not|never|n't|nor"
    r"|failed|fail\w*|yet to|about to|before it|until)\b|n['’]t\b",
    re.I,
)
_SUPPOSED = re.compile(r"\b(?:if|unless|whether|would|could|might|may|should|ask\w*|urg\w+)\b", re.I)
_PAST = frozenset(
    "paid sent held met chosen given made done put left bought sold told won begun written taken brought built found laid "
    "submitted set struck sworn shut split quit cut".split()
)
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")


@dataclass(frozen=True, slots=True)
class Fate:
    """``text[start:end]`` is the sentence that says so."""

    kind: Kind
    start: int
    end: int


def find_fate(text: str, published: date | None, due: date, what: str) -> Fate | None:
    """The first sentence that tells what became of what was due on that day."""
    dates = find_dates(text, published)
    wanted = content(_WORD.findall(what.lower()))
    for start, end in sentences(text):
        kind = _fate(text[start:end], [each for each in dates if start <= each.start < end], published, due, wanted)
        if kind is not None:
            return Fate(kind, start, end)
    return None


def _fate(said: str, dates: Sequence[FoundDate], published: date | None, due: date, wanted: set[str]) -> Kind | None:
    if said.rstrip(" \"'”’)").endswith("?"):
        return None
    names_day = any(due in (each.last, each.limit) for each in dates)
    words = _WORD.findall(said.lower())
    shared = len(wanted & content(words)) / max(1, len(wanted))
    is_about = (names_day and shared > 0) or (_NAMED.search(said) is not None and shared >= MATTER)
    if is_about:
        if (found := _DENIED.search(said)) and not _SUPPOSED.search(said[: found.start()]):
            return "denied"
        if (found := _CANCELLED.search(said)) and not _UNREAL.search(said[: found.start()]):
            return "cancelled"
        if (found := _MET.search(said)) and not _UNREAL.search(said[: found.start()]):
            return "met"
    elsewhere = any(each.last and published and each.last > published and each.last != due for each in dates)
    if shared >= DONE and len(wanted) > FEW and not elsewhere and _is_done(said, words, wanted):
        return "met"
    return None


def _is_done(said: str, words: Sequence[str], wanted: set[str]) -> bool:
    """One of the deadline's own verbs stands in the past, and nothing before it takes that back."""
    for word in words:
        if (word.endswith("ed") or word in _PAST) and content([word]) & wanted:
            at = said.lower().index(word)
            return not _UNREAL.search(said[:at])
    return False
