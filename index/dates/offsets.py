"""What measures mean: durations, distances from a day or an event, clock times, vague words.

“Within N days of X”: X is day 0, so X plus N; months go by the calendar; working days are counted
from the day after. An event that the words only name is kept as an ``Offset`` until someone knows
its day: nothing is made up meanwhile.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Literal

from index.dates import almanac
from index.dates import words as w
from index.dates.almanac import Span
from index.dates.context import Context, Meaning, nowhere
from index.dates.days import shifted_mention
from index.dates.found import Offset, TimeOfDay
from index.dates.numbers import Count

Which = tuple[int, bool, str]
MONTHS_UP = frozenset({"month", "quarter", "year", "decade", "century"})
_HALVES = {
    "hour": ("minute", 30),
    "year": ("month", 6),
    "decade": ("year", 5),
    "century": ("year", 50),
    "month": ("day", 15),
    "week": ("day", 4),
    "day": ("hour", 12),
}
_TOO_WIDE = frozenset({"year", "decade", "century"})  # “ten days later” counts from no day of them
_IN_SMALLER = {"hour": 60, "year": 12, "decade": 10, "century": 100, "month": 30, "week": 7, "day": 24}


def amount(count: Count, unit: str) -> tuple[int, str] | None:
    """Whole units: “a year and a half” is 18 months. None where the number is not told."""
    if count.n is None:
        return None
    if not count.half:
        return (count.n, unit) if count.n < 10_000 else None
    if unit not in _HALVES:
        return None
    smaller, half = _HALVES[unit]
    return count.n * _IN_SMALLER[unit] + half, smaller


def duration_value(count: Count, unit: str) -> str:
    if unit not in w.UNIT_CODES:
        return ""
    if count.n is None:
        return "P" + w.UNIT_CODES[unit].format("X")
    n = count.n * (2 if unit == "fortnight" else 1)
    if count.half and (smaller := amount(count, unit)):
        n, unit = smaller
    return "P" + w.UNIT_CODES[unit].format(n)


def duration(count: Count, unit: str) -> Meaning | None:
    if unit == "quarter" and count.n and count.n > 999:
        return None  # “the 1988 quarter”
    return replace(nowhere("duration", duration_value(count, unit)), amount=amount(count, unit))


def duration_one(unit: str) -> Meaning | None:
    """“all year”, “weeklong”."""
    return duration(Count(1), unit)


def half_more(count: Count, unit: str) -> Meaning | None:
    """“a year and a half”."""
    return duration(Count(count.n, half=True), unit) if count.n else None


def half_unit(unit: str) -> Meaning | None:
    return duration(Count(0, half=True), unit) if unit in _HALVES else None


def quarter_century() -> Meaning | None:
    return duration(Count(25), "year")


def shifted(base: date, count: Count, unit: str, sign: int) -> date | None:
    n = amount(count, unit)
    try:
        return almanac.add(base, sign * n[0], n[1]) if n else None
    except (OverflowError, ValueError):
        return None


def _stretch(first: date, last: date, value: str) -> Span:
    return Span(first, last, "duration", value, last)


# ------------------------------------------------------------------ from the day of publication
def ago(count: Count, unit: str) -> Meaning:
    """“three months ago”: as exact as its unit, so the month of that day."""

    def resolve(ctx: Context) -> Span | None:
        today = ctx.today()
        landed = shifted(today, count, unit, -1) if today else None
        if landed is None:
            return Span(None, None, "vague", "PAST_REF")
        if unit in ("hour", "minute", "second"):
            return almanac.day(landed)
        return almanac.unit_at(landed, unit).but(limit=landed)

    return Meaning(resolve, unit if unit in MONTHS_UP or unit == "week" else "day", "PAST_REF")


def hence(count: Count, unit: str) -> Meaning | None:
    """“in three weeks”: the day it lands on is the limit, the unit is the span."""
    ahead = from_now(count, unit)

    def resolve(ctx: Context) -> Span | None:
        if ctx.tense() == "past":  # “was built in three years”
            return Span(None, None, "duration", duration_value(count, unit))
        return ahead.resolve(ctx)

    if unit in ("decade", "century") and count.n == 1:
        return None  # “the worst drought in a decade”
    return replace(ahead, resolve=resolve)


def from_now(count: Count, unit: str) -> Meaning:
    """“two months from now”: ahead, whatever tense stands around it."""

    def resolve(ctx: Context) -> Span | None:
        today = ctx.today()
        landed = shifted(today, count, unit, 1) if today else None
        if landed is None:
            return Span(None, None, "duration", duration_value(count, unit))
        return almanac.unit_at(landed, unit).but(limit=landed) if unit in MONTHS_UP else almanac.day(landed)

    return Meaning(resolve, unit if unit in MONTHS_UP else "day", duration_value(count, unit))


def within(count: Count, unit: str) -> Meaning:
    """“within 30 days”, nothing said of what: counted from the day of publication."""
    value = duration_value(count, unit)

    def resolve(ctx: Context) -> Span | None:
        today = ctx.today()
        landed = shifted(today, count, unit, 1) if today else None
        return _stretch(today, landed, value) if today and landed else Span(None, None, "duration", value)

    return Meaning(resolve, "duration", value)


def coming(count: Count, unit: str) -> Meaning:
    """“the next two weeks”: a duration; used as a limit it ends so long after publication."""
    value = duration_value(count, unit)

    def limit(ctx: Context) -> date | None:
        today = ctx.today()
        return shifted(today, count, unit, 1) if today else None

    return nowhere("duration", value, limit)


def bygone(count: Count, unit: str) -> Meaning | None:
    return duration(count, unit)


def bygone_one(unit: str) -> Meaning | None:
    return duration(Count(1), unit)


# ------------------------------------------------------------------ from the day that was told last
def later(count: Count, unit: str, sign: int = 1) -> Meaning:
    """“three weeks later”, “a year earlier”: from what was told last, and as exact as that and the unit are."""

    def resolve(ctx: Context) -> Span | None:
        told = ctx.period if unit == "year" and ctx.period else ctx.told()
        edge = told and (told.last if sign > 0 else told.first)
        landed = shifted(edge, count, unit, sign) if edge else None
        if told is None or landed is None or (told.granularity in _TOO_WIDE and unit not in MONTHS_UP):
            return Span(None, None, "vague", "FUTURE_REF" if sign > 0 else "PAST_REF")
        if told.granularity in ("quarter", "half", "month") and unit in ("year", "month", "quarter"):
            return almanac.unit_at(landed, told.granularity)
        if unit in MONTHS_UP:
            return almanac.unit_at(landed, unit).but(limit=landed)
        return almanac.day(landed)

    return Meaning(resolve, unit if unit in MONTHS_UP else "day", amount=amount(count, unit) if sign > 0 else None)


def earlier(count: Count, unit: str) -> Meaning:
    return later(count, unit, -1)


# ------------------------------------------------------------------ from another expression
def _counted(ctx: Context, start: Meaning, count: Count, unit: str, sign: int = 1) -> tuple[Span | None, date | None]:
    """The span that is counted from, and where that lands: the tense is the result's, not the start's.

    “is due 30 days after 5 November” looks ahead, to what comes of a day that may lie behind.
    """

    def land() -> tuple[Span | None, date | None]:
        span = start.resolve(ctx)
        edge = span and (span.last if sign > 0 else span.first)
        return span, shifted(edge, count, unit, sign) if edge else None

    ctx.counted_from = sign > 0
    span, landed = land()
    ctx.counted_from = False
    if landed and ctx.published and landed < ctx.published:
        span, landed = land()
    if ctx.used_tense:
        ctx.tense()
    return span, landed


def after(count: Count, unit: str, date: Meaning, sign: int = 1) -> Meaning | None:
    """“10 working days after 3 March”, “two years before 2010”."""
    if date.granularity in ("duration", "vague", "set"):
        return None

    def resolve(ctx: Context) -> Span | None:
        span, landed = _counted(ctx, date, count, unit, sign)
        if span is None or landed is None:
            return Span(None, None, "duration", duration_value(count, unit))
        if (
            span.granularity in MONTHS_UP
            and unit in MONTHS_UP
            and span.granularity == "year"
            and unit in ("year", "decade")
        ):
            return almanac.unit_at(landed, "year")
        return almanac.day(landed)

    return Meaning(resolve, "day")


def before(count: Count, unit: str, date: Meaning) -> Meaning | None:
    return after(count, unit, date, -1)


def within_of(count: Count, unit: str, date: Meaning) -> Meaning | None:
    """“within 30 days of 3 March”."""
    if date.granularity in ("duration", "vague", "set"):
        return None
    value = duration_value(count, unit)

    def resolve(ctx: Context) -> Span | None:
        span, landed = _counted(ctx, date, count, unit)
        if span is None or span.last is None or landed is None:
            return Span(None, None, "duration", value)
        return _stretch(span.last, landed, value)

    return Meaning(resolve, "duration", value)


def _past_weekday(weekday: int) -> Meaning:
    """“Thursday's decision” has been taken, whatever must follow it."""

    def resolve(ctx: Context) -> Span | None:
        today = ctx.today()
        return almanac.day(almanac.on_or_before(today, weekday)) if today else None

    return Meaning(resolve, "day")


