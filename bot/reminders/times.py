"""The moment at which a deadline is due: its day, the time of day that was told, and whose clock. Pure.

A deadline that names only a day falls due at an hour that the server chooses. A time that an article tells with a
zone of its own (“noon Brussels time”, “17:00 GMT”) is that zone's; one without is the reader's, which is said.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.reminders.leads import on_the_clock

DUE_HOUR = 9
# What is meant by letters that several zones share follows the news: EST is New York's, IST is left alone.
_LETTERS = {
    "gmt": "UTC", "utc": "UTC", "z": "UTC", "bst": "Europe/London", "cet": "Europe/Paris", "cest": "Europe/Paris",
    "et": "America/New_York", "est": "America/New_York", "edt": "America/New_York", "ct": "America/Chicago",
    "cst": "America/Chicago", "cdt": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "eet": "Europe/Athens", "eest": "Europe/Athens",
    "msk": "Europe/Moscow", "jst": "Asia/Tokyo", "hkt": "Asia/Hong_Kong", "aest": "Australia/Sydney",
    "eastern": "America/New_York", "central european": "Europe/Paris", "pacific": "America/Los_Angeles",
    "beijing": "Asia/Shanghai", "washington": "America/New_York", "geneva": "Europe/Zurich",
}  # fmt: skip
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.h](\d\d))?\s*(a\.?m\.?|p\.?m\.?)?(?=\W|$)", re.IGNORECASE)
_WORDS = {"noon": (12, 0), "midday": (12, 0), "midnight": (24, 0), "close of business": (17, 0), "end of day": (24, 0)}


def zone_named(name: str) -> ZoneInfo:
    """UTC where there is no zone of that name: a setting of an older release must not stop a reminder."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def due_moment(day: date, time: str | None, zone: str, due_hour: int = DUE_HOUR) -> datetime:
    """Aware, in ``zone``: the day at the time as printed, else at the hour.

    Midnight ends the day, as it does for lawyers.
    """
    home = zone_named(zone)
    told = read_time(time) if time else None
    hour, minute = told if told else (due_hour, 0)
    place = zone_in(time) if time else None
    there = datetime(day.year, day.month, day.day, tzinfo=place or home)
    moment = there + timedelta(days=1) if hour == 24 else there.replace(hour=hour, minute=minute)
    return on_the_clock(moment).astimezone(home)


def read_time(words: str) -> tuple[int, int] | None:
    """Hour (24: midnight at the day's end) and minute."""
    said = words.lower()
    for word, clock in _WORDS.items():
        if word in said:
            return clock
    match = _CLOCK.search(said)
    if match is None or (match[2] is None and match[3] is None and not re.search(r"o.clock", said)):
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        hour = hour % 12 + (12 if match[3].startswith("p") else 0)
    return (hour, minute) if hour <= 24 and minute < 60 and (hour < 24 or not minute) else None


def zone_in(words: str) -> ZoneInfo | timezone | None:
    """The zone that is printed beside a time; None where there is none, or none that is known."""
    if (named := re.search(r"\b[A-Z]\w+(?:/[\w+-]+)+", words)) and named[0] in available_timezones():
        return ZoneInfo(named[0])  # as our own settings write it
    said = words.lower()
    if offset := re.search(r"\b(?:gmt|utc)\s*([+-−])\s*(\d{1,2})(?::?(\d\d))?", said):
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes)) if minutes < 1440 else None
    for name in re.findall(r"[a-z]+(?: [a-z]+)?", re.sub(r"[()]", " ", said)):
        for each in (name, *name.split()):
            if each in _LETTERS:
                return UTC if _LETTERS[each] == "UTC" else ZoneInfo(_LETTERS[each])
            if each in _cities():
                return ZoneInfo(_cities()[each])
    return None


@cache
def _cities() -> dict[str, str]:
    """“brussels” → Europe/Brussels, for every city that the zones are named after."""
    return {
        name.rsplit("/", 1)[1].replace("_", " ").lower(): name
        for name in sorted(available_timezones())
        if name.count("/") == 1 and not name.startswith("Etc/")
    }
