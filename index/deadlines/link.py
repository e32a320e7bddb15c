"""Links the deadlines of many articles: one thread for one thing due, and where its day was moved.

Pure: plain data in, plain data out, nothing is stored. A day moves only where a newer article says
so (“extended”, “instead of”, “now”); two days that merely differ stay two threads, because a wrong
“it moved” is worse than two reminders.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from index.deadlines.anchors import content
from index.deadlines.found import FoundDeadline

_SAME_DAY = 0.2  # likeness from which two tellings of one day are one thing
_MOVED = 0.25  # likeness from which another day, with a moving cue, is the same thing moved
_MOVED_FROM = 0.05  # enough where the old day is told and fits
_SENTENCE_WEIGHT = 0.8
_WORD = re.compile(r"[a-z]+")
_CALENDAR_WORDS = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday end day week month year quarter midnight noon deadline due date until later "
    "extended postponed moved put off back pushed now instead rather than".split()
)


@dataclass(frozen=True, slots=True)
class Told:
    """One deadline as one article tells it. ``group`` is alike for near-duplicate articles (reprints)."""

    deadline: FoundDeadline
    article: Hashable
    published: date | None
    sentence: str = ""
    title: str = ""
    group: Hashable | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """What became of one ``Told``: tellings with one ``thread`` are the same thing.

    ``first`` is the index of the telling that was first of that day, so that it is shown once;
    ``chain`` are all the thread's days in the order in which they held, the last one holds now.
    """

    thread: int
    first: int
    moved_to: date | None
    chain: tuple[date, ...]

    @property
    def holds(self) -> bool:
        return self.moved_to is None


@dataclass(slots=True)
class _Thread:
    number: int
    members: list[int] = field(default_factory=list)
    chain: list[date] = field(default_factory=list)


def link(
    told: Sequence[Told],
    similarity: Callable[[int, int], float] | None = None,
    related: Callable[[int, int], bool] = lambda one, other: True,
) -> list[Link]:
    """One ``Link`` for each of ``told``, in its order.

    ``similarity`` may compare two of them by their indices (a cosine of embeddings, 0 to 1); without
    it their words do: shared stems, rare ones counting more. ``related`` says whether the articles of
    two of them are on one matter at all: the licences of two deals end in the same words.
    """
    words = _Words(told)
    threads: list[_Thread] = []
    by_day: dict[date, dict[int, _Thread]] = {}  # those in whose chain the day is, by their numbers

    def near(k: int, among: Iterable[_Thread]) -> list[_Thread]:
        return [thread for thread in among if related(k, thread.members[0])]

    order = sorted(range(len(told)), key=lambda k: (told[k].published or date.max, k))
    for k in order:
        mine = told[k].deadline
        # Most tellings are settled by those of the same day, which are few; only one that moves a day looks at all.
        alike = by_day.setdefault(mine.due, {})
        thread = _same(k, told, near(k, (alike[number] for number in sorted(alike))), words, similarity)
        if thread is None:
            thread = _moved(k, told, near(k, threads), words, similarity) if mine.moves else None
            if thread is None:
                thread = _Thread(len(threads))
                threads.append(thread)
            thread.chain.append(mine.due)
            alike[thread.number] = thread
        thread.members.append(k)
    return _links(told, threads)


def _links(told: Sequence[Told], threads: list[_Thread]) -> list[Link]:
    links: dict[int, Link] = {}
    for thread in threads:
        first: dict[date, int] = {}
        for k in thread.members:
            due = told[k].deadline.due
            first.setdefault(due, k)
            # The last time it held: a day that was moved to, away and back again holds.
            place = len(thread.chain) - 1 - thread.chain[::-1].index(due)
            moved_to = thread.chain[place + 1] if place + 1 < len(thread.chain) else None
            links[k] = Link(thread.number, first[due], moved_to, tuple(thread.chain))
    return [links[k] for k in range(len(told))]


def _likeness(k: int, thread: _Thread, words: "_Words", similarity: Callable[[int, int], float] | None) -> float:
    best = 0.0
    for other in thread.members:
        best = max(best, words.likeness(k, other), similarity(k, other) if similarity else 0.0)
    return best


def _same(
    k: int,
    told: Sequence[Told],
    threads: list[_Thread],
    words: "_Words",
    similarity: Callable[[int, int], float] | None,
) -> _Thread | None:
    """Of the threads that have this very day: the one that it is told in by another article or sentence."""
    due, group = told[k].deadline.due, told[k].group
    best: tuple[float, _Thread] | None = None
    for thread in threads:
        if due != thread.chain[-1] and told[k].deadline.moves:
            continue  # moved back to a day that held before: a new link of the chain
        if _opposed(told[k].deadline, told, thread):
            continue
        score = _likeness(k, thread, words, similarity)
        if group is not None and any(told[m].group == group and told[m].deadline.due == due for m in thread.members):
            score += _SAME_DAY / 2  # a reprint tells the same things
        if score >= _SAME_DAY and (best is None or score > best[0]):
            best = score, thread
    return best[1] if best else None


def _moved(
    k: int,
    told: Sequence[Told],
    threads: list[_Thread],
    words: "_Words",
    similarity: Callable[[int, int], float] | None,
) -> _Thread | None:
    """The thread whose day this telling, which says that it moves one, moves."""
    mine = told[k].deadline
    best: tuple[float, _Thread] | None = None
    for thread in threads:
        latest = [m for m in thread.members if told[m].deadline.due == thread.chain[-1]]
        if any(told[m].article == told[k].article for m in latest) or not _newer(k, told, thread):
            continue
        score = _likeness(k, thread, words, similarity)
        fits = _fits(mine, thread.chain[-1])
        alone = fits and sum(other.chain[-1] == thread.chain[-1] for other in threads) == 1
        if _opposed(mine, told, thread):
            continue
        if mine.moved_from is not None and not fits:
            continue  # it names another old day than this thread's
        if score < (0.0 if alone else _MOVED_FROM if fits else _MOVED):
            continue
        if best is None or score + fits > best[0]:
            best = score + fits, thread
    return best[1] if best else None


def _fits(mine: FoundDeadline, day: date) -> bool:
    """The old day that the telling names is this one, or a span that holds it (“next month”)."""
    if mine.moved_from == day:
        return True
    return mine.moved_span is not None and mine.moved_span[0] <= day <= mine.moved_span[1]


def _opposed(mine: FoundDeadline, told: Sequence[Told], thread: _Thread) -> bool:
    """What begins is not what ends, whatever words they share."""
    kinds = {told[m].deadline.kind for m in thread.members}
    return (mine.kind == "begins" and kinds == {"ends"}) or (mine.kind == "ends" and kinds == {"begins"})


def _newer(k: int, told: Sequence[Told], thread: _Thread) -> bool:
    mine = told[k].published
    others = [day for m in thread.members if (day := told[m].published)]
    return mine is not None and bool(others) and mine >= max(others)


class _Words:
    """The likeness of two tellings by their words; a word counts the more, the fewer tellings hold it."""

    def __init__(self, told: Sequence[Told]) -> None:
        self.what = [_stems(f"{t.deadline.what} {t.deadline.who or ''}") for t in told]
        self.around = [what | _stems(t.sentence) for what, t in zip(self.what, told, strict=True)]
        holders = Counter(stem for stems in self.around for stem in stems)
        self.weight = {stem: math.log(1 + len(told) / count) for stem, count in holders.items()}

    def likeness(self, a: int, b: int) -> float:
        mine, other = self.what[a], self.what[b]
        by_what = self._shared(mine, other) / max(self._sum(mine | other), 1e-9)
        inside = max(
            self._shared(mine, self.around[b]) / max(self._sum(mine), 1e-9),
            self._shared(other, self.around[a]) / max(self._sum(other), 1e-9),
        )
        both = self._shared(self.around[a], self.around[b]) / max(self._sum(self.around[a] | self.around[b]), 1e-9)
        return max(by_what, _SENTENCE_WEIGHT * inside * (len(mine) > 1 and len(other) > 1), both)

    def _sum(self, stems: frozenset[str]) -> float:
        return sum(self.weight[stem] for stem in stems)

    def _shared(self, a: frozenset[str], b: frozenset[str]) -> float:
        return self._sum(a & b)


@lru_cache(8_192)  # each look at an index meets the same tellings again
def _stems(text: str) -> frozenset[str]:
    return frozenset(content([word for word in _WORD.findall(text.lower()) if word not in _CALENDAR_WORDS]))
