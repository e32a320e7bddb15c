"""What stretches of the calendar mean: weeks, months, quarters, halves, seasons, years, and parts of them.

Patterns stand in ``forms_periods``.
"""

from datetime import date, timedelta

from index.dates import almanac
from index.dates import words as w
from index.dates.almanac import Span
from index.dates.context import Context, Meaning, nowhere
from index.dates.days import YearRef, in_year, of_holiday, weekday_in
from index.dates.parts import Count

Which = tuple[int, bool, str]


def of_month(month: int, year: YearRef | None = None) -> Meaning:
    return in_year(year, lambda y: almanac.month(y, month), "month")


def months(month: int, monthto: int, year: YearRef | None = None) -> Meaning:
    """“June–August 2026”."""

    def make(y: int) -> Span:
        first = almanac.month(y - 1 if monthto < month else y, month).first
        last = almanac.month(y, monthto).last
        assert first and last
        return almanac.days(first, last, "month")

    return in_year(year, make, "month")


def of_quarter(n: int, year: YearRef | None = None, **_: object) -> Meaning | None:
    if n == -1:
        n = 4
    return in_year(year, lambda y: almanac.quarter(y, n), "quarter") if 1 <= n <= 4 else None


def short_quarter(digit: int, year: YearRef | None = None) -> Meaning | None:
    return of_quarter(digit, year)


def of_half(n: int, year: YearRef | None = None) -> Meaning | None:
    if n == -1:
        n = 2
    return in_year(year, lambda y: almanac.half(y, n), "half") if n in (1, 2) else None


def of_season(season: str, year: YearRef | None = None) -> Meaning:
    return in_year(year, lambda y: almanac.season(y, season), "season")


def of_year(year: YearRef) -> Meaning:
    return in_year(year, almanac.year, "year")


def figures_year(yyyy: int) -> Meaning:
    return of_year(YearRef(yyyy))


def fiscal(fyear: int) -> Meaning:
    """A fiscal year is read as the calendar year it is named after; the firm's own calendar is not known."""
    return Meaning(lambda ctx: almanac.year(fyear).but(note="taken as the calendar year"), "year", year=fyear)


def short_fiscal(d2: int) -> Meaning:
    return fiscal(2000 + d2)


def double_year(yyyy: int, tail: int) -> Meaning | None:
    """“2025/26”, “2010–2015”: from the one year to the other."""
    last = tail if tail > 99 else yyyy - yyyy % 100 + tail
    if not yyyy < last < 3000 or not yyyy >= 1800:
        return None
    span = almanac.years(yyyy, last, "year", f"{yyyy}/{last}")
    return Meaning(lambda ctx: span, "year", year=last)


def decade_of(yyyy: int) -> Meaning | None:
    return Meaning(lambda ctx: almanac.decade(yyyy), "decade", year=yyyy) if yyyy % 10 == 0 else None


def short_decade(d2: int) -> Meaning | None:
    return decade_of((2000 if d2 < 30 else 1900) + d2)


def named_decade(name: int) -> Meaning | None:
    return decade_of(1900 + name)


def of_century(ordinal: int) -> Meaning | None:
    return Meaning(lambda ctx: almanac.century(ordinal), "century") if 1 <= ordinal <= 30 else None


def new_year(year: YearRef | None = None) -> Meaning:
    """“the new year”: the year that begins next; in January the one that has begun."""

    def resolve(ctx: Context) -> Span | None:
        today = ctx.today()
        return almanac.year(today.year + (today.month > 1)) if today else None

    return Meaning(resolve, "year")


