"""A real process that only delivers: the real bot, logged in at a stand-in for Discord's API, without a gateway.

Run as ``python -m tests.helpers.deliverer FOLDER API [--url URL] [--shift SECONDS]``. It says on standard output
what it does (``ready``, ``rendering ID``), and goes on until a signal ends it.
"""

import argparse
import asyncio
from datetime import timedelta
from pathlib import Path

import discord
from discord import ui
from discord.http import Route

from bot.client import DealwireBot
from bot.clock import Clock, system_clock
from bot.deliveries import Kind, Outgoing
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
        await self.load_extension("bot.cogs.deliveries")
        self.deliverer.kinds[PLAIN] = Plain()


async def deliver(folder: Path, url: str | None, clock: Clock, idle: float) -> None:
    async with (
        open_library(data_dir=folder, embedding_model="none", reader=NO_READER, database_url=url) as library,
        DeliveringBot(library=library, settings=Settings(data_dir=folder), clock=clock) as bot,
    ):
        await bot.login("token")
        bot.deliverer.idle = idle
        bot.deliverer.start()
        print("ready", flush=True)
        await asyncio.Event().wait()


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("api")
    options.add_argument("--url")
    options.add_argument("--shift", type=float, default=0.0)
    given = options.parse_args()
    Route.BASE = given.api
    discord.utils.setup_logging()
    shift = timedelta(seconds=given.shift)
    asyncio.run(deliver(given.folder, given.url, lambda: system_clock() + shift, 0.2))


if __name__ == "__main__":
    main()
