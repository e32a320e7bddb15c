"""What a kind of delivery must tell the loop: how its message looks, and what follows once it is sent or cannot be.

A cog registers its kind at start: ``bot.deliverer.kinds["reminder"] = ReminderKind(bot)``. Rows of a kind that
nobody registered wait; they are not lost.
"""

from dataclasses import dataclass, field

import discord
from discord import ui
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.deliveries import Delivery, Owed

LATE = 120.0  # seconds after its time from which a message says that it is late


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as it is about to be sent. Its view is not kept in memory: buttons must be ``DynamicItem``s."""

    view: ui.LayoutView
    mentions: discord.AllowedMentions = field(default_factory=discord.AllowedMentions.none)
    edit: int | None = None  # the message of the bot's own that becomes this one, instead of a new one
    thread: str | None = None  # the channel is a forum: the name of the post
    tags: tuple[int, ...] = ()  # of the forum


class Kind:
    """Override ``render``; the rest where it matters."""

    async def render(self, delivery: Delivery, late: float) -> Outgoing | None:
        """The message now, ``late`` seconds after its time (0: on time); None when nobody wants it any more.

        May run more than once for one row, and must change nothing.
        """
        raise NotImplementedError

    async def sent(self, connection: AsyncConnection, delivery: Delivery, message_id: int | None) -> None:
        """In the transaction that marks it sent."""

    async def undeliverable(self, connection: AsyncConnection, delivery: Delivery, why: str) -> Owed | None:
        """In the transaction that gives it up; a message to whoever must know, or None. Told once by its key."""
        return None


def lateness(delivery: Delivery, now: float) -> float:
    """Seconds, or 0 where it is not worth a word."""
    late = now - delivery.first_due
    return late if late > LATE else 0.0
