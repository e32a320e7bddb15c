"""A real process that only delivers: the real bot, logged in at a stand-in for Discord's API, without a gateway.

Run as ``python -m tests.helpers.deliverer FOLDER API [--url URL] [--shift SECONDS] [--clock FILE] [--arrange] [--stop]``. It
says on standard output what it does (``ready``, ``rendering ID``, ``looked``, ``health`` after SIGUSR1), and goes on until a
signal ends it. With ``--arrange`` it also decides where arrived articles are posted; with ``--stop`` it stops at the first of
them, in the middle of the transaction that puts down the post.
"""

import argparse
import asyncio
import json
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

import discord
from discord import ui
from discord.http import Route

from bot.client import DealwireBot
from bot.clock import Clock, system_clock
from bot.deliveries import Kind, Outgoing, loop
from bot.posts import arrange as arranging
from bot.settings import Settings
from bot.store.deliveries import Delivery
from index.library import NO_READER, open_library

PLAIN = "plain"  # the kind of the tests' own deliveries


class Plain(Kind):
    """``payload["text"]``, and “late”; with ``payload["hang"]`` it stops right between claim and send."""

    async def render(self, delivery: Delivery, late: float) -> Outgoing | None:
        print("rendering", delivery.id, flush=True)
        if delivery.payload.get("hang") and delivery.attempts == 1:
            await asyncio.sleep(1_000)
        view = ui.LayoutView(timeout=None)
        words = delivery.payload["text"] + (f" (late by {late / 60:.0f} min)" if late else "")
        view.add_item(ui.Container(ui.TextDisplay(words)))
        return Outgoing(view)


class DeliveringBot(DealwireBot):
    async def setup_hook(self) -> None:
        for cog in ("deliveries", "reminders", "health", "watch"):
            await self.load_extension(f"bot.cogs.{cog}")
        self.deliverer.kinds[PLAIN] = Plain()
        self.deliverer.sources.append(self.looked)

    async def looked(self, now: float) -> float | None:
        """Every look for what is due, after the reminders' own."""
        print("looked", flush=True)
        return None

    async def tell_health(self) -> None:
        health: Any = self.get_cog("Health")
        print("health", json.dumps(await health.told()), flush=True)


async def keep_arranging(bot: DealwireBot) -> None:
    while True:
        await arranging.arrange(bot)
        await asyncio.sleep(0.05)


async def stopped(*_: Any) -> NoReturn:
    print("arranging", flush=True)
    await asyncio.sleep(1_000)
    raise AssertionError("nobody killed it")


async def deliver(folder: Path, url: str | None, clock: Clock, idle: float, arrange: bool = False) -> None:
    async with (
        open_library(data_dir=folder, embedding_model="none", reader=NO_READER, database_url=url) as library,
        DeliveringBot(library=library, settings=Settings(data_dir=folder), clock=clock) as bot,
    ):
        await bot.login("token")
        bot.deliverer.idle = idle
        bot.deliverer.start()
        telling: set[asyncio.Task[None]] = set()
        asyncio.get_running_loop().add_signal_handler(
            signal.SIGUSR1, lambda: telling.add(asyncio.create_task(bot.tell_health()))
        )
        print("ready", flush=True)
        await (keep_arranging(bot) if arrange else asyncio.Event().wait())


def turned(shift: float, file: Path | None) -> Clock:
    """The system's clock, so many seconds off; a file tells how many more, and may be changed at any time."""
    more: Callable[[], float] = (lambda: float(file.read_text())) if file else (lambda: 0.0)
    return lambda: system_clock() + timedelta(seconds=shift + more())


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("api")
    options.add_argument("--url")
    options.add_argument("--shift", type=float, default=0.0)
    options.add_argument("--clock", type=Path)
    options.add_argument("--arrange", action="store_true")
    options.add_argument("--stop", action="store_true")
    given = options.parse_args()
    Route.BASE = given.api
    loop.FIRST_PAUSE = 0.3  # tests wait for second attempts
    discord.utils.setup_logging()
    if given.stop:
        arranging.highlights = stopped  # the quotes of the post, the last that is looked for before it is put down
    asyncio.run(deliver(given.folder, given.url, turned(given.shift, given.clock), 0.1, given.arrange))


if __name__ == "__main__":
    main()
