"""``/health``: how the bot is, for whoever runs it (the application's owner or team). Looks; mends nothing."""

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot import failures
from bot.cards.articles import card
from bot.cards.text import line
from bot.client import DealwireBot
from bot.store import deliveries
from bot.store.deliveries import Delivery
from index.errors import UsageError
from index.store import queue
from index.store.health import contents

NOT_YOURS = "That is for whoever runs me. What I can do for you: /help"
SHOWN_FAILED = 5  # deliveries
PROBES, STEP = 20, 0.01  # of the event loop: so many short sleeps, and by how much the longest overslept


class Health(commands.Cog):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot
        self.since = bot.now()

    @app_commands.command(description="How the bot is; for whoever runs it.")
    async def health(self, interaction: discord.Interaction[DealwireBot]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            if not await self.bot.is_owner(interaction.user):
                raise UsageError(NOT_YOURS)  # noqa: TRY301
            await interaction.followup.send(view=card(await self.told()))
        except Exception as error:
            await failures.tell(interaction, error)

    async def told(self) -> str:
        bot, database = self.bot, self.bot.library.database
        found = await contents(database)
        async with database.read() as connection:
            waiting = await queue.length(connection)
            states = await deliveries.count_states(connection, bot.now())
            failed = await deliveries.list_undeliverable(connection, limit=SHOWN_FAILED)
        owed = f"{states['owed']:,} owed ({states['due']:,} of them due), {states['undeliverable']:,} undeliverable"
        kind = "SQLite" if database.is_sqlite else "PostgreSQL"
        shards = ", ".join(f"{number}: {_ms(latency)}" for number, latency in bot.latencies) or "not connected"
        lines = [
            "### Health",
            f"- database: {kind}, {found.articles:,} articles, {found.passages:,} passages, generation {found.generation}",
            f"- model: {line(found.embedding_model or bot.library.embedding_model, 80)}",
            f"- questions: {bot.desk.inside} waiting or worked on",
            f"- queue: {waiting.waiting:,} waiting, {waiting.taken:,} taken, {waiting.failed:,} failed, the oldest for {waiting.oldest:.0f} s",
            f"- deliveries: {owed}",
            *(f"  - {_undelivered(each)}" for each in failed),
            f"- servers: {len(bot.guilds):,}; shards of {bot.shard_count or 1} with their latency: {shards}",
            f"- event loop: late by {1000 * await lag():.0f} ms at most, in {PROBES} looks",
            f"- up since <t:{int(self.since)}:R>",
        ]
        return "\n".join(lines)


def _undelivered(delivery: Delivery) -> str:
    """What it was, to where, and why not; whose words it holds is nobody's business here."""
    where = f"<#{delivery.channel_id}>" if delivery.channel_id is not None else f"<@{delivery.person_id}>"
    return f"{delivery.kind} {delivery.id} to {where}: {line(delivery.error or 'for an unknown reason', 150)}"


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms" if seconds == seconds and seconds < 1e6 else "unknown"


async def lag() -> float:
    """Seconds by which the event loop was late, at worst, just now."""
    loop, worst = asyncio.get_running_loop(), 0.0
    for _ in range(PROBES):
        began = loop.time()
        await asyncio.sleep(STEP)
        worst = max(worst, loop.time() - began - STEP)
    return worst


async def setup(bot: DealwireBot) -> None:
    await bot.add_cog(Health(bot))
