"""Questions in messages: mentions, replies to an answer, direct messages, open channels, and the message menu.

Translates; which messages are questions is told by ``bot.chatter``, what a reply leans on by ``index.answer.followup``.
"""

import logging
import re
from contextlib import suppress

import discord
from discord import app_commands
from discord.ext import commands

from bot import failures
from bot.asking import Where, ask_and_keep, parent_of
from bot.buttons import buttons_of
from bot.cards.answer import answer_card
from bot.chatter import Sort, bare_question, is_small_talk, sort_of
from bot.client import DealwireBot
from bot.store import answers, servers
from bot.store.answers import Asked
from bot.waiting import SURE
from index.answer.question import LONGEST
from index.errors import DealwireError, StoreError

HINT = "Ask me about the deals in the news, such as: when is the licence deadline?"
NO_WORDS = "There are no words in that message to ask about."
MAY_NOT_WRITE = "I may not write in that channel; somebody who manages it can allow me to send messages there."
CONTENT = (discord.MessageType.default, discord.MessageType.reply)

log = logging.getLogger(__name__)


class Listen(commands.Cog):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot
        self.menu = app_commands.ContextMenu(name="Ask about this", callback=self.ask_about_this)
        bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    async def ask_about_this(self, interaction: discord.Interaction[DealwireBot], message: discord.Message) -> None:
        """The menu of a message: what it asks, or what the articles say about it; seen by whoever chose it."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            words = self._words(message)
            if not any(each.isalnum() for each in words):
                await interaction.followup.send(NO_WORDS, ephemeral=True)
                return
            where = Where(
                interaction.user.id, interaction.channel_id or 0, interaction.guild_id, parent_of(message.channel)
            )
            private = interaction.guild_id is not None
            asked = await ask_and_keep(self.bot, _short(bare_question(words)), where, private=private)
            view = answer_card(asked, buttons_of(asked, self.bot.clock().date()))
            shown = await interaction.followup.send(view=view, wait=True)
            await self._shown(asked, shown)
        except Exception as error:
            await failures.tell(interaction, error)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        if message.author.bot or message.webhook_id or message.type not in CONTENT:
            return
        try:
            await self._heard(message)
        except discord.Forbidden:
            await self._may_not_write(message)
        except discord.HTTPException as error:  # the channel or the message may be gone by now
            log.info("An answer could not be shown in channel %s: %s", message.channel.id, error)
        except Exception as error:
            said = failures.sentence(error)
            with suppress(discord.HTTPException):
                await message.channel.send(said, reference=_reference(message))

    async def _heard(self, message: discord.Message) -> None:
        words = self._words(message)
        following = await self._following(message)
        if following is not None:
            if not is_small_talk(words):
                await self._answer(message, words, following=following)
        elif message.guild is None or self._mentioned(message):
            words = words or await self._replied_to(message)
            if not words or is_small_talk(words):
                await message.channel.send(HINT, reference=_reference(message))
            else:
                await self._answer(message, bare_question(words))
        elif not message.mentions and message.reference is None:
            sort = sort_of(words)
            if sort is not Sort.CHATTER and await self._is_open(message):
                await self._answer(message, bare_question(words), only_if_told=sort is Sort.PERHAPS)

    async def _answer(
        self, message: discord.Message, question: str, *, following: Asked | None = None, only_if_told: bool = False
    ) -> None:
        if not only_if_told:
            with suppress(discord.HTTPException):
                await message.channel.typing()
        server_id = message.guild.id if message.guild else None
        where = Where(message.author.id, message.channel.id, server_id, parent_of(message.channel))
        try:
            asked = await ask_and_keep(self.bot, _short(question), where, following=following)
        except DealwireError as error:
            if not only_if_told:
                raise
            log.warning("%s", error)  # nobody asked us by name, perhaps nobody asked: nobody is told
            return
        if only_if_told and not (asked.answer.answered and asked.answer.confidence >= SURE):
            return
        view = answer_card(asked, buttons_of(asked, self.bot.clock().date()))
        await self._shown(asked, await message.channel.send(view=view, reference=_reference(message)))

    async def _shown(self, asked: Asked, message: discord.Message) -> None:
        async with self.bot.library.database.write() as connection:
            await answers.shown(connection, asked.id, message.id)

    async def _following(self, message: discord.Message) -> Asked | None:
        """The answer of ours that this is a reply to; from the database, so that it survives a restart."""
        if message.reference is None or message.reference.message_id is None:
            return None
        replied = message.reference.resolved
        if isinstance(replied, discord.Message) and self.bot.user and replied.author.id != self.bot.user.id:
            return None
        server_id = message.guild.id if message.guild else None
        async with self.bot.library.database.read() as connection:
            return await answers.of_message(connection, message.reference.message_id, server_id)

    async def _replied_to(self, message: discord.Message) -> str:
        """A mention alone, in reply to somebody: that is what is asked."""
        replied = message.reference.resolved if message.reference else None
        return self._words(replied) if isinstance(replied, discord.Message) and not replied.author.bot else ""

    async def _is_open(self, message: discord.Message) -> bool:
        try:
            async with self.bot.library.database.read() as connection:
                channel = await servers.get_place(connection, message.channel.id, parent_of(message.channel))
        except StoreError as error:
            log.warning("%s", error)  # nobody asked us by name: nobody is told
            return False
        return channel is not None and channel.open

    def _mentioned(self, message: discord.Message) -> bool:
        """By its name in the text; a reply's own ping does not count."""
        return bool(self.bot.user and re.search(rf"<@!?{self.bot.user.id}>", message.content))

    def _words(self, message: discord.Message) -> str:
        """Without mentions of the bot."""
        own = rf"<@!?{self.bot.user.id}>" if self.bot.user else r"(?!)"
        return " ".join(re.sub(own, " ", message.content).split())

    async def _may_not_write(self, message: discord.Message) -> None:
        if message.guild is not None and self._mentioned(message):
            with suppress(discord.HTTPException):
                await message.author.send(MAY_NOT_WRITE)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else words[:LONGEST].rpartition(" ")[0] or words[:LONGEST]


def _reference(message: discord.Message) -> discord.MessageReference:
    return message.to_reference(fail_if_not_exists=False)


async def setup(bot: DealwireBot) -> None:
    await bot.add_cog(Listen(bot))
