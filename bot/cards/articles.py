"""Articles as cards: the list in pages, one of them, what an addition did, and the question before a removal."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.cards.text import length, line, link, quoted, safe
from index.ingest import Stored
from index.models import Article, IngestReport, day_of
from index.store.listing import Listed

GREY = discord.Colour(0x5D6D7E)
PAGE = 10  # articles of one page
LONGEST_TEXT = 2_400
MOST_TEXT = 3_700  # characters of a page; Discord takes 4,000
SHOWN_STORED, SHOWN_FAILED = 8, 5
EMPTY = "There are no articles yet. Add one: `/articles add` with a link or a file, or the menu “Add to the index” of a message."


def card(text: str, *buttons: ui.Item[Any], colour: discord.Colour = GREY) -> ui.LayoutView:
    """Plain words in a box, with buttons under them."""
    view = ui.LayoutView(timeout=None)
    box: ui.Container[ui.LayoutView] = ui.Container(accent_colour=colour)
    box.add_item(ui.TextDisplay(text))
    view.add_item(box)
    if buttons:
        view.add_item(ui.ActionRow(*buttons))
    return view


def listing(listed: Sequence[Listed], total: int, number: int) -> str:
    """Page ``number``, counted from 0."""
    if not total:
        return EMPTY
    pages = (total + PAGE - 1) // PAGE
    head = f"### {total:,} article{'s' if total != 1 else ''}" + (
        f", page {number + 1} of {pages}" if pages > 1 else ""
    )
    rows = [_row(each) for each in listed]
    if sum(map(length, rows)) > MOST_TEXT:
        # Ten addresses of a news aggregator are longer than a message; each article's own page has its link.
        rows = [_row(each, linked=False) for each in listed]
    return "\n".join([head, *rows])


def _row(each: Listed, *, linked: bool = True) -> str:
    shared = "shared" if each.server_id is None else "this server's"
    parts = [
        line(each.source, 60),
        each.day or "day unknown",
        shared,
        "a reprint" if each.reprint_of else "",
        link(each.url) if linked else "",
    ]
    return f"`{each.id}` **{line(each.title, 120) or 'untitled'}**\n-# " + " · ".join(part for part in parts if part)


def article_text(article: Article) -> str:
    day = day_of(article.published)
    by = [
        line(article.source, 80),
        line(article.author, 80),
        day.isoformat() if day else "day unknown",
        link(article.url),
    ]
    head = f"### {line(article.title, 250) or 'untitled'}\n-# " + " · ".join(part for part in by if part)
    return f"{head}\n{quoted(article.text, LONGEST_TEXT)}\n-# article {article.id}"


def progress(done: int, documents: int, stored: Sequence[Stored]) -> str:
    """While it reads."""
    so_far = f", {len(stored)} articles so far" if stored else ""
    return f"Reading {documents} document{'s' if documents != 1 else ''} …{so_far}" + "." * (done % 3)


def report(done: IngestReport, stored: Sequence[Stored]) -> str:
    """What became of everything that was brought, each failure with its sentence."""
    counts = [
        (done.added, "added"),
        (done.updated, "updated"),
        (done.unchanged, "unchanged"),
        (len(done.failed), "failed"),
    ]
    said = ", ".join(f"{count} {what}" for count, what in counts if count) or "nothing to read in it"
    lines = [f"**{said[0].upper()}{said[1:]}.**"]
    kept = [each for each in stored if each.article_id is not None]
    for each in kept[:SHOWN_STORED]:
        duplicate = " (another article tells the same)" if each.duplicate else ""
        lines.append(f"- {each.outcome}: {line(each.title, 120) or 'untitled'}{duplicate} `{each.article_id}`")
    if len(kept) > SHOWN_STORED:
        lines.append(f"-# and {len(kept) - SHOWN_STORED} more")
    lines += [f"- not read: {safe(each.error, 300)}" for each in done.failed[:SHOWN_FAILED]]
    if len(done.failed) > SHOWN_FAILED:
        lines.append(f"-# and {len(done.failed) - SHOWN_FAILED} more that could not be read")
    return "\n".join(lines)
