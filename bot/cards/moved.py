"""What became of a deadline, with both quotes: the message that those who are reminded of it get once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import discord
from discord import ui

from bot.cards.reminder import source_line
from bot.cards.text import line, quoted, stamp
from bot.reminders.subject import Subject

COLOUR = discord.Colour(0x5865F2)
ALONG = "Your reminders move along."
BOTH = "I am not sure of it, so reminders for both days come until somebody confirms the new one."
STILL = "I am not sure of it, so your reminders go on until somebody confirms it."
HEADS = {
    "moved": "Moved: {what}",
    "met": "Probably met: {what}",
    "cancelled": "Probably cancelled: {what}",
    "denied": "Denied: {what}",
}


def moved_card(
    kind: str, old: Subject, new: Subject, due: datetime, *, sure: bool, buttons: Sequence[ui.Item[Any]], done: str = ""
) -> ui.LayoutView:
    """``due``: the moment at which it is due now. ``done``: what somebody decided; then there are no buttons."""
    head = f"### {HEADS[kind].format(what=line(old.what, 200))}\n"
    if kind == "moved":
        head += (
            f"from ~~{stamp(old.day, 'D')}~~ to **{stamp(new.day, 'D')}**, due {stamp(due, 'F')} ({stamp(due, 'R')})"
        )
    else:
        head += f"It was due {stamp(old.day, 'D')}."
    blocks = [head]
    if old.quote:
        blocks.append(f"It was told:\n{quoted(old.quote, 700)}\n{source_line(old)}")
    blocks.append(f"Now it is told:\n{quoted(new.quote, 700)}\n{source_line(new)}")
    blocks.append(f"**{done}**" if done else ALONG if sure else BOTH if kind == "moved" else STILL)
    box: ui.Container[ui.LayoutView] = ui.Container(accent_colour=COLOUR)
    for each in blocks:
        box.add_item(ui.TextDisplay(each))
    view = ui.LayoutView(timeout=None)
    view.add_item(box)
    if buttons and not done:
        view.add_item(ui.ActionRow(*buttons))
    return view
