"""Asking Discord, without connecting, who we are and what we may. For ``dealwire invite`` and ``dealwire doctor``."""

from dataclasses import dataclass

import discord

from bot.permissions import Need, missing
from bot.starting import told


@dataclass(frozen=True, slots=True)
class Reached:
    name: str
    application_id: int
    reads_messages: bool  # the privileged intent is switched on
    servers: int
    lacking: tuple[tuple[str, tuple[Need, ...]], ...]  # servers in which permissions are missing


async def reach(token: str) -> Reached:
    """Raises StartError with the sentence."""
    try:
        async with discord.Client(intents=discord.Intents.none()) as client:
            await client.login(token)
            info = await client.application_info()
            # Plain payloads: only they tell what the bot may in each server.
            servers = await client.http.get_guilds(200, with_counts=False)
    except Exception as error:
        if expected := told(error):
            raise expected from error
        raise
    flags = info.flags
    found = [(each["name"], tuple(missing(discord.Permissions(int(each["permissions"]))))) for each in servers]
    return Reached(
        name=client.user.name if client.user else info.name,
        application_id=info.id,
        reads_messages=flags.gateway_message_content or flags.gateway_message_content_limited,
        servers=len(servers),
        lacking=tuple((name, needs) for name, needs in found if needs),
    )
