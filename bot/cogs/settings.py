"""``/settings`` for a server and its channels, ``/timezone`` for a person. Translates; ``bot.store.servers`` keeps."""

import asyncio
from typing import Any, Literal
from zoneinfo import available_timezones

import discord
from discord import app_commands
from discord.ext import commands

from bot import failures
from bot.asking import deal_named, deals_seen
from bot.cards.articles import card
from bot.cards.text import line
from bot.client import DealwireBot
from bot.permissions import lacking, lacking_in
from bot.rights import as_manager
from bot.store import servers
from index.errors import StoreError, UsageError

CHOICES = 25
NO_ZONE = "There is no time zone “{name}”; choose one of those that show as you type, such as Europe/Berlin."
NOTHING = "Nothing was given to change; choose one of the options."
NO_DEAL = "none"  # what takes a channel's deal away
SERVERS_OWN = "the server's"  # what takes a person's time zone away
GONE = "That channel is gone, or I cannot see it."


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
class SettingsCog(
    commands.GroupCog, name="Settings", group_name="settings", group_description="How I behave on this server."
):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot
        self.zones: list[str] = []
        super().__init__()

    async def cog_load(self) -> None:
        self.zones = sorted(await asyncio.to_thread(available_timezones))  # it looks through folders

    @app_commands.command(description="What is set on this server, and for which channels.")
    async def show(self, interaction: discord.Interaction[DealwireBot]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            await interaction.followup.send(view=card(await self._told(as_manager(interaction))))
        except Exception as error:
            await failures.tell(interaction, error)

    @app_commands.command(description="Set what holds for the whole server.")
    @app_commands.describe(
        time_zone="in which days and hours are meant, such as Europe/Berlin",
        private="answers are seen by whoever asked only, unless asked otherwise",
        adders="who may add articles",
        due_hour="the hour at which a deadline that names only a day is due (0 to 23)",
    )
    async def server(
        self,
        interaction: discord.Interaction[DealwireBot],
        time_zone: str | None = None,
        private: bool | None = None,
        adders: Literal["managers", "everyone"] | None = None,
        due_hour: app_commands.Range[int, 0, 23] | None = None,
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            server_id = as_manager(interaction)
            given = {
                "time_zone": self.zone(time_zone) if time_zone else None,
                "private": private,
                "adders": adders,
                "due_hour": due_hour,
            }
            values = {name: value for name, value in given.items() if value is not None}
            await self._set(server_id, values)
            await interaction.followup.send(view=card(await self._told(server_id)))
        except Exception as error:
            await failures.tell(interaction, error)

    async def _set(self, server_id: int, values: dict[str, Any]) -> None:
        if not values:
            raise UsageError(NOTHING)
        await self.bot.library.database.transact(lambda connection: servers.set_server(connection, server_id, **values))

    @app_commands.command(description="Set what holds for one channel.")
    @app_commands.describe(
        channel="which; left out, this one",
        open="answer each message there that is a question",
        deal="the deal that its questions are about, or: none",
    )
    async def channel(
        self,
        interaction: discord.Interaction[DealwireBot],
        channel: discord.TextChannel | discord.Thread | discord.ForumChannel | None = None,
        open: bool | None = None,
        deal: app_commands.Range[str, 1, 200] | None = None,
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            server_id = as_manager(interaction)
            values = await self._of_channel(interaction, channel, open, deal)
            channel_id = channel.id if channel else interaction.channel_id or 0
            await self.bot.library.database.transact(
                lambda connection: servers.set_channel(connection, channel_id, server_id, **values)
            )
            await interaction.followup.send(view=card(await self._told(server_id)))
        except Exception as error:
            await failures.tell(interaction, error)

    async def _of_channel(
        self,
        interaction: discord.Interaction[DealwireBot],
        channel: discord.abc.GuildChannel | discord.Thread | None,
        open_: bool | None,
        deal: str | None,
    ) -> dict[str, Any]:
        values: dict[str, Any] = {} if open_ is None else {"open": open_}
        if open_:
            self._may_post(interaction, channel)
        if deal is not None:
            values["deal_id"] = None
            if deal.strip().casefold() != NO_DEAL:
                async with self.bot.library.database.read() as connection:
                    values["deal_id"] = (await deal_named(connection, deal, interaction.guild_id)).id
        if not values:
            raise UsageError(NOTHING)
        return values

    def _may_post(
        self, interaction: discord.Interaction[DealwireBot], channel: discord.abc.GuildChannel | discord.Thread | None
    ) -> None:
        """Where it could not answer, it is not opened: the sentence says what to allow."""
        chosen = channel.id if channel else interaction.channel_id or 0
        found = interaction.guild.get_channel_or_thread(chosen) if interaction.guild else None
        if found is None:
            raise UsageError(GONE)
        if needs := lacking(found):
            raise UsageError(lacking_in(f"#{found.name}", needs))

    async def _told(self, server_id: int) -> str:
        async with self.bot.library.database.read() as connection:
            server = await servers.get_server(connection, server_id)
            channels = await servers.list_channels(connection, server_id)
        lines = [
            "### Settings of this server",
            f"- time zone: **{server.time_zone}**",
            f"- a deadline that names only a day is due at **{server.due_hour}:00**",
            f"- answers are **{'private' if server.private else 'public'}** unless asked otherwise",
            f"- articles may be added by **{'everyone' if server.adders == 'everyone' else 'who manages the server'}**",
        ]
        for each in channels[:40]:
            told = ["answers questions"] if each.open else []
            told += [f"is about {line(each.deal, 80)}"] if each.deal else []
            if told:
                lines.append(f"- <#{each.id}> {' and '.join(told)}")
        return "\n".join(lines)

    def zone(self, name: str) -> str:
        wanted = name.strip().casefold()
        found = next((each for each in self.zones if each.casefold() == wanted), None)
        if found is None:
            raise UsageError(NO_ZONE.format(name=name[:60]))
        return found

    def zones_like(self, typed: str) -> list[app_commands.Choice[str]]:
        wanted = typed.strip().replace(" ", "_").casefold()
        found = [each for each in self.zones if wanted in each.casefold()]
        # What begins a city or a region stands before what only holds the letters; “Etc” last.
        found.sort(
            key=lambda each: (not any(p.startswith(wanted) for p in each.casefold().split("/")), "/" not in each)
        )
        return [app_commands.Choice(name=each, value=each) for each in found[:CHOICES]]

    @server.autocomplete("time_zone")
    async def zones_of_server(
        self, interaction: discord.Interaction[DealwireBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        return self.zones_like(typed)

    @channel.autocomplete("deal")
    async def deals(self, interaction: discord.Interaction[DealwireBot], typed: str) -> list[app_commands.Choice[str]]:
        try:
            async with self.bot.library.database.read() as connection:
                seen = await deals_seen(connection, interaction.guild_id)
        except StoreError:
            return []
        names = [NO_DEAL, *(each.name for each in seen if len(each.name) <= 100)]
        return [app_commands.Choice(name=n, value=n) for n in names if typed.casefold() in n.casefold()][:CHOICES]


class Timezone(commands.Cog):
    def __init__(self, bot: DealwireBot, settings: SettingsCog) -> None:
        self.bot = bot
        self.settings = settings

    @app_commands.command(description="Your own time zone, for your reminders; left out, it tells what is set.")
    @app_commands.describe(zone="such as Europe/Berlin, or: the server's")
    async def timezone(self, interaction: discord.Interaction[DealwireBot], zone: str | None = None) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            person = interaction.user.id
            if zone is not None:
                chosen = None if zone.strip().casefold() == SERVERS_OWN else self.settings.zone(zone)
                await self.bot.library.database.transact(
                    lambda connection: servers.set_time_zone(connection, person, chosen)
                )
            async with self.bot.library.database.read() as connection:
                holds = await servers.time_zone_of(connection, person, interaction.guild_id)
            now = f"<t:{int(self.bot.now())}:t>"
            await interaction.followup.send(f"For you it is **{holds}**; your Discord shows the time as {now}.")
        except Exception as error:
            await failures.tell(interaction, error)

    @timezone.autocomplete("zone")
    async def zones(self, interaction: discord.Interaction[DealwireBot], typed: str) -> list[app_commands.Choice[str]]:
        own = [app_commands.Choice(name=SERVERS_OWN, value=SERVERS_OWN)] if typed.casefold() in SERVERS_OWN else []
        return [*own, *self.settings.zones_like(typed)][:CHOICES]


async def setup(bot: DealwireBot) -> None:
    settings = SettingsCog(bot)
    await bot.add_cog(settings)
    await bot.add_cog(Timezone(bot, settings))
