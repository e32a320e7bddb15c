"""What stands around a quote in its article, as a card. The whole paragraph where it is not too long."""

from collections.abc import Sequence
from typing import Any

from discord import ui

from bot.cards.answer import EDITED, WITHDRAWN
from bot.cards.text import line, link, quoted
from index.answer.dates import written
from index.models import Article, Citation

MOST = 1_700  # characters of article around the quote: twice that, once escaped, still fits


def context_card(
    citation: Citation, article: Article | None, number: int = 0, of: int = 1, after: Sequence[ui.Item[Any]] = ()
) -> ui.LayoutView:
    """``article`` None: it was withdrawn, or is none that may be seen here."""
    box: ui.Container[ui.LayoutView] = ui.Container()
    title = f"### {line(citation.title, 200)}" if citation.title else "### Context"
    box.add_item(ui.TextDisplay(title))
    if article is None:
        box.add_item(ui.TextDisplay(WITHDRAWN))
    elif article.text[citation.start : citation.end] != citation.quote:
        box.add_item(ui.TextDisplay(EDITED))
    else:
        before, behind = around(article.text, citation.start, citation.end)
        text = before + citation.quote + behind
        box.add_item(ui.TextDisplay(quoted(text, 3_000, bold=citation.quote if len(citation.quote) <= MOST else "")))
        box.add_item(ui.TextDisplay(f"-# {_by(article, number, of)}"))
    view = ui.LayoutView(timeout=None)
    view.add_item(box)
    if after:
        view.add_item(ui.ActionRow(*after))
    return view


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What the quote's paragraph, or as much of it as is shown, holds before and behind it; slices but for “…”."""
    first = max(text.rfind("\n\n", 0, start), text.rfind("\n", 0, start)) + 1
    found = text.find("\n", end)
    last = len(text) if found < 0 else found
    room = max(0, MOST - (end - start)) // 2
    before, behind = text[first:start], text[end:last]
    if len(before) > room:
        before = "…" + before[len(before) - room :].partition(" ")[2] if room else ""
    if len(behind) > room:
        behind = behind[:room].rpartition(" ")[0] + " …" if room else ""
    return before, behind


def _by(article: Article, number: int, of: int) -> str:
    day = article.day
    parts = [
        line(article.source, 80),
        line(article.author, 80),
        written(day, day) if day else "day unknown",
        link(article.url),
        f"quote {number + 1} of {of}" if of > 1 else "",
    ]
    return " · ".join(part for part in parts if part)
