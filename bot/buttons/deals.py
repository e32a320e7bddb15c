"""The buttons of deals: “remove” with its “keep”, and “Follow” under a suggestion, which asks for a name first.

They survive a restart. What a button names is a claim: the deal or the suggestion is looked up within the server that
the press comes from, and whoever presses must manage it at that moment.
"""

from typing import Any

import discord
from discord import ui

from bot import failures
from bot.cards.articles import card
from bot.cards.deals import deal_text
from bot.cards.text import line
from bot.lasting import LastingButton
from bot.rights import as_manager
from index.deals import LONGEST_ABOUT, LONGEST_NAME, add_deal, remove_deal
from index.errors import UsageError
from index.library import Library
from index.store.deals import Deal, list_deals, members
from index.suggest import Suggestion, suggest_deals

KEPT = "It stays."
GONE = "That deal is no longer there."
CHANGED = "Those articles no longer stand alone; look again: /deal suggest"


class DealButton(LastingButton, template=r"dd:(?P<verb>follow|remove|keep):(?P<named>\d{1,18})"):
    async def press(self, interaction: discord.Interaction[Any]) -> None:
        server_id = as_manager(interaction)
        if self.verb == "keep":
            await interaction.response.edit_message(view=card(KEPT))
        elif self.verb == "remove":
            removed = await _remove(interaction.client.library, server_id, self.number)
            said = f"“{line(removed.name, 100)}” is no longer followed; its articles stay."
            await interaction.response.edit_message(view=card(said))
        else:
            await interaction.response.send_modal(FollowModal(self.number))


class FollowModal(ui.Modal, title="Follow a deal"):
    """Left empty, it gets the name and the words that were suggested."""

    name: ui.TextInput["FollowModal"] = ui.TextInput(
        label="Name", custom_id="name", placeholder="as it was suggested", required=False, max_length=LONGEST_NAME
    )
    about: ui.TextInput["FollowModal"] = ui.TextInput(
        label="What it is about", custom_id="about", placeholder="as it was suggested; names of the parties help",
        style=discord.TextStyle.paragraph, required=False, max_length=LONGEST_ABOUT,
    )  # fmt: skip

    def __init__(self, article_id: int) -> None:
        super().__init__()
        self.article_id = article_id

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        try:
            server_id = as_manager(interaction)
            await interaction.response.defer(ephemeral=True, thinking=True)
            library: Library = interaction.client.library
            suggestion = await _suggestion(library, server_id, self.article_id)
            deal = await add_deal(
                library,
                str(self.name) or suggestion.name,
                str(self.about) or suggestion.about,
                server_id=server_id,
                with_articles=[each.id for each in suggestion.articles],
            )
            async with library.database.read() as connection:
                held = await members(connection, deal.id, server_id, 10)
            await interaction.followup.send(view=card(deal_text(deal, held, "Following it from now on.")))
        except Exception as error:
            await failures.tell(interaction, error)


def button(
    verb: str, number: int, label: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary
) -> DealButton:
    return DealButton(ui.Button(label=label, style=style, custom_id=f"dd:{verb}:{number}"), verb, number)


async def _suggestion(library: Library, server_id: int, article_id: int) -> Suggestion:
    """Worked out anew: the button only names an article of it. Raises UsageError."""
    for each in await suggest_deals(library, server_id):
        if any(kin.id == article_id for kin in each.articles):
            return each
    raise UsageError(CHANGED)


async def _remove(library: Library, server_id: int, deal_id: int) -> Deal:
    async with library.database.read() as connection:
        own = await list_deals(connection, server_id)
    found = next((each for each in own if each.id == deal_id), None)
    if found is None:
        raise UsageError(GONE)
    return await remove_deal(library, found.name, server_id=server_id)
