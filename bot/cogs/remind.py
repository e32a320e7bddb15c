"""``/remind``: who is told of what, where and how long ahead. Translates between Discord and ``bot.reminders``; asks
Discord what the person may. What completes as one types, here and for ``/reminders``, stands here as well.
"""

from contextlib import suppress
from typing import Literal, TypeAlias

import discord
from discord import app_commands
from discord.ext import commands

from bot import failures
from bot.client import DealwireBot
from bot.permissions import lacking, lacking_in
from bot.reminders.entries import entries, label
from bot.reminders.leads import parse_leads, said
from bot.reminders.wishes import confirmed, wished
from bot.reminders.words import last_day, read_when
from bot.rights import pingable
from bot.store import reminders as store
from bot.store.servers import time_zone_of
from index.errors import DealwireError, StoreError, UsageError

Interaction: TypeAlias = discord.Interaction[DealwireBot]
Words: TypeAlias = app_commands.Range[str, 1, 300]
Where: TypeAlias = Literal["me", "this channel"]
Choices: TypeAlias = list[app_commands.Choice[str]]

CHOICES = 25
SUGGESTED = (
    "7 days, 1 day, 1 hour, at the time",
    "1 day, at the time",
    "1 hour",
    "3 working days, 1 working day",
    "at the time",
)
ONLY_SERVER = "Here I can only remind you directly; on a server I can remind a channel."
MAY_NOT_WRITE = "You may not write in this channel yourself, so I do not for you; ask to be reminded directly."
ROLE_HERE = "A role is pinged in a channel; say where: this channel."
ROLE_SHUT = (
    "I may not ping that role; let somebody who manages the server allow anyone to mention it (server settings → Roles), "
    "or allow me Mention Everyone."
)
SEEN_HERE = "Only a channel's reminder is repeated until somebody has seen it; say where: this channel."
TELLS = {
    "when": "how long ahead, several at once: 7 days, 1 day, 1 hour, at the time, 3 working days",
    "where": "to you directly, or in this channel",
    "role": "this role is pinged; only where you may ping it yourself",
    "until_seen": "repeat it every half hour until somebody presses Seen",
    "until": "the last day of what repeats",
}


class Remind(commands.Cog):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot

    @app_commands.command(description="Be reminded of a deadline, or of something of your own.")
    @app_commands.describe(
        deadline="choose one as you type; or your own words, with a time under “on”",
        on="a time of your own: Friday noon, in 2 hours, every Monday at 10",
        **TELLS,
    )
    @failures.told
    async def remind(
        self,
        interaction: Interaction,
        deadline: Words,
        when: Words | None = None,
        where: Where = "me",
        role: discord.Role | None = None,
        until_seen: bool = False,
        on: Words | None = None,
        until: Words | None = None,
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        channel_id = place(interaction, where, role)
        role_id = role_of(interaction, role, channel_id)
        acknowledge = seen_of(until_seen, channel_id)
        person, server_id = interaction.user.id, interaction.guild_id
        found = await entries(self.bot, server_id, person)
        wish = wished(found, deadline, when, on, until, await self._zone(interaction))
        async with self.bot.library.database.write() as connection:
            made = await store.add(
                connection,
                wish.subject,
                wish.leads,
                person_id=person,
                now=self.bot.now(),
                server_id=server_id,
                channel_id=channel_id,
                role_id=role_id,
                own_id=wish.own_id,
                acknowledge=acknowledge,
            )
            clock = await store.clock_of(connection, made)
        self.bot.deliverer.wake()
        await interaction.followup.send(confirmed(made, clock, self.bot.now()), ephemeral=True)

    async def _zone(self, interaction: Interaction) -> str:
        async with self.bot.library.database.read() as connection:
            return await time_zone_of(connection, interaction.user.id, interaction.guild_id)

    @remind.autocomplete("deadline")
    async def deadlines(self, interaction: Interaction, typed: str) -> Choices:
        try:
            found = await entries(self.bot, interaction.guild_id, interaction.user.id)
        except StoreError:
            return []
        wanted = typed.casefold().split()
        named = [(label(each, found.now.date()), each.key) for each in found.shown()]
        return [app_commands.Choice(name=n, value=v) for n, v in named if all(word in n.casefold() for word in wanted)][
            :CHOICES
        ]

    @remind.autocomplete("when")
    async def ahead(self, interaction: Interaction, typed: str) -> Choices:
        return leads_like(typed)

    @remind.autocomplete("on")
    async def times(self, interaction: Interaction, typed: str) -> Choices:
        try:
            return times_like(typed, self.bot, await self._zone(interaction))
        except StoreError:
            return []

    @remind.autocomplete("until")
    async def ends(self, interaction: Interaction, typed: str) -> Choices:
        return days_like(typed, self.bot)


def place(interaction: Interaction, where: Where, role: discord.Role | None) -> int | None:
    """The channel's id; None: directly. Raises UsageError where the person, or the bot, may not write there."""
    if where == "me":
        if role is not None:
            raise UsageError(ROLE_HERE)
        return None
    if interaction.guild is None or interaction.channel_id is None:
        raise UsageError(ONLY_SERVER)
    threads = isinstance(interaction.channel, discord.Thread)
    allowed = interaction.permissions
    if not (allowed.send_messages_in_threads if threads else allowed.send_messages):
        raise UsageError(MAY_NOT_WRITE)
    found = interaction.guild.get_channel_or_thread(interaction.channel_id)
    if found is not None and (needs := lacking(found)):
        raise UsageError(lacking_in(f"#{found.name}", needs))
    return interaction.channel_id


def role_of(interaction: Interaction, role: discord.Role | None, channel_id: int | None) -> int | None:
    if role is None:
        return None
    if channel_id is None:
        raise UsageError(ROLE_HERE)
    role_id = pingable(interaction, role)
    me = interaction.guild.me if interaction.guild else None
    if not role.mentionable and me is not None and not me.guild_permissions.mention_everyone:
        raise UsageError(ROLE_SHUT)
    return role_id


def seen_of(wanted: bool, channel_id: int | None) -> bool:
    if wanted and channel_id is None:
        raise UsageError(SEEN_HERE)
    return wanted


def leads_like(typed: str) -> Choices:
    """What was typed as it is understood, then the usual ones."""
    found: Choices = []
    if typed.strip():
        with suppress(UsageError):
            found.append(app_commands.Choice(name=said(parse_leads(typed))[:100], value=typed[:100]))
    found += [app_commands.Choice(name=each, value=each) for each in SUGGESTED if typed.casefold() in each]
    return found[:CHOICES]


def times_like(typed: str, bot: DealwireBot, zone: str) -> Choices:
    """What was typed, with the moment that is understood by it."""
    try:
        when = read_when(typed, bot.clock(), zone)
    except DealwireError:
        return []
    shown = f"{when.day:%a} {when.day.day} {when.day:%b %Y}" + (f", {when.time}" if when.time else "")
    shown += ", and then again" if when.rule else ""
    shown += f" until {when.until.day} {when.until:%b %Y}" if when.until else ""
    return [app_commands.Choice(name=f"{typed[:50]} → {shown}"[:100], value=typed[:100])]


def days_like(typed: str, bot: DealwireBot) -> Choices:
    with suppress(DealwireError):
        day = last_day(typed, bot.clock().date())
        return [app_commands.Choice(name=f"{typed[:50]} → {day.day} {day:%B %Y}"[:100], value=typed[:100])]
    return []


async def setup(bot: DealwireBot) -> None:
    await bot.add_cog(Remind(bot))
