"""Whether an article belongs to a deal: likeness, names, words that must or must not occur. Owns the thresholds.

Measured on seven invented deals of 52 articles: by likeness alone 44 find their deal and none a wrong one
above ``LIKENESS``; what a columnist writes of a deal is less like its description, but names its parties.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.terms import terms

# Cosine of the deal's description with the mean of an article's passages.
LIKENESS = 0.45
# With the deal's names in it, less will do. Two names, or the only one if it has several words.
NAMED = 0.28
NAMED_WHOLE = 0.2
NAMED_SHORT = 0.35  # the deal has one name of one word: a country's, perhaps
BY_HAND = 1.0  # the likeness that is noted for an article that somebody moved in

_NAME = re.compile(r"\b[A-Z][\w’'-]*(?:(?: of(?: the)?)? [A-Z][\w’'-]*)*")
_OWN = re.compile(r"[’']s?$")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a deal asks of an article."""

    names: tuple[str, ...]
    must: tuple[tuple[str, ...], ...]  # each a word or phrase, as terms
    must_not: tuple[tuple[str, ...], ...]


def wanted(about: str, must: str = "", must_not: str = "") -> Wanted:
    """``must`` and ``must_not``: words or phrases, separated by commas."""
    return Wanted(tuple(dict.fromkeys(names(about))), _phrases(must), _phrases(must_not))


def names(about: str) -> list[str]:
    """The capitalised runs of a description; a single word that opens a sentence may be any word."""
    found = []
    for match in _NAME.finditer(about):
        opens = match.start() == 0 or about[: match.start()].rstrip().endswith((".", "!", "?", ":"))
        name = _OWN.sub("", match.group())
        if len(name) > 1 and (" " in name or not opens):
            found.append(name)
    return found


def belongs(deal: Wanted, likeness: float, title: str, text: str) -> bool:
    """Whether an article of that title and text, so much like the deal's description, belongs to it."""
    if deal.must or deal.must_not:
        words = terms(f"{title} {text}")
        if not all(_holds(words, each) for each in deal.must) or any(_holds(words, each) for each in deal.must_not):
            return False
    return likeness >= LIKENESS or (likeness >= NAMED_WHOLE and likeness >= _needed(deal, f"{title} {text}"))


def _needed(deal: Wanted, told: str) -> float:
    here = sum(bool(re.search(rf"\b{re.escape(each)}\b", told)) for each in deal.names)
    if not here or here < min(2, len(deal.names)):
        return LIKENESS
    if len(deal.names) > 1:
        return NAMED
    return NAMED_WHOLE if " " in deal.names[0] else NAMED_SHORT


def _phrases(words: str) -> tuple[tuple[str, ...], ...]:
    return tuple(phrase for part in words.split(",") if (phrase := tuple(terms(part))))


def _holds(words: Sequence[str], phrase: tuple[str, ...]) -> bool:
    first, length = phrase[0], len(phrase)
    return any(word == first and tuple(words[at : at + length]) == phrase for at, word in enumerate(words))
