"""The real bot on an offline Discord, over the real index of the seeds with the real model."""

import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, GuildHandle
from simcord.env import Env
from simcord.results import InteractionResult, ResponseMessage

from bot import desk
from bot.client import DealwireBot
from bot.clock import system_clock
from bot.settings import Settings
from index.embed import Embedder
from index.library import Library
from tests.conftest import opened
from tests.helpers.blocking import watching

SETTLES = 30.0  # seconds that a step may take on a busy machine; not a measure of anything


@dataclass
class Place:
    """A server with a channel and two people: ``ann`` manages the server, ``bob`` does not."""

    env: Env
    bot: DealwireBot
    guild: GuildHandle
    channel: ChannelHandle
    ann: MemberActor
    bob: MemberActor


@pytest.fixture(autouse=True)
def the_loop_stays_free() -> Iterator[None]:
    """Fails any test of the bot in which one step of ours keeps the event loop busy."""
    with watching() as watched:
        yield
    assert not watched.slow, watched.slow


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The offline clock stands still, so that a test of many questions would soon be “many in a short time”."""
    monkeypatch.setattr(desk, "PER_PERSON", (1_000, 30.0))


@pytest.fixture
def bot_data_dir(seeds_dir: Path, tmp_path: Path) -> Path:
    """A copy of the seeds' library that a test may write to."""
    return Path(shutil.copytree(seeds_dir, tmp_path / "bot-data"))


@pytest.fixture
async def bot_library(bot_data_dir: Path, embedder: Embedder) -> AsyncIterator[Library]:
    async with opened(bot_data_dir, embedder) as library:
        yield library


@pytest.fixture
async def bot(bot_library: Library, bot_data_dir: Path) -> DealwireBot:
    return make_bot(bot_library, bot_data_dir)


def make_bot(library: Library, data_dir: Path) -> DealwireBot:
    """Also for a restart, which wants a new one."""
    return DealwireBot(library=library, settings=Settings(data_dir=data_dir), clock=system_clock)


@pytest.fixture
async def place(bot: DealwireBot) -> AsyncIterator[Place]:
    env = Env(bot, settle_timeout=SETTLES, shard_count=1)
    await env.start()
    yield furnished(env, bot, "Deal watchers")
    await env.shutdown()
    env.raise_errors()  # what the bot swallowed


def furnished(env: Env, bot: DealwireBot, name: str) -> Place:
    guild = env.create_guild(name=name)
    managers = guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    channel = guild.create_text_channel("deals")
    ann = guild.add_member(env.create_user(f"ann-{guild.id}"), roles=[managers])
    bob = guild.add_member(env.create_user(f"bob-{guild.id}"))
    return Place(env, bot, guild, channel, ann, bob)


def shown(result: InteractionResult) -> ResponseMessage:
    """The last message that the bot answered with."""
    message = (result.followups or [result.response])[-1]
    assert message is not None
    return message


def card_of(result: InteractionResult) -> str:
    """Its words."""
    message = shown(result)
    return words(message.components) or message.content


def last_card(channel: ChannelHandle) -> str:
    """The words of the newest message, whoever wrote it."""
    message = channel.last_message
    assert message is not None
    return words([each.to_dict() for each in message.components]) or message.content  # type: ignore[misc]


def direct(place: Place, person: MemberActor) -> list[discord.Message]:
    """What stands in the bot's direct messages with somebody, the oldest first."""
    backend = place.env.backend
    channel = backend.dm_channels.get(person.id)
    return ChannelHandle(place.env, None, backend.get_channel(channel)).history() if channel is not None else []


def text_of(message: discord.Message) -> str:
    return words([each.to_dict() for each in message.components]) or message.content  # type: ignore[misc]


def labels(message: ResponseMessage) -> list[str]:
    """The buttons under a message."""
    rows = [each["components"] for each in message.components if each["type"] == discord.ComponentType.action_row.value]
    return [each["label"] for row in rows for each in row]


def words(components: list[dict[str, Any]]) -> str:
    """All text on a card, top to bottom."""
    found = []
    for each in components:
        if "content" in each:
            found.append(each["content"])
        found += [words(each["components"])] if each.get("components") else []
    return "\n".join(found)
