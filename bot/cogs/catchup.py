"""``/catchup``: what happened in a deal since I last looked; ``/why-not``: why an article was (not) posted here."""

from typing import TypeAlias

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot import failures
from bot.asking import deal_named, deals_seen, parent_of
from bot.cards.post import NEW, by
from bot.cards.text import length, line, quoted, stamp
from bot.client import DealwireBot
from bot.clock import moment
from bot.posts.catchup import Caught, catch_up
from bot.store import posts, servers
from index.errors import StoreError, UsageError

Interaction: TypeAlias = discord.Interaction[DealwireBot]
MOST_TEXT = 3_700
SHOWN = 15  # decisions


class CatchUp(commands.Cog):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot

    @app_commands.command(description="What happened in a deal since you last looked; only you see it.")
    @app_commands.describe(deal="which one; else the one that this channel is about")
    @app_commands.guild_only()
    @failures.told
    async def catchup(self, interaction: Interaction, deal: app_commands.Range[str, 1, 200] | None = None) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        server_id = interaction.guild_id or 0
        async with self.bot.library.database.read() as connection:
            if deal is None:
                channel = await servers.get_place(
                    connection, interaction.channel_id or 0, parent_of(interaction.channel)
                )
                deal = channel.deal if channel else None
            if deal is None:
                raise UsageError("This channel is about no deal; name one: /catchup deal")
            found = await deal_named(connection, deal, server_id)
        caught = await catch_up(self.bot, interaction.user.id, server_id, found.id)
        await interaction.followup.send(view=catchup_card(found.name, caught), ephemeral=True)

    @catchup.autocomplete("deal")
    async def deals(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        try:
            async with self.bot.library.database.read() as connection:
                names = [each.name for each in await deals_seen(connection, interaction.guild_id)]
        except StoreError:
            return []
        found = [name for name in names if typed.casefold() in name.casefold() and len(name) <= 100]
        return [app_commands.Choice(name=name, value=name) for name in found[:25]]

    @app_commands.command(name="why-not", description="Why an article was, or was not, posted in this channel.")
    @app_commands.describe(article="words of its title; left out, the newest ones")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.checks.has_permissions(manage_guild=True)
    @app_commands.guild_only()
    @failures.told
    async def why_not(self, interaction: Interaction, article: app_commands.Range[str, 1, 200] | None = None) -> None:
        async with self.bot.library.database.read() as connection:
            wanted = await posts.log_of(connection, interaction.channel_id or 0, article or "", SHOWN)
        lines = [
            f"{stamp(moment(each.at), 'f')} **{line(each.title, 100)}**: {each.outcome}; {line(each.why, 250)}."
            for each in wanted
        ]
        if not lines:
            which = f"An article named “{line(article, 100)}”" if article else "An article"
            lines = [
                f"{which} that a watch of this channel wants has not arrived in the last two weeks: either it came before "
                "its feed was added, or no watch here is on its feed or deal. /watch list shows the watches."
            ]
        said = ""
        for each in lines:
            if len(said) + len(each) > 1_900:
                break
            said += f"{each}\n"
        await interaction.response.send_message(said.strip(), ephemeral=True)


def catchup_card(deal: str, caught: Caught) -> ui.LayoutView:
    box: ui.Container[ui.LayoutView] = ui.Container(accent_colour=NEW)
    since = f"since {stamp(moment(caught.since), 'f')}" if caught.looked_before else "in the last two weeks"
    box.add_item(ui.TextDisplay(f"### {line(deal, 150)}: {_counted(caught.number)} {since}"))
    used = shown = 0
    for content in caught.articles:
        parts = [f"**{line(content.title, 150)}**", by(content)]
        parts += [quoted(each, 350) for each in content.quotes[:1]]
        block = "\n".join(parts)
        used += length(block)
        if used > MOST_TEXT:
            break
        box.add_item(ui.TextDisplay(block))
        shown += 1
    if shown < caught.number:
        box.add_item(ui.TextDisplay(f"-# The newest {shown} are shown; ask me about the earlier ones"))
    view = ui.LayoutView(timeout=None)
    view.add_item(box)
    return view


def _counted(number: int) -> str:
    return "nothing new" if not number else "one new report" if number == 1 else f"{number} new reports"


async def setup(bot: DealwireBot) -> None:
    await bot.add_cog(CatchUp(bot))
