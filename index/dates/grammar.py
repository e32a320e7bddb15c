"""The table of forms, put together, and the question it answers: what stands at this word?

Owns the parts that are made of forms themselves (a date inside a date, a year that is told in
words, an event). Resolves nothing.
"""

from typing import Any

from index.dates import forms_days, forms_offsets, forms_periods
from index.dates import words as w
from index.dates.context import Meaning
from index.dates.days import YearRef
from index.dates.guards import GUARDS
from index.dates.numbers import figures
from index.dates.parts import OPENINGS, PARTS
from index.dates.patterns import NEAR, REACH, Form, Part, Place, needs, openings

DATE_FORMS = forms_days.FORMS + forms_periods.FORMS
FORMS = DATE_FORMS + forms_offsets.FORMS
_DEEPEST = 4  # “the end of the second week of the first quarter of next year”; more is no English

_WHICH = {
    "this": (0, False), "current": (0, False), "present": (0, False),
    "next": (1, False), "coming": (1, False), "upcoming": (1, False), "following": (1, True),
    "last": (-1, False), "latest": (-1, False), "past": (-1, False), "previous": (-1, True), "preceding": (-1, True), "prior": (-1, True),
}  # fmt: skip
_ADJECTIVES = frozenset("annual semiannual semiannually biannual biweekly biennial".split())
_LONG = {"daylong": "day", "weeklong": "week", "monthlong": "month", "yearlong": "year", "decadelong": "decade"}
_ADVERBS = frozenset("annually yearly monthly weekly daily quarterly hourly nightly fortnightly".split())


def _which(place: Place, at: int) -> tuple[int, tuple[int, bool, str]] | None:
    word = place.words[at]
    found = _WHICH.get(word)
    if found is None:
        return None
    if word == "next" and place.word(at - 1) == "the":
        return at + 1, (1, True, "following")  # “the next month” follows what was told
    return at + 1, (*found, word)


def _word_of(choices: frozenset[str]) -> Part:
    return lambda place, at: (at + 1, place.words[at]) if place.words[at] in choices else None


def _many_units(place: Place, at: int) -> tuple[int, str] | None:
    word = place.words[at]
    return (at + 1, w.UNITS[word]) if word in w.PLURAL_UNITS else None


def _one_unit(place: Place, at: int) -> tuple[int, str] | None:
    word = place.words[at]
    return (at + 1, w.UNITS[word]) if word in w.UNITS and word not in w.PLURAL_UNITS else None


def _long_unit(place: Place, at: int) -> tuple[int, str] | None:
    word = place.words[at]
    return (at + 1, _LONG[word]) if word in _LONG else None


def _decade_name(place: Place, at: int) -> tuple[int, int] | None:
    singular = place.words[at].removesuffix("ies") + "y"
    return (at + 1, w.TENS[singular]) if place.words[at].endswith("ies") and singular in w.TENS else None


class _Nested:
    """A date inside another expression: the longest that stands there, to a fixed depth."""

    def __init__(self) -> None:
        self.depth = 0

    def __call__(self, place: Place, at: int) -> tuple[int, Meaning] | None:
        if self.depth >= _DEEPEST:
            return None
        self.depth += 1
        try:
            found = _longest(place, at, _NESTED_BY_WORD)
        finally:
            self.depth -= 1
        return found and (found[0], found[2])


def _some_year(place: Place, at: int) -> tuple[int, YearRef] | None:
    found = PARTS["fyear"](place, at)
    if found:
        return found[0], YearRef(found[1])
    if place.words[at] not in ("this", "next", "last", "that", "the", "same"):
        return None
    nested = place.part("date", at)
    if nested and nested[1].granularity == "year" and place.words[at : nested[0]] != ["the", "year"]:
        return nested[0], YearRef(None, nested[1])
    return None


_LONGEST_EVENT = 14  # tokens
_EVENT_ENDS = frozenset(
    "or and but unless if who that will must would shall said says could should can cannot while because so although "
    "with under against rather instead to when until before unless".split()
)
_EVENT_OPENERS = (
    ["the", "date", "on", "which"],
    ["the", "day", "on", "which"],
    ["the", "date", "of"],
    ["the", "day", "of"],
    ["when"],
)
_HANGING = frozenset("the a an of to by on in at for from its their his her as into when".split())


