"""Finds the expressions of time in a text and resolves them in the order in which they stand.

Owns the walk over the text and what one expression knows of the others: the last mention, the year
at the other end of a range, the order of day and month. Linear in the text: each place is looked at
once, and no form reaches further than its own few words.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

from index.dates import grammar, readings
from index.dates.almanac import Span
from index.dates.context import Context, Meaning
from index.dates.found import FoundDate, Order
from index.dates.order import order_of
from index.dates.patterns import Form, Place
from index.dates.sentences import sentence_starts
from index.dates.tense import Look, tense_at
from index.dates.tokens import Tokens, tokenize

EventDay = Callable[[str], date | None]

_RANGE_WORDS = frozenset({"to", "and", "until", "till", "through", "-", "--", "or"})
_CALENDAR = frozenset({"day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade"})
# What is only compared with: “$3 million, up from $2 million a year earlier”; the next one counts from the same period.
_COMPARED = frozenset({"earlier", "unit-ago", "the unit before"})
_PERIODS = frozenset({"month", "quarter", "half"})
_MENTION_REACH = 3  # sentences over which “the same day” looks back


def find_dates(
    text: str,
    published: date | None,
    *,
    order: Order | None = None,
    anchors: EventDay | None = None,
    starts: list[int] | None = None,
) -> list[FoundDate]:
    """Every expression of time in ``text``, left to right, none overlapping another.

    ``published`` is the day the words were written; None where it is unknown, and then only what
    names its own year is resolved. ``order`` settles figures such as 3/4/2025; without it the text's
    other dates do. ``anchors`` tells the day of an event that is only named (“the licence taking
    effect”). ``starts`` are the offsets at which sentences start, where the caller knows them.
    """
    if isinstance(published, datetime):
        published = published.date()
    tokens = tokenize(text, starts if starts else sentence_starts(text))
    place = grammar.place_in(tokens)
    walk = _Walk(tokens, published, order or order_of(text), anchors)
    return [found for match in _paired(list(_matches(place)), tokens) if (found := walk.resolve(*match))]


def _matches(place: Place) -> Iterator[tuple[int, int, Form, Meaning]]:
    at, size = 0, len(place.words)
    while at < size:
        found = grammar.longest(place, at) if grammar.can_open(place, at) else None
        if found is None:
            at += 1
            continue
        end, form, meaning = found
        if meaning.granularity == "day" and meaning.time is None and end < size:
            end, meaning = _with_time(place, end, meaning)
        yield at, end, form, meaning
        at = end


def _with_time(place: Place, end: int, meaning: Meaning) -> tuple[int, Meaning]:
    """“Friday at noon”, “5 March, 17:00 GMT”: the clock that follows belongs to the day."""
    at = end + (place.word(end) == ",")
    at += place.word(at) in ("at", "by", "before")
    clock = grammar.clock_at(place, at)
    return (clock[0], replace(meaning, time=clock[1])) if clock else (end, meaning)


def _paired(
    matches: list[tuple[int, int, Form, Meaning]], tokens: Tokens
) -> Iterator[tuple[int, int, Form, Meaning, int | None]]:
    """Each match with the year that the other end of its range tells (“from March to May 2026”)."""
    for index, (i, j, form, meaning) in enumerate(matches):
        year = None
        if meaning.open_year and index + 1 < len(matches):
            following = matches[index + 1]
            between = tokens.words[j : following[0]]
            if (
                len(between) <= 2
                and between
                and between[0] in _RANGE_WORDS
                and following[3].granularity == meaning.granularity
            ):
                year = following[3].year
        yield i, j, form, meaning, year


class _Walk:
    """What is remembered from one expression to the next."""

    def __init__(self, tokens: Tokens, published: date | None, order: Order | None, anchors: EventDay | None) -> None:
        self.tokens = tokens
        self.published = published
        self.order = order
        self.anchors = anchors
        self.mention: Span | None = None
        self.period: Span | None = None
        self.day: Span | None = None
        self.mention_in = self.period_in = self.day_in = -99

    def resolve(self, i: int, j: int, form: Form, meaning: Meaning, year: int | None) -> FoundDate | None:
        tokens = self.tokens
        sentence = tokens.sentence_of(i)
        seen: list[Look] = []

        def look() -> Look:
            if not seen:
                seen.append(tense_at(tokens, i, j))
            return seen[0]

        near = sentence - self.mention_in <= _MENTION_REACH
        ctx = Context(
            published=self.published,
            order=self.order,
            look=look,
            mention=self.mention if near else None,
            mention_near=sentence == self.mention_in,
            day=self.day if sentence - self.day_in <= _MENTION_REACH else None,
            period=self.period if sentence - self.period_in <= 2 * _MENTION_REACH else None,
            year=year,
            event=self.anchors,
        )
        try:
            span = meaning.resolve(ctx)
        except (OverflowError, ValueError):  # outside the years 1 to 9999
            span = None
        if span is None or span.first is None:
            if meaning.ranked:
                return None
        elif span.granularity in _CALENDAR and form.name not in _COMPARED:
            self.mention, self.mention_in = span, sentence
            if span.granularity == "day":
                self.day, self.day_in = span, sentence
            if span.granularity in _PERIODS:
                self.period, self.period_in = span, sentence
        return readings.found(tokens, i, j, form.name, meaning, span, ctx)
