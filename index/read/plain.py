"""Owns text without markup and without an import bot's furniture. Must not drop a word of the body."""

import re

from index.models import Draft, Published
from index.read.clean import PARAGRAPH_BREAK, clean_line, clean_lines, clean_text
from index.read.dateline import split_dateline
from index.read.names import is_byline, names
from index.read.published import from_line, without_dates

_BULLET = re.compile(r"(?:[-*•‣▪]|(?P<number>\d{1,2})[.)])\s+")
_WHOLE = re.compile(r"[.!?][”’\"')\]]*$")
# A stop that is followed by a figure and ends no sentence: “by Dec. 15”, “licence No. 4”.
_ABBREVIATED = re.compile(r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Nos?|Art|Sec|Para|pp?)\.$")
_SENTENCE_END = re.compile(r"[.!?…:;,][”’\"')\]]*$")
_FIRST_SENTENCE = re.compile(r".{15,110}?[.!?][”’\"']?(?=\s|$)")
TITLE_LENGTH = 200


def read_plain(text: str, *, origin: str, name: str = "", url: str | None = None) -> Draft:
    """One article of plain text: a short first line is its title, lone by-lines and dates are fields."""
    lines = clean_lines(text).split("\n")
    title = lines.pop(0) if _has_title(lines) else ""
    author, published = "", None
    while len(lines) > 1 and (not lines[0] or _field(lines[0])):
        field = _field(lines.pop(0)) or ("", None)
        author, published = author or field[0], published or field[1]
    parts = paragraphs("\n".join(lines)).split(PARAGRAPH_BREAK)
    parts[0], day = split_dateline(parts[0])
    return Draft(
        text=clean_text(PARAGRAPH_BREAK.join(parts)),
        title=title or title_from(parts[0], name),
        author=author,
        published=published or day,
        url=url,
        origin=origin,
    )


def _has_title(lines: list[str]) -> bool:
    """True if the first line is a headline: something sets it off from the text."""
    if len(lines) < 2 or not is_title(lines[0]):
        return False
    return not lines[1] or _field(lines[1]) is not None or len(lines[1]) > 120


def paragraphs(text: str) -> str:
    """Text with an empty line between paragraphs, from text whose lines are wrapped or are paragraphs."""
    done: list[str] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.split("\n")
        whole = [line for line in lines[:-1] if _ends_sentence(line)]
        if len(lines) > 1 and len(whole) == len(lines) - 1 and len(block) > 80 * len(lines):
            done += lines
            continue
        current: list[str] = []
        for line in lines:
            if current and _is_item(line, current):
                done.append(" ".join(current))
                current = []
            current.append(line)
        done.append(" ".join(current))
    return PARAGRAPH_BREAK.join(
        _BULLET.sub("", line, count=1) if line[:1] in "-*•‣▪" else line for line in done if line
    )


def _ends_sentence(line: str) -> bool:
    return bool(_WHOLE.search(line)) and not _ABBREVIATED.search(line)


def _is_item(line: str, current: list[str]) -> bool:
    """True if the line begins an item of a list, after the lines of the paragraph before it.

    A number begins one only after a sentence or a colon, or where it counts on from the item before:
    wrapping may put any figure first, as in “no later than December⏎15. The board …”.
    """
    bullet, before = _BULLET.match(line), _BULLET.match(current[0])
    if not bullet or not bullet["number"]:
        return bool(bullet)
    counts_on = before and before["number"] and int(bullet["number"]) == int(before["number"]) + 1
    return bool(counts_on) or _ends_sentence(current[-1]) or current[-1].endswith((":", ";"))


def is_title(line: str) -> bool:
    """A headline: short, and not a sentence with its full stop."""
    return (3 <= len(line) <= TITLE_LENGTH and not _SENTENCE_END.search(line.rstrip("”’\"'"))) or (
        len(line) <= 120 and line.endswith(("?", "!")) and line.count(". ") == 0
    )


def title_from(first: str, name: str = "") -> str:
    """A stand-in: the first sentence if it is short, else the file's name, else the first words."""
    if match := _FIRST_SENTENCE.match(first):
        return match[0].rstrip(".")
    stem = re.sub(r"[_\W]+", " ", name.rsplit("/", 1)[-1].rsplit(".", 1)[0]).strip()
    if re.search(r"[^\W\d]{3}.*\s.*[^\W\d]{3}", stem):
        return clean_line(stem[0].upper() + stem[1:])
    words = first[:90].rsplit(" ", 1)[0] if len(first) > 90 else first
    return words + ("…" if len(words) < len(first) else "")


def _field(line: str) -> tuple[str, Published | None] | None:
    """Author and day of a line that holds nothing else, or None."""
    if is_byline(line):
        return names(without_dates(line)), from_line(line)
    if len(line) <= 80 and (day := from_line(line)):
        rest = without_dates(line).strip(" |,·•–—-")
        return ("", day) if not re.search(r"\w{3}", rest) else None
    return None