def which_unit(which: Which, unit: str) -> Meaning | None:
    """“next month”, “the previous quarter”, “this year”."""
    shift, from_mention, word = which
    if unit in ("second", "minute", "hour", "working day", "fortnight") or (unit == "day" and word != "past"):
        return None
    if word == "past" and unit != "weekend":
        return nowhere("duration", "P" + w.UNIT_CODES[unit].format(1))

    def resolve(ctx: Context) -> Span | None:
        told = ctx.told() if from_mention else None
        base = told.first if told else ctx.today()
        if base is None:
            return None
        if unit == "weekend":
            if word == "the" and base.weekday() < almanac.SATURDAY and ctx.tense() == "past":
                shift_back = timedelta(7)  # “letters exchanged at the weekend”
                return almanac.weekend(base - shift_back)
            # On a weekend's own days “this weekend” is that one, and “next” the one after it.
            return almanac.weekend(base + timedelta(7 * shift))
        opens = almanac.unit_at(base, unit).first
        assert opens
        return almanac.unit_at(almanac.add(opens, shift, unit), unit)

    return Meaning(resolve, unit)


def unit_after_next(unit: str) -> Meaning | None:
    return which_unit((2, False, "next"), unit)


def unit_before_last(unit: str) -> Meaning | None:
    return which_unit((-2, False, "last"), unit)


def unit_told(unit: str) -> Meaning | None:
    """“that month”, “the same week”: the one that was told last."""
    return which_unit((0, True, "same"), unit) if unit != "day" else None


def which_month(which: Which, month: int) -> Meaning:
    """“next March” is the first ahead, “last March” the last behind, “this March” that of this year."""
    shift = which[0]

    def resolve(ctx: Context) -> Span | None:
        today = ctx.today()
        if today is None:
            return None
        if shift < 0:
            return almanac.month(today.year - (month >= today.month), month)
        if shift > 0:
            return almanac.month(today.year + (month <= today.month), month)
        return almanac.month(today.year, month)

    return Meaning(resolve, "month")


def which_season(which: Which, season: str) -> Meaning:
    shift = which[0]

    def resolve(ctx: Context) -> Span | None:
        today = ctx.today()
        if today is None:
            return None
        spans = [almanac.season(today.year + k, season) for k in (-2, -1, 0, 1)]
        if shift < 0:
            return next(span for span in reversed(spans) if span.last and span.last < today)
        if shift > 0:
            return next(span for span in spans if span.first and span.first > today)
        return almanac.season(today.year, season) if season != "winter" or today.month > 2 else spans[1]

    return Meaning(resolve, "season")


def which_holiday(which: Which, holiday: str) -> Meaning:
    shift = which[0]

    def resolve(ctx: Context) -> Span | None:
        today = ctx.today()
        if today is None:
            return None
        spans = [of_holiday(holiday, YearRef(today.year + k)).resolve(ctx) for k in (-1, 0, 1)]
        known = [span for span in spans if span and span.first]
        if shift < 0:
            return next((span for span in reversed(known) if span.first and span.first < today), None)
        return next((span for span in known if span.first and span.first >= today), None)

    return Meaning(resolve, "day")


def week_of(date: Meaning) -> Meaning | None:
    """“the week of 3 March”, “the week beginning 3 March”."""
    if date.granularity != "day":
        return None

    def resolve(ctx: Context) -> Span | None:
        span = date.resolve(ctx)
        return almanac.week(span.first) if span and span.first else None

    return Meaning(resolve, "week")


def weekend_of(date: Meaning) -> Meaning | None:
    """The weekend that a day lies in or next to: that of 3 March, a Monday, is the one before."""
    if date.granularity not in ("day", "week"):
        return None

    def resolve(ctx: Context) -> Span | None:
        span = date.resolve(ctx)
        if not span or not span.first:
            return None
        return almanac.weekend(
            span.first - timedelta(7) if span.first.weekday() == 0 and span.first == span.last else span.first
        )

    return Meaning(resolve, "weekend")


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
        return low, span.last, span.last
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


def open_end(unit: str) -> Meaning | None:
    meaning = open_unit(unit)
    return part_of(meaning, "end") if meaning else None


def year_end(year: YearRef | None = None) -> Meaning | None:
    inner = of_year(year) if year else open_unit("year")
    return part_of(inner, "end") if inner else None


def mid_year(year: YearRef | None = None) -> Meaning | None:
    inner = of_year(year) if year else open_unit("year")
    return part_of(inner, MID) if inner else None


def week_then_day(which: Which, weekday: int) -> Meaning | None:
    week = which_unit(which, "week")
    return weekday_in(weekday, week) if week else None
