"""Which deal a person means who names one, or none. Owns the order: the one named, the channel's, the only one."""

from typing import Any

import discord
from discord import app_commands
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.asking import deal_named, deals_seen
from bot.client import DealwireBot
from bot.store import servers
from index.errors import StoreError, UsageError
from index.store.deals import Deal

CHOICES = 25  # that Discord shows
NO_DEALS = "Nobody follows a deal here yet; somebody who manages the server begins with: /deal add"
SEVERAL = "This channel is about no deal; name one of: {names}."


async def deal_here(
    connection: AsyncConnection,
    name: str | None,
    server_id: int | None,
    channel_id: int | None,
    parent_id: int | None = None,
) -> Deal:
    """``parent_id``: of a thread, see ``bot.asking.Where``. Raises UsageError, naming the deals that there are."""
    if name:
        return await deal_named(connection, name, server_id)
    seen = await deals_seen(connection, server_id)
    here = await servers.get_place(connection, channel_id, parent_id) if server_id is not None and channel_id else None
    bound = here.deal_id if here is not None else None
    if bound is not None and (found := next((each for each in seen if each.id == bound), None)):
        return found
    if not seen:
        raise UsageError(NO_DEALS)
    if len(seen) > 1:
        raise UsageError(SEVERAL.format(names=", ".join(each.name for each in seen[:20])))
    return seen[0]


async def deal_with_id(connection: AsyncConnection, deal_id: int, server_id: int | None) -> Deal | None:
    """None also where it is another server's: an id is a claim."""
    return next((each for each in await deals_seen(connection, server_id) if each.id == deal_id), None)


async def deal_choices(
    interaction: discord.Interaction[Any], typed: str, *, own: bool = False
) -> list[app_commands.Choice[str]]:
    """What completes a deal's name as one types; ``own``: without those that all servers share."""
    bot: DealwireBot = interaction.client
    try:
        async with bot.library.database.read() as connection:
            seen = await deals_seen(connection, interaction.guild_id)
    except StoreError:
        return []
    names = [each.name for each in seen if not own or each.server_id is not None]
    names = [each for each in names if typed.casefold() in each.casefold() and len(each) <= 100]
    names.sort(key=lambda each: not each.casefold().startswith(typed.casefold()))
    return [app_commands.Choice(name=each, value=each) for each in names[:CHOICES]]
