"""Opens what the bot needs, in order, and runs it until it is told to stop. Owns the start and the end."""

import asyncio
import logging
import signal
import sys
from dataclasses import dataclass
from typing import Any

from bot.cli.common import open_with
from bot.client import DealwireBot
from bot.clock import system_clock
from bot.metrics import measured
from bot.posts.duties import arriving
from bot.settings import Settings
from bot.starting import NO_TOKEN, NoTokenError, told
from bot.stopping import stop

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shards:
    """The part of all servers that this process serves."""

    ids: tuple[int, ...]
    count: int

    def __str__(self) -> str:
        return f"{self.ids[0]}-{self.ids[-1]}/{self.count}" if len(self.ids) > 1 else f"{self.ids[0]}/{self.count}"


def log_in_plain_words() -> None:
    """What happens on standard error, one line each; a service manager adds the time and keeps it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M:%S"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    for ours in ("bot", "index"):
        logging.getLogger(ours).setLevel(logging.INFO)
    logging.getLogger("discord.client").setLevel(logging.ERROR)  # it warns that there will be no voice


def token_of(settings: Settings) -> str:
    """Raises NoTokenError."""
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        raise NoTokenError(NO_TOKEN)
    return token


async def run(settings: Settings, shards: Shards | None = None) -> None:
    """Until SIGTERM or SIGINT. Raises StartError and StoreError with the place to fix it."""
    token = token_of(settings)
    options: dict[str, Any] = {"shard_ids": list(shards.ids), "shard_count": shards.count} if shards else {}
    async with open_with(settings, create=True) as opened, measured(opened, settings) as library:
        log.info("the library is open: %s", library.database.name)
        bot = DealwireBot(library=library, settings=settings, clock=system_clock, **options)
        stops: list[asyncio.Task[None]] = []
        loop = asyncio.get_running_loop()
        for each in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(each, lambda: stops.append(loop.create_task(stop(bot))))
        async with bot, arriving(bot):
            try:
                await bot.start(token)
            except Exception as error:
                if not bot.stopping:  # what is cut off by stopping complains in many ways
                    expected = told(error)
                    if expected is None or expected is error:
                        raise
                    raise expected from error
        await asyncio.gather(*stops)
        if bot.failure:
            raise bot.failure
        log.info("stopped; closing the library")
