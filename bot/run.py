"""Opens what the bot needs, in order, and runs it until it is told to stop. Owns the start and the end."""

import asyncio
import signal

from bot.cli.common import open_with
from bot.client import DealwireBot
from bot.clock import system_clock
from bot.settings import Settings
from index.errors import UsageError

HOW_TO_START = (
    "There is no token; put DISCORD_TOKEN=… into .env (it is on the page “Bot” of your application on "
    "discord.com/developers), or look around without one: dealwire demo"
)


async def run(settings: Settings) -> None:
    """Until SIGTERM or SIGINT. Raises UsageError and StoreError with the place to fix it."""
    if settings.discord_token is None:
        raise UsageError(HOW_TO_START)
    async with open_with(settings, create=True) as library:
        bot = DealwireBot(library=library, settings=settings, clock=system_clock)
        async with bot:
            loop = asyncio.get_running_loop()
            for each in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(each, lambda: asyncio.ensure_future(bot.close()))
            await bot.start(settings.discord_token.get_secret_value())
