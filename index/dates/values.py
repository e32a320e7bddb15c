"""The calendar unit that a TIMEX3 value names. Resolves no words.

“Early next month” is read as that month's first ten days, but its value is the month, as TIMEX3 has it;
what prints a granularity of a month prints the month's own first and last day with it.
"""

import re
from datetime import date

from index.dates import almanac
from index.dates.found import FoundDate

_PARTS = frozenset({"early", "mid", "late", "midyear", "middle of", "beginning of", "half of a span", "end of", "end of a month",
                    "year-end", "year's end", "end year", "month-end", "rest of"})  # fmt: skip
_UNIT = re.compile(r"(\d{4})(?:-(?:W(\d\d)|Q(\d)|H(\d)|(SP|SU|FA|WI)|(\d\d)))?")


def calendar_span(found: FoundDate) -> tuple[date | None, date | None]:
    """First and last day of the whole unit where the words name a part of one; else those of the reading."""
    match = _UNIT.fullmatch(found.value) if found.form in _PARTS and found.first else None
    if match is None:
        return found.first, found.last
    year, week, quarter, half, season, month = match.groups()
    number = int(year)
    if week:
        span = almanac.week(date.fromisocalendar(number, int(week), 1))
    elif quarter:
        span = almanac.quarter(number, int(quarter))
    elif half:
        span = almanac.half(number, int(half))
    elif season:
        span = almanac.season(number, next(name for name, (_, code) in almanac.SEASONS.items() if code == season))
    elif month:
        span = almanac.month(number, int(month))
    else:
        span = almanac.year(number)
    return span.first, span.last
