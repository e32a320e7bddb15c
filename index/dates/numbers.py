"""The parts that read numbers: figures, ordinals, counts, years. Each reads words, none resolves.

A part takes a place and returns its end and its value, or None.
"""

from dataclasses import dataclass

from index.dates import words as w
from index.dates.patterns import Part, Place
from index.dates.tokens import APOSTROPHES

_LONGEST_NUMBER = 6  # digits; longer figures are never dates, and int() of a huge one is slow


QUOTES = ("'", *[mark for mark, plain in APOSTROPHES.items() if plain == "'"])


@dataclass(frozen=True, slots=True)
class Count:
    """How many: None where the words do not say (“several”), a half as ``halves``."""

    n: int | None
    half: bool = False


def number(place: Place, at: int) -> tuple[int, int] | None:
    """Figures that stand alone: not part of a decimal, a sum of money or a longer figure."""
    words = place.words
    word = words[at]
    if not word.isdigit() or not word.isascii() or len(word) > _LONGEST_NUMBER:
        return None
    if (
        at
        and place.glued(at)
        and (words[at - 1] in "$€£¥#§_%" or (words[at - 1] in (".", ",") and at > 1 and words[at - 2].isdigit()))
    ):
        return None
    after = at + 1
    if after + 1 < len(words) and words[after] in (".", ",") and place.glued(after) and place.glued(after + 1):
        following = words[after + 1]
        if following.isdigit() and (words[after] == "." or len(following) == 3):
            return None
    if after < len(words) and place.glued(after) and words[after] in "%_":
        return None
    return after, int(word)


def figures(lengths: tuple[int, ...]) -> Part:
    """Bare figures of so many digits, for numeric forms where full stops and slashes are separators."""

    def part(place: Place, at: int) -> tuple[int, int] | None:
        word = place.words[at]
        if len(word) in lengths and word.isdigit() and word.isascii():
            return at + 1, int(word)
        return None

    return part


def day_number(place: Place, at: int) -> tuple[int, int] | None:
    """1 to 31 in figures, with or without “st”, “nd”, “rd”, “th”."""
    found = number(place, at)
    if found is None or len(place.words[at]) > 2 or not 1 <= found[1] <= 31:
        return None
    end = found[0]
    if end < len(place.words) and place.glued(end):
        if place.words[end] in w.SUFFIXES:
            return end + 1, found[1]
        if place.words[end] == ":" or place.words[end].isalpha():
            return None
    return found


def ordinal(place: Place, at: int) -> tuple[int, int] | None:
    """“3rd”, “third”, “twenty-first”."""
    words = place.words
    word = words[at]
    if word in w.ORDINALS:
        return at + 1, w.ORDINALS[word]
    if word in ("twenty", "thirty") and at + 1 < len(words):
        unit = at + 2 if words[at + 1] == "-" else at + 1
        if unit < len(words) and w.ORDINALS.get(words[unit], 99) < 10:
            return unit + 1, w.TENS[word] + w.ORDINALS[words[unit]]
    if (
        word.isdigit()
        and word.isascii()
        and at + 1 < len(words)
        and words[at + 1] in w.SUFFIXES
        and place.glued(at + 1)
        and len(word) < 4
    ):
        return at + 2, int(word)
    return None


def rank(place: Place, at: int) -> tuple[int, int] | None:
    """An ordinal, or a place counted from the end: “last” is -1, “last but one” -2."""
    words = place.words
    if words[at] in ("last", "final", "closing"):
        if words[at + 1 : at + 3] == ["but", "one"]:
            return at + 3, -2
        return at + 1, -1
    if words[at] == "penultimate":
        return at + 1, -2
    if words[at] == "opening":
        return at + 1, 1
    found = ordinal(place, at)
    if found and words[found[0] : found[0] + 2] in (["to", "last"], ["-", "last"]):
        return found[0] + 2, -found[1]
    return found


def year(place: Place, at: int) -> tuple[int, int] | None:
    """Four figures from 1000 to 2999."""
    found = number(place, at)
    if found and len(place.words[at]) == 4 and 1000 <= found[1] <= 2999:
        end = found[0]
        if end < len(place.words) and place.glued(end) and place.words[end].isalpha():
            return None
        return found
    return None


def fiscal_year(place: Place, at: int) -> tuple[int, int] | None:
    """“2026”, “2025/26”, “2025-26”, “'26”: the year in which it ends."""
    words = place.words
    found = year(place, at)
    if found is None:
        if (
            words[at] in QUOTES
            and at + 1 < len(words)
            and len(words[at + 1]) == 2
            and words[at + 1].isdigit()
            and words[at + 1].isascii()
        ):
            return at + 2, 2000 + int(words[at + 1])
        return None
    end = found[0]
    if end + 1 < len(words) and words[end] in ("/", "-") and place.glued(end) and place.glued(end + 1):
        tail = words[end + 1]
        if tail.isdigit() and tail.isascii() and len(tail) == 2 and int(tail) == (found[1] + 1) % 100:
            return end + 2, found[1] + 1
    return found


def count(place: Place, at: int) -> tuple[int, Count] | None:
    """“30”, “thirty”, “a”, “half a”, “two or three” (the higher), “several” (unknown)."""
    words = place.words
    word = words[at]
    if word in ("a", "an"):
        following = place.word(at + 1)
        if following in ("few", "couple", "dozen", "hundred", "further", "full", "good", "whole", "mere"):
            if following == "couple":
                return at + (3 if place.word(at + 2) == "of" else 2), Count(2)
            if following in ("dozen", "hundred"):
                return at + 2, Count(12 if following == "dozen" else 100)
            return at + 2, Count(None if following == "few" else 1)
        return at + 1, Count(1)
    if word == "half":
        return (at + 2, Count(0, half=True)) if place.word(at + 1) in ("a", "an") else None
    if word in ("several", "few", "many", "some", "numerous"):
        return at + 1, Count(None)
    found = cardinal(place, at)
    if found is None:
        return None
    end, n = found
    if place.word(end) in ("or", "to", "-"):
        higher = cardinal(place, end + 1) if end + 1 < len(words) else None
        if higher and n < higher[1] and not (words[end] == "-" and words[end + 1] in w.UNITS):
            return higher[0], Count(higher[1])
    if words[end : end + 3] == ["and", "a", "half"]:
        return end + 3, Count(n, half=True)
    return end, Count(n)


def cardinal(place: Place, at: int) -> tuple[int, int] | None:
    words = place.words
    found = number(place, at)
    if found:
        return found
    word = words[at]
    if word not in w.CARDINALS:
        return None
    n, end = w.CARDINALS[word], at + 1
    if word in w.TENS:
        unit = end + 1 if place.word(end) == "-" else end
        if 0 < w.ONES.get(place.word(unit), 0) < 10:
            n, end = n + w.ONES[words[unit]], unit + 1
    if place.word(end) in w.SCALES:
        n, end = n * w.SCALES[words[end]], end + 1
        if place.word(end) == "and" and (rest := w.CARDINALS.get(place.word(end + 1))) is not None:
            n, end = n + rest, end + 2
    return end, n
