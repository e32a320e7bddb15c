"""Owns reading the day of publication, from machines' stamps and from lines made for readers.

Not the product's date grammar: this one only reads whole dates with a year, and an unclear one is
None. It must never fall back on today, a file's time or a number in an address.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime

from index.models import Published

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH},?[\s-]+(\d{{4}})\b", re.I)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.I)
_ISO_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_SLASHES = re.compile(rf"{_WEEKDAY}\b(\d{{1,2}})([/.])(\d{{1,2}})\3(\d{{4}})\b", re.I)
_TIME = re.compile(r"(?<![\d.:])(\d{1,2})[:.](\d\d)(?::\d\d)?(?!\d)\s*([ap])?\.?(?:m\b)?\.?", re.I)
_STAMP_DAY = re.compile(r"(\d{4})[-/]?(\d\d)[-/]?(\d\d)$")
_STAMP = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ]+(\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?\b", re.I
)
_CHANGED = re.compile(r"\b(?:updated|modified|edited|changed|corrected|reviewed|last update)\b", re.I)
_FIRST_OUT = re.compile(r"\b(?:published|posted|first published|issued|created|publication date)\b", re.I)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def from_stamp(stamp: object) -> Published | None:
    """What a machine wrote: ISO 8601, RFC 2822, an epoch, or a date as read by YAML. Offsets are kept."""
    if isinstance(stamp, datetime):
        return stamp if _plausible(stamp) else None
    if isinstance(stamp, date):
        return stamp if _plausible(stamp) else None
    if isinstance(stamp, int) and not isinstance(stamp, bool):
        stamp = str(stamp)
    if not isinstance(stamp, str):
        return None
    stamp = stamp.strip()
    if match := _STAMP_DAY.match(stamp):
        return _day(match[1], match[2], match[3])
    if match := _STAMP.match(stamp):
        zone = (match[3] or "").upper().replace("UTC", "Z").replace("GMT", "Z")
        try:
            moment = datetime.fromisoformat(f"{match[1]}T{match[2]}{zone}")
        except ValueError:
            return None
        return moment if _plausible(moment) else None
    if re.fullmatch(r"\d{10}|\d{13}", stamp):
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(stamp[:10]))
        return moment if _plausible(moment) else None
    try:
        moment = parsedate_to_datetime(stamp)
    except (ValueError, IndexError, TypeError):
        return from_line(stamp)
    return moment if _plausible(moment) else None


def from_line(line: str) -> Published | None:
    """The first whole date in a line made for readers, with its time if one stands there.

    In “Published 3 May 2025, updated 4 May 2025” the published one; in “Updated 4 May 2025” none.
    """
    if first := _FIRST_OUT.search(line):
        if not (changed := _CHANGED.search(line)) or changed.start() > first.start():
            line = line[first.end() : changed.start() if changed else None]
        else:
            line = line[first.end() :]
    elif changed := _CHANGED.search(line):
        line = line[: changed.start()]
    found = sorted(_days_in(line), key=lambda each: each[0])
    if not found:
        return None
    start, end, day = found[0]
    clock = _clock(line[:start] + " | " + line[end:])
    return datetime.combine(day, clock) if clock else day


def without_dates(line: str) -> str:
    """The line with its dates, times, weekdays and “published” words blanked: what is left may be names."""
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _ISO_DAY, _SLASHES):
        line = pattern.sub("|", line)
    line = _TIME.sub("|", line)
    line = re.sub(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?", "|", line, flags=re.I)
    line = re.sub(r"\b(?:GMT|UTC|BST|CET|CEST|EST|EDT|ET|PST|PDT|PT|IST)\b", "|", line)
    return _FIRST_OUT.sub("|", _CHANGED.sub("|", line))


def with_slashes(weekday: str, first: int, second: int, year: int, clock: time | None) -> Published | None:
    """``11/17/2025``: month first, unless only the other order agrees with the weekday that stands by it.

    None if the weekday contradicts both, or if it is missing and both orders are possible.
    """
    days = []
    for month, day in ((first, second), (second, first)):
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    if weekday:
        days = [day for day in days if _WEEKDAYS[day.weekday()] == weekday[:3].lower()]
    elif len(set(days)) > 1:
        return None
    if not days or not _plausible(days[0]):
        return None
    return datetime.combine(days[0], clock) if clock else days[0]


def _days_in(line: str) -> list[tuple[int, int, date]]:
    found: list[tuple[int, int, date | None]] = []
    found += [(m.start(), m.end(), _day(m[3], m[2], m[1])) for m in _DAY_FIRST.finditer(line)]
    found += [(m.start(), m.end(), _day(m[3], m[1], m[2])) for m in _MONTH_FIRST.finditer(line)]
    found += [(m.start(), m.end(), _day(m[1], m[2], m[3])) for m in _ISO_DAY.finditer(line)]
    for m in _SLASHES.finditer(line):
        # With dots the day stands first everywhere they are used.
        day = with_slashes(m[1] or "", int(m[2]), int(m[4]), int(m[5]), None) if m[3] == "/" else _day(m[5], m[4], m[2])
        found.append((m.start(), m.end(), day))
    return [(start, end, day) for start, end, day in found if day]


def _clock(line: str) -> time | None:
    for match in _TIME.finditer(line):
        hour, minute = int(match[1]), int(match[2])
        half = (match[3] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    return None


def clock(text: str) -> time | None:
    """``13:40`` or ``1:40 PM``."""
    return _clock(text)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        number = int(month) if month.isdigit() else _MONTHS[month.lower().rstrip(".")]
        found = date(int(year), number, int(day))
    except (ValueError, KeyError):
        return None
    return found if _plausible(found) else None


def _plausible(day: date) -> bool:
    """Keeps out the zero dates of software (1 January 1970, year 1) and slips of the finger."""
    return 1980 <= day.year <= 2100
