"""``/settings``, ``/timezone``, ``/help``, ``/health``, ``/feedback``: what they set and tell, and to whom."""

import re

import discord
import pytest

from bot.cogs.help import text_for
from bot.store.servers import get_channel, get_server, time_zone_of
from index.deals import add_deal
from tests.bot.discord.conftest import Place, card_of, labels, shown

NOBODY_TELLS = "what does a tonne of neodymium cost now?"


async def test_a_server_sets_its_time_zone_as_it_types(place: Place) -> None:
    choices = await place.ann.autocomplete(place.channel, "settings server", "time_zone", "berl")
    assert [each["value"] for each in choices] == ["Europe/Berlin"]
    many = await place.ann.autocomplete(place.channel, "settings server", "time_zone", "new y")
    assert many[0]["value"] == "America/New_York"
    card = card_of(
        await place.ann.slash(
            place.channel,
            "settings server",
            time_zone="europe/berlin",
            private=True,
            adders="everyone",
            due_hour=8,
        )
    )
    assert "**Europe/Berlin**" in card and "**8:00**" in card and "**private**" in card and "**everyone**" in card
    async with place.bot.library.database.read() as connection:
        server = await get_server(connection, place.guild.id)
    assert (server.time_zone, server.private, server.adders, server.due_hour) == ("Europe/Berlin", True, "everyone", 8)
    asked = await place.bob.slash(place.channel, "ask", question="is the herring treaty in force?")
    assert asked.ephemeral  # answers are private from now on


async def test_what_is_no_time_zone_and_what_is_nothing(place: Place) -> None:
    wrong = await place.ann.slash(place.channel, "settings server", time_zone="Middle-earth/Shire")
    assert wrong.ephemeral and "There is no time zone “Middle-earth/Shire”" in card_of(wrong)
    assert "Nothing was given" in card_of(await place.ann.slash(place.channel, "settings server"))
    assert "**UTC**" in card_of(await place.ann.slash(place.channel, "settings show"))


async def test_settings_are_for_who_manages_the_server(place: Place) -> None:
    assert not [
        each for each in place.bob.available_commands(place.channel) if each.startswith(("settings", "feedback"))
    ]
    cog = place.bot.tree.get_command("settings")
    assert isinstance(cog, discord.app_commands.Group)
    assert cog.default_permissions == discord.Permissions(manage_guild=True) and cog.guild_only


async def test_a_channel_is_opened_and_bound_to_a_deal(place: Place) -> None:
    await add_deal(place.bot.library, "Ferry merger", "the merger of the Pellow and Norrey ferry lines")
    choices = await place.ann.autocomplete(place.channel, "settings channel", "deal", "")
    assert [each["value"] for each in choices] == ["none", "Ferry merger"]
    card = card_of(await place.ann.slash(place.channel, "settings channel", open=True, deal="ferry merger"))
    assert f"<#{place.channel.id}> answers questions and is about Ferry merger" in card
    async with place.bot.library.database.read() as connection:
        channel = await get_channel(connection, place.channel.id)
    assert channel and channel.open and channel.deal == "Ferry merger"
    other = place.guild.create_text_channel("other")
    card_of(await place.ann.slash(place.channel, "settings channel", channel=other, open=True))
    card = card_of(await place.ann.slash(place.channel, "settings channel", open=False, deal="none"))
    assert f"<#{place.channel.id}>" not in card and f"<#{other.id}> answers questions" in card
    wrong = card_of(await place.ann.slash(place.channel, "settings channel", deal="Nobody's"))
    assert "There is no deal named “Nobody's”" in wrong


@pytest.mark.parametrize("denied", ["send_messages", "view_channel", "embed_links"])
async def test_where_it_may_not_post_a_channel_is_not_opened(place: Place, denied: str) -> None:
    me = place.env.bot.user
    assert me is not None
    overwrite = discord.PermissionOverwrite(**{denied: False})
    shut = place.guild.create_text_channel("shut", overwrites={me: overwrite})
    result = await place.ann.slash(place.channel, "settings channel", channel=shut, open=True)
    label = {"send_messages": "Send Messages", "view_channel": "View Channels", "embed_links": "Embed Links"}[denied]
    assert result.ephemeral and label in card_of(result) and "channel settings" in card_of(result)
    async with place.bot.library.database.read() as connection:
        assert await get_channel(connection, shut.id) is None


