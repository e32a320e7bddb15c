"""Stretches that are counted from the day of the report: “within 30 days”, “has two weeks to reply”, “must wait 14 days”.

Owns which of them can be: not what was done within a span, not what holds whenever something happens,
not what only begins once a condition is met. Judges no calendar date.
"""

from datetime import date, timedelta

from index.dates import FoundDate
from index.dates.almanac import add
from index.deadlines.cues import NEGATIONS
from index.deadlines.mood import Mood
from index.deadlines.sentence import DATE, Sentence

_FORMS = frozenset({"within", "within of that", "in", "hence", "from today", "the next units"})
_STALE = timedelta(10)  # what was told to have happened longer ago is not what the count starts from

_CONDITIONS = frozenset({"if", "when", "whenever", "once", "where", "wherever"})
USUALLY = frozenset(
    "usually normally typically generally always often sometimes traditionally routinely commonly".split()
)
_WAITS = frozenset({"wait", "waits", "waiting"})
_WAIT_ENDS = frozenset({"before", "until", "to", "for", "and", ".", ",", ""})


def from_the_report(found: FoundDate) -> bool:
    """Whether the count of ``found`` can only start at the day of the report: no other day or event is told."""
    return found.form in _FORMS or (found.granularity == "duration" and found.limit is None and found.offset is None)


def may_count(s: Sentence, at: int, mood: Mood, published: date | None) -> bool:
    """Whether the stretch at ``at`` runs from now on, rather than in the past or whenever something happens."""
    if mood.kind == "past" or not USUALLY.isdisjoint(s.words):
        return False
    return not (_history(s, at, mood, published) or _conditional(s, at) or _whoever(s, mood, at))


def _history(s: Sentence, at: int, mood: Mood, published: date | None) -> bool:
    """“paid a fine in 2016 and promised then to fit filters within a year”."""
    if mood.kind not in ("give", "hope", "none") or published is None:
        return False
    if s.word(mood.at + 1) == "then":
        return True
    stretch = s.dates[at].amount
    for place, found in s.dates.items():
        if place == at or not found.last or not found.first or found.last >= published - _STALE:
            continue
        running = stretch and place < at and found.granularity == "day" and add(found.last, *stretch) >= published
        if not running:
            return True
    return False


def _conditional(s: Sentence, at: int) -> bool:
    """“If a customer complains, the shop has a week to reply”: the week begins when he does.

    A condition that holds the stretch itself (“if they have not paid within 30 days”) is counted from now.
    """
    for place, word in enumerate(s.words):
        if word not in _CONDITIONS and not (word == "should" and s.word(place - 1) in ("", ".", ";", "“")):
            continue
        end = next((k for k in range(place, len(s.words)) if s.words[k] in (",", ";", "--")), len(s.words))
        if place < at < end or _unless(s, place, end):
            continue  # it stands in the condition; or what nobody does changes nothing
        if end <= at and end - place > 2 and not _told_day(s, place, end):
            return True
        if place > at and place - at < 14 and s.word(place) in ("if", "once", "when", "whenever"):
            return True
    return False


def _unless(s: Sentence, start: int, end: int) -> bool:
    return any(
        word in NEGATIONS or word.endswith("n't") or (word in ("fails", "fail") and s.word(k + 1) == "to")
        for k, word in enumerate(s.words[start:end], start=start)
    )


def _told_day(s: Sentence, start: int, end: int) -> bool:
    return any(word == DATE for word in s.words[start:end])


def _whoever(s: Sentence, mood: Mood, at: int) -> bool:
    """“Each shipment must be inspected within 48 hours”, “a bidder that drops out loses it within ten days”."""
    low = min(mood.at, at)
    start = low
    while start > 0 and s.words[start - 1] not in (",", ";", "--", "that", "said", "“", "and", "but"):
        start -= 1
    if s.words[start - 1] in ("that", "who") and s.word(start - 2) in ("those", "anyone", "anybody"):
        return True
    if s.words[start] in ("those", "anyone", "anybody") and s.word(start + 1) in ("who", "that"):
        return True
    if s.words[start] in ("each", "every", "whoever", "whichever"):
        return True
    opening = 0 if start and s.words[start - 1] == "that" else start
    return s.word(opening) in ("a", "an") and any(
        word in ("that", "who", "which") for word in s.words[opening + 1 : low]
    )


def waits(s: Sentence, at: int, *, bare: bool = False) -> bool:
    """“must now wait 14 days before they can strike”: it may begin when the stretch is over."""
    front = s.words[max(0, at - 4) : at]
    if bare:
        return not _WAITS.isdisjoint(front) and not {"must", "has", "have", "will"}.isdisjoint(
            s.words[max(0, at - 6) : at]
        )
    return not _WAITS.isdisjoint(front) and s.word(at + 1) in _WAIT_ENDS
