"""When a repeating day comes next. Knows the few parts of iCalendar's RRULE (RFC 5545) that the forms write.

An interval needs a first time to count from, and a sentence seldom tells it (“every second Monday”);
``next_time`` then gives the next day that could be one, and the caller starts the count there.
"""

import calendar
from datetime import date, timedelta

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST = 9 * 366  # days: a 29 February is at most eight years off


def next_time(rule: str, start: date) -> date | None:
    """The first day on or after ``start`` that fits the rule; None for a rule that names no day (“every month”)."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    if not parts.keys() & {"BYDAY", "BYMONTHDAY"}:
        return None
    if "BYSETPOS" in parts:
        return _nth_of_set(parts, start)
    for ahead in range(_LONGEST):
        day = start + timedelta(ahead)
        if _fits(day, parts):
            return day
    return None


def _fits(day: date, parts: dict[str, str]) -> bool:
    if "BYMONTH" in parts and day.month != int(parts["BYMONTH"]):
        return False
    last = calendar.monthrange(day.year, day.month)[1]
    if "BYMONTHDAY" in parts:
        number = int(parts["BYMONTHDAY"])
        return day.day == (number if number > 0 else last + 1 + number)
    for told in parts["BYDAY"].split(","):
        if told[-2:] != _DAYS[day.weekday()]:
            continue
        place = int(told[:-2] or 0)
        if place == 0 or place == (day.day + 6) // 7 or -place == (last - day.day) // 7 + 1:
            return True
    return False


def _nth_of_set(parts: dict[str, str], start: date) -> date | None:
    place = int(parts["BYSETPOS"])
    allowed = {_DAYS.index(day) for day in parts["BYDAY"].split(",")}
    year, month = start.year, start.month
    for _ in range(13):
        days = [date(year, month, d) for d in range(1, calendar.monthrange(year, month)[1] + 1)]
        fitting = [day for day in days if day.weekday() in allowed]
        if len(fitting) >= abs(place):
            found = fitting[place - 1 if place > 0 else place]
            if found >= start:
                return found
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return None