# A clause has begun behind the noun: “within six months of the ruling the firm has to …”.
_FINITE = frozenset("has have had is are was were does do did".split())
_JOINS_NOUNS = frozenset("of the a an its their his her by to on in at for from and 's - 's into under with".split())


def _noun_ends(place: Place, at: int, opened: int) -> bool:
    """Whether the noun that began at ``opened`` is over at ``at``: a verb, an article or a name follows it."""
    word, before = place.words[at], place.words[at - 1]
    if word in _FINITE:
        return True
    if at - opened < 2 or before in _JOINS_NOUNS:
        return False
    if place.capital(at) and not place.capital(at - 1):
        return True
    return word in ("the", "a", "an", "each", "any", "both", "it", "they") and not before.endswith("ing")


_PRONOUNS = frozenset("they it he she we you i this that then".split())


def _event(place: Place, at: int) -> tuple[int, str | Meaning] | None:
    """What happens, in the text's words, to the end of the clause; or its day, where the words tell it."""
    words = place.words
    noun = place.word(at - 1) in ("of", "from", "since")
    opened = at
    for opener in _EVENT_OPENERS:
        if words[at : at + len(opener)] == opener:
            at += len(opener)
            break
    end = at
    while end < len(words) and end - at < _LONGEST_EVENT:
        word = words[end]
        if word in _EVENT_ENDS or not (word.isalnum() or word in ("'", "’", "-", "'s", "%")):
            break
        if noun and end > at and _noun_ends(place, end, opened):
            break
        if end > at and (word in w.MONTHS or word in w.WEEKDAYS or word[0].isdigit()):
            nested = place.part("date", end)
            if nested:
                if words[end - 1] in ("on", "of", "in"):
                    return nested[0], nested[1]
                break
        end += 1
    while end > at and words[end - 1] in _HANGING:
        end -= 1
    if (
        words[at] in w.WEEKDAYS
        or words[at] in w.MONTHS
        or words[at] in ("today", "tomorrow", "yesterday", "that", "then")
    ):
        return None  # that is a date, not an event
    if end == at or not words[at].isalpha() or words[at] in _HANGING - {"the", "a", "an", "its", "their", "his", "her"}:
        return None
    if all(word in _HANGING for word in words[at:end]) or (end == at + 1 and words[at] in _PRONOUNS):
        return None
    return end, place.slice(at, end)


_nested = _Nested()
_ALL_PARTS: dict[str, Part] = {
    **PARTS,
    **GUARDS,
    "which": _which,
    "edge": _word_of(frozenset({"first", "last"})),
    "adverb": _word_of(_ADVERBS),
    "adjective": _word_of(_ADJECTIVES),
    "longunit": _long_unit,
    "manyunits": _many_units,
    "oneunit": _one_unit,
    "decadename": _decade_name,
    "yearfigures": figures((2, 4)),
    "yeartail": figures((2, 4)),
    "someyear": _some_year,
    "date": _nested,
    "event": _event,
}
_ALL_OPENINGS = {
    **OPENINGS,
    "which": frozenset(_WHICH),
    "edge": frozenset({"first", "last"}),
    "adverb": _ADVERBS,
    "adjective": _ADJECTIVES,
    "longunit": frozenset(_LONG),
    "manyunits": w.PLURAL_UNITS,
    "oneunit": frozenset(w.UNITS) - w.PLURAL_UNITS,
    "decadename": frozenset(ten.removesuffix("y") + "ies" for ten in w.TENS),
    "yearfigures": frozenset({"#"}),
    "yeartail": frozenset({"#"}),
}


# Parts that begin with one of a few words: a form that holds one is only tried where such a word stands near.
_CLOSED = {
    name: _ALL_OPENINGS[name]
    for name in ("month", "weekday", "weekdays", "unit", "oneunit", "manyunits", "season", "daypart", "adverb", "which")
}


