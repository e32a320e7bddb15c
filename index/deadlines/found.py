"""What the deadline layer returns. Holds data, judges nothing."""

from dataclasses import dataclass
from datetime import date

from index.dates import FoundDate


@dataclass(frozen=True, slots=True)
class FoundDeadline:
    """A day by which somebody must or may act, or on which something ends, opens or takes effect.

    ``text[start:end]`` is the expression of time and ``text[sentence_start:sentence_end]`` its
    sentence, both offsets into the text that was read.
    """

    found: FoundDate
    due: date  # the last day that counts
    kind: str  # must, may, ends, begins, decided; hoped only where it was asked for
    what: str  # words of the sentence, without the day
    who: str | None
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    confidence: float  # 0 to 1; how plainly the sentence says that this day binds
    rule: str | None = None  # an iCalendar RRULE where it comes round again; ``due`` is then the first time
    moved_from: date | None = None  # the day that this sentence says no longer holds
    moved_span: tuple[date, date] | None = None  # the same as a span: “next month” may be any day of it
    moves: bool = False  # the sentence says that the day was moved, whether or not it tells from when
    time: str | None = None  # as printed: “noon (Brussels time)”


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one date in one sentence was judged, before the words for it are cut out."""

    binds: bool
    kind: str
    confidence: float
    why: str


NO = Verdict(False, "", 0.0, "")
