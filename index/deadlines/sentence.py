"""One sentence as the deadline layer sees it: its words, with each expression of time as one word.

Owns where a sentence's words and dates stand. Judges nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.dates import FoundDate

DATE = "<date>"
_WORD = re.compile(r"[^\W_]+(?:['’](?!s\b)[^\W_]+)?|['’]s\b|--|[^\w\s]")
_DASHES = frozenset("–—")


@dataclass(slots=True)
class Sentence:
    text: str  # the whole text that offsets count in
    start: int
    end: int
    words: list[str]  # lower case
    starts: list[int]
    ends: list[int]
    dates: dict[int, FoundDate]  # by the place of their word
    before: "Sentence | None" = None  # the one right before it, if that holds dates

    def place_of(self, date: FoundDate) -> int:
        return next(place for place, found in self.dates.items() if found is date)

    def word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""

    def has(self, *phrase: str, before: int) -> bool:
        """The words of ``phrase`` stand right before place ``before``."""
        return before >= len(phrase) and tuple(self.words[before - len(phrase) : before]) == phrase


def sentence(text: str, start: int, end: int, dates: Sequence[FoundDate]) -> Sentence:
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    places: dict[int, FoundDate] = {}
    at = start
    for found in dates:
        _read(text, at, max(found.start, start), words, starts, ends)
        places[len(words)] = found
        words.append(DATE)
        starts.append(found.start)
        ends.append(found.end)
        at = found.end
    _read(text, at, end, words, starts, ends)
    return Sentence(text, start, end, words, starts, ends, places)


def _read(text: str, start: int, end: int, words: list[str], starts: list[int], ends: list[int]) -> None:
    for match in _WORD.finditer(text, start, end):
        word = match.group().lower().replace("’", "'")
        words.append("--" if word in _DASHES else word)
        starts.append(match.start())
        ends.append(match.end())
