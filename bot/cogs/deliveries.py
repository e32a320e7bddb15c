"""Starts the loop of deliveries once Discord is there, and ends it with the bot. Renders only plain notices."""

import discord
from discord import ui
from discord.ext import commands

from bot.cards.text import safe, stamp
from bot.client import DealwireBot
from bot.clock import moment
from bot.deliveries import Kind, Outgoing
from bot.store.deliveries import Delivery

NOTICE = discord.Colour(0x5865F2)


class Notice(Kind):
    """A few plain sentences of the bot's own, ``payload["text"]``.

    ``{channel}`` in it is ``payload["channel_id"]``, and ``{when}`` the moment ``payload["when"]``, in seconds.
    """

    async def render(self, delivery: Delivery, late: float) -> Outgoing | None:
        text = safe(delivery.payload["text"], 3_000)
        text = text.replace("{channel}", f"<#{delivery.payload.get('channel_id')}>")
        if (when := delivery.payload.get("when")) is not None:
            text = text.replace("{when}", stamp(moment(when), "F"))
        view = ui.LayoutView(timeout=None)
        view.add_item(ui.Container(ui.TextDisplay(text), accent_colour=NOTICE))
        return Outgoing(view)


class Deliveries(commands.Cog):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot
        bot.deliverer.kinds["notice"] = Notice()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        self.bot.deliverer.start()

    async def cog_unload(self) -> None:
        await self.bot.deliverer.stop()


async def setup(bot: DealwireBot) -> None:
    await bot.add_cog(Deliveries(bot))
