"""Deadlines that are told as a stretch: “a 30-day review that started on Monday”, “is good for 90 days”.

The stretch needs a day to be counted from, in the same sentence; without one it is only a length.
"""

from datetime import date

from index.dates import FoundDate
from index.dates.almanac import add
from index.deadlines.sentence import Sentence

_STATES = frozenset(
    "pause halt truce ceasefire suspension ban moratorium freeze waiver window period extension reprieve exemption licence license "
    "embargo lockout deadline ultimatum stay standstill lease permit hold review consultation strike blockade boycott curfew contract".split()
)
_BEGAN = frozenset(
    "began begins begin started starts start starting beginning from since effective opened imposed".split()
)
_GIVEN = frozenset(
    "granted signed issued issue signature dated agreed approved published announced launched on of from since".split()
)
_LASTING = frozenset(
    "shuts locks binds freezes ties shut locked bound frozen good valid holds hold bars extended prolonged open lasts last runs run force suspended renewed remains remain halted closed stands".split()
)
_LOOK = 5
_OPENED = frozenset(
    "opened opens launched launches began begins started starts announced declared imposed ordered".split()
)
_A_DAY = 24  # hours
_LONGEST = 2  # years; beyond, a length describes a contract and nobody waits for its end


def end_of_stretch(s: Sentence, at: int, published: date | None) -> date | None:
    """The last day of the duration at word ``at``, or None where it binds nothing or starts nobody knows when."""
    found = s.dates[at]
    if found.amount is None or (found.amount[1] in ("hour", "minute") and found.amount[0] < _A_DAY):
        return None  # “fog closed the airport for three hours on Friday”
    if "-" in found.text and any(word in _STATES for word in s.words[at + 1 : at + 4]):
        front = s.words[max(0, at - 3) : at]
        opened = not _OPENED.isdisjoint(front) and not any(word.endswith("ing") for word in front)  # “began debating”
        base = _start(s, at, _BEGAN) or (_announced(s, published) if opened or _at_once(s) else None)
    elif found.amount[1] in ("year", "decade") and found.amount[0] > _LONGEST:
        return None
    elif s.word(at - 1) in ("last", "lasts", "run", "runs"):
        base = _start(s, at, _BEGAN | _GIVEN)
    elif _further(s, at):
        base = None if _told_past(s, published) else published
    elif _for(s, at):
        base = _start(s, at, _BEGAN | _GIVEN) or (
            published if _extended(s, at) and not _told_past(s, published) else None
        )
    else:
        return None
    return add(base, *found.amount) if base else None


def _start(s: Sentence, at: int, cues: frozenset[str]) -> date | None:
    for place, other in s.dates.items():
        if place != at and _is_day(other) and any(word in cues for word in s.words[max(0, place - 2) : place]):
            return other.last
    return None


def _is_day(found: FoundDate) -> bool:
    return found.granularity == "day" and found.last is not None


def _further(s: Sentence, at: int) -> bool:
    """“may talk to others for another two weeks”, “is open for another ten days”."""
    if not s.text[s.starts[at] : s.ends[at]].lower().startswith("another") or s.word(at - 1) != "for":
        return False
    front = s.words[max(0, at - 12) : at]
    holds = not {"may", "can", "open", "valid", "remains", "remain", "stays", "stay"}.isdisjoint(front)
    return holds and {"was", "were", "had", "could", "might"}.isdisjoint(front)


def _at_once(s: Sentence) -> bool:
    return any(
        s.words[k : k + 2] in (["effective", "immediately"], ["immediate", "effect"]) for k in range(len(s.words))
    )


def _announced(s: Sentence, published: date | None) -> date | None:
    """The day it was announced: the past day that the sentence tells, else the day of publication."""
    past = [found.last for found in s.dates.values() if _is_day(found) and found.tense == "past"]
    return past[0] if past else published


def _told_past(s: Sentence, published: date | None) -> bool:
    """“was renewed in 2019 for ten years”: history, not counted from today."""
    return published is not None and any(found.last and found.last < published for found in s.dates.values())


def _for(s: Sentence, at: int) -> bool:
    k = at - 1
    while s.word(k) in ("another", "a", "further", "only", "just", "up", "to"):
        k -= 1
    return s.word(k) == "for" and any(word in _LASTING for word in s.words[max(0, k - _LOOK) : k])


def _extended(s: Sentence, at: int) -> bool:
    return any(word in ("extended", "prolonged", "renewed") for word in s.words[max(0, at - _LOOK - 2) : at])
