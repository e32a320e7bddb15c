"""The buttons under a status: its timeline. They carry the deal's id and the day, and survive a restart.

What a button names is a claim: the deal is looked up among those that the server sees which the press comes from.
"""

import re
from datetime import date
from typing import Any, Self

import discord
from discord import ui

from bot import failures
from index.status import Standing
from index.store.deals import Deal


class StatusButton(
    ui.DynamicItem[ui.Button[Any]], template=r"ds:timeline:(?P<deal>\d{1,18})(?::(?P<day>\d{4}-\d\d-\d\d))?"
):
    def __init__(self, button: ui.Button[Any], deal_id: int, as_of: date | None) -> None:
        super().__init__(button)
        self.deal_id, self.as_of = deal_id, as_of

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        assert isinstance(item, ui.Button)
        return cls(item, int(match["deal"]), date.fromisoformat(match["day"]) if match["day"] else None)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Privately: whoever wants it for all says /timeline."""
        from bot.timelines import timeline_message  # which needs the bot, which needs the buttons

        try:
            await interaction.response.defer(ephemeral=True, thinking=True)
            view, files = await timeline_message(interaction.client, interaction, self.deal_id, self.as_of)
            await interaction.followup.send(view=view, files=files, ephemeral=True)
        except Exception as error:
            await failures.tell(interaction, error)


def buttons_of(deal: Deal, standing: Standing) -> list[ui.Item[Any]]:
    if not standing.status.timeline:
        return []
    as_of = standing.status.as_of
    name = f"ds:timeline:{deal.id}" + (f":{as_of.isoformat()}" if as_of else "")
    button: ui.Button[Any] = ui.Button(label="Timeline", emoji="🗓️", custom_id=name)
    return [StatusButton(button, deal.id, as_of)]
