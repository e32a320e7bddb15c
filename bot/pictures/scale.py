"""Days to pixels, the marks under them, and labels packed into rows. Knows no drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Scale:
    """``x(first)`` is ``left``, ``x(last)`` is ``right``; what lies beyond stands at the edge."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        span = max(1, (self.last - self.first).days)
        share = ((day - self.first).days) / span
        return self.left + min(1.0, max(0.0, share)) * (self.right - self.left)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def marks(scale: Scale, most: int) -> list[tuple[date, str]]:
    """First days of weeks, months, quarters or years with their labels, as many as fit."""
    span = (scale.last - scale.first).days
    if span <= 7 * most:
        monday = scale.first + timedelta(days=-scale.first.weekday() % 7)
        days = [monday + timedelta(days=7 * n) for n in range(span // 7 + 1)]
        return [(day, f"{day.day} {day:%b}") for day in days if scale.holds(day)]
    for months in (1, 2, 3, 6, 12, 24, 60, 120, 600, 1_200, 6_000):
        days = _firsts(scale, months)
        if len(days) <= most:
            break
    return [(day, f"{day:%b}" if months < 12 else str(day.year)) for day in days]


def _firsts(scale: Scale, months: int) -> list[date]:
    found = []
    number = scale.first.year * 12
    while (day := date(number // 12, number % 12 + 1, 1)) <= scale.last:
        if day >= scale.first:
            found.append(day)
        number += months
    return found


def packed(spans: Sequence[tuple[float, float]], gap: float) -> list[int]:
    """A row for each span, from 0, so that none in one row comes nearer to another than ``gap``."""
    placed: list[tuple[float, float, int]] = []
    for begin, end in spans:
        row = 0
        while any(theirs == row and begin < done + gap and start < end + gap for start, done, theirs in placed):
            row += 1
        placed.append((begin, end, row))
    return [row for _, _, row in placed]


def flagged(spans: Sequence[tuple[float, float]]) -> list[int]:
    """Rows, from 0 nearest to what they name, for labels on poles that stand at their beginnings.

    None covers another, and no pole of a label further up goes through one further down. ``spans`` from left to right.
    """
    placed: list[tuple[float, float, int]] = []
    for begin, end in reversed(spans):
        row = 0
        while any(
            (theirs == row and begin < done + 24 and start < end + 24)
            or (theirs > row and begin < start + 8 and start - 16 < end)
            for start, done, theirs in placed
        ):
            row += 1
        placed.append((begin, end, row))
    return [row for _, _, row in reversed(placed)]
