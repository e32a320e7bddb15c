"""Parts that take no room: they look around a word that is not always one of time.

“May I”, “2000 tonnes”, “the 20th century”, “a fall in prices”: each guard says in one place what must
stand beside the word for it to be a date. When in doubt a guard refuses.
"""

from index.dates import words as w
from index.dates.patterns import Part, Place

_DETERMINERS = frozenset("the its their his her our a an 's ' this that each any".split())
_MONTH_CUES = frozenset(
    "in since by of from until till to and during before after through for early late mid this last next every each "
    "between than around about or the a its their our 's beginning end start middle - -- ( , \n\n past previous "
    "following coming again on as that same with when".split()
)
_WEAK_YEAR_CUES = frozenset("of to than around about over and or as the into for".split())
_PLURALS_THAT_ARE_NO_THINGS = frozenset(
    "was is has does as this its his us years sales talks elections olympics games".split()
)
_NUMBERED = frozenset("the on by until till before from after to since for than and between or of through".split())
_PLAINLY_NUMBERED = frozenset("on by until till from before since".split())
_AFTER_A_NUMBERED_DAY = frozenset(
    "of at and to or but when if in for as with is was will unless rather instead after before because so while "
    "that which where since until by from on under would must could should may can has had this next last and "
    "than though although with without following amid despite were are be have had rose fell said not also only".split()
)


def _previous(place: Place, at: int) -> str:
    return place.word(at - 1)


def year_cue(place: Place, at: int) -> tuple[int, None] | None:
    """Four bare figures are a year after a word of time, or where they count nothing."""
    before, after = _previous(place, at), place.word(at + 1)
    number = place.words[at]
    long_ago = before in ("in", "since", "from") and not after.isalpha()
    if not (number.isdigit() and number.isascii()) or not (1400 if long_ago else 1800) <= int(number[:5]) <= 2100:
        return None
    if (before in "$€£¥#§" and before) or before in (
        "no",
        "nos",
        "article",
        "section",
        "resolution",
        "page",
        "room",
        "flight",
    ):
        return None
    counted = after.isalpha() and after.endswith("s") and after not in _PLURALS_THAT_ARE_NO_THINGS
    counted = counted or after in (
        "people",
        "percent",
        "million",
        "billion",
        "%",
        "km",
        "kg",
        "mw",
        "gmt",
        "tonnes",
        "euros",
    )
    if before in w.YEAR_CUES or before in ("(", ",", "-", "--", "/", ""):
        return None if counted and (before in _WEAK_YEAR_CUES or before not in w.YEAR_CUES) else (at, None)
    if counted:
        return None
    if before in _DETERMINERS:
        return at, None
    # “a treaty signed 1987.”, “World Cup 2026”: nothing is counted, so it is no quantity.
    return (at, None) if not after or not after.isalpha() else None


def month_alone(place: Place, at: int) -> tuple[int, None] | None:
    """A month without day or year: “May”, “March” and “April” are also a verb, a walk and a name."""
    word, before = place.words[at], _previous(place, at)
    if word in w.ABBREVIATED_MONTHS and word in w.MONTHS_THAT_ARE_WORDS and place.word(at + 1) != ".":
        return None
    if word not in w.MONTHS_THAT_ARE_NAMES and word not in w.MONTHS_THAT_ARE_WORDS:
        return at, None
    following = place.word(at + 1)
    if before in _MONTH_CUES and before != ",":
        name = place.capital(at + 1) and following not in w.MONTHS and following not in w.WEEKDAYS
        return (
            None
            if name and before in ("and", "the", "for", "with", "-", "--", "\n\n", "(", "a", "on", "as")
            else (at, None)
        )
    if before == "." and place.word(at - 2) in ("mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov"):
        return None
    if word == "may" or (before.isalpha() and place.capital(at - 1)):
        return None
    return (at, None) if not place.capital(at + 1) else None


def season_cue(place: Place, at: int) -> tuple[int, None] | None:
    """A bare season: “in the spring”, “by autumn”; never “a fall in prices” or “the spring water”."""
    before, after = _previous(place, at), place.word(at + 1)
    if before == "the":
        before = place.word(at - 2)
        if place.words[at] == "fall" and after in ("of", "in", "from", "to"):
            return None
    elif place.words[at] in ("fall", "spring") and before not in ("in", "by", "since", "until"):
        return None
    cue = before in (
        "in",
        "by",
        "since",
        "until",
        "till",
        "during",
        "for",
        "from",
        "before",
        "after",
        "through",
        "of",
        "over",
    )
    return (
        (at, None) if cue and (not after.isalpha() or after in _AFTER_A_NUMBERED_DAY or after in w.YEAR_CUES) else None
    )


_APPOSED_TO = w.MONTHS.keys() | w.WEEKDAYS.keys() | {"week", "month", "fortnight"}


def numbered_day(place: Place, at: int) -> tuple[int, None] | None:
    """Before “the 10th”: a word that a day can follow."""
    before = _previous(place, at)
    if (
        before == ","
        and place.word(at - 2) in _APPOSED_TO
        and not place.word(at + (3 if place.word(at + 1).isdigit() else 2)).isalnum()
    ):
        return at, None  # “Friday fortnight, the 28th”
    if before == "is" and place.word(at - 2) in ("deadline", "date", "day", "cutoff"):
        return at, None
    if place.word(at + 2) in ("and", "or", ",") and place.word(at + 3) in w.ORDINALS and place.word(at + 4).isalpha():
        return None  # “on the first and second anniversaries”
    if place.word(at + 1) in w.ORDINALS and before not in _PLAINLY_NUMBERED:
        return None  # “the first two and the third”: spelt out, it is seldom a day
    return (at, None) if before in _NUMBERED else None