def within_of_that(count: Count, unit: str) -> Meaning | None:
    """“within ten days of that notice”: of the day told last, where it is past; else as “within ten days”."""
    of_told, plain = within_of(count, unit, shifted_mention(0)), within(count, unit)

    def resolve(ctx: Context) -> Span | None:
        told, today = ctx.told_day(), ctx.today()
        day = told.last if told and told.first == told.last else None
        passed = day is not None and (today is None or day <= today)
        return (of_told if passed and of_told else plain).resolve(ctx)

    return replace(plain, resolve=resolve)


def within_of_weekday(count: Count, unit: str, weekday: int) -> Meaning | None:
    return within_of(count, unit, _past_weekday(weekday))


def after_weekday(count: Count, unit: str, weekday: int) -> Meaning | None:
    return after(count, unit, _past_weekday(weekday))


# ------------------------------------------------------------------ from an event
def after_event(
    count: Count, unit: str, event: str | Meaning, sign: Literal[-1, 1] = 1, inside: bool = False
) -> Meaning | None:
    if isinstance(event, Meaning):
        return within_of(count, unit, event) if inside else after(count, unit, event, sign)
    told = amount(count, unit)
    value = duration_value(count, unit)
    if told is None:
        return None
    offset = Offset(told[0], told[1], sign, event, inside)

    def resolve(ctx: Context) -> Span | None:
        day = ctx.event(event) if ctx.event else None
        if day is None:
            return Span(None, None, "duration", value)
        ctx.used_event = day
        landed = shifted(day, count, unit, sign)
        if landed is None:
            return Span(None, None, "duration", value)
        return _stretch(day, landed, value) if inside else almanac.day(landed)

    return Meaning(resolve, "duration", value, offset=offset)


