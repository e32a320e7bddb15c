"""The parts that read clock times and parts of the day. Each reads words, none resolves."""

from index.dates import words as w
from index.dates.found import TimeOfDay
from index.dates.numbers import QUOTES
from index.dates.patterns import Place

_BY = frozenset({"until", "till", "by", "at", "from", "before", "after"})


def clock(place: Place, at: int) -> tuple[int, TimeOfDay] | None:
    """“noon”, “midnight”, “5 p.m. Eastern time”, “17:00 GMT”, “close of business”. The zone's name is kept."""
    words = place.words
    word = words[at]
    hour = minute = 0
    if word in ("noon", "midday", "midnight"):
        hour, end = (24 if word == "midnight" else 12), at + 1
    elif word in ("12",) and place.word(at + 1) in ("noon", "midnight"):
        hour, end = (24 if words[at + 1] == "midnight" else 12), at + 2
    elif (
        word in ("close", "end")
        and words[at + 1 : at + 2] == ["of"]
        and place.word(at + 2) in ("business", "trading", "play")
    ):
        hour, end = 24, at + 3
    elif word == "cob" and place.capital(at):
        hour, end = 24, at + 1
    elif word.isdigit() and word.isascii() and len(word) <= 2 and int(word) <= 24:
        hour, end = int(word), at + 1
        told = False
        if place.word(end) in (":", ".") and place.glued(end) and place.glued(end + 1):
            digits = place.word(end + 1)
            if len(digits) == 2 and digits.isdigit() and digits.isascii() and int(digits) < 60:
                # “by 18.00 on Friday” is a time, “up by 18.00” a figure.
                dotted = place.word(at - 1) in _BY and place.word(end + 2) in ("on", "hours")
                minute, told, end = int(digits), words[end] == ":" or dotted, end + 2
        half_day = _half_day(place, end)
        if half_day:
            end, later = half_day
            hour = hour % 12 + (12 if later else 0)
        elif place.word(end) == "o" and place.word(end + 1) in QUOTES and place.word(end + 2) == "clock":
            end += 3
        elif not told:
            return None
    else:
        return None
    end, zone = _zone(place, end)
    return end, TimeOfDay(hour, minute, place.slice(at, end), zone)


def _half_day(place: Place, at: int) -> tuple[int, bool] | None:
    word = place.word(at)
    if word in ("am", "pm"):
        return at + 1, word == "pm"
    if word in ("a", "p") and place.word(at + 1) in (".", "") and place.word(at + 2) == "m" and place.glued(at + 2):
        end = at + 3
        if place.word(end) == "." and place.glued(end):
            end += 1
        return end, word == "p"
    return None


def _zone(place: Place, at: int) -> tuple[int, str | None]:
    opened = place.word(at) == "("
    start = at + 1 if opened else at
    end = start
    if place.word(start) in w.ZONES and place.text_of(start).isupper():
        end = start + 1
    else:
        for length in (1, 2, 3):
            if place.word(start + length) == "time" and all(
                place.capital(start + k) or place.word(start) == "local" for k in range(length)
            ):
                end = start + length + 1
                break
        else:
            if place.word(start) in ("eastern", "pacific") and place.capital(start):
                end = start + 1
    if end == start:
        return at, None
    name = place.slice(start, end)
    if opened:
        if place.word(end) != ")":
            return at, None
        end += 1
    return end, name


def day_part(place: Place, at: int) -> tuple[int, str] | None:
    found = w.DAY_PARTS.get(place.words[at])
    return (at + 1, found) if found else None