async def test_everybody_has_a_time_zone_of_their_own(place: Place) -> None:
    assert "**UTC**" in card_of(await place.bob.slash(place.channel, "timezone"))
    await place.ann.slash(place.channel, "settings server", time_zone="Europe/Berlin")
    assert "**Asia/Tokyo**" in card_of(await place.bob.slash(place.channel, "timezone", zone="Asia/Tokyo"))
    async with place.bot.library.database.read() as connection:
        assert await time_zone_of(connection, place.bob.id, place.guild.id) == "Asia/Tokyo"
        assert await time_zone_of(connection, place.ann.id, place.guild.id) == "Europe/Berlin"
    choices = await place.bob.autocomplete(place.channel, "timezone", "zone", "the")
    assert choices[0]["value"] == "the server's"
    assert "**Europe/Berlin**" in card_of(await place.bob.slash(place.channel, "timezone", zone="the server's"))


async def test_help_has_every_command_and_fits(place: Place) -> None:
    whole = text_for(place.bot.tree, manages=True)
    assert len(whole) < 3_900  # none was cut off
    for command in place.bot.tree.walk_commands():
        if not isinstance(command, discord.app_commands.Group) and command.qualified_name not in {"help", "health"}:
            assert f"/{command.qualified_name}" in whole, command.qualified_name
    for menu in place.bot.tree.get_commands(type=discord.AppCommandType.message):
        assert menu.name in whole
    assert "For who manages" in card_of(await place.ann.slash(place.channel, "help"))
    bobs = await place.bob.slash(place.channel, "help")
    assert bobs.ephemeral and "For who manages" not in card_of(bobs)


async def test_health_is_for_whoever_runs_the_bot(place: Place) -> None:
    refused = await place.ann.slash(place.channel, "health")
    assert refused.ephemeral and "for whoever runs me" in card_of(refused)
    place.bot.owner_id = place.ann.id
    told = await place.ann.slash(place.channel, "health")
    card = card_of(told)
    assert told.ephemeral
    for part in (
        r"20 articles, \d+ passages",
        r"all-MiniLM-L6-v2",
        r"queue: 0 waiting",
        r"deliveries: 0 owed \(0 of them due\), 0 undeliverable",
        r"1; shards of 1",
    ):
        assert re.search(part, card), part


async def test_feedback_tells_what_was_not_answered_and_what_did_not_help(place: Place) -> None:
    nothing = await place.ann.slash(place.channel, "feedback")
    assert nothing.ephemeral and "Nothing yet" in card_of(nothing)
    await place.bob.slash(place.channel, "ask", question=NOBODY_TELLS)
    answered = await place.bob.slash(place.channel, "ask", question="when is the licence deadline?")
    await place.bob.click(shown(answered), label="Not helpful")
    card = card_of(await place.ann.slash(place.channel, "feedback"))
    assert "### 2 questions" in card and "neodymium" in card and "not answered" in card
    assert "not helpful for 1, helpful for 0" in card and "bob" not in card
    await place.bob.click(shown(answered), label="Helpful")  # a vote may be changed
    assert "### 1 question\n" in card_of(await place.ann.slash(place.channel, "feedback"))


async def test_feedback_has_pages_that_only_managers_turn(place: Place) -> None:
    for number in range(12):
        await place.bob.slash(place.channel, "ask", question=f"what does a tonne of neodymium cost in town {number}?")
    first = await place.ann.slash(place.channel, "feedback")
    assert "page 1 of 2" in card_of(first) and labels(shown(first)) == ["‹ newer", "older ›"]
    await place.ann.click(shown(first), label="older ›")
    assert "page 2 of 2" in card_of(first)
