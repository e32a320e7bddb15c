"""A reminder's message: what is due and when, the sentence that says so, and what has happened since.

Owns the words and their order. Every moment is one of Discord's timestamps, so that each reader sees their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import discord
from discord import ui

from bot.cards.text import line, link, quoted, stamp
from bot.reminders.since import Since
from bot.reminders.subject import Subject
from index.answer.dates import written
from index.models import day_of
from index.store.deadlines import StoredDeadline

DUE = discord.Colour(0xED4245)
AHEAD = discord.Colour(0xFEE75C)
OVER = discord.Colour(0x99AAB5)
LONGEST_QUOTE = 900

LATE = "-# This comes {late} late: I was away, or Discord was."
MISSED = "-# It stands for {count} reminders that came due meanwhile."
WITHDRAWN = "⚠️ The article that said so was withdrawn since."
CHANGED = "⚠️ The article was changed since; the sentence is no longer in it."
CURRENT = "Still current, {newer}."
AGAIN = "Told again since, and still current:"
OTHERWISE = "⚠️ A newer article names another day, {day}:"
UNCONFIRMED = "⚠️ This day is from a newer report that nobody has confirmed yet."
DISPUTED = "⚠️ Somebody here disputes this: {why}"
SEEN = "Please press **Seen**; I repeat this until somebody does."


@dataclass(frozen=True, slots=True)
class Told:
    """What the message says. ``since`` None: nobody's sentence."""

    subject: Subject
    due: datetime
    now: datetime
    since: Since | None = None
    late: float = 0.0
    missed: int = 0
    pending: bool = False
    wants_seen: bool = False
    again: int = 0  # how often it was repeated
    test: bool = False
    snoozed: bool = False
    disputed: str = ""
    role_id: int | None = None


def reminder_card(told: Told, buttons: Sequence[ui.Item[Any]] = (), done: str = "") -> ui.LayoutView:
    """``done``: a line that says it is over; then nothing can be pressed any more."""
    over = told.due <= told.now
    box: ui.Container[ui.LayoutView] = ui.Container(accent_colour=OVER if done else DUE if over else AHEAD)
    for block in (*_blocks(told), *([f"**{done}**"] if done else [])):
        box.add_item(ui.TextDisplay(block))
    view = ui.LayoutView(timeout=None)
    view.add_item(box)
    if told.role_id is not None:
        view.add_item(ui.TextDisplay(f"<@&{told.role_id}>"))
    if buttons and not done:
        view.add_item(ui.ActionRow(*buttons))
    return view


def _blocks(told: Told) -> list[str]:
    subject = told.subject
    over = told.due <= told.now
    what = line(subject.what, 250) or "A deadline"
    head = f"### {_head(told)}{what}\n{'It was due' if over and told.due < told.now else 'Due'} {stamp(told.due, 'F')} ({stamp(told.due, 'R')})"
    if subject.deal:
        head += f" · {line(subject.deal, 80)}"
    blocks = [head]
    if subject.quote:
        blocks.append(f"{quoted(subject.quote, LONGEST_QUOTE)}\n{source_line(subject)}")
    if told.pending:
        blocks.append(UNCONFIRMED)
    if told.disputed:
        blocks.append(DISPUTED.format(why=line(told.disputed, 200)))
    if told.since is not None:
        blocks.append(since_words(told.since))
    small = []
    if told.late:
        small.append(LATE.format(late=how_long(told.late)))
    if told.missed:
        small.append(MISSED.format(count=told.missed + 1))
    if small:
        blocks.append("\n".join(small))
    if told.wants_seen:
        blocks.append(SEEN)
    return blocks


def _head(told: Told) -> str:
    if told.test:
        return "🧪 A test of your reminder: "
    if told.again:
        return "🔁 Nobody has seen it yet: "
    if told.snoozed:
        return "💤 Once more: "
    return "⏰ "


def source_line(subject: Subject) -> str:
    parts = [
        f"**{line(subject.source, 80)}**" if subject.source else "",
        written(subject.published, subject.published) if subject.published else "day unknown",
        link(subject.url),
    ]
    return "-# " + " · ".join(part for part in parts if part)


def since_words(since: Since) -> str:
    if since.moved is not None:
        return f"{OTHERWISE.format(day=stamp(since.moved.found.due, 'D'))}\n{_telling(since.moved)}"
    if since.withdrawn:
        return WITHDRAWN
    if since.changed:
        return CHANGED
    if since.again is not None:
        return f"{AGAIN}\n{_telling(since.again)}"
    newer = "no newer article" if not since.newer else f"{since.newer} newer article{'' if since.newer == 1 else 's'}"
    return "-# " + CURRENT.format(newer=newer)


def _telling(told: StoredDeadline) -> str:
    day: date | None = day_of(told.published)
    parts = [
        f"**{line(told.source, 80)}**" if told.source else "",
        written(day, day) if day else "day unknown",
        link(told.url),
    ]
    return f"{quoted(told.quote, LONGEST_QUOTE)}\n-# " + " · ".join(part for part in parts if part)


def how_long(seconds: float) -> str:
    """“55 minutes”, “3 hours”, “2 days”."""
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        count = round(seconds / size)
        if seconds >= size * 0.95 and count:
            return f"{count} {name}{'' if count == 1 else 's'}"
    return "a moment"
