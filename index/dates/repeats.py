"""What repetitions mean: “every second Monday”, “the 5th of each month”, “annually”.

A repetition has no place in the calendar; its rule is an iCalendar RRULE, its limit the next time.
"""

from dataclasses import replace
from datetime import date, timedelta

from index.dates import almanac
from index.dates import words as w
from index.dates.context import Context, Meaning, nowhere
from index.dates.numbers import Count
from index.dates.offsets import duration_value, shifted
from index.dates.recur import next_time

_EVERY = {"day": "DAILY", "week": "WEEKLY", "fortnight": "WEEKLY;INTERVAL=2", "month": "MONTHLY", "quarter": "MONTHLY;INTERVAL=3",
          "year": "YEARLY", "working day": "WEEKLY;BYDAY=MO,TU,WE,TH,FR", "decade": "YEARLY;INTERVAL=10"}  # fmt: skip
_ICAL_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _repeating(value: str, rule: str) -> Meaning:
    def limit(ctx: Context) -> date | None:
        today = ctx.today()
        return next_time(f"FREQ={rule}", today + timedelta(1)) if today else None

    return replace(nowhere("set", value, limit), rule=f"FREQ={rule}")


def every_unit(unit: str, step: int = 1) -> Meaning | None:
    if unit not in _EVERY:
        return nowhere("set", "P" + w.UNIT_CODES[unit].format(step))
    rule = _EVERY[unit]
    if step > 1:
        freq, _, known = rule.partition(";INTERVAL=")
        rule = f"{freq};INTERVAL={step * int(known or 1)}"
    return _repeating("P" + w.UNIT_CODES[unit].format(step), rule)


def every_n(count: Count, unit: str) -> Meaning | None:
    return every_unit(unit, count.n) if count.n else None


def every_weekday(weekday: int, ordinal: int = 1) -> Meaning:
    rule = (
        f"WEEKLY;BYDAY={_ICAL_DAYS[weekday]}"
        if ordinal == 1
        else f"WEEKLY;INTERVAL={ordinal};BYDAY={_ICAL_DAYS[weekday]}"
    )
    return _repeating(f"XXXX-WXX-{weekday + 1}", rule)


def every_other_weekday(weekday: int) -> Meaning:
    return every_weekday(weekday, 2)


def nth_of_every(rank: int, unit: str, weekday: int | None = None, counted: str | None = None) -> Meaning | None:
    """“the first Monday of every month”, “the last working day of each quarter”."""
    if unit not in ("month", "quarter", "year"):
        return None
    frequency = {"month": "MONTHLY", "quarter": "MONTHLY;INTERVAL=3", "year": "YEARLY"}[unit]
    if weekday is not None:
        rule = f"{frequency};BYDAY={rank}{_ICAL_DAYS[weekday]}"
    elif counted == "working day":
        rule = f"{frequency};BYDAY=MO,TU,WE,TH,FR;BYSETPOS={rank}"
    elif counted in ("day", None):
        rule = f"{frequency};BYMONTHDAY={rank}"
    else:
        return None

    return _repeating("P" + w.UNIT_CODES[unit].format(1), rule)


def number_of_every(ordinal: int, unit: str) -> Meaning | None:
    return nth_of_every(ordinal, unit) if ordinal <= 31 else None


def every_day_of_year(month: int, dayno: int) -> Meaning | None:
    if dayno > 31:
        return None
    return _repeating(f"XXXX-{month:02d}-{dayno:02d}", f"YEARLY;BYMONTH={month};BYMONTHDAY={dayno}")


def adverb_set(adverb: str) -> Meaning | None:
    unit = {"annually": "year", "yearly": "year", "monthly": "month", "weekly": "week", "daily": "day", "quarterly": "quarter",
            "hourly": "hour", "nightly": "day", "fortnightly": "fortnight"}[adverb]  # fmt: skip
    return every_unit(unit)


_ADJECTIVES = {
    "annual": "P1Y",
    "semiannual": "P6M",
    "semiannually": "P6M",
    "biannual": "P6M",
    "biweekly": "P2W",
    "biennial": "P2Y",
}


def adjective_set(adjective: str) -> Meaning:
    """“its annual report”: says how often such things come, not that this one will again."""
    return nowhere("set", _ADJECTIVES[adjective])


def within_each(count: Count, unit: str, period: str) -> Meaning | None:
    """“within 20 days of the end of each quarter”: so long after the end of the one we are in."""

    def limit(ctx: Context) -> date | None:
        today = ctx.today()
        closes = almanac.unit_at(today, period).last if today else None
        return shifted(closes, count, unit, 1) if closes else None

    if period not in ("week", "month", "quarter", "year"):
        return None
    return replace(nowhere("set", duration_value(count, unit), limit), rule=f"FREQ={_EVERY[period]}")
