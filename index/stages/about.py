"""Whether a sentence speaks of the deal that is followed, or of another one that is mentioned in passing.

Looks at names and words only. An article that belongs to the deal is presumed to speak of it; this finds
the sentence that names other parties, which the article mentions nowhere else.
"""

import re
from collections.abc import Collection, Sequence

from index.terms import terms

_NAME = re.compile(r"(?<![.!?“\"] )(?<!^)\b[A-Z][a-z][\w’'-]+")
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december christmas easter i".split()
)
_INDEFINITE = re.compile(r"\b(?:another|a similar|a rival|a separate|a different|an unrelated|other) (?:\w+ ){0,3}$")


def names(text: str) -> set[str]:
    """Capitalised words (no abbreviations, no SHOUTING), lower case, that do not stand at the start of a sentence; without days and months."""
    found = {each.group().lower().replace("’s", "").replace("'s", "") for each in _NAME.finditer(text)}
    return found - _CALENDAR


def is_elsewhere(cue: str, sentence: str, title: str, others: Sequence[str]) -> bool:
    """Whether the words of a sighting name only what neither the title nor another sentence does."""
    named = names(sentence)
    cued = {each for each in names(" " + cue) if each in named}
    if not cued:
        return False
    around = (title + " " + " ".join(others)).lower()
    return not any(each in around for each in named)


def belongs(sentence: str, deal: str, other_deals: Collection[str]) -> bool:
    """Of the deals that an article belongs to, whether this one shares the most words with the sentence."""
    words = set(terms(sentence))
    ours = len(words & set(terms(deal)))
    return all(len(words & set(terms(other))) <= ours for other in other_deals)
