"""An answer as a card: what is on it, in which order, within Discord's limits. Owns no words but its labels.

A card that would be too long has pages: each repeats the short answer, and holds as many quotes as fit.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import discord
from discord import ui

from bot.cards.text import length, line, link, quoted, stamp
from bot.store.answers import Asked
from bot.wording import nearest_intro
from index.answer import NOT_TOLD
from index.answer.dates import written
from index.models import Answer, Citation, day_of

ANSWERED = discord.Colour(0x3BA55D)
UNSURE = discord.Colour(0xFAA61A)
DISAGREED = discord.Colour(0xEB459E)
CHANGED = discord.Colour(0x99AAB5)

MOST_TEXT = 3_900  # characters of one card; Discord takes 4,000
LONGEST_QUOTE = 1_500
MOST_QUOTES = 6  # of one page: with its lines and buttons far below Discord's 40 parts

USED_TO_BE = "It used to be:"
WITHDRAWN = "This article was withdrawn after I answered."
EDITED = "This article was changed after I answered; the sentence is no longer in it."

Button = ui.Item[Any]


def answer_card(asked: Asked, buttons: Sequence[Button] = (), page: int = 0) -> ui.LayoutView:
    """``buttons``: those of ``bot.buttons``; ``page``: from 0, the last one where there are fewer."""
    pages = pages_of(asked)
    page = max(0, min(page, len(pages) - 1))
    box: ui.Container[ui.LayoutView] = ui.Container(accent_colour=_colour(asked))
    for number, block in enumerate((*_head(asked), None, *pages[page], *_foot(asked, page, len(pages)))):
        if block is not None:
            box.add_item(ui.TextDisplay(block))
        elif number:
            box.add_item(ui.Separator())
    view = ui.LayoutView(timeout=None)
    view.add_item(box)
    for start in range(0, len(buttons), 5):
        view.add_item(ui.ActionRow(*buttons[start : start + 5]))
    return view


def pages_of(asked: Asked) -> list[list[str | None]]:
    """The quotes, as many a page as fit; None is a rule between them."""
    room = MOST_TEXT - sum(length(each) for each in (*_head(asked), *_foot(asked, 8, 9)))
    pages: list[list[str | None]] = [[]]
    used = 0
    for block in _quotes(asked):
        full = used + length(block) > room or len(pages[-1]) >= MOST_QUOTES
        if pages[-1] and full:
            pages.append([])
            used = 0
        pages[-1].append(block)
        used += length(block)
    return pages


def _colour(asked: Asked) -> discord.Colour:
    if asked.corrections:
        return CHANGED
    answer = asked.answer
    return DISAGREED if answer.conflict else ANSWERED if answer.answered else UNSURE


def _head(asked: Asked) -> list[str]:
    answer = asked.answer
    head = [f"-# {line(answer.question, 300)}"]
    if asked.corrections:
        head.append("**An article that I quoted here has changed since.** Ask again for what holds now.")
    return [*head, *([_headline(answer)] if _headline(answer) else [])]


def _headline(answer: Answer) -> str:
    if not answer.answered:
        return f"### {NOT_TOLD.rstrip('.')}"
    lines = []
    if answer.date is not None:
        one_day = answer.answer == written(answer.date.end, answer.date.end)
        day, away = stamp(answer.date.end, "D"), stamp(answer.date.end, "R")
        lines = [f"### {day} · {away}"] if one_day else [f"### {line(answer.answer, 300)}", f"until {day} · {away}"]
    elif not _is_the_quote(answer):
        lines = [f"### {line(answer.answer.rstrip('.'), 400)}"]
    if answer.reading:
        lines.append(f"-# read from “{line(answer.reading, 200)}”".replace(" → ", "” → ", 1).removesuffix("”"))
    return "\n".join(lines)


def _is_the_quote(answer: Answer) -> bool:
    """How things stand is told by the sentence itself: it is shown once."""
    if not answer.citations:
        return False
    quote, told = answer.citations[0].quote, answer.answer
    return quote == told or (told.endswith("…") and quote.startswith(told.removesuffix("…").rstrip()))


def _quotes(asked: Asked) -> list[str]:
    answer = asked.answer
    if not answer.answered:
        first = answer.citations[:1]
        nearest = [f"-# {nearest_intro(answer)}", *(_quote(each, asked) for each in first)]
        short = asked.why.get("falls_short")
        return ["\n".join(nearest) + (f"\n{line(short, 300)}" if short and first else "")]
    blocks = []
    citations = [each for each in answer.citations if not _is_same(each, answer.superseded)]
    for number, citation in enumerate(citations):
        label = ("**One side:**", "**The other side:**")[number] if answer.conflict and number < 2 else ""
        block = _quote(citation, asked, bold=_words(answer) if number == 0 else "")
        blocks.append(f"{label}\n{block}" if label else block)
    if answer.superseded:
        blocks.append(f"{USED_TO_BE}\n{_quote(answer.superseded, asked, struck=True)}")
    return blocks


def _is_same(one: Citation, other: Citation | None) -> bool:
    return other is not None and (one.article_id, one.start) == (other.article_id, other.start)


def _words(answer: Answer) -> str:
    """The words of the first quote that are the answer, or that its day was read from."""
    return answer.reading.partition(" → ")[0] if answer.date else "" if _is_the_quote(answer) else answer.answer


def _quote(citation: Citation, asked: Asked, *, bold: str = "", struck: bool = False) -> str:
    day = day_of(citation.published)
    by = [f"**{line(citation.source, 80)}**" if citation.source else "", written(day, day) if day else "day unknown"]
    lines = [
        quoted(citation.quote, LONGEST_QUOTE, bold=bold, struck=struck),
        "-# " + " · ".join(part for part in (*by, link(citation.url)) if part),
    ]
    if citation.also:
        lines.append(f"-# also reported by {len(citation.also)}: {line(', '.join(citation.also), 160)}")
    correction = asked.corrections.get(citation.article_id)
    if correction:
        lines.append(f"**{WITHDRAWN if correction == 'withdrawn' else EDITED}**")
    return "\n".join(lines)


def _foot(asked: Asked, page: int, pages: int) -> list[str]:
    answer = asked.answer
    parts = [f"about {round(100 * answer.confidence)} % sure" if answer.answered else ""]
    parts.append(f"about {line(asked.deal, 60)}" if asked.deal else "")
    parts.append(f"as known on {_day(answer.as_of)}" if answer.as_of else "")
    parts.append("only you see this" if asked.private else "")
    parts.append("I tell you once an article does" if asked.why.get("waits") else "")
    parts.append(f"page {page + 1} of {pages}" if pages > 1 else "")
    told = " · ".join(part for part in parts if part)
    return [f"-# {told}"] if told else []


def _day(day: date) -> str:
    return written(day, day)
