"""From scores of start and end to characters: the short answer inside a sentence.

Owns the choice of the span and its snapping to whole words. Every span is a slice of the sentence;
nothing is typed.
"""

from collections.abc import Sequence

LONGEST = 24  # tokens of a short answer; SQuAD's and the deals' are hardly ever longer
INSIDE = "'’-‑–/.,:&@"  # joins two halves of one word or number when letters or digits stand on both sides
EDGES = ' \t\n\r,;:.!?"“”„‘«»()[]…—'


def best(start: Sequence[float], end: Sequence[float]) -> tuple[int, int, float] | None:
    """(first token, last token, score) of the best span, the earlier and shorter one among equals."""
    found: tuple[int, int, float] | None = None
    for i, opens in enumerate(start):
        for j in range(i, min(i + LONGEST, len(end))):
            if found is None or opens + end[j] > found[2]:
                found = (i, j, opens + end[j])
    return found


def snapped(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without loose punctuation at its ends and with no word cut in two; None if nothing is left."""
    while start < end and sentence[start] in EDGES:
        start += 1
    while end > start and sentence[end - 1] in EDGES:
        end -= 1
    if start >= end:
        return None
    while start > 0 and _joined(sentence, start):
        start -= 1
    while end < len(sentence) and _joined(sentence, end):
        end += 1
    return start, end


def _joined(text: str, at: int) -> bool:
    """Do the characters on both sides of this place belong to one word?"""
    left, right = text[at - 1], text[at]
    if _word(left) and _word(right):
        return True
    if left in INSIDE and _word(right):
        return at >= 2 and _word(text[at - 2])
    if right in INSIDE and _word(left):
        return at + 1 < len(text) and _word(text[at + 1])
    return (right in "%°" and left.isdigit()) or (left in "€$£¥" and right.isdigit())


def _word(letter: str) -> bool:
    # Marks and joiners belong to the letter or emoji before them.
    return letter.isalnum() or letter == "_" or letter in "\u200d\ufe0f\ufe0e" or 0x300 <= ord(letter) <= 0x36F
