"""Which buttons an answer gets. Owns their labels and order; what they do stands in their own files."""

from datetime import date
from typing import Any

import discord
from discord import ui

from bot.buttons.press import AnswerButton, custom_id
from bot.cards.answer import pages_of
from bot.store.answers import Asked

GREY = discord.ButtonStyle.secondary


def buttons_of(asked: Asked, today: date, page: int = 0) -> list[ui.Item[Any]]:
    """At most five belong into a row; ``bot.cards.answer`` puts them there."""
    made = []
    if asked.answer.answered and asked.answer.date is not None and asked.answer.date.end >= today:
        made.append(_button(asked, "remind", "Remind me", emoji="⏰"))
    if asked.answer.citations:
        made += [_button(asked, "context", "Context"), _button(asked, "why", "Why this?")]
    made.append(_button(asked, "helpful", "Helpful", emoji="👍"))
    made.append(_button(asked, "unhelpful", "Not helpful", emoji="👎"))
    if asked.private and asked.server_id is not None:
        made.append(_button(asked, "share", "Share"))
    pages = len(pages_of(asked))
    if pages > 1:
        made.append(_button(asked, "page", "‹", extra=str(page - 1), disabled=page <= 0))
        made.append(_button(asked, "page", "›", extra=str(page + 1), disabled=page >= pages - 1))
    return made


def _button(
    asked: Asked, verb: str, label: str, *, extra: str = "", emoji: str | None = None, disabled: bool = False
) -> ui.Item[Any]:
    name = custom_id(verb, asked.id, extra)
    button: ui.Button[Any] = ui.Button(label=label, style=GREY, custom_id=name, emoji=emoji, disabled=disabled)
    return AnswerButton(button, verb, asked.id, extra)
