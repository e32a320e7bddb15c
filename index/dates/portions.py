"""What parts of a stretch mean: its end, its first half, the third Friday in it, its last ten days.

Patterns stand in ``forms_periods``.
"""

from dataclasses import replace
from datetime import date, timedelta

from index.dates import almanac
from index.dates.almanac import Span
from index.dates.context import Context, Meaning
from index.dates.days import YearRef
from index.dates.numbers import Count
from index.dates.periods import of_month, of_year


def part_of(date: Meaning, part: str) -> Meaning | None:
    """The early, middle or late part of a span, or an edge of it.

    The limit, which counts when the words are used as a deadline, is the last day of that part; of
    a beginning it is the first day, of a middle the middle day.
    """
    if date.granularity in ("duration", "vague", "set", "time"):
        return None

    def resolve(ctx: Context) -> Span | None:
        span = date.resolve(ctx)
        if span is None or span.first is None or span.last is None:
            return None
        if span.granularity == "day":
            return span
        first, last, limit = _portion(span, part)
        return Span(first, last, span.granularity, span.value, limit, note=span.note)

    return Meaning(resolve, date.granularity, year=date.year, open_year=date.open_year)


EARLY, MID, LATE = "early", "mid", "late"


# How many days of a month, months of a year: the thirds that editors mean.
_MONTH_PARTS = {EARLY: (1, 10), MID: (11, 20), LATE: (21, 31)}


_YEAR_PARTS = {EARLY: (1, 3), MID: (5, 8), LATE: (10, 12)}


_WEEK_PARTS = {EARLY: (0, 1), MID: (2, 2), LATE: (3, 4)}


