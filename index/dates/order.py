"""Which way a writer puts day and month in figures: what a text proves of itself, and an outlet's other texts of it.

Reads figures and month names only; resolves no date.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from index.dates.found import Order

_FIGURES = re.compile(r"\d[/.-]\d")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d\d)(?![\d/-])")
_YEARLESS = re.compile(r"(?i)\b(?:by|on|until|till|before|from|since) (?!24/7\b)(\d{1,2})/(\d{1,2})(?![\d/])")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\b\.?"
_NAMED = re.compile(rf"\b(\d{{1,2}}) {_MONTH}|\b{_MONTH} \d{{1,2}}\b(?! ?\d|:)")
_PLAINLY = 3  # times as many texts of an outlet for one order as for the other


def order_of(text: str) -> Order | None:
    """The order of day and month that the text's own figures prove, if they all prove the same."""
    return (_by_figures(text) or _by_names(text)) if _FIGURES.search(text) else None


def is_unsettled(text: str) -> bool:
    """Whether figures in it can be read both ways, and nothing in it says which."""
    if not _FIGURES.search(text) or order_of(text):
        return False
    return any(a != b and a <= 12 and b <= 12 for a, b in _figures(text))


def order_of_outlet(texts: Iterable[str]) -> Order | None:
    """The order that an outlet's texts show: by their figures, else by where they put the day beside a month's name."""
    figures: Counter[Order] = Counter()
    names: Counter[Order] = Counter()
    for text in texts:
        if order := _by_figures(text):
            figures[order] += 1
        if order := _by_names(text):
            names[order] += 1
    return _plainly(figures) or _plainly(names)


def _plainly(told: "Counter[Order]") -> Order | None:
    ranked = told.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < _PLAINLY * ranked[1][1]):
        return None
    return ranked[0][0]


def _figures(text: str) -> Iterator[tuple[int, int]]:
    for match in _NUMERIC.finditer(text):
        yield int(match[1]), int(match[3])
    for match in _YEARLESS.finditer(text):
        yield int(match[1]), int(match[2])


def _by_figures(text: str) -> Order | None:
    proofs: set[Order] = set()
    for a, b in _figures(text):
        if 31 >= a > 12 >= b:
            proofs.add("dmy")
        elif 31 >= b > 12 >= a:
            proofs.add("mdy")
    return proofs.pop() if len(proofs) == 1 else None


def _by_names(text: str) -> Order | None:
    """A writer who puts the day before the month's name does so in figures as well."""
    proofs: set[Order] = {"dmy" if match[1] else "mdy" for match in _NAMED.finditer(text)}
    return proofs.pop() if len(proofs) == 1 else None
