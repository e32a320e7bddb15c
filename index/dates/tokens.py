"""Words, figures and marks of a text with their places. Knows no meaning.

One regular expression without nested repeats, so the time is linear whatever the text holds.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W\d_]+|\d+|['’]s\b|\n[ \t\r]*\n|[^\s\w]|_")
PARAGRAPH = "\n\n"
APOSTROPHES = {"’": "'", "‘": "'", "’s": "'s", "–": "-", "—": "--", "‑": "-", "‐": "-", "−": "-"}


@dataclass(slots=True)
class Tokens:
    """Parallel lists: the lowered word, and where it starts and ends in ``text``."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    breaks: list[int]  # where sentences start, see ``index.dates.sentences``

    def capital(self, i: int) -> bool:
        return self.text[self.starts[i]].isupper()

    def glued(self, i: int) -> bool:
        """No white space stands before token ``i``."""
        return 0 < i < len(self.words) and self.starts[i] == self.ends[i - 1]

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def sentence_of(self, i: int) -> int:
        return bisect_right(self.breaks, self.starts[i])

    def at(self, offset: int) -> int:
        """The first token that starts at ``offset`` or after it."""
        return bisect_right(self.starts, offset - 1)


def tokenize(text: str, breaks: list[int]) -> Tokens:
    words, starts, ends = [], [], []
    for match in _TOKEN.finditer(text):
        word = match.group()
        start, end = match.span()
        if word[0] == "\n":
            word = PARAGRAPH
        elif word in APOSTROPHES:
            word = APOSTROPHES[word]
        elif word not in _PLAIN:
            lowered = word.lower()
            # A letter whose lower case is longer (“İ”) must not change lengths; only English words matter here.
            word = lowered if len(lowered) == len(word) else word
        words.append(word)
        starts.append(start)
        ends.append(end)
    return Tokens(text, words, starts, ends, breaks)


_PLAIN = frozenset(".,;:!?()-/")
