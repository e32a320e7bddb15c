"""Where a deal stands, as a card. Owns its order, its colours and what an empty field says; judges nothing.

Every claim on it is a quote with its outlet and day. A field about which no article tells says so.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import discord
from discord import ui

from bot.cards.text import length, line, link, quoted, stamp
from bot.wording import NO_ARTICLES, NOT_TOLD_STAGE, NOTHING_TOLD, sources_words
from index.agenda import Deadline
from index.answer.dates import written
from index.models import Citation, day_of
from index.stages import Stage
from index.status import Standing, Status

# The same in the picture (bot.pictures), so that a stage looks alike wherever it is met.
STAGE_COLOURS: dict[Stage, int] = {
    "rumoured": 0x99AAB5,
    "in talks": 0xFEE75C,
    "agreed in principle": 0x57D0E8,
    "signed": 0x6C8CFF,
    "awaiting approval": 0xC38BF5,
    "in force": 0x57F287,
    "suspended": 0xFAA61A,
    "collapsed": 0xED4245,
}
UNKNOWN = 0x747F8D
MOST_TEXT = 3_900
DECISIVE, LESSER = 900, 260  # characters of a quote
DEADLINES, AGAINST = 5, 2

Button = ui.Item[Any]


def status_card(standing: Standing, buttons: Sequence[Button] = ()) -> ui.LayoutView:
    status = standing.status
    colour = STAGE_COLOURS[status.stage] if status.stage else UNKNOWN
    box: ui.Container[ui.LayoutView] = ui.Container(accent_colour=discord.Colour(colour))
    room = MOST_TEXT
    foot = _foot(status)
    room -= length(foot)
    for number, block in enumerate([_head(status), *_blocks(standing)]):
        if length(block) > room:
            continue  # a shorter one behind it may still fit
        room -= length(block)
        if number:
            box.add_item(ui.Separator())
        box.add_item(ui.TextDisplay(block))
    box.add_item(ui.TextDisplay(foot))
    view = ui.LayoutView(timeout=None)
    view.add_item(box)
    if buttons:
        view.add_item(ui.ActionRow(*buttons))
    return view


def _head(status: Status) -> str:
    name = f"-# {line(status.deal or 'all articles', 200)}"
    if not status.articles:
        return f"{name}\n### {NO_ARTICLES}"
    if status.stage is None:
        return f"{name}\n### {NOT_TOLD_STAGE}"
    since = f"\nsince {stamp(status.since, 'D')} · {stamp(status.since, 'R')}" if status.since else ""
    parts = [f"{name}\n## {status.stage}{since}", *(cited(each, DECISIVE) for each in status.citations[:1])]
    parts += [cited(each, LESSER) for each in status.citations[1:2]]
    return "\n".join(parts)


def _blocks(standing: Standing) -> list[str]:
    status = standing.status
    if not status.articles:
        return []
    against = [
        f"{'rumoured: ' if each.rumour else ''}{each.stage}\n{cited(each.citation, LESSER)}"
        for each in status.against[:AGAINST]
    ]
    pairs = [
        f"**The sources disagree**\n{cited(one, LESSER)}\nbut\n{cited(other, LESSER)}"
        for one, other in status.disagreements
    ]
    ahead = [_deadline(each) for each in standing.ahead[:DEADLINES]]
    more = len(standing.ahead) - DEADLINES
    return [
        _field("What spoke against it", against),
        _field("Open deadlines", [*ahead, *([f"-# and {more} more: /deadlines"] if more > 0 else [])]),
        _field("Newest", [cited(status.newest.citation, LESSER)] if status.newest else []),
        _field("Parties", [", ".join(line(each.name, 80) for each in status.parties)] if status.parties else []),
        *(pairs or [_field("Where the sources disagree", [])]),
    ]


def _field(name: str, told: Sequence[str]) -> str:
    return f"**{name}**\n" + "\n".join(told) if told else f"**{name}:** {NOTHING_TOLD}"


def _deadline(each: Deadline) -> str:
    moved = f", moved from ~~{written(each.chain[-2], each.chain[-2])}~~" if len(each.chain) > 1 else ""
    told = each.told
    words = quoted(told.quote, LESSER)
    day = day_of(told.published)
    by = " · ".join(part for part in (line(told.source, 80), written(day, day) if day else "day unknown") if part)
    return f"{stamp(each.due, 'D')} ({stamp(each.due, 'R')}{moved})\n{words}\n-# {by}"


def cited(citation: Citation, longest: int, *, bold: str = "") -> str:
    """A quote with where it comes from."""
    day = day_of(citation.published)
    by = [f"**{line(citation.source, 80)}**" if citation.source else "", written(day, day) if day else "day unknown"]
    also = f"also in {line(', '.join(citation.also), 120)}" if citation.also else ""
    return (
        f"{quoted(citation.quote, longest, bold=bold)}\n"
        f"-# {' · '.join(part for part in (*by, link(citation.url), also) if part)}"
    )


def _foot(status: Status) -> str:
    told = [sources_words(status)] if status.articles else []
    told += [f"as known on {_day(status.as_of)}"] if status.as_of else []
    return f"-# {' · '.join(told)}" if told else "-# Articles that are about it join it by themselves."


def _day(day: date) -> str:
    return written(day, day)
