"""What the days of the calendar mean: dates in words and figures, weekdays, holidays. Patterns stand in ``forms_days``.

A function returns None where its parts make no day (“31 November”), and the form then does not
match. Which year or which direction is meant is decided in ``context``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from index.dates import almanac
from index.dates.almanac import Span
from index.dates.context import Context, Meaning, choose_weekday, choose_year, much_nearer
from index.dates.holidays import HOLIDAYS


@dataclass(slots=True)
class YearRef:
    """A year in figures, or an expression that names one (“next year”)."""

    number: int | None
    meaning: Meaning | None = None

    def resolve(self, ctx: Context) -> int | None:
        if self.meaning is None:
            return self.number
        span = self.meaning.resolve(ctx)
        return span.first.year if span and span.first else None


def valid_day(year: int, month: int, day: int) -> Span | None:
    try:
        return almanac.day(date(year, month, day))
    except ValueError:
        return None


def in_year(
    year: YearRef | None, make: Callable[[int], Span | None], granularity: str, weekday: int | None = None
) -> Meaning:
    """What ``make`` gives for the year that is told, or for the one that fits best."""
    if year is None:
        wanted = None if weekday is None else lambda span: span.first is not None and span.first.weekday() == weekday
        return Meaning(lambda ctx: choose_year(ctx, make, wanted), granularity, open_year=True)

    def resolve(ctx: Context) -> Span | None:
        told = year.resolve(ctx)
        return make(told) if told and 0 < told < 9999 else None

    return Meaning(resolve, granularity, year=year.number)


def month_day(month: int, dayno: int, year: YearRef | None = None, weekday: int | None = None) -> Meaning | None:
    if valid_day(2024, month, dayno) is None:
        return None
    return in_year(year, lambda y: valid_day(y, month, dayno), "day", weekday)


def word_day(month: int, ordinal: int, year: YearRef | None = None) -> Meaning | None:
    return month_day(month, ordinal, year)


def iso_day(yyyy: int, b: int, c: int, **time: int) -> Meaning | None:
    span = valid_day(yyyy, b, c)
    return Meaning(lambda ctx: span, "day", year=yyyy) if span else None


def full_year(digits: int) -> int:
    """Two figures: the century in which the year is least far off, as POSIX reads them."""
    return digits if digits > 99 else 2000 + digits if digits < 69 else 1900 + digits


def numeric(a: int, b: int, c: int | None = None, weekday: int | None = None) -> Meaning | None:
    """Day and month in figures. The order is the caller's, else the text's, else the nearer to publication."""
    year = None if c is None else YearRef(full_year(c))
    readings = {"dmy": month_day(b, a, year) if b < 13 else None, "mdy": month_day(a, b, year) if a < 13 else None}
    fitting = {order: meaning for order, meaning in readings.items() if meaning}
    if not fitting:
        return None
    if len(fitting) == 1 or a == b:
        return next(iter(fitting.values()))

    def resolve(ctx: Context) -> Span | None:
        spans = {order: meaning.resolve(ctx) for order, meaning in fitting.items()}
        known = {order: span for order, span in spans.items() if span and span.first}
        if weekday is not None:
            known = {o: s for o, s in known.items() if s.first and s.first.weekday() == weekday} or known
        if not known:
            return None
        if ctx.order in known:
            return known[ctx.order]
        today = ctx.published
        order = min(known, key=lambda o: abs((known[o].first - today).days)) if today else next(iter(known))  # type: ignore[operator]
        return known[order].but(others=tuple(span for o, span in known.items() if o != order))

    return Meaning(resolve, "day", year=year.number if year else None)


def day_of_month(ordinal: int, period: Meaning) -> Meaning | None:
    """“the 20th of that month”."""
    if period.granularity != "month" or ordinal > 31:
        return None

    def resolve(ctx: Context) -> Span | None:
        span = period.resolve(ctx)
        return valid_day(span.first.year, span.first.month, ordinal) if span and span.first else None

    return Meaning(resolve, "day")


def numbered_day(ordinal: int, weekday: int | None = None) -> Meaning | None:
    """“the 10th”, “Friday the 12th”: of the month that fits the tense, after an earlier end of the same sentence."""
    if not 1 <= ordinal <= 31:
        return None

    def resolve(ctx: Context) -> Span | None:
        base = ctx.today()
        if base is None:
            return None
        tense = ctx.tense()
        if (
            tense != "past"
            and ctx.mention
            and ctx.mention.granularity == "day"
            and ctx.mention_near
            and ctx.mention.last
        ):
            base = max(base, ctx.mention.last)
            nearest = _shortly_before(ctx.mention.last, ordinal, ctx.published or ctx.mention.last)
            if nearest and base == ctx.mention.last and weekday is None:
                return almanac.day(nearest)
        elif (
            ctx.mention
            and ctx.mention_near
            and ctx.mention.granularity == "month"
            and ctx.mention.first
            and weekday is None
        ):
            inside = valid_day(ctx.mention.first.year, ctx.mention.first.month, ordinal)
            if inside and inside.first and ctx.mention.last and inside.first <= ctx.mention.last:
                return inside
        months = [almanac.add_months(base.replace(day=1), k) for k in range(-3, 5)]
        days = [span for m in months if (span := valid_day(m.year, m.month, ordinal))]
        if weekday is not None:
            days = [span for span in days if span.first and span.first.weekday() == weekday]
        if tense == "past":
            behind = [span for span in days if span.first and span.first <= base]
            return behind[-1] if behind else None
        ahead = next((span for span in days if span.first and span.first >= base), None)
        behind = [span for span in days if span.last and span.last < base]
        if ahead and behind and ctx.look().over and much_nearer(behind[-1], ahead, base):
            ctx.used_tense = "past"
            return behind[-1]
        return ahead

    return Meaning(resolve, "day", ranked=True)


def _shortly_before(mention: date, ordinal: int, published: date) -> date | None:
    """“instead of the 15th of March, the 11th”: the nearer one, if it still lies ahead; “28 March to the 5th” is a range."""
    for month in (mention, almanac.add_months(mention.replace(day=1), -1)):
        span = valid_day(month.year, month.month, ordinal)
        if span and span.first and -14 <= (span.first - mention).days < 0 and span.first >= published:
            return span.first
    return None


def of_holiday(holiday: str, year: YearRef | None = None) -> Meaning:
    rule = HOLIDAYS[holiday]

    def make(y: int) -> Span | None:
        found = rule(y)
        return almanac.day(found) if found else None

    return in_year(year, make, "day")


def bare_weekday(weekday: int) -> Meaning:
    return Meaning(lambda ctx: choose_weekday(ctx, weekday), "day")


def weekday_after(weekday: int, weeks: int) -> Meaning:
    """“Friday week”: the coming one plus so many weeks."""

    def resolve(ctx: Context) -> Span | None:
        today = ctx.today()
        if today is None:
            return None
        coming = almanac.on_or_after(today + timedelta(1), weekday)
        return almanac.day(coming + timedelta(7 * weeks))

    return Meaning(resolve, "day")


def week_on(count: object, unit: str, weekday: int) -> Meaning | None:
    n = getattr(count, "n", None)
    return (
        weekday_after(weekday, n * (2 if unit == "fortnight" else 1)) if n and unit in ("week", "fortnight") else None
    )


def which_weekday(which: tuple[int, bool, str], weekday: int) -> Meaning | None:
    """“next Friday” is that of the next calendar week; “last Friday” the latest before today."""
    shift, from_mention, word = which

    def resolve(ctx: Context) -> Span | None:
        base_span = ctx.told() if from_mention else None
        today = base_span.last if base_span else ctx.today()
        if today is None:
            return None
        coming = almanac.on_or_after(today + timedelta(1), weekday)
        if shift < 0:
            return almanac.day(almanac.on_or_before(today - timedelta(1), weekday))
        if word == "next":
            monday = today - timedelta(today.weekday())
            chosen = monday + timedelta(7 + weekday)
            return almanac.day(chosen).but(others=() if coming == chosen else (almanac.day(coming),))
        if shift > 0:
            return almanac.day(coming)
        inside = today - timedelta(today.weekday()) + timedelta(weekday)
        return almanac.day(coming if inside < today and ctx.tense() == "ahead" else inside)

    return Meaning(resolve, "day")


def weekday_in(weekday: int, period: Meaning) -> Meaning | None:
    """“Friday of next week”, “Monday next week”."""
    if period.granularity != "week":
        return None

    def resolve(ctx: Context) -> Span | None:
        span = period.resolve(ctx)
        return almanac.day(span.first + timedelta(weekday)) if span and span.first else None

    return Meaning(resolve, "day")


def weekday_beside(weekday: int, date: Meaning, after: bool) -> Meaning | None:
    """“the Friday before Christmas”, “the Monday after 3 May”: the other day itself not counted."""
    if date.granularity == "duration":
        return None

    def resolve(ctx: Context) -> Span | None:
        span = date.resolve(ctx)
        if span is None or span.first is None or span.last is None:
            return None
        if after:
            return almanac.day(almanac.on_or_after(span.last + timedelta(1), weekday))
        return almanac.day(almanac.on_or_before(span.first - timedelta(1), weekday))

    return Meaning(resolve, "day")


def weekday_after_told(weekday: int) -> Meaning:
    """“the Monday after that”: after the day that was told last."""

    def resolve(ctx: Context) -> Span | None:
        told = ctx.told()
        return almanac.day(almanac.on_or_after(told.last + timedelta(1), weekday)) if told and told.last else None

    return Meaning(resolve, "day")


def day_beside(date: Meaning, days: int) -> Meaning | None:
    """“the day after Christmas”, “the eve of 3 May”."""
    if date.granularity != "day":
        return None

    def resolve(ctx: Context) -> Span | None:
        span = date.resolve(ctx)
        edge = span and (span.last if days > 0 else span.first)
        return almanac.day(edge + timedelta(days)) if edge else None

    return Meaning(resolve, "day")


def shifted_today(days: int, value: str = "") -> Meaning:
    def resolve(ctx: Context) -> Span | None:
        today = ctx.today()
        if today is None:
            return None
        span = almanac.day(today + timedelta(days))
        return span.but(value=span.value + value)

    return Meaning(resolve, "day")


def shifted_mention(days: int) -> Meaning:
    """“the same day”, “the following day”: from the day that was told last."""

    def resolve(ctx: Context) -> Span | None:
        told = ctx.told_day()
        edge = told and (told.last if days > 0 else told.first)
        return almanac.day(edge + timedelta(days)) if edge else None

    return Meaning(resolve, "day")


def part_of_day(day: Meaning, daypart: str) -> Meaning | None:
    if day.granularity != "day":
        return None

    def resolve(ctx: Context) -> Span | None:
        span = day.resolve(ctx)
        return span.but(value=f"{span.value}T{daypart}") if span else None

    return Meaning(resolve, "day")


def part_of_day_named(date: Meaning, daypart: str) -> Meaning | None:
    return part_of_day(date, daypart)


def part_of_told_day(daypart: str) -> Meaning | None:
    """“in the afternoon”: of the day that the same sentence tells, else of the day of publication."""

    def resolve(ctx: Context) -> Span | None:
        told = ctx.told() if ctx.mention_near and ctx.mention and ctx.mention.granularity == "day" else None
        day = told.last if told else ctx.today()
        return almanac.day(day).but(value=f"{day.isoformat()}T{daypart}") if day else None

    return Meaning(resolve, "day")


def weekday_part(weekday: int, daypart: str | None = None) -> Meaning | None:
    day = bare_weekday(weekday)
    return part_of_day(day, daypart) if daypart else day


def year_day(month: int, dayno: int, dayto: int, year: YearRef | None = None) -> Meaning | None:
    """“3–5 March”, “from 1 to 15 June”."""
    if dayto <= dayno or valid_day(2024, month, dayto) is None:
        return None

    def make(y: int) -> Span | None:
        first, last = valid_day(y, month, dayno), valid_day(y, month, dayto)
        return almanac.days(first.first, last.last) if first and last and first.first and last.last else None

    return in_year(year, make, "day")


def day_ranges_of_two(month: int, dayno: int, monthto: int, dayto: int, year: YearRef | None = None) -> Meaning | None:
    """“3 March – 5 April”: both ends in one year, or over a new year."""
    if valid_day(2024, month, dayno) is None or valid_day(2024, monthto, dayto) is None:
        return None

    def make(y: int) -> Span | None:
        start = y - 1 if (monthto, dayto) < (month, dayno) else y
        first, last = valid_day(start, month, dayno), valid_day(y, monthto, dayto)
        return almanac.days(first.first, last.last) if first and last and first.first and last.last else None

    return in_year(year, make, "day")


def week_on_today(count: object, unit: str) -> Meaning | None:
    n = getattr(count, "n", None)
    if not n or unit not in ("week", "fortnight"):
        return None
    return shifted_today(n * (14 if unit == "fortnight" else 7))
