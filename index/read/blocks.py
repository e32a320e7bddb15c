"""Owns turning an HTML tree into paragraphs as a reader sees them. Must not judge which belong to an article."""

import re
from typing import Any, NamedTuple

from index.read.clean import clean_line

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figure footer form h1 h2 h3 h4"
    " h5 h6 header hgroup hr html li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
# What readers never see as text, and what belongs to a picture.
_UNREAD = frozenset(
    "script style noscript template svg math button select option textarea input iframe object embed figcaption video"
    " audio canvas map picture head title nav progress meter rp rt".split()
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_MARKUP_LEFT = re.compile(r"</?(?:p|div|br|strong|em|a|ul|li|h[1-6]|blockquote)\b[^<>]*>", re.I)

_WHOLE = re.compile(r"[.!?][”’\"')\]]*$")


class Block(NamedTuple):
    """One paragraph: clean text, the element it stands in, how many of its characters are linked, and
    the lines that single line breaks part it into."""

    text: str
    element: Any
    linked: int
    lines: tuple[str, ...]

    @property
    def tag(self) -> str:
        return str(self.element.tag)


def blocks(root: Any) -> list[Block]:
    """Every paragraph below ``root``, in order. Two line breaks part paragraphs, as in old pages."""
    from lxml import etree

    done: list[Block] = []
    pieces: list[str] = []
    stack: list[Any] = [root]
    linked = links = breaks = 0
    rows: set[Any] = set()

    def flush() -> None:
        nonlocal linked, breaks
        if pieces:
            lines = tuple(line for each in "".join(pieces).split("\n") if (line := clean_line(each).strip("|").strip()))
            if len(lines) > 1 and sum(map(len, lines)) > 60 * len(lines) and all(_WHOLE.search(line) for line in lines):
                # Whole sentences on lines of their own are paragraphs that one line break parts.
                done.extend(Block(line, stack[-1], linked // len(lines), (line,)) for line in lines)
            elif lines:
                done.append(Block(" ".join(lines), stack[-1], linked, lines))
            pieces.clear()
        linked = breaks = 0

    def add(text: str | None) -> None:
        nonlocal linked, breaks
        if not text:
            return
        if not text.isspace():
            if breaks >= 2:
                flush()
            breaks = 0
            if links:
                linked += len(text.strip())
        pieces.append(text.replace("\n", " "))

    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag
        if not isinstance(tag, str):
            if element is not root:
                add(element.tail)
            continue
        if event == "start":
            if tag in _UNREAD and element is not root:
                walk.skip_subtree()
                continue
            if tag == "br":
                breaks += 1
                pieces.append("\n")
            elif tag == "a":
                links += 1
            elif tag in ("td", "th") and element.getparent() in rows:
                if pieces:
                    pieces.append(" | ")
            elif tag in _BLOCKS:
                flush()
                stack.append(element)
                if tag == "tr" and _is_data_row(element):
                    rows.add(element)
            add(element.text)
        else:
            if tag in _UNREAD:
                pass
            elif tag == "a":
                links -= 1
            elif tag in ("td", "th") and element.getparent() in rows:
                pass
            elif tag in _BLOCKS:
                flush()
                if len(stack) > 1 and stack[-1] is element:
                    stack.pop()
            if element is not root:
                add(element.tail)
    flush()
    return done


def _is_data_row(row: Any) -> bool:
    """True for a row of figures; false for the rows by which old pages are laid out."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    if len(cells) < 2:
        return False
    inside = (each for cell in cells for each in cell.iterdescendants() if isinstance(each.tag, str))
    if any(each.tag in _BLOCKS or each.tag in ("br", "img") for each in inside):
        return False
    return all(len(cell.text_content()) < 200 for cell in cells)


def fragment(markup: str) -> Any:
    """The tree of a piece of HTML, under a ``div``."""
    from lxml import html

    root = html.Element("div")
    if markup.strip():
        try:
            root = html.fragment_fromstring(markup, create_parent="div")
        except Exception:  # lxml raises several kinds on broken markup; as text it can still be read
            root.text = re.sub(r"<[^<>]*>", " ", markup)
    return root


def fragment_paragraphs(markup: str) -> list[str]:
    """The paragraphs of a piece of HTML; markup that was escaped twice is taken apart twice."""
    parts = [block.text for block in blocks(fragment(markup))]
    if len(_MARKUP_LEFT.findall(" ".join(parts))) >= 2:
        parts = [block.text for block in blocks(fragment("\n".join(parts)))]
    return parts
