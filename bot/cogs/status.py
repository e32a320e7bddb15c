"""``/status`` and ``/timeline``: where a deal stands. Translates; ``index.status`` judges, ``bot.standing`` gathers."""

from typing import TypeAlias

import discord
from discord import app_commands
from discord.ext import commands

from bot import failures
from bot.buttons.status import StatusButton, buttons_of
from bot.cards.status import status_card
from bot.choosing import deal_choices
from bot.client import DealwireBot
from bot.days import day_named
from bot.standing import standing_of
from bot.timelines import timeline_message

Interaction: TypeAlias = discord.Interaction[DealwireBot]
Name: TypeAlias = app_commands.Range[str, 1, 200]
Words: TypeAlias = app_commands.Range[str, 1, 100]

WHICH = "which one; else the one that this channel is about, or the only one"
AS_OF = "what was known on a day, such as 2026-01-31 or: last Friday"


class StatusCog(commands.Cog, name="Status"):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        self.bot.add_dynamic_items(StatusButton)

    async def cog_unload(self) -> None:
        self.bot.remove_dynamic_items(StatusButton)

    @app_commands.command(description="Where a deal stands: its stage, what is open, who disagrees; all of it quoted.")
    @app_commands.describe(deal=WHICH, as_of=AS_OF)
    @failures.told
    async def status(self, interaction: Interaction, deal: Name | None = None, as_of: Words | None = None) -> None:
        day = day_named(as_of, self.bot.clock().date()) if as_of else None
        await interaction.response.defer(thinking=True)
        found, standing = await standing_of(self.bot, interaction, deal, day)
        await interaction.followup.send(view=status_card(standing, buttons_of(found, standing)))

    @app_commands.command(
        description="What happened in a deal, as a picture: stages, events, deadlines and how they moved."
    )
    @app_commands.describe(deal=WHICH, as_of=AS_OF)
    @failures.told
    async def timeline(self, interaction: Interaction, deal: Name | None = None, as_of: Words | None = None) -> None:
        day = day_named(as_of, self.bot.clock().date()) if as_of else None
        await interaction.response.defer(thinking=True)
        view, files = await timeline_message(self.bot, interaction, deal, day)
        await interaction.followup.send(view=view, files=files)

    @status.autocomplete("deal")
    @timeline.autocomplete("deal")
    async def deals(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await deal_choices(interaction, typed)


async def setup(bot: DealwireBot) -> None:
    await bot.add_cog(StatusCog(bot))
