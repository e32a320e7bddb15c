"""The parts that patterns are made of: months, numbers, units, clock times. Each reads words, none resolves.

A part takes a place and returns its end and its value, or None. Names that start with an underscore
take no room: they only look at what stands around, where a word alone could mean something else.
"""

from dataclasses import dataclass

from index.dates import words as w
from index.dates.found import TimeOfDay
from index.dates.holidays import HOLIDAYS
from index.dates.patterns import Part, Place
from index.dates.tokens import APOSTROPHES

_LONGEST_NUMBER = 6  # digits; longer figures are never dates, and int() of a huge one is slow
_QUOTES = ("'", *[mark for mark, plain in APOSTROPHES.items() if plain == "'"])


@dataclass(frozen=True, slots=True)
class Count:
    """How many: None where the words do not say (“several”), a half as ``halves``."""

    n: int | None
    half: bool = False


def number(place: Place, at: int) -> tuple[int, int] | None:
    """Figures that stand alone: not part of a decimal, a sum of money or a longer figure."""
    words = place.words
    word = words[at]
    if not word.isdigit() or not word.isascii() or len(word) > _LONGEST_NUMBER:
        return None
    if (
        at
        and place.glued(at)
        and (words[at - 1] in "$€£¥#§_%" or (words[at - 1] in (".", ",") and at > 1 and words[at - 2].isdigit()))
    ):
        return None
    after = at + 1
    if after + 1 < len(words) and words[after] in (".", ",") and place.glued(after) and place.glued(after + 1):
        following = words[after + 1]
        if following.isdigit() and (words[after] == "." or len(following) == 3):
            return None
    if after < len(words) and place.glued(after) and words[after] in "%_":
        return None
    return after, int(word)


def figures(lengths: tuple[int, ...]) -> Part:
    """Bare figures of so many digits, for numeric forms where full stops and slashes are separators."""

    def part(place: Place, at: int) -> tuple[int, int] | None:
        word = place.words[at]
        if len(word) in lengths and word.isdigit() and word.isascii():
            return at + 1, int(word)
        return None

    return part


def day_number(place: Place, at: int) -> tuple[int, int] | None:
    """1 to 31 in figures, with or without “st”, “nd”, “rd”, “th”."""
    found = number(place, at)
    if found is None or len(place.words[at]) > 2 or not 1 <= found[1] <= 31:
        return None
    end = found[0]
    if end < len(place.words) and place.glued(end):
        if place.words[end] in w.SUFFIXES:
            return end + 1, found[1]
        if place.words[end] == ":" or place.words[end].isalpha():
            return None
    return found


def ordinal(place: Place, at: int) -> tuple[int, int] | None:
    """“3rd”, “third”, “twenty-first”."""
    words = place.words
    word = words[at]
    if word in w.ORDINALS:
        return at + 1, w.ORDINALS[word]
    if word in ("twenty", "thirty") and at + 1 < len(words):
        unit = at + 2 if words[at + 1] == "-" else at + 1
        if unit < len(words) and w.ORDINALS.get(words[unit], 99) < 10:
            return unit + 1, w.TENS[word] + w.ORDINALS[words[unit]]
    if word.isdigit() and at + 1 < len(words) and words[at + 1] in w.SUFFIXES and place.glued(at + 1) and len(word) < 4:
        return at + 2, int(word)
    return None


def rank(place: Place, at: int) -> tuple[int, int] | None:
    """An ordinal, or a place counted from the end: “last” is -1, “last but one” -2."""
    words = place.words
    if words[at] in ("last", "final", "closing"):
        if words[at + 1 : at + 3] == ["but", "one"]:
            return at + 3, -2
        return at + 1, -1
    if words[at] == "penultimate":
        return at + 1, -2
    if words[at] == "opening":
        return at + 1, 1
    found = ordinal(place, at)
    if found and words[found[0] : found[0] + 2] in (["to", "last"], ["-", "last"]):
        return found[0] + 2, -found[1]
    return found