def opening_after_event(unit: str, event: str | Meaning) -> Meaning | None:
    """“the first day of the month after the instruments are exchanged”."""
    if unit not in ("month", "quarter", "year"):
        return None
    if isinstance(event, Meaning):
        return after(Count(1), f"opening {unit}", event)
    return after_event(Count(1), f"opening {unit}", event)


def day_after_event(event: str | Meaning) -> Meaning | None:
    return after_event(Count(1), "day", event)


def day_before_event(event: str | Meaning) -> Meaning | None:
    return after_event(Count(1), "day", event, -1)


def weekday_before_event(weekday: int, event: str | Meaning) -> Meaning | None:
    """“the Friday before the meeting”: the event's own day is not counted."""
    return after_event(Count(1), w.WEEKDAY_NAMES[weekday].lower(), event, -1)


def weekday_after_event(weekday: int, event: str | Meaning) -> Meaning | None:
    """“the Monday after bids close”: the event's own day is not counted."""
    return after_event(Count(1), w.WEEKDAY_NAMES[weekday].lower(), event)


def before_event(count: Count, unit: str, event: str | Meaning) -> Meaning | None:
    return after_event(count, unit, event, -1)


def within_event(count: Count, unit: str, event: str | Meaning) -> Meaning | None:
    return after_event(count, unit, event, 1, True)


def anniversary(ordinal: int, date: Meaning) -> Meaning | None:
    """“on the first anniversary of 3 May”."""
    return after(Count(ordinal), "year", date, 1) if date.granularity == "day" else None


def anniversary_of_event(ordinal: int, event: str | Meaning) -> Meaning | None:
    return after_event(Count(ordinal), "year", event)


# ------------------------------------------------------------------ the clock, and words without a place
def timed(clock: TimeOfDay, date: Meaning) -> Meaning | None:
    return replace(date, time=clock) if date.granularity == "day" else None


def clock_alone(clock: TimeOfDay) -> Meaning:
    """A time whose day is not told: that of the day told in the same sentence, else unknown."""

    def resolve(ctx: Context) -> Span | None:
        if ctx.mention_near and ctx.mention and ctx.mention.granularity == "day":
            return ctx.told()
        return Span(None, None, "time", f"T{clock.hour:02d}:{clock.minute:02d}")

    return Meaning(resolve, "time", f"T{clock.hour:02d}:{clock.minute:02d}", time=clock)


def vague(value: str) -> Callable[..., Meaning]:
    return lambda **_: nowhere("vague", value)
