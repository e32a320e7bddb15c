"""The buttons under a status: its timeline. They carry the deal's id and the day, and survive a restart.

What a button names is a claim: the deal is looked up among those that the server sees which the press comes from.
"""

from datetime import date
from typing import Any

import discord
from discord import ui

from bot.lasting import LastingButton
from index.status import Standing
from index.store.deals import Deal


class StatusButton(LastingButton, template=r"ds:timeline:(?P<named>\d{1,18})(?::(?P<extra>\d{4}-\d\d-\d\d))?"):
    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Privately: whoever wants it for all says /timeline."""
        from bot.timelines import timeline_message  # which needs the bot, which needs the buttons

        await interaction.response.defer(ephemeral=True, thinking=True)
        as_of = date.fromisoformat(self.extra) if self.extra else None
        view, files = await timeline_message(interaction.client, interaction, self.number, as_of)
        await interaction.followup.send(view=view, files=files, ephemeral=True)


def buttons_of(deal: Deal, standing: Standing) -> list[ui.Item[Any]]:
    if not standing.status.timeline:
        return []
    day = standing.status.as_of.isoformat() if standing.status.as_of else ""
    name = f"ds:timeline:{deal.id}" + (f":{day}" if day else "")
    button: ui.Button[Any] = ui.Button(label="Timeline", emoji="🗓️", custom_id=name)
    return [StatusButton(button, named=deal.id, extra=day)]
