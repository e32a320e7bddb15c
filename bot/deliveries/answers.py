"""How the late answer to a question that waited looks. In the channel where it was asked, else as a direct message."""

from datetime import datetime
from typing import TYPE_CHECKING

import discord
from discord import ui
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.buttons import buttons_of
from bot.cards.answer import answer_card
from bot.cards.text import stamp
from bot.deliveries.kinds import Kind, Outgoing
from bot.store import answers
from bot.store.deliveries import Delivery, Owed

if TYPE_CHECKING:
    from bot.client import DealwireBot

ASKED_BEFORE = "{who}, you asked this {when}; an article tells now."


class AnswerKind(Kind):
    def __init__(self, bot: "DealwireBot") -> None:
        self.bot = bot

    async def render(self, delivery: Delivery, late: float) -> Outgoing | None:
        async with self.bot.library.database.read() as connection:
            asked = await answers.get(connection, delivery.payload["answer_id"], delivery.server_id)
        if asked is None or delivery.person_id is None:
            return None
        # In a direct message a server's answer has no buttons: they look for it where they are pressed.
        pressed = delivery.channel_id is not None or delivery.server_id is None
        view = answer_card(asked, buttons_of(asked, self.bot.clock().date()) if pressed else ())
        when = stamp(datetime.fromisoformat(delivery.payload["kept_at"]), "R")
        said = ASKED_BEFORE.format(who=f"<@{delivery.person_id}>", when=when)
        shown = ui.LayoutView(timeout=None)
        shown.add_item(ui.TextDisplay(said))
        for item in list(view.children):
            view.remove_item(item)
            shown.add_item(item)
        whom = [discord.Object(delivery.person_id)]
        mentions = discord.AllowedMentions(everyone=False, roles=False, users=whom, replied_user=False)
        return Outgoing(shown, mentions)

    async def sent(self, connection: AsyncConnection, delivery: Delivery, message_id: int | None) -> None:
        """Follow-ups, buttons and corrections find it by its message."""
        if message_id is not None:
            await answers.shown(connection, delivery.payload["answer_id"], message_id)

    async def undeliverable(self, connection: AsyncConnection, delivery: Delivery, why: str) -> Owed | None:
        """The channel is gone, or closed to the bot: whoever asked is told directly."""
        if delivery.channel_id is None:
            return None
        return Owed(
            key=f"{delivery.key}:direct",
            kind=delivery.kind,
            payload=delivery.payload,
            due=self.bot.now(),
            server_id=delivery.server_id,
            person_id=delivery.person_id,
            about=delivery.about,
        )