def _portion(span: Span, part: str) -> tuple[date, date, date]:
    assert span.first and span.last
    kind = {"start": EARLY, "end": LATE}.get(part, part)
    whole = span.last - span.first
    if part == "end" and span.granularity == "year" and whole.days < 366:
        return span.last.replace(day=1), span.last, span.last
    if span.granularity == "week" and whole.days == 6:
        low, high = (span.first + timedelta(k) for k in _WEEK_PARTS[kind])
    elif span.granularity == "month" and whole.days < 31:
        low_day, high_day = _MONTH_PARTS[kind]
        low, high = span.first.replace(day=low_day), span.first.replace(day=min(high_day, span.last.day))
    elif span.granularity == "year" and whole.days < 366:
        low_month, high_month = _YEAR_PARTS[kind]
        high_span = almanac.month(span.first.year, high_month)
        assert high_span.last
        low, high = span.first.replace(month=low_month), high_span.last
    else:
        third = (whole.days + 1) // 3
        offset = {EARLY: 0, MID: third, LATE: whole.days + 1 - third}[kind]
        low = span.first + timedelta(offset)
        high = low + timedelta(max(third, 1) - 1)
    if part == "end":
        friday = (
            span.granularity == "week" and whole.days == 6
        )  # who has until the end of the week has its working days
        return low, span.last, span.first + timedelta(4) if friday else span.last
    if part == "start":
        return low, high, span.first
    if part == MID:
        middle = (
            span.first + timedelta((whole.days + 1) // 2 - 1)
            if span.granularity != "month"
            else span.first.replace(day=15)
        )
        return low, high, middle if low <= middle <= high else high
    return low, high, high


def end_of(date: Meaning, **_: object) -> Meaning | None:
    return part_of(date, "end")


def rest_of(date: Meaning) -> Meaning | None:
    """As ``end_of``, to the very last day: “the rest of the week” holds its Sunday."""
    inner = part_of(date, "end")
    if inner is None:
        return None

    def resolve(ctx: Context) -> Span | None:
        span = inner.resolve(ctx)
        return span.but(limit=span.last) if span else None

    return replace(inner, resolve=resolve)


def half_of(ordinal: int, date: Meaning) -> Meaning | None:
    """“the first half of next month”; of a year it is a half of the calendar."""
    if ordinal not in (1, 2) or date.granularity in ("day", "duration"):
        return None

    def resolve(ctx: Context) -> Span | None:
        span = date.resolve(ctx)
        if span is None or span.first is None or span.last is None:
            return None
        if span.granularity == "year":
            return almanac.half(span.first.year, ordinal)
        middle = span.first + timedelta((span.last - span.first).days // 2)
        if span.granularity == "month":
            middle = span.first.replace(day=15)
        first, last = (span.first, middle) if ordinal == 1 else (middle + timedelta(1), span.last)
        return Span(first, last, span.granularity, span.value)

    return Meaning(resolve, "half" if date.granularity == "year" else date.granularity, year=date.year)


def nth_of(rank: int, date: Meaning, unit: str | None = None, weekday: int | None = None) -> Meaning | None:
    """“the third Friday in March”, “the last working day of May”, “the first week of June”."""
    if date.granularity in ("day", "duration", "vague"):
        return None

    def resolve(ctx: Context) -> Span | None:
        span = date.resolve(ctx)
        if span is None or span.first is None or span.last is None:
            return None
        if weekday is not None:
            found = almanac.nth_weekday(span, weekday, rank)
        elif unit == "working day":
            found = almanac.nth_working_day(span, rank)
        elif unit == "weekend":
            found = almanac.nth_weekday(span, almanac.SATURDAY, rank)
            return almanac.weekend(found) if found else None
        else:
            return _nth_unit(span, rank, unit or "day")
        return almanac.day(found) if found else None

    return Meaning(resolve, "day" if weekday is not None or unit in ("day", "working day") else unit or "day")


def _nth_unit(span: Span, rank: int, unit: str) -> Span | None:
    assert span.first and span.last
    if unit not in ("day", "week", "month", "quarter"):
        return None
    if rank > 0:
        first = almanac.add(span.first, rank - 1, unit)
        last = almanac.add(first, 1, unit) - timedelta(1)
    else:
        last = almanac.add(span.last + timedelta(1), rank + 1, unit) - timedelta(1)
        first = almanac.add(last + timedelta(1), -1, unit)
    if not span.first <= first <= last <= span.last:
        return None
    if unit in ("month", "quarter"):
        return almanac.unit_at(first, unit)
    return almanac.days(first, last, unit)


def stretch_of(which: str, count: Count, unit: str, date: Meaning) -> Meaning | None:
    """“the first nine months of 2025”, “the last ten days of May”."""
    if not count.n or date.granularity in ("day", "duration"):
        return None
    n = count.n

    def resolve(ctx: Context) -> Span | None:
        span = date.resolve(ctx)
        if span is None or span.first is None or span.last is None:
            return None
        if which == "first":
            first, last = span.first, almanac.add(span.first, n, unit) - timedelta(1)
        else:
            first, last = almanac.add(span.last + timedelta(1), -n, unit), span.last
        return almanac.days(first, last, unit) if span.first <= first <= last <= span.last else None

    return Meaning(resolve, unit)


def open_unit(unit: str) -> Meaning | None:
    """“the month”, “the year” inside a longer expression: the one we are in, or that was told just before."""

    def resolve(ctx: Context) -> Span | None:
        today = ctx.today()
        return almanac.unit_at(today, unit) if today else None

    return Meaning(resolve, unit) if unit in ("week", "month", "quarter", "year", "decade", "century") else None


def month_out(month: int) -> Meaning | None:
    """“before February is over”."""
    return part_of(of_month(month), "end")


def open_end(unit: str) -> Meaning | None:
    meaning = open_unit(unit)
    return part_of(meaning, "end") if meaning else None


def year_end(year: YearRef | None = None) -> Meaning | None:
    inner = of_year(year) if year else open_unit("year")
    return part_of(inner, "end") if inner else None


def mid_year(year: YearRef | None = None) -> Meaning | None:
    inner = of_year(year) if year else open_unit("year")
    return part_of(inner, MID) if inner else None
