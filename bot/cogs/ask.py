"""``/ask``: a question in, a card out. Translates between Discord and ``bot.asking``; decides nothing."""

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot import failures, waiting
from bot.asking import Where, ask_and_keep, deals_seen, parent_of
from bot.buttons import buttons_of
from bot.cards.answer import answer_card
from bot.client import DealwireBot
from bot.days import day_named
from bot.store import answers, servers
from index.answer.question import understand
from index.errors import StoreError

CHOICES = 25  # that Discord shows
LOOK_UP = 0.7  # seconds that finding a server's default may take before the answer is private to be sure


class Ask(commands.Cog):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot
        self._looking: dict[int, asyncio.Task[bool]] = {}  # for a server's default, while it is read

    @app_commands.command(description="Ask about the deals that this server follows; get the sentence that says so.")
    @app_commands.describe(
        question="such as: when is the licence deadline?",
        deal="only articles of this deal; else the one that this channel is about",
        as_of="what was known on a day, such as 2026-01-31 or: last Friday",
        private="only you see the answer; you can share it afterwards",
        notify="where the articles don't say yet, I tell you once one does",
    )
    async def ask(
        self,
        interaction: discord.Interaction[DealwireBot],
        question: app_commands.Range[str, 1, 1_000],
        deal: app_commands.Range[str, 1, 200] | None = None,
        as_of: app_commands.Range[str, 1, 100] | None = None,
        private: bool | None = None,
        notify: bool = False,
    ) -> None:
        where = Where(
            interaction.user.id, interaction.channel_id or 0, interaction.guild_id, parent_of(interaction.channel)
        )
        try:
            # What can be refused at once is refused privately, before a public “is thinking …” stands there.
            understand(question)
            day = day_named(as_of, self.bot.clock().date()) if as_of else None
            self.bot.desk.check(where.asker_id, where.server_id)
            if notify:
                await waiting.check_room(self.bot, where.asker_id, day)
            private = await self._private(interaction.guild_id, private)
            await interaction.response.defer(ephemeral=private, thinking=True)
            asked = await ask_and_keep(self.bot, question, where, deal=deal, as_of=day, private=private)
            if notify and not asked.answer.answered:
                asked = await waiting.keep_waiting(self.bot, asked)
            view = answer_card(asked, buttons_of(asked, self.bot.clock().date()))
            message = await interaction.followup.send(view=view, wait=True)
            async with self.bot.library.database.write() as connection:
                await answers.shown(connection, asked.id, message.id)
        except Exception as error:
            await failures.tell(interaction, error)

    async def _private(self, server_id: int | None, wanted: bool | None) -> bool:
        """Known before anything is shown: whether an answer is private cannot be changed afterwards."""
        if server_id is None:
            return False  # a direct message is private as it is
        if wanted is not None:
            return wanted
        try:
            async with asyncio.timeout(LOOK_UP):
                return await asyncio.shield(self._default_of(server_id))
        except (TimeoutError, StoreError):
            return True

    def _default_of(self, server_id: int) -> "asyncio.Task[bool]":
        """One look for all who wait for it: two hundred at once would make the last wait for seconds."""
        looking = self._looking.get(server_id)
        if looking is None:
            looking = self._looking[server_id] = asyncio.create_task(self._look(server_id))
            looking.add_done_callback(lambda done: self._looking.pop(server_id, None))
            looking.add_done_callback(lambda done: done.cancelled() or done.exception())  # if nobody waits any more
        return looking

    async def _look(self, server_id: int) -> bool:
        return (await self.bot.library.database.look(lambda found: servers.get_server(found, server_id))).private

    @ask.autocomplete("deal")
    async def deals(self, interaction: discord.Interaction[DealwireBot], typed: str) -> list[app_commands.Choice[str]]:
        try:
            async with self.bot.library.database.read() as connection:
                seen = await deals_seen(connection, interaction.guild_id)
        except StoreError:
            return []
        names = [each.name for each in seen if typed.casefold() in each.name.casefold() and len(each.name) <= 100]
        names.sort(key=lambda name: not name.casefold().startswith(typed.casefold()))
        return [app_commands.Choice(name=name, value=name) for name in names[:CHOICES]]


async def setup(bot: DealwireBot) -> None:
    await bot.add_cog(Ask(bot))
