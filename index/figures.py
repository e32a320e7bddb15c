"""Figures in running text as values: “2,140”, “1.3bn”, “four hundred and twelve”, “nine months”, “38 per cent”.

Standard library only. Owns what is a figure, and which are none: a year, a day of a month, a clock's time.
"""

import re
from typing import NamedTuple

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: number for number, word in enumerate(_ONES)} | {w: 10 * n for n, w in enumerate(_TENS, start=2)}
_SMALL |= {"dozen": 12}
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9,
    "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SPELT = "|".join([*sorted(_SMALL, key=len, reverse=True), "hundred", "thousand", "million", "billion"])
_FIGURE = re.compile(
    rf"(?<![\w.,:/-])(?:(?P<digits>{_NUMBER})(?P<scale>[ -]?(?:thousand|million|mn|billion|bn|trillion|tn|[kmb])\b)?"
    rf"|(?P<words>(?:{_SPELT})(?:(?:[ -]| and | a )(?:{_SPELT}))*)\b)(?![\d:/])",
    re.I,
)
_DAY_BEFORE = re.compile(rf"\b{_MONTHS}\.? $", re.I)
_DAY_BEHIND = re.compile(rf"(?:st|nd|rd|th)?(?: of)? {_MONTHS}\b|(?:st|nd|rd|th)\b|\s?[ap]\.?m\b", re.I)
_OF_WORDS = re.compile(rf"{_SPELT}", re.I)


class Figure(NamedTuple):
    value: float
    start: int
    end: int


def figures(text: str) -> list[Figure]:
    """In their order; of ``text[start:end]``."""
    found = []
    for match in _FIGURE.finditer(text):
        value = _spelt(match["words"]) if match["words"] else _digits(match["digits"], match["scale"])
        if value is not None and not (match["digits"] and _is_date(text, match)):
            found.append(Figure(value, match.start(), match.end()))
    return found


def _digits(digits: str, scale: str | None) -> float:
    return float(digits.replace(",", "")) * (_SCALES[scale.strip(" -").lower()] if scale else 1)


def _spelt(words: str) -> float | None:
    """None for a lone “one”, which counts nothing as a rule."""
    parts = _OF_WORDS.findall(words.lower())
    if parts == ["one"]:
        return None
    whole, part = 0.0, 0.0
    for each in parts:
        if each in _SMALL:
            part += _SMALL[each]
        elif each == "hundred":
            part = max(part, 1) * 100
        else:
            whole += max(part, 1) * _SCALES[each]
            part = 0.0
    return whole + part


def _is_date(text: str, match: "re.Match[str]") -> bool:
    if _DAY_BEFORE.search(text[max(0, match.start() - 12) : match.start()]) or _DAY_BEHIND.match(text, match.end()):
        return True
    return match["scale"] is None and bool(re.fullmatch(r"(?:19|20)\d\d", match["digits"]))
