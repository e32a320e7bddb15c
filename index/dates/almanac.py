"""Calendar arithmetic on days and spans. Knows no words and no language.

Weeks are ISO 8601: they start on Monday. Working days are Monday to Friday; public holidays are
not known here, because they differ by country and a news sentence seldom says which counts.
"""

import calendar
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

WEEKDAYS = {"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6}
MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4, 5, 6


@dataclass(frozen=True, slots=True)
class Span:
    """A run of days. ``first`` and ``last`` are None together for what has no place in the calendar."""

    first: date | None
    last: date | None
    granularity: str
    value: str
    limit: date | None = None
    others: tuple["Span", ...] = ()
    note: str = ""

    def but(self, **changes: object) -> "Span":
        return replace(self, **changes)  # type: ignore[arg-type]


def day(d: date) -> Span:
    return Span(d, d, "day", d.isoformat())


def days(first: date, last: date, granularity: str = "day") -> Span:
    """A run of days that is no calendar unit; TIMEX3 has no single value for it, so ISO's interval stands."""
    value = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
    return Span(first, last, granularity, value)


def week(d: date) -> Span:
    first = d - timedelta(d.weekday())
    year, number, _ = first.isocalendar()
    return Span(first, first + timedelta(6), "week", f"{year}-W{number:02d}")


def weekend(d: date) -> Span:
    """The Saturday and Sunday of the ISO week that ``d`` lies in."""
    inside = week(d)
    assert inside.first and inside.last
    return Span(inside.first + timedelta(SATURDAY), inside.last, "weekend", inside.value + "-WE")


def month(year: int, number: int) -> Span:
    last = calendar.monthrange(year, number)[1]
    return Span(date(year, number, 1), date(year, number, last), "month", f"{year}-{number:02d}")


def quarter(year: int, number: int) -> Span:
    opens, closes = month(year, 3 * number - 2), month(year, 3 * number)
    return Span(opens.first, closes.last, "quarter", f"{year}-Q{number}")


def half(year: int, number: int) -> Span:
    opens, closes = month(year, 6 * number - 5), month(year, 6 * number)
    return Span(opens.first, closes.last, "half", f"{year}-H{number}")


def year(number: int) -> Span:
    return Span(date(number, 1, 1), date(number, 12, 31), "year", f"{number:04d}")


def years(first: int, last: int, granularity: str, value: str) -> Span:
    return Span(date(first, 1, 1), date(last, 12, 31), granularity, value)


# Meteorological seasons of the northern half, where most newswires sit. Winter ends in the next year.
SEASONS = {"spring": (3, "SP"), "summer": (6, "SU"), "autumn": (9, "FA"), "winter": (12, "WI")}


def season(year: int, name: str) -> Span:
    opens, code = SEASONS[name]
    first = date(year, opens, 1)
    closing = add_months(first, 2)
    return Span(first, month(closing.year, closing.month).last, "season", f"{year}-{code}")


def add_months(d: date, count: int) -> date:
    """The same day ``count`` months on, or the last day of a month that is too short for it."""
    index = d.year * 12 + d.month - 1 + count
    y, m = index // 12, index % 12 + 1
    return date(y, m, min(d.day, calendar.monthrange(y, m)[1]))


def add_working_days(d: date, count: int) -> date:
    """``count`` Mondays-to-Fridays after ``d`` (before it where negative), ``d`` itself not counted."""
    step = 1 if count > 0 else -1
    weeks, rest = divmod(abs(count), 5)
    # Whole weeks only work from a working day; from a weekend start at the working day that borders it.
    if d.weekday() >= SATURDAY:
        d -= timedelta(d.weekday() - FRIDAY) if step > 0 else timedelta(d.weekday() - 7)
    d += timedelta(7 * weeks * step)
    while rest:
        d += timedelta(step)
        rest -= d.weekday() < SATURDAY
    return d


def add(d: date, count: int, unit: str) -> date:
    """``count`` units after ``d``. Raises OverflowError or ValueError outside the calendar's years 1–9999."""
    if unit == "working day":
        return add_working_days(d, count)
    if unit.startswith("opening "):
        following = unit_at(d, unit.removeprefix("opening ")).last
        assert following
        return following + timedelta(1)
    if unit in WEEKDAYS:
        weeks = timedelta(7 * (abs(count) - 1))
        if count > 0:
            return on_or_after(d + timedelta(1), WEEKDAYS[unit]) + weeks
        return on_or_before(d - timedelta(1), WEEKDAYS[unit]) - weeks
    if unit in ("day", "week", "fortnight", "weekend"):
        return d + timedelta(count * {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}[unit])
    if unit in ("hour", "minute", "second"):
        # Only whole days can be told from a day of publication; a part of a day is the day itself.
        return d + timedelta(count // {"hour": 24, "minute": 1440, "second": 86400}[unit])
    return add_months(
        d, count * {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}[unit]
    )


def unit_at(d: date, unit: str) -> Span:
    """The calendar unit that ``d`` lies in: the week of it, the quarter of it."""
    makers: dict[str, Callable[[], Span]] = {
        "week": lambda: week(d),
        "fortnight": lambda: week(d),
        "weekend": lambda: weekend(d),
        "month": lambda: month(d.year, d.month),
        "quarter": lambda: quarter(d.year, (d.month + 2) // 3),
        "half": lambda: half(d.year, 1 if d.month < 7 else 2),
        "year": lambda: year(d.year),
        "decade": lambda: decade(d.year),
        "century": lambda: century((d.year + 99) // 100),
    }
    return makers[unit]() if unit in makers else day(d)


def decade(number: int) -> Span:
    opens = number - number % 10
    return years(opens, opens + 9, "decade", f"{opens // 10:03d}")


def century(number: int) -> Span:
    return years(max(1, 100 * number - 99), 100 * number, "century", f"{number - 1:02d}")


def on_or_after(d: date, weekday: int) -> date:
    return d + timedelta((weekday - d.weekday()) % 7)


def on_or_before(d: date, weekday: int) -> date:
    return d - timedelta((d.weekday() - weekday) % 7)


def nth_weekday(span: Span, weekday: int, n: int) -> date | None:
    """The ``n``-th such weekday of the span, counted from its end where ``n`` is negative; None if there is none."""
    if span.first is None or span.last is None:
        return None
    if n > 0:
        found = on_or_after(span.first, weekday) + timedelta(7 * (n - 1))
    else:
        found = on_or_before(span.last, weekday) + timedelta(7 * (n + 1))
    return found if span.first <= found <= span.last else None


def nth_working_day(span: Span, n: int) -> date | None:
    if span.first is None or span.last is None:
        return None
    edge = span.first - timedelta(1) if n > 0 else span.last + timedelta(1)
    found = add_working_days(edge, n)
    return found if span.first <= found <= span.last else None
