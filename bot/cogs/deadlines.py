"""``/deadlines``: what is due here, from which sentence, and people's own. Translates; ``bot.reminders`` decides."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import discord
from discord import app_commands
from discord.ext import commands

from bot import failures
from bot.asking import deal_named, deals_seen
from bot.buttons.deadlines import NOT_YOURS, DeadlineButton, button, decisions, may_change, page, shown_one
from bot.cards import deadlines as cards
from bot.cards.articles import card
from bot.cards.text import line
from bot.client import DealwireBot
from bot.clock import moment
from bot.cogs.remind import CHOICES, Choices, Interaction, Words, days_like, times_like
from bot.reminders import own as own_reminders
from bot.reminders.calendar import FILE
from bot.reminders.calendars import calendar_of
from bot.reminders.entries import Entries, Entry, entries, label
from bot.reminders.plan import due_of
from bot.reminders.wishes import ending
from bot.reminders.words import read_when
from bot.rights import manages, on_server
from bot.store import disputes
from bot.store import own as own_store
from bot.store.servers import time_zone_of
from index.errors import StoreError, UsageError

GREEN = discord.ButtonStyle.success
OF_ARTICLE = (
    "That deadline is told by an article; it cannot be {verb} here. If it is no deadline, or on a wrong day: /deadlines "
    "dispute"
)
OF_SOMEBODY = "Somebody added that deadline themselves; whoever did, or manages the server, changes it: /deadlines edit"
CALENDAR = (
    "{count} for your calendar. Open a newer file from here at any time: what moved moves there as well, and nothing "
    "stands there twice."
)
NOTHING = "Nothing was given to change; say what, when or until."
REMOVED = "**{what}** is removed, and its reminders ended."


class Deadlines(
    commands.GroupCog, name="Deadlines", group_name="deadlines", group_description="What is due, and who says so."
):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot
        super().__init__()

    async def cog_load(self) -> None:
        self.bot.add_dynamic_items(DeadlineButton)

    async def cog_unload(self) -> None:
        self.bot.remove_dynamic_items(DeadlineButton)

    @app_commands.command(name="list", description="What lies ahead, in how many days, and from which sentence.")
    @app_commands.describe(deal="only those of this deal", all="those that are over, were moved or are disputed, too")
    @failures.told
    async def list_(self, interaction: Interaction, deal: Words | None = None, all: bool = False) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        deal_id = 0
        if deal is not None:
            async with self.bot.library.database.read() as connection:
                deal_id = (await deal_named(connection, deal, interaction.guild_id)).id
        await interaction.followup.send(view=await page(interaction, 0, f"{deal_id}-{int(all)}"))

    @app_commands.command(description="One deadline: its sentence, its source, what moved it, what happened since.")
    @app_commands.describe(deadline="which one")
    @failures.told
    async def show(self, interaction: Interaction, deadline: Words) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await self._entries(interaction)
        entry = found.named(deadline)
        await interaction.followup.send(view=await shown_one(interaction, entry, entry.is_ahead(found.now)))

    @app_commands.command(description="All that lies ahead as a file for your calendar; a newer file moves what moved.")
    @app_commands.describe(deal="only those of this deal", all="those that are over, too")
    @failures.told
    async def calendar(self, interaction: Interaction, deal: Words | None = None, all: bool = False) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        deal_id, name = None, interaction.guild.name if interaction.guild else "Deadlines"
        if deal is not None:
            async with self.bot.library.database.read() as connection:
                wanted = await deal_named(connection, deal, interaction.guild_id)
            deal_id, name = wanted.id, wanted.name
        written = await calendar_of(
            self.bot, interaction.guild_id, interaction.user.id, deal_id=deal_id, name=name, everything=all
        )
        if not written.count:
            raise UsageError(cards.NONE_AHEAD)
        file = discord.File(BytesIO(written.file), FILE)
        count = f"{written.count} deadline{'' if written.count == 1 else 's'}"
        await interaction.followup.send(CALENDAR.format(count=count), file=file, ephemeral=True)

    @app_commands.command(description="Add a deadline of your own; you see how I read it before it counts.")
    @app_commands.describe(
        what="what is due",
        when="a day or a time: Friday noon, 30 June 17:00, every Monday at 10",
        until="the last day of what repeats",
    )
    @failures.told
    async def add(self, interaction: Interaction, what: Words, when: Words, until: Words | None = None) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        read = read_when(when, self.bot.clock(), await self._zone(interaction), until=until)
        said = " ".join(what.split())
        async with self.bot.library.database.write() as connection:
            draft = await own_store.draft(
                connection, interaction.guild_id, interaction.user.id, said, when, read, self.bot.now()
            )
        found = await self._entries(interaction)
        due = moment(due_of(draft.subject, found.clock, self.bot.now()))
        keep = button("keep", str(draft.id), "Keep it", style=GREEN)
        text = cards.draft(draft.subject, due, when)
        await interaction.followup.send(view=card(text, keep, button("discard", str(draft.id), "Discard")))

    @app_commands.command(description="Change a deadline that somebody added; its reminders move along.")
    @app_commands.describe(
        deadline="which one",
        what="what is due",
        when="a day or a time: Friday noon",
        until="the last day of what repeats",
    )
    @failures.told
    async def edit(
        self,
        interaction: Interaction,
        deadline: Words,
        what: Words | None = None,
        when: Words | None = None,
        until: Words | None = None,
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        if what is None and when is None and until is None:
            raise UsageError(NOTHING)
        entry = (await self._entries(interaction)).named(deadline)
        own = entry.own
        if own is None:
            raise UsageError(OF_ARTICLE.format(verb="changed"))
        if not may_change(interaction, own):
            raise UsageError(NOT_YOURS)
        if when is not None:
            read = read_when(when, self.bot.clock(), await self._zone(interaction), until=until)
        else:
            until_day = ending(own.subject, until, self.bot.clock().date()).until
            read = replace(own.when, until=until_day)
        async with self.bot.library.database.write() as connection:
            changed = await own_reminders.change(
                connection,
                own,
                what=" ".join(what.split()) if what else own.what,
                words=when or own.words,
                when=read,
                person_id=interaction.user.id,
                now=self.bot.now(),
            )
        self.bot.deliverer.wake()
        again = (await self._entries(interaction)).named(f"o{changed.id}")
        await interaction.followup.send(view=await shown_one(interaction, again, True))

    @app_commands.command(description="Remove a deadline that somebody added; can be undone.")
    @app_commands.describe(deadline="which one")
    @failures.told
    async def remove(self, interaction: Interaction, deadline: Words) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        entry = (await self._entries(interaction)).named(deadline)
        if entry.own is None:
            raise UsageError(OF_ARTICLE.format(verb="removed"))
        if not may_change(interaction, entry.own):
            raise UsageError(NOT_YOURS)
        async with self.bot.library.database.write() as connection:
            await own_reminders.remove(connection, entry.own, interaction.user.id, self.bot.now())
        self.bot.deliverer.wake()
        text = REMOVED.format(what=line(entry.own.what, 200))
        await interaction.followup.send(view=card(text, button("undo", str(entry.own.id), "Undo")))

    @app_commands.command(description="This is no deadline, or the day is wrong: hide it here until a manager decides.")
    @app_commands.describe(deadline="which one", why="what is wrong with it")
    @app_commands.guild_only()
    @failures.told
    async def dispute(self, interaction: Interaction, deadline: Words, why: Words) -> None:
        await interaction.response.defer(thinking=True)  # for whoever manages the server to see
        server_id = on_server(interaction)
        entry = (await self._entries(interaction)).named(deadline)
        if entry.deadline is None:
            raise UsageError(OF_SOMEBODY)
        told = entry.deadline
        async with self.bot.library.database.write() as connection:
            made = await disputes.add(
                connection, told, server_id=server_id, person_id=interaction.user.id, why=why, now=self.bot.now()
            )
        buttons = decisions(made.id) if made.state == disputes.OPEN else []
        await interaction.followup.send(
            view=card(cards.disputed(entry.subject, made), *buttons), allowed_mentions=discord.AllowedMentions.none()
        )

    async def _entries(self, interaction: Interaction) -> Entries:
        return await entries(self.bot, interaction.guild_id, interaction.user.id)

    async def _zone(self, interaction: Interaction) -> str:
        async with self.bot.library.database.read() as connection:
            return await time_zone_of(connection, interaction.user.id, interaction.guild_id)

    @show.autocomplete("deadline")
    async def seen(self, interaction: Interaction, typed: str) -> Choices:
        everything = manages(interaction) if interaction.guild_id is not None else True
        return await self._like(interaction, typed, lambda each: True, everything=everything)

    @dispute.autocomplete("deadline")
    async def of_articles(self, interaction: Interaction, typed: str) -> Choices:
        return await self._like(interaction, typed, lambda each: each.deadline is not None)

    @edit.autocomplete("deadline")
    @remove.autocomplete("deadline")
    async def of_people(self, interaction: Interaction, typed: str) -> Choices:
        return await self._like(
            interaction,
            typed,
            lambda each: each.own is not None and may_change(interaction, each.own),
            everything=True,
        )

    async def _like(
        self, interaction: Interaction, typed: str, wanted: Callable[[Entry], bool], *, everything: bool = False
    ) -> Choices:
        try:
            found = await self._entries(interaction)
        except StoreError:
            return []
        words = typed.casefold().split()
        # Those ahead first: what is over is seldom meant.
        shown = sorted(found.shown(everything=everything), key=lambda each: not each.is_ahead(found.now))
        named = [(label(each, found.now.date()), each.key) for each in shown if wanted(each)]
        return [app_commands.Choice(name=n, value=v) for n, v in named if all(word in n.casefold() for word in words)][
            :CHOICES
        ]

    @list_.autocomplete("deal")
    @calendar.autocomplete("deal")
    async def deals(self, interaction: Interaction, typed: str) -> Choices:
        try:
            async with self.bot.library.database.read() as connection:
                names = [each.name for each in await deals_seen(connection, interaction.guild_id)]
        except StoreError:
            return []
        found = [name for name in names if typed.casefold() in name.casefold() and len(name) <= 100]
        return [app_commands.Choice(name=name, value=name) for name in found[:CHOICES]]

    @add.autocomplete("when")
    @edit.autocomplete("when")
    async def times(self, interaction: Interaction, typed: str) -> Choices:
        try:
            return times_like(typed, self.bot, await self._zone(interaction))
        except StoreError:
            return []

    @add.autocomplete("until")
    @edit.autocomplete("until")
    async def ends(self, interaction: Interaction, typed: str) -> Choices:
        return days_like(typed, self.bot)


async def setup(bot: DealwireBot) -> None:
    await bot.add_cog(Deadlines(bot))
