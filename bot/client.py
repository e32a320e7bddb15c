"""The bot itself: a discord.py client that holds the open resources and loads the cogs.

It opens nothing: ``bot.run`` hands it what is open. Cogs translate between Discord and ``index``; they find the
library, the clock and the desk here.
"""

import asyncio
import logging
from typing import Any

import discord
from discord.ext import commands

from bot.buttons import AnswerButton
from bot.clock import Clock
from bot.deliveries import Deliverer
from bot.desk import Desk
from bot.failures import Tree
from bot.reminders.agendas import Agendas
from bot.settings import Settings
from bot.starting import StartError
from bot.syncing import sync
from index.library import Library

log = logging.getLogger(__name__)

COGS = (
    "bot.cogs.ask",
    "bot.cogs.listen",
    "bot.cogs.deliveries",
    "bot.cogs.servers",
    "bot.cogs.watch",
    "bot.cogs.feeds",
    "bot.cogs.importer",
    "bot.cogs.questions",
    "bot.cogs.deals",
    "bot.cogs.status",
    "bot.cogs.catchup",
    "bot.cogs.deadlines",
    "bot.cogs.remind",
    "bot.cogs.reminders",
    "bot.cogs.articles",
    "bot.cogs.settings",
    "bot.cogs.help",
    "bot.cogs.health",
    "bot.cogs.feedback",
)


def intents() -> discord.Intents:
    """What the bot must hear: servers and messages. The content of messages is a privileged one."""
    wanted = discord.Intents.none()
    wanted.guilds = True
    wanted.guild_messages = True
    wanted.dm_messages = True
    wanted.message_content = True  # open channels and an import bot's posts; mentions come with theirs anyway
    return wanted


class DealwireBot(commands.AutoShardedBot):
    """Everything a cog needs hangs here, by name."""

    def __init__(
        self, *, library: Library, settings: Settings, clock: Clock, always_sync: bool = False, **options: Any
    ) -> None:
        """``always_sync``: tell Discord the commands at every start, since it is one that forgets them."""
        super().__init__(
            command_prefix=(),  # slash commands, buttons and plain words; no prefix
            help_command=None,
            tree_cls=Tree,
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),  # nothing that anybody wrote can ping
            max_ratelimit_timeout=30.0,  # a longer limit is waited out by whoever sends, not inside discord.py
            **options,
        )
        self.library = library
        self.settings = settings
        self.clock = clock
        self.desk = Desk(lambda: clock().timestamp())
        self.deliverer = Deliverer(self)
        self.drawing = asyncio.Lock()  # one picture at a time
        self.agendas = Agendas(library)
        self.stopping = False  # nothing new begins; ``bot.stopping`` sets it
        self.failure: StartError | None = None  # why it closed by itself
        self.always_sync = always_sync

    def now(self) -> float:
        """Seconds since 1970, by the clock that tests can turn."""
        return self.clock().timestamp()

    async def setup_hook(self) -> None:
        self.library.start_models()
        self.add_dynamic_items(AnswerButton)  # buttons of messages that an earlier process sent
        for cog in COGS:
            await self.load_extension(cog)
        await self.sync()

    async def sync(self) -> None:
        """Tell Discord the commands, unless it knows them."""
        assert self.application_id is not None  # known since the login
        await sync(self.tree, self.library, self.application_id, always=self.always_sync)

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        if not (self.stopping and event_name == "message"):  # whoever writes to a bot that stops is not half-answered
            super().dispatch(event_name, *args, **kwargs)

    async def on_message(self, message: discord.Message) -> None:
        """Cogs listen on their own; there are no prefixed commands to look for."""
