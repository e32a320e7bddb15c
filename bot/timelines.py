"""A timeline's message for somebody on a server: the status, the picture drawn in a thread, the card around it."""

import asyncio
from datetime import date
from io import BytesIO
from typing import Any

import discord
from discord import ui

from bot.cards.timeline import FILE, timeline_card
from bot.client import DealwireBot
from bot.pictures.plan import planned
from bot.pictures.timeline import draw
from bot.standing import standing_of


async def timeline_message(
    bot: DealwireBot, interaction: discord.Interaction[Any], deal: str | int | None, as_of: date | None
) -> tuple[ui.LayoutView, list[discord.File]]:
    """No file where there is nothing to draw. Raises what ``standing_of`` raises."""
    _, standing = await standing_of(bot, interaction, deal, as_of)
    plan = planned(standing, as_of or bot.clock().date())
    view = timeline_card(standing.status, plan)
    if not plan.events:
        return view, []
    async with bot.drawing:  # matplotlib's fonts are not safe in two threads at once
        picture = await asyncio.to_thread(draw, plan)
    return view, [discord.File(BytesIO(picture), FILE)]
