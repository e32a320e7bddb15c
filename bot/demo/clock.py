"""``/clock``: winds the demo's time. A command of the demo alone; the real bot has no such thing."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from index.errors import UsageError

if TYPE_CHECKING:
    from bot.demo.world import World

To = Literal["the next deadline", "the next article", "tomorrow", "next week"]


class ClockCog(commands.Cog):
    world: "World"  # given once there is one

    @app_commands.command(description="Demo only: let time pass, with the news that comes meanwhile.")
    @app_commands.describe(to="where to", other="or: 3 days, 2 hours, 2026-01-31")
    async def clock(
        self, interaction: discord.Interaction, to: To = "the next deadline", other: str | None = None
    ) -> None:
        await interaction.response.defer(thinking=True)
        try:
            until = await self._until(to, other)
        except UsageError as error:
            await interaction.followup.send(str(error))
            return
        stamp = int(until.timestamp())
        await interaction.followup.send(f"⏩ It is now <t:{stamp}:F>.")
        self.world.requests.put_nowait(until)  # the time is wound once this step has ended

    async def _until(self, to: To, other: str | None) -> datetime:
        if other:
            return parse_wind(other, self.world.now)
        if to == "tomorrow":
            return parse_wind("1 day", self.world.now)
        if to == "next week":
            return parse_wind("1 week", self.world.now)
        until = await self.world.next_deadline() if to == "the next deadline" else self.world.next_article()
        if until is None:
            raise UsageError(f"There is nothing left to wait for: {to} is not in the articles.")
        return until


def parse_wind(words: str, now: datetime) -> datetime:
    """“3 days”, “a week”, “2 hours” or a day such as 2026-01-31. Raises UsageError."""
    units = {"minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 30 * 86400}
    parts = words.lower().replace(" an ", " 1 ").split()
    if parts and parts[0] in {"a", "an"}:
        parts[0] = "1"
    if len(parts) == 2 and parts[0].isdigit() and parts[1].rstrip("s") in units:
        return now + timedelta(seconds=int(parts[0]) * units[parts[1].rstrip("s")])
    try:
        day = datetime.fromisoformat(words.strip())
    except ValueError as error:
        raise UsageError(
            f"“{words}” is no time to go on to; say “3 days”, “2 hours” or a day as 2026-01-31."
        ) from error
    day = day if day.tzinfo else day.replace(tzinfo=UTC)
    if day <= now:
        raise UsageError("The clock only goes forward; name a later day.")
    return day
