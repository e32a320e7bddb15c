"""``/feedback``: what could not be answered, and what was not helpful, for those who manage the server; privately."""

from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot import failures
from bot.cards.articles import card
from bot.cards.text import line
from bot.client import DealwireBot
from bot.lasting import LastingButton
from bot.rights import as_manager
from bot.store import feedback

PAGE = 10
NOTHING = "Nothing yet: every question here was answered, and nobody found an answer not helpful."
HINT = "-# What is missing can often be had: `/articles add` with an article that tells it."


class FeedbackButton(LastingButton, template=r"df:(?P<verb>back|on):(?P<named>\d{1,6})"):
    async def press(self, interaction: discord.Interaction[Any]) -> None:
        server_id = as_manager(interaction)
        view = await page_of(interaction.client, server_id, self.number)
        await interaction.response.edit_message(view=view)


class Feedback(commands.Cog):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        self.bot.add_dynamic_items(FeedbackButton)

    async def cog_unload(self) -> None:
        self.bot.remove_dynamic_items(FeedbackButton)

    @app_commands.command(description="What could not be answered here, and which answers were not helpful.")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def feedback(self, interaction: discord.Interaction[DealwireBot]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            await interaction.followup.send(view=await page_of(self.bot, as_manager(interaction), 0))
        except Exception as error:
            await failures.tell(interaction, error)


async def page_of(bot: DealwireBot, server_id: int, number: int) -> ui.LayoutView:
    async with bot.library.database.read() as connection:
        wanting, total = await feedback.page(connection, server_id, number * PAGE, PAGE)
    if not total:
        return card(NOTHING)
    last = (total - 1) // PAGE
    lines = [
        f"### {total:,} question{'s' if total != 1 else ''}" + (f", page {number + 1} of {last + 1}" if last else "")
    ]
    for each in wanting:
        why = "not answered" if not each.answered else f"not helpful for {each.unhelpful}, helpful for {each.helpful}"
        lines.append(f"{line(each.question, 200)}\n-# {why} · <t:{int(each.asked_at)}:R>")
    text = "\n".join([*lines, HINT])
    if not last:
        return card(text)
    return card(
        text, _button("back", number - 1, "‹ newer", number <= 0), _button("on", number + 1, "older ›", number >= last)
    )


def _button(step: str, number: int, label: str, off: bool) -> FeedbackButton:
    name = f"df:{step}:{max(0, number)}"
    return FeedbackButton(ui.Button(label=label, custom_id=name, disabled=off), step, max(0, number))


async def setup(bot: DealwireBot) -> None:
    await bot.add_cog(Feedback(bot))