def no_noun(place: Place, at: int) -> tuple[int, None] | None:
    """After “the 10th”: no noun that it would count (“the 10th amendment”)."""
    after = place.word(at)
    if (
        place.words[at - 1] in ("st", "nd", "rd", "th")
        and place.word(at - 4) == "on"
        and place.capital(at - 4)
        and place.capital(at)
    ):
        return at, None  # “On the 24th MPs are to …”
    if after == "-" or after == "'s" or (after.isalpha() and after not in _AFTER_A_NUMBERED_DAY):
        return None
    return at, None


_NO_THAN = frozenset("than the a its their".split())
_SUBJECTS = frozenset("they it he she we you i his her".split())  # “14 days before they strike”


def no_than(place: Place, at: int) -> tuple[int, None] | None:
    """“two months later” but not “two months later than planned”."""
    return (
        None
        if place.word(at) in (_NO_THAN | _SUBJECTS if _previous(place, at) == "before" else _NO_THAN)
        else (at, None)
    )


def closes(place: Place, at: int) -> tuple[int, None] | None:
    """“Three weeks on, …”: nothing that “on” would belong to follows."""
    return None if place.word(at).isalnum() else (at, None)


def no_verb(place: Place, at: int) -> tuple[int, None] | None:
    """“is to last 60 days”: “last” is a verb there."""
    return None if place.words[at] == "last" and _previous(place, at) in _BEFORE_VERBS else (at, None)


_BEFORE_VERBS = frozenset("to will would may might must can could should shall not".split())


def date_cue(place: Place, at: int) -> tuple[int, None] | None:
    """“5/11” without a year is a fraction or a score unless a word of time stands before it."""
    return (
        (at, None) if _previous(place, at) in ("by", "on", "until", "till", "before", "from", "since", "to") else None
    )


def whole_number(place: Place, at: int) -> tuple[int, None] | None:
    """No figure is glued to either side: a numeric date is not part of a longer number or a path."""
    after = place.word(at)
    if place.glued(at) and (after.isalnum() or after in ("/", "_")) and after:
        return None
    if place.glued(at) and after in (".", "-") and place.glued(at + 1) and place.word(at + 1).isdigit():
        return None
    return at, None


def stands_free(place: Place, at: int) -> tuple[int, None] | None:
    before = _previous(place, at)
    if place.glued(at) and (before.isalnum() or before in ("/", "-", ".", "_", ",", "$", "€", "£")) and before:
        return None
    return at, None


def during(place: Place, at: int) -> tuple[int, None] | None:
    """“for the year”, “in the quarter”; “of the year” mostly says of what kind."""
    return (at, None) if _previous(place, at) in ("for", "in", "during", "throughout") else None


_SPENDING = frozenset(
    "for in over within after of took take takes taking last lasts lasted recent spent spend needs need".split()
)


def plural_cue(place: Place, at: int) -> tuple[int, None] | None:
    """Bare “months”, “years”: only where a word makes a stretch of time of them."""
    before = _previous(place, at)
    return (at, None) if before in _SPENDING else None


def not_counted_on(place: Place, at: int) -> tuple[int, None] | None:
    """“be in two days before that”: the two days belong to what follows."""
    return None if place.word(at) in ("before", "after", "ahead") else (at, None)


def on_or_by(place: Place, at: int) -> tuple[int, None] | None:
    """Before “the first anniversary of …”: told as a day, not as a feast."""
    return (at, None) if _previous(place, at) in ("on", "by", "until", "before", "than") else None


def not_of(place: Place, at: int) -> tuple[int, None] | None:
    """“the first half of it”: a half of something else than the year."""
    return None if place.word(at) == "of" else (at, None)


def closes_or_goes_on(place: Place, at: int) -> tuple[int, None] | None:
    """“the year before and …”: no noun or clause that “before” would belong to."""
    return (at, None) if place.word(at) in _GOES_ON or not place.word(at).isalnum() else None


_GOES_ON = frozenset("and but or to from with while when as in on at by for".split())


def looks_back(place: Place, at: int) -> tuple[int, None] | None:
    """“the first time in six months”, “the worst crop in 20 years”: a stretch that has passed."""
    front = place.words[max(0, at - 4) : at]
    ranked = any(word in _RANKS or (word.endswith("est") and word not in _NO_RANKS) for word in front)
    return (at, None) if ranked else None


_RANKS = frozenset("first second third fourth fifth only worst best most least".split())
_NO_RANKS = frozenset(
    "request interest west rest test protest latest arrest forest harvest invest guest contest quest".split()
)


GUARDS: dict[str, Part] = {
    "_year_cue": year_cue,
    "_month_alone": month_alone,
    "_season_cue": season_cue,
    "_numbered_day": numbered_day,
    "_no_noun": no_noun,
    "_no_than": no_than,
    "_date_cue": date_cue,
    "_closes": closes,
    "_no_verb": no_verb,
    "_whole": whole_number,
    "_free": stands_free,
    "_plural_cue": plural_cue,
    "_during": during,
    "_looks_back": looks_back,
    "_closes_or_on": closes_or_goes_on,
    "_not_of": not_of,
    "_on_or_by": on_or_by,
    "_counted": not_counted_on,
}
