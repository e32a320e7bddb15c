"""Hears what import bots post in their channels. Translates; ``bot.importing`` reads."""

import logging

import discord
from discord.ext import commands

from bot.client import DealwireBot
from bot.importing import Importing
from index.errors import StoreError

log = logging.getLogger(__name__)


class Importer(commands.Cog):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot
        self.importing = Importing(bot)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        if message.author.bot and message.guild is not None and message.author != self.bot.user:
            await self._look(message.channel.id)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """A true edit alone: Discord also tells of an edit when it adds the preview of a link."""
        author = payload.data.get("author") or {}
        if payload.data.get("edited_timestamp") and author.get("bot") and payload.guild_id is not None:
            try:
                await self.importing.again(payload.channel_id, payload.message_id)
            except StoreError as error:
                log.warning("A changed message in an import channel was not read: %s", error)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        await self._look()

    @commands.Cog.listener()
    async def on_feed_resumed(self) -> None:
        await self._look()

    async def _look(self, channel_id: int | None = None) -> None:
        try:
            if channel_id is None:
                await self.importing.all_channels()
            else:
                await self.importing.channel(channel_id)
        except StoreError as error:  # the next look finds it
            log.warning("An import channel was not read: %s", error)


async def setup(bot: DealwireBot) -> None:
    await bot.add_cog(Importer(bot))