class _Wanted:
    """The sets of words that forms need near them, a bit each: what stands near a word is then one number."""

    def __init__(self) -> None:
        self._bits: dict[frozenset[str], int] = {}
        self.by_word: dict[str, int] = {}

    def all_of(self, sets: tuple[frozenset[str], ...]) -> int:
        wanted = 0
        for words in sets:
            if words not in self._bits:
                bit = self._bits[words] = 1 << len(self._bits)
                for word in words:
                    self.by_word[word] = self.by_word.get(word, 0) | bit
            wanted |= self._bits[words]
        return wanted


_WANTED = _Wanted()


def _by_word(forms: list[Form]) -> dict[str, list[Form]]:
    """The forms that can begin with each word; "#" stands for figures."""
    table: dict[str, list[Form]] = {}
    for form in forms:
        near, far = needs(form, _CLOSED)
        form.near, form.far = _WANTED.all_of(near), _WANTED.all_of(far)
        words, parts = openings(form)
        for part in parts:
            words |= _ALL_OPENINGS[part]
        for word in words:
            table.setdefault(word, []).append(form)
    return table


_NESTED_BY_WORD = _by_word(DATE_FORMS + forms_periods.NESTED)
_BY_WORD = _by_word(FORMS)
# Words so common that the next word is looked at before any form is tried.
_COMMON = frozenset(
    "the a an in all some many few this that same half second past more last first next no on every under".split()
)
_TIME_WORDS = (frozenset(_BY_WORD) | frozenset(w.UNITS) | {"few", "couple", "dozen", "hundred", "-", "of", "other", "very", "near",
    "distant", "foreseeable", "immediate", "same", "previous", "calendar", "fiscal", "financial", "further", "new", "working",
    "business", "day", "half", "full", "latest", "weekend", "rest", "week", "year", "coming", "current", "recent", "future", "remainder",
    "balance", "middle", "midpoint", "early", "night", "evening", "morning", "afternoon", "alternate", "or", "later", "more", "but",
    "good", "whole", "time", "long", "mere", "weekdays", *w.PLURAL_WEEKDAYS,
    "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"}) - {"the", "a", "an", "in", "some", "many", "no", "this"} | {"the"}  # fmt: skip
_AFTER_FIGURES = frozenset(w.MONTHS) | frozenset(w.UNITS) | w.SUFFIXES | w.WORKING | frozenset(
    "/ . - : to and or until till through of am pm a p o q s the noon midnight half hundred thousand more full further calendar "
    "consecutive clear straight additional , h".split()
)  # fmt: skip


def place_in(tokens: Any) -> Place:
    return Place(tokens, _ALL_PARTS)


def can_open(place: Place, at: int) -> bool:
    """A cheap look at one or two words, so that most of a text is passed over at once."""
    word = place.words[at]
    if word in _BY_WORD:
        if word in _COMMON:
            following = place.word(at + 1)
            if word == "half":
                return following in ("a", "an", "-")
            if word == "in" and following in ("a", "an"):
                following = place.word(at + 2)
            return following in _TIME_WORDS or following.isdigit()
        return True
    if word.isdigit():
        return len(word) == 4 or (len(word) < 7 and place.word(at + 1) in _AFTER_FIGURES)
    return False


def longest(place: Place, at: int) -> tuple[int, Form, Meaning] | None:
    """The longest form at this word: its end and what it means. The first in the table wins a tie."""
    return _longest(place, at, _BY_WORD)


def clock_at(place: Place, at: int) -> tuple[int, Any] | None:
    return place.part("clock", at) if at < len(place.words) else None


def _longest(place: Place, at: int, table: dict[str, list[Form]]) -> tuple[int, Form, Meaning] | None:
    word = place.words[at]
    best: tuple[int, Form, Meaning] | None = None
    near = far = 0
    wanted = _WANTED.by_word
    for other in place.words[at : at + NEAR]:
        near |= wanted.get(other, 0)
    for other in place.words[at + NEAR : at + REACH]:
        far |= wanted.get(other, 0)
    far |= near
    for form in table.get("#" if word.isdigit() else word, ()):
        if form.near & ~near or form.far & ~far:
            continue
        found = place.match(form, at)
        if found is None or (best and found[0] <= best[0]):
            continue
        meaning = form.build(**found[1])
        if meaning is not None:
            best = found[0], form, meaning
    return best
