"""Where a deal stands, for somebody on a server: finds the deal, keeps to the server's scope, asks ``index.status``.

Knows no card and no picture. Questions count at the desk like any other.
"""

from datetime import date
from typing import Any

import discord

from bot.asking import parent_of
from bot.choosing import deal_here, deal_with_id
from bot.client import DealwireBot
from index.errors import UsageError
from index.models import Scope
from index.status import Standing, status
from index.store.deals import Deal
from index.told import reread

GONE = "That deal is no longer followed here."


async def standing_of(
    bot: DealwireBot, interaction: discord.Interaction[Any], deal: str | int | None, as_of: date | None
) -> tuple[Deal, Standing]:
    """``deal``: its name, its id as a button claims it, or None for the channel's. Raises UsageError and BusyError."""
    server_id = interaction.guild_id
    async with bot.desk.turn(interaction.user.id, server_id):
        await reread(bot.library)  # nothing, unless a grammar is newer than what is stored
        async with bot.library.database.read() as connection:
            if isinstance(deal, int):
                found = await deal_with_id(connection, deal, server_id)
                if found is None:
                    raise UsageError(GONE)
            else:
                found = await deal_here(
                    connection, deal, server_id, interaction.channel_id, parent_of(interaction.channel)
                )
        scope = Scope(server_id=server_id, as_of=as_of)
        return found, await status(bot.library, found, scope, as_of or bot.clock().date())