def month(place: Place, at: int) -> tuple[int, int] | None:
    words = place.words
    word = words[at]
    number_of = w.MONTHS.get(word)
    if number_of is None:
        return None
    if word in w.MONTHS_THAT_ARE_WORDS and not place.capital(at):
        return None
    end = at + 1
    if word in w.ABBREVIATED_MONTHS and end < len(words) and words[end] == "." and place.glued(end):
        end += 1
    return end, number_of


def weekday(place: Place, at: int) -> tuple[int, int] | None:
    word = place.words[at]
    if word not in w.WEEKDAYS or word in w.PLURAL_WEEKDAYS:
        return None
    if word in w.FULL_WEEKDAYS:
        return at + 1, w.WEEKDAYS[word]
    if not place.capital(at):
        return None
    end = at + 1
    if end < len(place.words) and place.words[end] == "." and place.glued(end):
        end += 1
    return end, w.WEEKDAYS[word]


def plural_weekday(place: Place, at: int) -> tuple[int, int] | None:
    word = place.words[at]
    return (at + 1, w.WEEKDAYS[word]) if word in w.PLURAL_WEEKDAYS else None


def year(place: Place, at: int) -> tuple[int, int] | None:
    """Four figures from 1000 to 2999."""
    found = number(place, at)
    if found and len(place.words[at]) == 4 and 1000 <= found[1] <= 2999:
        end = found[0]
        if end < len(place.words) and place.glued(end) and place.words[end].isalpha():
            return None
        return found
    return None


def fiscal_year(place: Place, at: int) -> tuple[int, int] | None:
    """“2026”, “2025/26”, “2025-26”, “'26”: the year in which it ends."""
    words = place.words
    found = year(place, at)
    if found is None:
        if words[at] in _QUOTES and at + 1 < len(words) and len(words[at + 1]) == 2 and words[at + 1].isdigit():
            return at + 2, 2000 + int(words[at + 1])
        return None
    end = found[0]
    if end + 1 < len(words) and words[end] in ("/", "-") and place.glued(end) and place.glued(end + 1):
        tail = words[end + 1]
        if tail.isdigit() and len(tail) == 2 and int(tail) == (found[1] + 1) % 100:
            return end + 2, found[1] + 1
    return found


def count(place: Place, at: int) -> tuple[int, Count] | None:
    """“30”, “thirty”, “a”, “half a”, “two or three” (the higher), “several” (unknown)."""
    words = place.words
    word = words[at]
    if word in ("a", "an"):
        following = place.word(at + 1)
        if following in ("few", "couple", "dozen", "hundred", "further", "full", "good", "whole", "mere"):
            if following == "couple":
                return at + (3 if place.word(at + 2) == "of" else 2), Count(2)
            if following in ("dozen", "hundred"):
                return at + 2, Count(12 if following == "dozen" else 100)
            return at + 2, Count(None if following == "few" else 1)
        return at + 1, Count(1)
    if word == "half":
        return (at + 2, Count(0, half=True)) if place.word(at + 1) in ("a", "an") else None
    if word in ("several", "few", "many", "some", "numerous"):
        return at + 1, Count(None)
    found = cardinal(place, at)
    if found is None:
        return None
    end, n = found
    if place.word(end) in ("or", "to", "-"):
        higher = cardinal(place, end + 1) if end + 1 < len(words) else None
        if higher and n < higher[1] and not (words[end] == "-" and words[end + 1] in w.UNITS):
            return higher[0], Count(higher[1])
    if words[end : end + 3] == ["and", "a", "half"]:
        return end + 3, Count(n, half=True)
    return end, Count(n)


def cardinal(place: Place, at: int) -> tuple[int, int] | None:
    words = place.words
    found = number(place, at)
    if found:
        return found
    word = words[at]
    if word not in w.CARDINALS:
        return None
    n, end = w.CARDINALS[word], at + 1
    if word in w.TENS:
        unit = end + 1 if place.word(end) == "-" else end
        if 0 < w.ONES.get(place.word(unit), 0) < 10:
            n, end = n + w.ONES[words[unit]], unit + 1
    if place.word(end) in w.SCALES:
        n, end = n * w.SCALES[words[end]], end + 1
        if place.word(end) == "and" and (rest := w.CARDINALS.get(place.word(end + 1))) is not None:
            n, end = n + rest, end + 2
    return end, n


