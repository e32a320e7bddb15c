"""A timeline as a message: the picture, and under it each of its numbered events with its quote. Judges nothing."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.cards.status import STAGE_COLOURS, UNKNOWN, cited
from bot.cards.text import length, line
from bot.pictures.plan import Plan, day_of_event
from bot.wording import NO_ARTICLES, NOT_TOLD_STAGE
from index.answer.dates import written
from index.status import Status
from index.timeline import Event, label

MOST_TEXT = 3_900
QUOTES = (280, 200, 140, 100, 70)  # characters of each, the longest at which all events fit
FILE = "timeline.png"


def timeline_card(status: Status, plan: Plan) -> ui.LayoutView:
    colour = STAGE_COLOURS[status.stage] if status.stage else UNKNOWN
    box: ui.Container[ui.LayoutView] = ui.Container(accent_colour=discord.Colour(colour))
    if not plan.events:
        said = NO_ARTICLES if not status.articles else NOT_TOLD_STAGE
        box.add_item(ui.TextDisplay(f"-# {line(plan.title, 200)}\n### {said}"))
    else:
        gallery: ui.MediaGallery[ui.LayoutView] = ui.MediaGallery()
        gallery.add_item(media=f"attachment://{FILE}", description=in_words(plan)[:1_000])
        box.add_item(gallery)
        for block in _blocks(status, plan):
            box.add_item(ui.TextDisplay(block))
    view = ui.LayoutView(timeout=None)
    view.add_item(box)
    return view


def in_words(plan: Plan) -> str:
    """What the picture shows, for who cannot see it."""
    stage = f"{plan.stage} since {written(plan.since, plan.since)}" if plan.stage and plan.since else "stage not told"
    due = "; ".join(f"{written(each.days[-1], each.days[-1])}: {each.what}" for each in plan.deadlines if each.ahead)
    return f"Timeline of {plan.title}: {stage}." + (f" Open deadlines: {due}." if due else "")


def _blocks(status: Status, plan: Plan) -> list[str]:
    foot = _foot(status, plan)
    for longest in QUOTES:
        blocks = [_event(number, each, longest) for number, each in enumerate(plan.events, 1)]
        if sum(length(each) for each in [*blocks, foot]) <= MOST_TEXT:
            break
    else:  # only very long names of outlets and links get here
        while sum(length(each) for each in [*blocks, foot]) > MOST_TEXT:
            blocks.pop(0)
    return [*blocks, *([foot] if foot else [])]


def _event(number: int, event: Event, longest: int) -> str:
    day = day_of_event(event)
    parts = [f"**{number}**", written(day, day) if day else "day unknown", f"**{label(event)}**".replace("****", "")]  # fmt: skip
    return f"{' · '.join(part for part in parts if part)}\n{cited(event.citation, longest)}"


def _foot(status: Status, plan: Plan) -> str:
    hidden = len(status.timeline) - len(plan.events)
    told: Sequence[str] = [
        f"{hidden} more event{'s' if hidden > 1 else ''} left out; as_of shows what was known on an earlier day"
        if hidden > 0
        else "",
        f"as known on {written(status.as_of, status.as_of)}" if status.as_of else "",
    ]
    said = " · ".join(part for part in told if part)
    return f"-# {said}" if said else ""
