"""What is known while one expression is resolved, and the rules that choose among its readings.

Owns the choice of year, of direction and of order. Reads no words itself: the tense comes from
``tense``, the earlier mention and the neighbouring year from ``find``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from index.dates import almanac
from index.dates.almanac import Span
from index.dates.found import Offset, Order, Tense, TimeOfDay
from index.dates.tense import Look


@dataclass(slots=True)
class Context:
    """The surroundings of one expression. ``today`` marks that the reading rests on the day of publication."""

    published: date | None
    order: Order | None
    look: Callable[[], Look]
    mention: Span | None = None  # the calendar span that was told last before this one
    mention_near: bool = False  # and it stands in the same sentence
    day: Span | None = None  # the day that was told last, whatever month or half-year has been told since
    period: Span | None = None  # the month, quarter or half that was told last
    year: int | None = None  # told by the other end of a range
    event: Callable[[str], date | None] | None = None
    counted_from: bool = False  # the day resolved now is only counted from: what comes of it has the tense
    used_published: bool = False
    used_mention: bool = False
    used_tense: Tense | None = None
    used_event: date | None = None

    def today(self) -> date | None:
        self.used_published = True
        return self.published

    def told(self) -> Span | None:
        """The last mention where there is one, else the day of publication."""
        if self.mention is not None:
            self.used_mention = True
            return self.mention
        today = self.today()
        return almanac.day(today) if today else None

    def told_day(self) -> Span | None:
        """The day told last, else as ``told``."""
        if self.day is None:
            return self.told()
        self.mention, self.used_mention = self.day, True
        return self.day

    def tense(self) -> Tense | None:
        self.used_tense = self.look().tense
        return self.used_tense


@dataclass(slots=True)
class Meaning:
    """What a form was understood to say, before it is known when it was said."""

    resolve: Callable[[Context], Span | None]
    granularity: str
    value: str = ""  # where it does not resolve
    year: int | None = None  # the year it names itself
    open_year: bool = False  # it names a day or month and leaves the year open
    time: TimeOfDay | None = None
    offset: Offset | None = None
    amount: tuple[int, str] | None = None
    rule: str | None = None
    ranked: bool = False  # a bare “the 10th”: only worth keeping where it resolves


def nowhere(granularity: str, value: str, limit: Callable[[Context], date | None] | None = None) -> Meaning:
    """A meaning without a place in the calendar: a duration, a vague word, a set."""

    def resolve(ctx: Context) -> Span | None:
        return Span(None, None, granularity, value, limit(ctx) if limit else None)

    return Meaning(resolve, granularity, value)


def choose_year(
    ctx: Context, make: Callable[[int], Span | None], wanted: Callable[[Span], bool] | None = None
) -> Span | None:
    """A day or month without its year: the one that fits the tense, else the nearest."""
    if ctx.year is not None:
        return make(ctx.year)
    today = ctx.today()
    if today is None:
        return None
    around = [span for y in range(today.year - 1, today.year + 2) if 0 < y < 9999 and (span := make(y)) and span.first]
    if wanted:
        # The weekday beside it tells the year, if need be a few years off.
        near = [span for span in around if wanted(span)]
        around = near or around
    if not around:
        around = [span for y in _rings(today.year) if (span := make(y)) and span.first]  # 29 February
    if not around:
        return None
    tense, sure, over = ctx.look()
    ctx.used_tense = tense
    nearest = min(around, key=lambda span: _distance(span, today))
    chosen = _directed(around, today, tense) or nearest
    # A verb may be misread; what lies a few days off is seldom meant to be most of a year away.
    reach = _AHEAD_REACH.get(chosen.granularity, 15) if tense == "ahead" else 15
    if not sure and _distance(chosen, today) > 200 and _distance(nearest, today) < reach:
        chosen = nearest
    if tense == "ahead" and (over or ctx.counted_from) and nearest is not chosen:
        chosen, ctx.used_tense = nearest, "past"
    return chosen.but(others=tuple(span for span in around if span is not chosen and _distance(span, today) < 250))


# Days by which something may lie behind though the verb looks ahead: “will be as weak as the third quarter”.
_AHEAD_REACH = {"day": 45, "quarter": 100, "half": 100}


def much_nearer(one: Span, other: Span, today: date) -> bool:
    """For weekdays and numbered days, which come again so soon that the nearer one alone proves little."""
    return 2 * _distance(one, today) <= _distance(other, today)


def _rings(year: int) -> Iterable[int]:
    for distance in range(9):
        yield from (year - distance, year + distance)


def _directed(spans: list[Span], today: date, tense: Tense | None) -> Span | None:
    if tense == "past":
        fitting = [span for span in spans if span.first and span.first <= today]
        return fitting[-1] if fitting else None
    if tense == "ahead":
        return next((span for span in spans if span.last and span.last >= today), None)
    return None


def _distance(span: Span, today: date) -> int:
    assert span.first and span.last
    if span.first <= today <= span.last:
        return 0
    return min(abs((span.first - today).days), abs((span.last - today).days))


def choose_weekday(ctx: Context, weekday: int) -> Span | None:
    """A bare weekday: behind it is the last one, the day of publication included; ahead the next after it."""
    today = ctx.today()
    if today is None:
        return None
    behind = almanac.day(almanac.on_or_before(today, weekday))
    ahead = almanac.day(almanac.on_or_after(today + timedelta(1), weekday))
    if ctx.tense() == "ahead":
        if not ctx.look().over or not much_nearer(behind, ahead, today):
            return ahead.but(others=(behind,))
        ctx.used_tense = "past"
    return behind.but(others=(ahead,))
