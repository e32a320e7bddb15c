"""An offline Discord with one server, a channel and two people; the real bot on it; and the time.

Owns the order of opening and the one thing a real Discord does not have: winding the clock. Nothing here is a
stand-in for the bot: commands, buttons, database, index and model are the ones that ``dealwire run`` uses.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.cli.common import open_with
from bot.client import DealwireBot
from bot.demo.clock import ClockCog
from bot.demo.samples import Sample, as_readings, landing, opening_day
from bot.settings import load_settings
from index.agenda import agenda
from index.ingest import ingest
from index.models import Scope

SETTLES = 60.0  # seconds that one step of a person may take on a slow machine
BREATH = 3.0  # seconds of the demo's time that run through after a jump, so that everything due goes out
HOUR_DUE = 9

Progress = Callable[[int, int], None]


@dataclass
class World:
    """``ann`` manages the server, ``bob`` reads along. ``requests``: where ``/clock`` wants the time to be."""

    env: Env
    bot: DealwireBot
    channel: ChannelHandle
    ann: MemberActor
    bob: MemberActor
    samples: list[Sample]
    requests: "asyncio.Queue[datetime]" = field(default_factory=asyncio.Queue)

    @property
    def now(self) -> datetime:
        return self.env.now()

    async def next_deadline(self) -> datetime | None:
        """The morning on which the next deadline in the articles falls due."""
        today = self.now.date()
        for each in await agenda(self.bot.library, Scope(), since=today):
            due = datetime(each.due.year, each.due.month, each.due.day, HOUR_DUE, tzinfo=UTC)
            if due > self.now:
                return due
        return None

    def next_article(self) -> datetime | None:
        return next((each.lands for each in self.samples if each.lands > self.now), None)

    async def wind(self, until: datetime) -> int:
        """Let the time pass, with the articles that land meanwhile, in their order; how many did."""
        landed = landing(self.samples, self.now, until)
        for moment in sorted({each.lands for each in landed}):
            await self._jump(moment)
            at_once = [each for each in landed if each.lands == moment]
            await ingest(self.bot.library, as_readings(at_once))
            await self.env.advance_time(BREATH)
        await self._jump(until)
        await self.env.advance_time(BREATH)
        return len(landed)

    async def _jump(self, until: datetime) -> None:
        """At once, as after a suspended machine; passing through every second of a month would take minutes."""
        self.env.backend.advance_clock(max(0.0, (until - self.now).total_seconds()))
        self.bot.deliverer.wake()


@asynccontextmanager
async def opened_world(samples: list[Sample], on_progress: Progress = lambda done, total: None) -> AsyncIterator[World]:
    """Everything open and the first articles read. ``on_progress``: articles stored, and how many there will be."""
    begins = opening_day(samples)
    first = [each for each in samples if each.lands <= begins]
    with tempfile.TemporaryDirectory(prefix="dealwire-demo-") as folder:
        settings = load_settings(data_dir=Path(folder)).model_copy(update={"database_url": None})
        async with open_with(settings, create=True, briefly=True) as library:
            done = 0

            def on_stored(_: object) -> None:
                nonlocal done
                done += 1
                on_progress(done, len(first))

            on_progress(0, len(first))
            await ingest(library, as_readings(first), on_stored=on_stored)
            env: Env | None = None

            def now() -> datetime:
                return env.now() if env else begins

            bot = DemoBot(library=library, settings=settings, clock=now)
            env = Env(bot, settle_timeout=SETTLES, shard_count=1, check_errors=False)
            env.backend.bot_user.name = "Dealwire"
            env.backend.advance_clock((begins - env.now()).total_seconds())
            await library.reader.get()  # or the start waits for it, and simcord gives a start five seconds
            await env.start()
            try:
                yield _furnished(env, bot, samples)
            finally:
                await env.shutdown()


class DemoBot(DealwireBot):
    """The bot with one command more."""

    async def setup_hook(self) -> None:
        self.clock_cog = ClockCog()
        await self.add_cog(self.clock_cog)
        await super().setup_hook()


def _furnished(env: Env, bot: "DemoBot", samples: list[Sample]) -> World:
    guild = env.create_guild(name="Deal watchers")
    managers = guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    channel = guild.create_text_channel("deals", topic="Ask with /ask; /help shows the rest")
    ann = guild.add_member(env.create_user("ann", global_name="Ann"), roles=[managers])
    bob = guild.add_member(env.create_user("bob", global_name="Bob"))
    world = World(env, bot, channel, ann, bob, samples)
    bot.clock_cog.world = world
    return world
