"""What stretches of the calendar mean: weeks, months, quarters, halves, seasons, years. Their parts: ``portions``.

Patterns stand in ``forms_periods``.
"""

from datetime import timedelta

from index.dates import almanac
from index.dates import words as w
from index.dates.almanac import Span
from index.dates.context import Context, Meaning, nowhere
from index.dates.days import YearRef, in_year, of_holiday, weekday_in

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


def of_year_quarter(yyyy: int, n: int) -> Meaning | None:
    return of_quarter(n, YearRef(yyyy))


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
    if (word == "past" and unit != "weekend") or (word == "last" and unit in ("decade", "century")):
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
        if unit == "quarter" and word == "same" and ctx.mention is None and ctx.tense() == "past":
            opens = almanac.add(opens, -1, unit)  # “sales fell 3% in the quarter”: the one that is reported on
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


def week_then_day(which: Which, weekday: int) -> Meaning | None:
    week = which_unit(which, "week")
    return weekday_in(weekday, week) if week else None
