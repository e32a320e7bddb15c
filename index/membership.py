"""Whether an article belongs to a deal: likeness, names, words that must or must not occur. Owns the thresholds.

What a columnist writes of a deal is less like its description, but names its parties, and seldom in full. Measured on 301
invented deals of 2,340 articles, each beside ten other deals: 2,109 find their deal, and 46 of 23,400 another one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.terms import terms

# Cosine of the deal's description with the mean of an article's passages.
LIKENESS = 0.45
# With the deal's names in it, less will do. Two names, whole or by their first words, or the only one if it has several.
NAMED = 0.15
NAMED_ONE = 0.32  # of several
NAMED_WHOLE = 0.2
NAMED_SHORT = 0.35  # the deal has one name of one word: a country's, perhaps
_SHORT = 4  # letters; a shorter first word may be anything
LEAST = NAMED  # with less, no name helps
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
    return likeness >= LIKENESS or (likeness >= LEAST and likeness >= _needed(deal, f"{title} {text}"))


def _needed(deal: Wanted, told: str) -> float:
    whole = [name for name in deal.names if re.search(rf"\b{re.escape(name)}\b", told)]
    # One mention names one thing: neither “Arvena” and “Arvena Holdings”, nor two names with one first word.
    named = {_first(name) for name in whole} | {_first(name) for name in deal.names if _in_short(name, told)}
    if not named:
        return LIKENESS
    several = len({_first(name) for name in deal.names})
    if several > 1:
        return NAMED if len(named) > 1 else NAMED_ONE
    return NAMED_WHOLE if any(" " in name for name in whole) else NAMED_SHORT


def _first(name: str) -> str:
    return _OWN.sub("", name.split()[0])


def _in_short(name: str, told: str) -> bool:
    """By its first word, inside a sentence: “Stannick” for “Stannick Cooperative Brewery”."""
    first = _first(name)
    return " " in name and len(first) >= _SHORT and bool(re.search(rf"(?<=[a-z,;/] ){re.escape(first)}\b", told))


def _phrases(words: str) -> tuple[tuple[str, ...], ...]:
    return tuple(phrase for part in words.split(",") if (phrase := tuple(terms(part))))


def _holds(words: Sequence[str], phrase: tuple[str, ...]) -> bool:
    first, length = phrase[0], len(phrase)
    return any(word == first and tuple(words[at : at + length]) == phrase for at, word in enumerate(words))
