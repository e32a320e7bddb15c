"""The parts that patterns are made of, in one table: months, weekdays, units, holidays, and those of ``numbers`` and ``clock``.

A part takes a place and returns its end and its value, or None. Names that start with an underscore
take no room: they only look at what stands around, where a word alone could mean something else.
"""

from index.dates import words as w
from index.dates.clock import clock, day_part
from index.dates.holidays import HOLIDAYS
from index.dates.numbers import QUOTES, cardinal, count, day_number, figures, fiscal_year, ordinal, rank, year
from index.dates.patterns import Part, Place
from index.dates.tokens import APOSTROPHES, PARAGRAPH


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
        if word == PARAGRAPH:
            break
        end += 1
        if word in QUOTES or word == ".":
            continue
        name = f"{name} {'s' if word == APOSTROPHES['’s'] else word}".strip()
        if name in HOLIDAYS:
            best = end, name
    return best


_HOLIDAY_OPENINGS = frozenset(name.split()[0] for name in HOLIDAYS)


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
    "fyear": frozenset({"#", *QUOTES}),
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
