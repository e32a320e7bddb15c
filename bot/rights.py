"""Who may do what on a server. Asks Discord for the person's permissions, and the server for what it set.

Discord hides commands from those who may not use them; that can be changed in a server's settings, so it is asked
again here. Raises what ``bot.failures`` has a sentence for.
"""

from typing import Any

import discord
from discord import app_commands

from bot.store import servers
from index.errors import UsageError
from index.library import Library

MAY_NOT_PING = "You may not ping that role yourself, so neither may I for you; choose another one."
MAY_NOT_ADD = (
    "Adding articles is for people who may manage this server; they can open it to everybody: /settings server adders"
)


def on_server(interaction: discord.Interaction[Any]) -> int:
    """The server's id. Raises NoPrivateMessage."""
    if interaction.guild_id is None:
        raise app_commands.NoPrivateMessage
    return interaction.guild_id


def manages(interaction: discord.Interaction[Any]) -> bool:
    return interaction.permissions.manage_guild or interaction.permissions.administrator


def as_manager(interaction: discord.Interaction[Any]) -> int:
    """The server's id. Raises NoPrivateMessage and MissingPermissions."""
    server_id = on_server(interaction)
    if not manages(interaction):
        raise app_commands.MissingPermissions(["manage_server"])
    return server_id


async def as_adder(interaction: discord.Interaction[Any], library: Library) -> int:
    """The server's id, for somebody who may add articles. Raises NoPrivateMessage and UsageError."""
    server_id = on_server(interaction)
    if not manages(interaction):
        async with library.database.read() as connection:
            if (await servers.get_server(connection, server_id)).adders != "everyone":
                raise UsageError(MAY_NOT_ADD)
    return server_id


def pingable(interaction: discord.Interaction[Any], role: discord.Role | None) -> int | None:
    """The role's id, where the person may ping it themselves. Raises UsageError."""
    if role is None:
        return None
    if role.is_default() or not (role.mentionable or interaction.permissions.mention_everyone):
        raise UsageError(MAY_NOT_PING)
    return role.id
