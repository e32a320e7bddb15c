"""Servers that remove the bot, and take it back; the clock is turned."""

import logging
from typing import Any

import discord
import pytest
from sqlalchemy import select

from bot.store.servers import get_server, set_server
from bot.store.tables import servers
from index.ingest import ingest
from index.models import Draft, Scope
from index.read import Reading
from index.store.articles import list_articles
from tests.bot.discord.conftest import Place, card_of

TEXT = "The lighthouse at Cape Merrow was sold to its keeper for one crown, the harbour board said on Friday."


async def give_article(place: Place, server_id: int) -> None:
    async def readings():  # type: ignore[no-untyped-def]
        yield Reading(drafts=(Draft(text=TEXT, title="Lighthouse sold", origin="lighthouse"),))

    await ingest(place.bot.library, readings(), server_id=server_id)


async def titles(place: Place, server_id: int | None) -> list[str]:
    async with place.bot.library.database.read() as connection:
        return [each.title for each in await list_articles(connection, Scope(server_id=server_id))]


def the_cog(place: Place) -> Any:
    return place.bot.get_cog("Servers")  # its class is another one with each loading


async def after(place: Place, days: int) -> None:
    """So much later the hourly look is taken; every hour in between would only take time."""
    place.env.backend.advance_clock(days * 24 * 3600.0)
    later = place.env.now()
    place.bot.clock = lambda: later
    await the_cog(place).forgetting()


async def left_at(place: Place) -> float | None:
    async with place.bot.library.database.read() as connection:
        return await connection.scalar(select(servers.c.left_at).where(servers.c.id == place.guild.id))


async def test_what_a_server_kept_goes_after_the_grace_period(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot")
    async with place.bot.library.database.write() as connection:
        await set_server(connection, place.guild.id, time_zone="Europe/Oslo")
    await give_article(place, place.guild.id)
    shared = len(await titles(place, None))
    place.env.backend.remove_guild(place.guild.id)
    await place.env.settle()
    assert await left_at(place) is not None
    await after(place, 29)
    assert "Lighthouse sold" in await titles(place, place.guild.id)
    await after(place, 2)
    assert "Lighthouse sold" not in await titles(place, place.guild.id)
    assert len(await titles(place, None)) == shared
    async with place.bot.library.database.read() as connection:
        assert (await get_server(connection, place.guild.id)).time_zone == "UTC"
    assert "deleted the data of a server" in caplog.text


async def test_a_server_that_returns_in_time_finds_everything(place: Place) -> None:
    await give_article(place, place.guild.id)
    guild = place.env.backend.guilds[place.guild.id]
    place.env.backend.remove_guild(place.guild.id)
    await place.env.settle()
    await after(place, 20)
    place.env.backend.guilds[place.guild.id] = guild
    await the_cog(place).on_guild_join(discord.Object(place.guild.id))
    await after(place, 40)
    assert await left_at(place) is None and "Lighthouse sold" in await titles(place, place.guild.id)


async def test_a_removal_while_the_bot_was_away_is_found_at_the_next_start(place: Place) -> None:
    await give_article(place, 77 << 22)
    await give_article(place, place.guild.id)
    await the_cog(place).on_ready()
    async with place.bot.library.database.read() as connection:
        away = list((await connection.scalars(select(servers.c.id).where(servers.c.left_at.is_not(None)))).all())
    assert away == [77 << 22]


async def test_a_channel_that_is_deleted_loses_its_settings(place: Place) -> None:
    from bot.store.servers import get_channel, set_channel

    async with place.bot.library.database.write() as connection:
        await set_channel(connection, place.channel.id, place.guild.id, open=True)
    place.env.backend.delete_channel(place.channel.id)
    await place.env.settle()
    async with place.bot.library.database.read() as connection:
        assert await get_channel(connection, place.channel.id) is None


async def test_commands_are_told_once_and_again_only_when_they_changed(place: Place) -> None:
    def told() -> int:
        return sum(1 for each in place.env.http_requests if each.method == "PUT" and "commands" in each.path)

    assert told() == 1
    await place.bot.sync()
    assert told() == 1

    @place.bot.tree.command(name="another", description="A command that was not there")
    async def another(interaction: discord.Interaction) -> None:
        raise RuntimeError("this one fails")

    await place.bot.sync()
    assert told() == 2


async def test_while_it_stops_nothing_new_begins(place: Place) -> None:
    place.bot.stopping = True
    result = await place.bob.slash(place.channel, "ask", question="when is the licence deadline?")
    assert result.ephemeral and "being restarted" in card_of(result)
