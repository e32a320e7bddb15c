"""How long ahead: “7 days, 1 day, 1 hour, at the time, 3 working days”. Pure; knows no database and no Discord.

Days, weeks and working days are the calendar's: a day ahead of 9 o'clock is 9 o'clock, whatever the clocks do in
between. Hours and minutes are time that passes. Working days are Monday to Friday; no country's holidays are known.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index.errors import UsageError

MOST = 10  # leads of one reminder
LONGEST_DAYS = 366
UNITS = {"m": "minute", "h": "hour", "d": "day", "w": "week", "wd": "working day"}
USUAL = ("7d", "1d", "1h", "0")
_ONE = re.compile(r"(\d{1,4}|an?|one|two|three)\s*(working days?|workdays?|[a-z]+)?")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_NAMES = {
    "m": "m", "min": "m", "mins": "m", "minute": "m", "minutes": "m", "h": "h", "hr": "h", "hrs": "h", "hour": "h",
    "hours": "h", "d": "d", "day": "d", "days": "d", "w": "w", "week": "w", "weeks": "w", "wd": "wd",
    "working day": "wd", "working days": "wd", "workday": "wd", "workdays": "wd",
}  # fmt: skip
_NOW = {"0", "now", "at the time", "then", "on time", "on the day", "when due", "when it is due"}
HOW = "such as: 7 days, 1 day, 1 hour, at the time (or 3 working days, 2 weeks, 30 minutes)"


@dataclass(frozen=True, slots=True)
class Lead:
    """``amount`` of ``unit`` ahead; ``unit`` is a key of ``UNITS``. Amount 0: at the time."""

    amount: int
    unit: str

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}" if self.amount else "0"

    @property
    def words(self) -> str:
        if not self.amount:
            return "at the time"
        return f"{self.amount} {UNITS[self.unit]}{'' if self.amount == 1 else 's'} ahead"

    def before(self, due: datetime) -> datetime:
        """The moment so long ahead of ``due``, which is aware and in the zone of the person or server."""
        if self.unit in ("m", "h"):
            seconds = self.amount * (60 if self.unit == "m" else 3600)
            return (due.astimezone(UTC) - timedelta(seconds=seconds)).astimezone(due.tzinfo)
        if self.unit == "wd":
            day = due
            left = self.amount
            while left:
                day -= timedelta(1)
                left -= day.weekday() < 5
            return on_the_clock(day)
        return on_the_clock(due - timedelta(self.amount * (7 if self.unit == "w" else 1)))


def on_the_clock(moment: datetime) -> datetime:
    """A time that the clocks skip is the same stretch after the gap; one that comes twice is the first."""
    return moment.replace(fold=0).astimezone(UTC).astimezone(moment.tzinfo)


def parse_lead(words: str) -> Lead:
    """Raises UsageError, saying how to write it."""
    said = " ".join(words.lower().replace("ahead", "").replace("before", "").split())
    if said in _NOW:
        return Lead(0, "m")
    match = _ONE.fullmatch(said)
    unit = _NAMES.get(match[2] or "") if match else None
    if match is None or unit is None:
        raise UsageError(f"“{words.strip()[:60]}” is no time ahead; write it {HOW}.")
    amount = _NUMBERS.get(match[1]) or int(match[1])
    days = {"m": amount / 1440, "h": amount / 24, "d": amount, "w": amount * 7, "wd": amount * 1.4}[unit]
    if days > LONGEST_DAYS:
        raise UsageError("A reminder comes at most a year ahead; choose a shorter time.")
    return Lead(amount, unit) if amount else Lead(0, "m")


def parse_leads(words: str) -> tuple[Lead, ...]:
    """Several, separated by commas or “and”; the longest first, each once. Raises UsageError."""
    parts = [part for part in re.split(r",|;|\band\b|\+", words.lower()) if part.strip()]
    leads = sorted({parse_lead(part) for part in parts}, key=_minutes, reverse=True)
    if not leads:
        raise UsageError(f"Say how long ahead, {HOW}.")
    if len(leads) > MOST:
        raise UsageError(f"At most {MOST} times ahead for one reminder; leave some out.")
    return tuple(leads)


def from_store(stored: str) -> tuple[Lead, ...]:
    return tuple(parse_lead(part) for part in stored.split(","))


def to_store(leads: Iterable[Lead]) -> str:
    return ",".join(str(each) for each in leads)


def said(leads: Iterable[Lead]) -> str:
    """“7 days ahead, 1 day ahead and at the time”."""
    words = [each.words for each in leads]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def _minutes(lead: Lead) -> float:
    return lead.amount * {"m": 1, "h": 60, "d": 1440, "w": 10_080, "wd": 1_500}[lead.unit]
