"""The servers themselves: which there are, in which the bot may not speak, and forgetting those that removed it.

A server that removed the bot keeps its data for a while (``DEALWIRE_GRACE_DAYS``): whoever removed it by mistake adds
it again and finds everything. Then all of it is deleted.
"""

import logging
from datetime import UTC, time

import discord
from discord.ext import commands, tasks
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.client import DealwireBot
from bot.deliveries.send import NOT_THERE
from bot.permissions import labels, lacking, missing
from bot.starting import NO_PERMISSION, NoPermissionError
from bot.store import deliveries, servers
from bot.store.forget import forget_server
from index.errors import StoreError

log = logging.getLogger(__name__)

DAY = 24 * 3600.0
REMINDERS = ("reminder", "moved")  # kinds of deliveries that are worth sending weeks later
# When to look for servers whose time is over: by the clock, since an interval would make up for every hour that a
# suspended machine slept through, one look after the other.
HOURS = [time(hour, tzinfo=UTC) for hour in range(24)]


class Servers(commands.Cog):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        self.forgetting.start()

    async def cog_unload(self) -> None:
        self.forgetting.cancel()

    @commands.Cog.listener()
    async def on_shard_ready(self, shard_id: int) -> None:
        log.info("shard %d of %d is connected", shard_id, self.bot.shard_count or 1)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Connected, and again after a long interruption."""
        there = [guild for guild in self.bot.guilds if not guild.unavailable]
        if self.bot.shard_ids is None and (failure := nowhere(there)):
            self.bot.failure = failure
            await self.bot.close()
            return
        for guild in there:
            if needs := missing(guild.me.guild_permissions):
                log.warning(
                    "on %s the bot lacks %s; dealwire invite prints the link that gives it", guild, labels(needs)
                )
        count = len(self.bot.guilds)
        log.info("connected as %s, serving %d server%s", self.bot.user, count, "" if count == 1 else "s")
        await self.reconcile()

    async def reconcile(self) -> None:
        """What happened while the bot was away: servers that removed it, or took it back."""
        present = {guild.id for guild in self.bot.guilds}

        async with self.bot.library.database.read() as connection:
            known = [each for each in await servers.known(connection) if self.is_ours(each)]
        for server_id in set(known) - present:
            await self.left(server_id)
        async with self.bot.library.database.read() as connection:
            away = await servers.left_before(connection, float("inf"))
        for server_id in present.intersection(away):
            await self.returned(server_id)

    def is_ours(self, server_id: int) -> bool:
        """Whether one of this process's shards would have it; of another's we cannot tell that it is gone."""
        ids = self.bot.shard_ids
        return ids is None or (server_id >> 22) % (self.bot.shard_count or 1) in ids

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        log.info("removed from %s; its data goes in %d days", guild, self.bot.settings.grace_days)
        await self.left(guild.id)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        log.info("added to %s", guild)
        await self.returned(guild.id)

    async def left(self, server_id: int) -> None:
        now = self.bot.now()
        await self.bot.library.database.transact(lambda connection: servers.left(connection, server_id, now))

    async def returned(self, server_id: int) -> None:
        """Its reminders go on, and those that were on their way just when the bot was removed."""
        now = self.bot.now()

        async def back(connection: AsyncConnection) -> None:
            await servers.left(connection, server_id, None)
            await deliveries.owe_again(connection, server_id, REMINDERS, NOT_THERE, now)

        await self.bot.library.database.transact(back)
        self.bot.deliverer.wake()

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """What was set for a channel goes with it."""
        await self.bot.library.database.transact(lambda connection: servers.forget_channel(connection, channel.id))

    @tasks.loop(time=HOURS)
    async def forgetting(self) -> None:
        await self.forget()

    @forgetting.before_loop
    async def forget(self) -> None:
        """At the start, too. Any process of several may do it; deleting twice deletes nothing."""
        database = self.bot.library.database
        try:
            async with database.read() as connection:
                over = await servers.left_before(connection, self.bot.now() - self.bot.settings.grace_days * DAY)
            for server_id in over:
                rows = await database.transact(lambda connection, each=server_id: forget_server(connection, each))  # type: ignore[misc]
                log.info("deleted the data of a server that removed the bot (%d): %d rows", server_id, rows)
        except StoreError as error:  # the next look may find the database there
            log.warning("%s", error)


def nowhere(guilds: list[discord.Guild]) -> NoPermissionError | None:
    """Where there are channels, and it may write in none of them, something is wrong with its role."""
    channels = [channel for guild in guilds for channel in guild.text_channels]
    if not channels or any(not lacking(channel) for channel in channels):
        return None
    names = [guild.name for guild in guilds]
    told = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    return NoPermissionError(NO_PERMISSION.format(servers=told))


async def setup(bot: DealwireBot) -> None:
    await bot.add_cog(Servers(bot))
