"""Telling Discord the commands, and only when they changed: it allows few such calls a day.

What was last told is kept as a digest (table ``synced``), so that a restart says nothing new.
"""

import hashlib
import json
import logging

import discord
from discord import app_commands

from bot.store import synced
from index.library import Library

log = logging.getLogger(__name__)


def digest_of(tree: app_commands.CommandTree[discord.Client]) -> str:
    """Of all that Discord is told: names, descriptions, options, permissions, places."""
    told = [command.to_dict(tree) for command in tree.get_commands()]
    told.sort(key=lambda each: (each["type"], each["name"]))
    return hashlib.blake2b(json.dumps(told, sort_keys=True, default=str).encode(), digest_size=16).hexdigest()


async def sync(
    tree: app_commands.CommandTree[discord.Client], library: Library, application_id: int, *, always: bool = False
) -> bool:
    """Whether Discord had to be told. ``always``: also when it was told before, as by an offline Discord anew."""
    digest = digest_of(tree)
    async with library.database.read() as connection:
        before = await synced.get(connection, application_id)
    if before == digest and not always:
        log.info("the commands are as Discord knows them")
        return False
    told = await tree.sync()
    await library.database.transact(lambda connection: synced.put(connection, application_id, digest))
    log.info("told Discord %d commands", len(told))
    return True
