"""Text of articles and people made harmless for Discord: it can only ever be read.

Nothing it holds pings, links under another name, opens a code block, turns the reading direction, or looks like a
time or a heading of the bot's own. What is shown still reads as the original.
"""

import re
import unicodedata

_MARKDOWN = re.compile(r"([\\*_~`|\[\]()<>#@])")
_LINE_START = re.compile(r"^(\s*)([-+]|\d+(?=\.))(?=[\s.])", re.MULTILINE)
# Controls of the reading direction, and what is there without being seen.
_UNSEEN = re.compile("[\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]")


def safe(text: str, longest: int | None = None) -> str:
    """One line or several as plain text; cut at a word's end with “…” where it is longer than ``longest``."""
    text = _UNSEEN.sub("", text)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"})
    if longest is not None and len(text) > longest:
        cut = text[: longest - 1]
        text = cut[: cut.rfind(" ")].rstrip() + "…" if " " in cut[longest // 2 :] else cut + "…"
    text = _MARKDOWN.sub(r"\\\1", text)
    text = re.sub(r"(https?)://", r"\1:\\/\\/", text)  # only the bot's own links are links
    return _LINE_START.sub(r"\1\\\2", text)


def quoted(text: str, longest: int | None = None) -> str:
    """A block quote that no line of the text can leave."""
    return "\n".join(f"> {line}" for line in safe(text, longest).splitlines() if line.strip())


def host(url: str) -> str:
    """Where a link leads, for people."""
    found = re.match(r"https?://(?:www\.)?([^/:?#@]+)", url)
    return found[1] if found else url


def link(url: str | None) -> str:
    """A link with its host as its words; nothing where the address is not one we would open."""
    if not url or not re.fullmatch(r"https?://[^\s<>()\[\]\\|`*\"]+", url) or len(url) > 500:
        return ""
    return f"[{safe(host(url))}](<{url}>)"