def unit(place: Place, at: int) -> tuple[int, str] | None:
    words = place.words
    kind = ""
    if words[at] in w.WORKING or words[at] in (
        "calendar",
        "consecutive",
        "clear",
        "full",
        "straight",
        "more",
        "further",
    ):
        kind, at = words[at], at + 1
    found = w.UNITS.get(place.word(at))
    if place.word(at) == "second" and place.word(at - 1) in ("a", "an"):
        return None  # “for a second time”: an ordinal
    if found is None:
        return None
    if kind in w.WORKING and found == "day":
        found = "working day"
    return at + 1, found


def season(place: Place, at: int) -> tuple[int, str] | None:
    found = w.SEASONS.get(place.words[at])
    return (at + 1, found) if found else None


def holiday(place: Place, at: int) -> tuple[int, str] | None:
    """The longest name that stands here, apostrophes aside."""
    words, name, end, best = place.words, "", at, None
    if words[at] not in _HOLIDAY_OPENINGS or not place.capital(at):
        return None
    while end < len(words) and end - at < 7:
        word = words[end]
        end += 1
        if word in _QUOTES or word == ".":
            continue
        name = f"{name} {'s' if word == APOSTROPHES['’s'] else word}".strip()
        if name in HOLIDAYS:
            best = end, name
    return best


_HOLIDAY_OPENINGS = frozenset(name.split()[0] for name in HOLIDAYS)


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
            if len(digits) == 2 and digits.isdigit() and int(digits) < 60:
                minute, told, end = int(digits), words[end] == ":", end + 2
        half_day = _half_day(place, end)
        if half_day:
            end, later = half_day
            hour = hour % 12 + (12 if later else 0)
        elif place.word(end) == "o" and place.word(end + 1) in _QUOTES and place.word(end + 2) == "clock":
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


PARTS: dict[str, Part] = {
    "dayno": day_number,
    "ordinal": ordinal,
    "rank": rank,
    "month": month,
    "weekday": weekday,
    "weekdays": plural_weekday,
    "yyyy": year,
    "fyear": fiscal_year,
    "count": count,
    "cardinal": cardinal,
    "unit": unit,
    "season": season,
    "holiday": holiday,
    "clock": clock,
    "daypart": day_part,
    "d1": figures((1, 2)),
    "d2": figures((2,)),
    "d4": figures((4,)),
    "digit": figures((1,)),
}

_NUMBER_WORDS = frozenset({*w.CARDINALS, *w.ORDINALS})
# The words that a part can begin with; "#" stands for figures.
OPENINGS: dict[str, frozenset[str]] = {
    "dayno": frozenset({"#"}),
    "ordinal": frozenset({"#", "twenty", "thirty", *w.ORDINALS}),
    "rank": frozenset({"#", "twenty", "thirty", "last", "final", "closing", "penultimate", "opening", *w.ORDINALS}),
    "month": frozenset(w.MONTHS),
    "weekday": frozenset(w.WEEKDAYS) - w.PLURAL_WEEKDAYS,
    "weekdays": w.PLURAL_WEEKDAYS,
    "yyyy": frozenset({"#"}),
    "fyear": frozenset({"#", *_QUOTES}),
    "count": frozenset({"#", "a", "an", "half", "several", "few", "many", "some", "numerous", *w.CARDINALS}),
    "cardinal": frozenset({"#", *w.CARDINALS}),
    "unit": frozenset(
        {*w.UNITS, *w.WORKING, "calendar", "consecutive", "clear", "full", "straight", "more", "further"}
    ),
    "season": frozenset(w.SEASONS),
    "holiday": _HOLIDAY_OPENINGS,
    "clock": frozenset({"#", "noon", "midday", "midnight", "close", "end", "cob"}),
    "daypart": frozenset(w.DAY_PARTS),
    "d1": frozenset({"#"}),
    "d2": frozenset({"#"}),
    "d4": frozenset({"#"}),
    "digit": frozenset({"#"}),
}
