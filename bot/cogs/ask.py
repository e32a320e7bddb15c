"""``/ask``: a question in, a card out. Translates between Discord and ``bot.asking``; decides nothing."""

from datetime import date

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking import Where, ask_and_keep
from bot.cards.answer import answer_card
from bot.cards.text import safe
from bot.client import DealwireBot
from bot.store import answers
from index.errors import DealwireError, UsageError


class Ask(commands.Cog):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot

    @app_commands.command(description="Ask about the deals that this server follows; get the sentence that says so.")
    @app_commands.describe(
        question="such as: when is the licence deadline?",
        deal="only articles of this deal",
        as_of="what was known on this day, as 2026-01-31",
        private="only you see the answer",
    )
    async def ask(
        self,
        interaction: discord.Interaction[DealwireBot],
        question: str,
        deal: str | None = None,
        as_of: str | None = None,
        private: bool = False,
    ) -> None:
        await interaction.response.defer(ephemeral=private, thinking=True)
        where = Where(interaction.user.id, interaction.channel_id or 0, interaction.guild_id)
        try:
            kept = await ask_and_keep(self.bot, question, where, deal=deal, as_of=_day(as_of), private=private)
        except DealwireError as error:
            await interaction.followup.send(safe(str(error)), ephemeral=True)
            return
        message = await interaction.followup.send(view=answer_card(kept.answer), wait=True)
        async with self.bot.library.database.write() as connection:
            await answers.shown(connection, kept.id, message.id)


def _day(words: str | None) -> date | None:
    if not words:
        return None
    try:
        return date.fromisoformat(words.strip())
    except ValueError as error:
        raise UsageError(f"“{words}” is not a day; write it as 2026-01-31.") from error


async def setup(bot: DealwireBot) -> None:
    await bot.add_cog(Ask(bot))
