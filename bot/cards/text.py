"""Text of articles and people made harmless for Discord: it can only ever be read.

Nothing it holds pings, links under another name, opens a code block, turns the reading direction, or looks like a
time or a heading of the bot's own. What is shown still reads as the original. Lengths are counted as Discord counts
them, after escaping: what is cut to 300 is never longer than 300.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Literal
from urllib.parse import urlsplit

Style = Literal["t", "T", "d", "D", "f", "F", "R"]

_MARKDOWN = re.compile(r"([\\*_~`|\[\]()<>#@])")
_BULLET = re.compile(r"^(\s*)([-+])(?=\s)", re.MULTILINE)
_NUMBERED = re.compile(r"^(\s*\d+)\.(?=\s)", re.MULTILINE)
_SCHEME = re.compile(r"([a-z][a-z\d+.-]*):/(/?)", re.I)
# What is there without being seen beside the format characters (Cf), which all go: fillers, joiners, blanks.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
_GONE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_MARKS = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{2})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_BREAKS = re.compile("\r\n|[\r\u2028\u2029\x85\x0b\x0c]")
MOST_LINES = 20  # of one quote
MOST_TEXT = 1_950  # of a plain message that holds 2,000, with room for how many lines are left out


def length(text: str) -> int:
    """As Discord counts: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fitting(lines: Sequence[str]) -> str:
    """As many whole lines as a plain message holds, and how many more there are."""
    used = 0
    for shown, each in enumerate(lines):
        used += length(each) + 1
        if used > MOST_TEXT:
            return "\n".join([*lines[:shown], f"-# and {len(lines) - shown} more"])
    return "\n".join(lines)


def plain(text: str) -> str:
    """Without what cannot be seen, what turns the reading direction, and towers of accents."""
    text = _BREAKS.sub("\n", text)
    if text.isascii():
        return _CONTROLS.sub("", text)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _GONE)
    return _MARKS.sub(r"\1", _UNSEEN.sub("", text))


def safe(text: str, longest: int | None = None) -> str:
    """One line or several as plain text; cut at a word's end with “…” where it would be longer than ``longest``."""
    return _fitted(plain(_begun(text, longest)), longest, _escaped)


def line(text: str, longest: int | None = None) -> str:
    """The same on one line: for headings, labels and whatever stands behind the bot's own words."""
    return _fitted(" ".join(plain(_begun(text, longest)).split()), longest, _escaped)


def quoted(text: str, longest: int | None = None, *, bold: str = "", struck: bool = False) -> str:
    """A block quote that no line of the text can leave. ``bold``: words of it that stand out."""
    lines = [each for each in plain(_begun(text, longest)).splitlines() if each.strip()]
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], "…"]

    def render(part: str) -> str:
        return "\n".join(f"> {_line(each, plain(bold).strip(), struck)}" for each in part.splitlines())

    return _fitted("\n".join(lines), longest, render)


def _line(text: str, bold: str, struck: bool) -> str:
    if struck:
        return f"~~{_escaped(text.strip())}~~"
    before, found, after = text.partition(bold) if bold and "\n" not in bold else (text, "", "")
    if not found or found == text:
        return _escaped(text)
    return f"{_escaped(before)}**{_escaped(found)}**{_escaped(after)}"


def _escaped(text: str) -> str:
    text = _MARKDOWN.sub(r"\\\1", text)
    text = _SCHEME.sub(r"\1:\\/\2", text)  # only the bot's own links are links
    return _NUMBERED.sub(r"\1\\.", _BULLET.sub(r"\1\\\2", text))


def _begun(text: str, longest: int | None) -> str:
    """As much of it as could ever be shown, much of it unseen: cleaning a whole book would keep the event loop busy."""
    return text if longest is None or len(text) <= 20 * longest else text[: 20 * longest]


def _fitted(text: str, longest: int | None, render: Callable[[str], str]) -> str:
    """The text, or as much of its beginning as fits once rendered, with “…” behind it."""
    if longest is None or len(text) <= longest:  # a longer one cannot fit, and need not be rendered to know it
        whole = render(text)
        if longest is None or length(whole) <= longest:
            return whole
    low, high = 0, min(len(text), longest)  # characters that surely fit, and that may
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if length(render(text[:middle] + "…")) <= longest else (low, middle - 1)
    cut = text[:low]
    space = cut.rfind(" ", low // 2)
    return render((cut[:space] if space > 0 else cut).rstrip() + "…")


def host(url: str) -> str:
    """Where a link leads, for people; "" where that cannot be told."""
    try:
        name = urlsplit(url).hostname or ""
        return name.encode("idna").decode().removeprefix("www.") if name else ""
    except (ValueError, UnicodeError):
        return ""


def link(url: str | None) -> str:
    """A link with its host as its words; nothing where the address is not one we would open."""
    if not url or not re.fullmatch(r"https?://[^\s<>()\[\]\\|`*\"]+", url) or len(url) > 500 or plain(url) != url:
        return ""
    if "@" in urlsplit(url).netloc or not host(url):  # “https://bank.example@thief.example” leads to the thief
        return ""
    return f"[{safe(host(url), 100)}](<{url}>)"


def stamp(day: date | datetime, style: Style) -> str:
    """A moment as Discord shows it, in each reader's own time zone and words.

    A day without a time is half past ten in UTC: the same day from Hawaii to New Zealand.
    """
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day, 10, 30, tzinfo=UTC)
    return f"<t:{int(moment.timestamp())}:{style}>"
