"""Owns what stored text looks like, so that every offset in the product counts in the same characters.

Clean text is NFC, without invisible characters, with single spaces inside a paragraph and one empty
line between paragraphs. Must not judge what the words mean: dropping furniture is the readers' work.
"""

import re
import unicodedata
from functools import cache

PARAGRAPH_BREAK = "\n\n"

_EMPTY_LINE = re.compile(r"\n[^\S\n]*(?:\n\s*)+")


@cache
def _table() -> dict[int, str | None]:
    """Built at first use: it takes some 15 ms, which a command that reads nothing need not wait for."""
    table: dict[int, str | None] = {}
    for code in (*range(0x10000), 0x110BD, 0x110CD, *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B)):
        category = unicodedata.category(chr(code))
        # Cf holds soft hyphens, zero-width characters, bidi controls and the byte-order mark.
        if category in ("Cf", "Cs", "Cc"):
            table[code] = None
        elif category == "Zs":
            table[code] = " "
    table.update(dict.fromkeys((*range(0x13430, 0x13440), *range(0xE0000, 0xE0080))))
    # C1 controls never belong in text; where they turn up, somebody read windows-1252 as latin-1.
    for code in range(0x80, 0xA0):
        table[code] = bytes([code]).decode("cp1252", "ignore") or None
    table[0xFFFC] = None  # stands for an embedded object
    for code in (0x0A, 0x0B, 0x0D, 0x2028):
        table[code] = "\n"
    table[0x0C] = table[0x2029] = PARAGRAPH_BREAK
    table[0x09] = " "
    return table


def clean_text(raw: str) -> str:
    """Paragraphs of clean text; an empty line in ``raw`` parts paragraphs, a single line break does not."""
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").translate(_table()))
    paragraphs = (" ".join(part.split()) for part in _EMPTY_LINE.split(text))
    return PARAGRAPH_BREAK.join(part for part in paragraphs if part)


def clean_line(raw: str) -> str:
    """The same for a title, a name or one paragraph: everything on one line."""
    if raw.isascii() and raw.replace("\n", " ").isprintable():
        return " ".join(raw.split())  # nearly every line of a page: there is nothing to clean
    return " ".join(clean_text(raw).split())


def clean_lines(raw: str) -> str:
    """Like ``clean_text`` but line breaks stay, for readers that need the lines of the source."""
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").translate(_table()))
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def squeeze(text: str) -> str:
    """Letters and digits only, case folded: for comparing wordings, never for storing."""
    return "".join(character for character in text.casefold() if character.isalnum())
