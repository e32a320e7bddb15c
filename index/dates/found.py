"""What the grammar returns. Holds data, reads nothing and resolves nothing.

A reading is never a bare date: it keeps the words it came from, the days it covers, how exact
those words were, and why they were read so, because every answer and every reminder must be able
to show where its day comes from.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

# Raise it whenever a text may be read otherwise than before: stored results are then redone.
GRAMMAR_VERSION = 9

Order = Literal["dmy", "mdy"]
Tense = Literal["past", "ahead"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Another honest reading of the same words."""

    first: date
    last: date
    why: str


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A clock time as printed; ``zone`` is the zone's name as printed, never converted."""

    hour: int  # 0–24: midnight that ends a day is 24
    minute: int
    words: str
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Offset:
    """“30 days after the licence takes effect”: a distance from an event that the words only name."""

    amount: int
    unit: str  # a unit of ``index.dates.words.UNITS``, or "working day"
    sign: Literal[-1, 1]
    event: str  # the event in the text's words
    within: bool = False  # the whole stretch up to the day, not the day alone


@dataclass(frozen=True, slots=True)
class FoundDate:
    """One expression of time, ``text[start:end]``, and how it is read.

    ``first`` and ``last`` are both given or both None. None means that the words name no calendar
    span (“recently”, “three years”), or one that cannot be worked out from what is known.
    """

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    granularity: (
        str  # day, week, weekend, month, quarter, half, season, year, decade, century, duration, set, vague, time
    )
    reading: str
    form: str  # the name of the form in the table that matched
    value: str = ""  # as TimeML's TIMEX3 writes it: 1989-Q3, P3Y, PRESENT_REF
    limit: date | None = None  # the day that counts when the words are used as a limit (“by mid-May”)
    candidates: tuple[Candidate, ...] = ()
    time: TimeOfDay | None = None
    offset: Offset | None = None  # set while the event's own day is unknown
    amount: tuple[int, str] | None = None  # of a duration: how many of which unit
    rule: str | None = None  # for “every second Monday”: an iCalendar RRULE
    tense: Tense | None = None  # which way the sentence looks, where that was asked
