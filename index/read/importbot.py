"""Owns the text that news-import bots post, and its furniture.

Such a text has its title two to four times on top, and at its end a by-line, a stamp with the outlet
and “Read More” run together, and the importer's own lines. All of that becomes fields; the body
between stays word for word. Must return None for any other text.
"""

import re
from dataclasses import dataclass, field

from index.errors import UnreadableError
from index.models import Draft, Published
from index.read.clean import PARAGRAPH_BREAK, clean_line, clean_lines, clean_text, squeeze
from index.read.dateline import split_dateline
from index.read.names import is_byline, is_credit, looks_like_names, names
from index.read.plain import paragraphs, title_from
from index.read.published import clock, with_slashes

_STAMP = re.compile(
    r"^(?P<before>.*?)(?:(?P<weekday>Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s*)"
    r"?(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})"
    r"\s*(?:[-‐‑‒–—―−|,@]|at\b)?\s*(?P<clock>\d{1,2}[:.]\d\d(?:\s*[AaPp]\.?[Mm](?![a-z])\.?)?)?(?P<after>.*)$"
)
_READ_MORE = re.compile(
    r"[\s\[(|–—-]*(?:read\s*(?:more|on|the full (?:story|article))|continue reading|more)[\s.…»›>→\])]*$", re.I
)
_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_SENTENCE_END = re.compile(r"[.!?…][”’\"')\]]*$")
_IMPORTER = re.compile(
    r"^(?:author|importer|imported by|posted by|bot|feed bot|shared by|submitted by|brought to you by)"
    r"\s*:\s*(?P<who>.+)$",
    re.I,
)
_IMPORT_NOTE = re.compile(
    r"^\W*(?:this|the above|the) (?:is|was|article|post|story|item|news|text)\b.{0,60}"
    r"\b(?:import(?:ed|er)|bot|automatic\w*|syndicated)\b.{0,80}$"
    r"|^\W*(?:imported|posted|fetched|delivered)\b.{0,40}\b(?:bot|automatically|importer)\b.{0,40}$"
    r"|^\W*(?:imported (?:by|via|with|from)) (?P<who>[\w .-]{2,40}?)\.?$",
    re.I,
)


@dataclass
class _Tail:
    """What has been taken off the end, line by line from below."""

    importer: str = ""
    outlet: str = ""
    author: str = ""
    published: Published | None = None
    stamped: bool = False
    noted: bool = field(default=False)


def read_importbot(text: str, *, origin: str, url: str | None = None) -> Draft | None:
    """The article of an import bot's post, or None if the text is none."""
    lines = clean_lines(text).split("\n")
    title, repeats = _take_title(lines)
    tail = _take_tail(lines, repeats >= 2)
    if repeats < 2 and not (tail.stamped and (tail.outlet or tail.noted or tail.importer)) and not tail.noted:
        return None
    body = [part for part in paragraphs("\n".join(lines)).split(PARAGRAPH_BREAK) if part]
    if repeats < 2 and len(body) > 1 and not body[0].endswith((".", "”")):
        title = body.pop(0)
    if body and (is_byline(body[0]) or (not tail.author and is_credit(body[0]))):
        byline = names(body.pop(0))
        tail.author = tail.author or byline
    if not body:
        raise UnreadableError("This import holds a title but no text; import the article again.")
    body[0], day = split_dateline(body[0])
    return Draft(
        text=clean_text(PARAGRAPH_BREAK.join(body)),
        title=title or title_from(body[0]),
        published=tail.published or day,
        source=tail.outlet,
        author=tail.author,
        importer=tail.importer,
        url=url,
        origin=origin,
    )


def _take_title(lines: list[str]) -> tuple[str, int]:
    """Removes the repeated title from the top; gives it and how often it stood there."""
    filled = [number for number, line in enumerate(lines) if line]
    if not filled:
        return "", 0
    title = lines[filled[0]]
    repeats, last = 0, -1
    for number in filled[:6]:
        if squeeze(lines[number]) != squeeze(title):
            break
        repeats, last = repeats + 1, number
    if repeats >= 2:
        del lines[: last + 1]
        return title, repeats
    return "", repeats


def _take_tail(lines: list[str], titled: bool) -> _Tail:
    """Removes the furniture from the end; ``titled`` if a repeated title says already that a bot posted this."""
    tail = _Tail()
    while lines:
        line = lines[-1]
        if not line or (not tail.stamped and _READ_MORE.fullmatch(line)):
            lines.pop()
        elif not tail.stamped and (match := _IMPORTER.match(line)) and len(line) <= 100:
            tail.importer = tail.importer or clean_line(match["who"]).rstrip(".")
            lines.pop()
        elif not tail.stamped and (match := _IMPORT_NOTE.match(line)):
            tail.importer = tail.importer or clean_line(match["who"] or "")
            tail.noted = True
            lines.pop()
        elif not tail.stamped and _is_stamp(line, titled or tail.noted):
            _read_stamp(lines, tail)
        elif tail.stamped and not tail.author and _is_signature(line):
            tail.author = names(line)
            lines.pop()
        else:
            break
    return tail


def _is_stamp(line: str, posted: bool) -> bool:
    """A stamp at its line's end: nothing but an outlet may follow it, nothing but names stand before it.

    ``posted`` if something else shows that a bot posted the text: then a whole paragraph may stand
    before it. Any other date belongs to a sentence: “Bids must be in by Friday, 11/21/2025.”
    """
    match = _STAMP.match(line)
    if not match:
        return False
    before, outlet = match["before"].strip(), _outlet(match)
    whole = bool(match["clock"]) or bool(match["weekday"]) or bool(_READ_MORE.search(match["after"]))
    if not whole or len(outlet) > 80 or re.search(r"[.!?]\s", outlet):
        return False
    named = _ADDRESS.fullmatch(outlet) or looks_like_names(outlet)
    if outlet and not named and (not posted or outlet.islower() or re.search(r"\b[a-z]{4,}\b.*[.!?]$", outlet)):
        return False
    if not posted and before and " " not in before:
        return False  # “By Friday, 11/21/2025”: one word with a capital is no name
    return not before or _is_signature(before) or (posted and bool(_SENTENCE_END.search(before)))


def _outlet(match: re.Match[str]) -> str:
    """What follows a stamp; “” if that is nothing but a stop."""
    outlet = clean_line(_READ_MORE.sub("", match["after"])).strip(" |–—-")
    return outlet if re.search(r"\w", outlet) else ""


def _read_stamp(lines: list[str], tail: _Tail) -> None:
    match = _STAMP.match(lines.pop())
    assert match is not None
    tail.stamped = True
    tail.outlet = _outlet(match)
    at = clock(match["clock"].replace(".", ":", 1)) if match["clock"] else None
    tail.published = with_slashes(
        match["weekday"] or "", int(match["month"]), int(match["day"]), int(match["year"]), at
    )
    # Some bots put the by-line on the stamp's own line, or run the last paragraph into it.
    if before := match["before"].strip():
        lines.append(before)


def _is_signature(line: str) -> bool:
    return is_credit(line) or is_byline(line) or (len(line) <= 80 and looks_like_names(line))
