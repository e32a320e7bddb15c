"""``/questions``: one's own questions that wait for an article to answer them. Translates; ``bot.waiting`` keeps."""

from typing import TypeAlias

import discord
from discord import app_commands
from discord.ext import commands

from bot import failures
from bot.cards.articles import card
from bot.cards.text import length, line, stamp
from bot.client import DealwireBot
from bot.clock import moment
from bot.deliveries.answers import AnswerKind
from bot.waiting import KIND, of_person
from index.errors import StoreError, UsageError
from index.store import standing
from index.store.standing import Waiting

Interaction: TypeAlias = discord.Interaction[DealwireBot]

NONE_WAITS = "None of your questions waits for an answer. Ask with `notify` and I tell you once an article does."
NOT_THERE = "None of your questions here has that number; /questions list shows them."
DROPPED = "Dropped: {question}"
MOST_TEXT = 3_500


class Questions(commands.GroupCog, group_name="questions", group_description="Your questions that wait for an answer."):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot
        bot.deliverer.kinds[KIND] = AnswerKind(bot)
        super().__init__()

    @app_commands.command(name="list", description="Your questions that wait until an article answers them.")
    @failures.told
    async def list_(self, interaction: Interaction) -> None:
        lines: list[str] = []
        for each in await self._theirs(interaction):
            about = f" · about {line(each.deal, 80)}" if each.deal else ""
            kept = stamp(moment(_seconds(each)), "R")
            lines.append(f"`{each.id}` {line(each.question, 300)}\n-# asked {kept}{about}")
            if sum(map(length, lines)) > MOST_TEXT:
                break
        await interaction.response.send_message(view=card("\n".join(lines) or NONE_WAITS), ephemeral=True)

    @app_commands.command(description="I no longer wait for an answer to one of your questions.")
    @app_commands.describe(question="which one")
    @failures.told
    async def drop(self, interaction: Interaction, question: app_commands.Range[int, 1, 2**53]) -> None:
        found = next((each for each in await self._theirs(interaction) if each.id == question), None)
        if found is None:
            raise UsageError(NOT_THERE)
        async with self.bot.library.database.write() as connection:
            if not await standing.drop(connection, found.id):
                raise UsageError(NOT_THERE)
        said = DROPPED.format(question=line(found.question, 300))
        await interaction.response.send_message(view=card(said), ephemeral=True)

    @drop.autocomplete("question")
    async def which(self, interaction: Interaction, typed: int | str) -> list[app_commands.Choice[int]]:
        try:
            theirs = await self._theirs(interaction)
        except StoreError:
            return []
        found = [each for each in theirs if str(typed).casefold() in f"{each.id} {each.question}".casefold()]
        return [app_commands.Choice(name=each.question[:100], value=each.id) for each in found[:25]]

    async def _theirs(self, interaction: Interaction) -> list[Waiting]:
        """On a server those of that server; in a direct message all of one's own."""
        async with self.bot.library.database.read() as connection:
            own = await of_person(connection, interaction.user.id)
        return [each for each in own if interaction.guild_id is None or each.server_id == interaction.guild_id]


def _seconds(waiting: Waiting) -> float:
    return discord.utils.parse_time(waiting.kept_at).timestamp()


async def setup(bot: DealwireBot) -> None:
    await bot.add_cog(Questions(bot))
