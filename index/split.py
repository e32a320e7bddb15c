"""From clean text to sentences and passages. Owns their offsets; changes no character.

A passage is what is embedded, indexed and quoted: one whole sentence, or a short run of them where
one alone is a fragment. Its title and day are added when it is embedded (``index.embed``), not here.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sentencex import get_sentence_boundaries

FRAGMENT_WORDS = 3  # a sentence of fewer words means nothing without its neighbour
LONGEST = 1_000  # characters; about the 256 tokens that the default model reads

# What sentencex takes for the end of a sentence and is not.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"‘'])(?:Mr|Mrs|Ms|Mx|Messrs|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Adm|Hon|Rev|St|Sr|Jr|Fr|Ald|Cllr"
    r"|No|Nos|Art|Arts|Sec|Fig|Para|pp?|ca|approx|est|vs|v|cf|e\.g|i\.e)\.$"
)
_LOWER_START = re.compile(r"[a-z(]")
_CUTS = (re.compile(r"[;:,)]\s+"), re.compile(r"\s+"))  # the first that is found in a piece's second half


class Span(NamedTuple):
    """Characters ``[start, end)`` of an article's stored text."""

    start: int
    end: int


def sentences(text: str) -> list[Span]:
    """The sentences of a text, in order, trimmed of white space; a paragraph's end always ends one."""
    found: list[Span] = []
    for boundary in get_sentence_boundaries("en", text):
        raw = boundary["text"]
        if not raw.strip():  # the break between two paragraphs
            continue
        span = _trimmed(text, boundary["start_index"], boundary["start_index"] + len(raw))
        if found and _goes_on(text, found[-1], span):
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found


def passages(text: str) -> list[Span]:
    """What is indexed: every sentence is in exactly one passage; a passage stays within a paragraph.

    Only a sentence longer than ``LONGEST`` is cut, between clauses: a model would not read its end.
    """
    found: list[Span] = []
    for span in sentences(text):
        fragment = found and min(_words(text, found[-1]), _words(text, span)) < FRAGMENT_WORDS
        if fragment and _same_paragraph(text, found[-1], span) and span.end - found[-1].start <= LONGEST:
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.extend(_pieces(text, span))
    return found


def _trimmed(text: str, start: int, end: int) -> Span:
    raw = text[start:end]
    return Span(start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip()))


def _goes_on(text: str, last: Span, following: Span) -> bool:
    if not _same_paragraph(text, last, following):
        return False
    said = text[last.start : last.end]
    if said.endswith(("?", "!")):
        return False
    return bool(_ABBREVIATION.search(said)) or bool(_LOWER_START.match(text, following.start))


def _same_paragraph(text: str, last: Span, following: Span) -> bool:
    return "\n\n" not in text[last.end : following.start]


def _words(text: str, span: Span) -> int:
    return len(text[span.start : span.end].split())


def _pieces(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while span.end - start > LONGEST:
        found = ([m.end() for m in cut.finditer(text, start + LONGEST // 2, start + LONGEST)] for cut in _CUTS)
        cut = next((ends[-1] for ends in found if ends), start + LONGEST)
        yield _trimmed(text, start, cut)
        start = cut
    yield _trimmed(text, start, span.end)
