"""The days that a name alone tells: fixed, counted or computed for each year. Knows names and years only.

Left out on purpose: feasts whose day rests on a sighting (Ramadan, Eid) or differs by country
under one name (Mother's Day, Independence Day, Labour Day); a wrong day is worse than none.
"""

from collections.abc import Callable
from datetime import date, timedelta

from index.dates import almanac

Rule = Callable[[int], date | None]

# New-moon days of the Chinese calendar, month * 100 + day from 2000 on (Hong Kong Observatory's tables).
_LUNAR_FROM = 2000
_LUNAR = (
    205, 124, 212, 201, 122, 209, 129, 218, 207, 126,
    214, 203, 123, 210, 131, 219, 208, 128, 216, 205,
    125, 212, 201, 122, 210, 129, 217, 206, 126, 213,
    203, 123, 211, 131, 219, 208, 128, 215, 204, 124,
    212, 201, 122, 210, 130, 217, 206, 126, 214, 202,
)  # fmt: skip


def easter(year: int) -> date:
    """Western Easter Sunday: the anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    r = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * r) // 451
    month, day = divmod(h + r - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _fixed(month: int, day: int) -> Rule:
    return lambda year: date(year, month, day)


def _nth(month: int, weekday: int, n: int) -> Rule:
    return lambda year: almanac.nth_weekday(almanac.month(year, month), weekday, n)


def _from_easter(days: int) -> Rule:
    return lambda year: easter(year) + timedelta(days)


def _lunar_new_year(year: int) -> date | None:
    index = year - _LUNAR_FROM
    if not 0 <= index < len(_LUNAR):
        return None
    return date(year, *divmod(_LUNAR[index], 100))


def _black_friday(year: int) -> date | None:
    thanksgiving = almanac.nth_weekday(almanac.month(year, 11), 3, 4)
    return thanksgiving + timedelta(1) if thanksgiving else None


# Names as tokens: no apostrophes, no possessive, single spaces. The longest that matches wins.
HOLIDAYS: dict[str, Rule] = {
    "new year s day": _fixed(1, 1),
    "new year day": _fixed(1, 1),
    "new years day": _fixed(1, 1),
    "new year s eve": _fixed(12, 31),
    "new years eve": _fixed(12, 31),
    "epiphany": _fixed(1, 6),
    "martin luther king day": _nth(1, 0, 3),
    "presidents day": _nth(2, 0, 3),
    "valentine s day": _fixed(2, 14),
    "valentines day": _fixed(2, 14),
    "chinese new year": _lunar_new_year,
    "lunar new year": _lunar_new_year,
    "st patrick s day": _fixed(3, 17),
    "saint patrick s day": _fixed(3, 17),
    "ash wednesday": _from_easter(-46),
    "palm sunday": _from_easter(-7),
    "maundy thursday": _from_easter(-3),
    "good friday": _from_easter(-2),
    "easter": easter,
    "easter day": easter,
    "easter sunday": easter,
    "easter monday": _from_easter(1),
    "ascension day": _from_easter(39),
    "whit sunday": _from_easter(49),
    "whit monday": _from_easter(50),
    "pentecost": _from_easter(49),
    "corpus christi": _from_easter(60),
    "april fools day": _fixed(4, 1),
    "april fool s day": _fixed(4, 1),
    "all fools day": _fixed(4, 1),
    "earth day": _fixed(4, 22),
    "may day": _fixed(5, 1),
    "memorial day": _nth(5, 0, -1),
    "juneteenth": _fixed(6, 19),
    "canada day": _fixed(7, 1),
    "bastille day": _fixed(7, 14),
    "labor day": _nth(9, 0, 1),
    "columbus day": _nth(10, 0, 2),
    "halloween": _fixed(10, 31),
    "all saints day": _fixed(11, 1),
    "all souls day": _fixed(11, 2),
    "guy fawkes night": _fixed(11, 5),
    "armistice day": _fixed(11, 11),
    "veterans day": _fixed(11, 11),
    "remembrance day": _fixed(11, 11),
    "thanksgiving": _nth(11, 3, 4),
    "thanksgiving day": _nth(11, 3, 4),
    "black friday": _black_friday,
    "christmas eve": _fixed(12, 24),
    "christmas": _fixed(12, 25),
    "christmas day": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
}
