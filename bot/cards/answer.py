"""An answer as a card: what is on it, in which order, within Discord's limits. Owns no words but its labels."""

from datetime import UTC, date, datetime

import discord
from discord import ui

from bot.cards.text import link, quoted, safe
from bot.wording import nearest_intro
from index.answer import NOT_TOLD
from index.answer.dates import written
from index.models import Answer, Citation, day_of

ANSWERED = discord.Colour(0x3BA55D)
UNSURE = discord.Colour(0xFAA61A)
DISAGREED = discord.Colour(0xEB459E)
LONGEST_QUOTE = 700  # characters; three of them and the rest stay under Discord's 4,000


def answer_card(answer: Answer, buttons: "list[ui.Item[ui.LayoutView]] | None" = None) -> ui.LayoutView:
    """``buttons``: at most five a row; they belong to the answer's row in the database."""
    colour = DISAGREED if answer.conflict else ANSWERED if answer.answered else UNSURE
    box: ui.Container[ui.LayoutView] = ui.Container(accent_colour=colour)
    box.add_item(ui.TextDisplay(f"-# {safe(answer.question, 300)}"))
    box.add_item(ui.TextDisplay(_headline(answer)))
    box.add_item(ui.Separator())
    if not answer.answered:
        box.add_item(ui.TextDisplay(f"-# {nearest_intro(answer)}"))
    for citation in answer.citations:
        box.add_item(ui.TextDisplay(_quote(citation)))
    if answer.superseded:
        box.add_item(ui.TextDisplay("-# It used to be:\n" + _quote(answer.superseded, struck=True)))
    view = ui.LayoutView(timeout=None)
    view.add_item(box)
    for start in range(0, len(buttons or []), 5):
        view.add_item(ui.ActionRow(*(buttons or [])[start : start + 5]))
    return view


def _headline(answer: Answer) -> str:
    if not answer.answered:
        return f"### {NOT_TOLD}"
    lines = [f"### {safe(answer.answer, 400)}"]
    if answer.date:
        lines.append(f"{_stamp(answer.date.end, 'D')} · {_stamp(answer.date.end, 'R')}")
    if answer.reading:
        lines.append(f"-# read from: {safe(answer.reading, 200)}")
    return "\n".join(lines)


def _stamp(day: date, style: str) -> str:
    """A day as Discord shows days; noon in UTC is the same day for nearly everybody."""
    return f"<t:{int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())}:{style}>"


def _quote(citation: Citation, *, struck: bool = False) -> str:
    day = day_of(citation.published)
    by = [safe(citation.source, 80), written(day, day) if day else "day unknown", link(citation.url)]
    lines = [quoted(citation.quote, LONGEST_QUOTE)]
    if struck:
        lines = [f"> ~~{line[2:]}~~" for line in lines[0].splitlines()]
    lines.append("-# " + " · ".join(part for part in by if part))
    if citation.also:
        lines.append(f"-# also reported by {safe(', '.join(citation.also), 200)}")
    return "\n".join(lines)
