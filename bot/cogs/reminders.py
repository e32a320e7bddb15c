"""``/reminders``: looking at one's reminders and changing them. Translates between Discord and ``bot.reminders``."""

from dataclasses import replace

import discord
from discord import app_commands
from discord.ext import commands

from bot import failures
from bot.buttons.moved import MovedButton
from bot.buttons.reminder import ReminderButton
from bot.buttons.reminders import ListButton, list_page, seen, undo_button
from bot.cards.articles import card
from bot.cards.text import line
from bot.client import DealwireBot
from bot.cogs.remind import (
    CHOICES,
    TELLS,
    Choices,
    Interaction,
    Where,
    Words,
    days_like,
    leads_like,
    place,
    role_of,
    seen_of,
)
from bot.reminders import actions
from bot.reminders.follow import KIND as MOVED
from bot.reminders.follow import Follower
from bot.reminders.kind import MovedKind, ReminderKind
from bot.reminders.leads import parse_leads
from bot.reminders.source import KIND, owe_due
from bot.reminders.wishes import confirmed, ending, label, placed
from bot.store import deliveries
from bot.store import reminders as store
from bot.store.reminders import Reminder
from index.errors import StoreError, UsageError

NO_SUCH = "You have no reminder {number}; /reminders list shows yours."
NOTHING = "Nothing was given to change; name at least one option."
NOTHING_AHEAD = "It goes on, but nothing of it lies ahead any more."


class Reminders(
    commands.GroupCog, name="Reminders", group_name="reminders", group_description="What you are reminded of."
):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot
        self.follower = Follower(bot)
        super().__init__()

    async def cog_load(self) -> None:
        self.bot.add_dynamic_items(ReminderButton, ListButton, MovedButton)
        kinds = self.bot.deliverer.kinds
        kinds[KIND], kinds[MOVED] = ReminderKind(self.bot), MovedKind(self.bot)
        self.bot.deliverer.sources += [self._due, self.follower.look]

    async def cog_unload(self) -> None:
        self.bot.remove_dynamic_items(ReminderButton, ListButton, MovedButton)
        for each in (self._due, self.follower.look):
            self.bot.deliverer.sources.remove(each)
        await self.follower.stop()

    async def _due(self, now: float) -> float | None:
        return await owe_due(self.bot.library.database, now)

    @app_commands.command(name="list", description="Your reminders; who manages the server sees its channels' as well.")
    @failures.told
    async def list_(self, interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send(view=await list_page(interaction, 0))

    @app_commands.command(description="Change a reminder: how long ahead, where, for whom.")
    @app_commands.describe(reminder="which one", **TELLS)
    @failures.told
    async def edit(
        self,
        interaction: Interaction,
        reminder: Words,
        when: Words | None = None,
        where: Where | None = None,
        role: discord.Role | None = None,
        until_seen: bool | None = None,
        until: Words | None = None,
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        if when is None and where is None and role is None and until_seen is None and until is None:
            raise UsageError(NOTHING)
        found = await self.named(interaction, reminder)
        changed = replace(found, leads=parse_leads(when) if when else found.leads)
        if where is not None:
            changed = placed(changed, place(interaction, where, role), interaction.guild_id)
        if where == "me":
            changed = replace(changed, role_id=None, acknowledge=False)
        elif role is not None:
            changed = replace(changed, role_id=role_of(interaction, role, changed.channel_id))
        if until_seen is not None:
            changed = replace(changed, acknowledge=seen_of(until_seen, changed.channel_id))
        changed = replace(changed, subject=ending(changed.subject, until, self.bot.clock().date()))
        async with self.bot.library.database.write() as connection:
            changed = await store.change(connection, changed, self.bot.now())
            clock = await store.clock_of(connection, changed)
        self.bot.deliverer.wake()
        await interaction.followup.send(confirmed(changed, clock, self.bot.now()), ephemeral=True)

    @app_commands.command(description="End a reminder.")
    @app_commands.describe(reminder="which one")
    @failures.told
    async def remove(self, interaction: Interaction, reminder: Words) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await self.named(interaction, reminder)
        async with self.bot.library.database.write() as connection:
            await store.end(connection, found, store.REMOVED, self.bot.now())
        text = f"The reminder of **{line(found.subject.what, 200)}** is removed."
        await interaction.followup.send(view=card(text, undo_button(found.id)), ephemeral=True)

    @app_commands.command(description="Let a reminder rest until you resume it.")
    @app_commands.describe(reminder="which one")
    @failures.told
    async def pause(self, interaction: Interaction, reminder: Words) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await self.named(interaction, reminder)
        async with self.bot.library.database.write() as connection:
            await store.end(connection, found, store.PAUSED, self.bot.now())
        await interaction.followup.send(
            f"**{line(found.subject.what, 200)}** rests; /reminders resume lets it go on.", ephemeral=True
        )

    @app_commands.command(description="Let a paused reminder go on, and try again what could not be delivered.")
    @app_commands.describe(reminder="which one")
    @failures.told
    async def resume(self, interaction: Interaction, reminder: Words) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await self.named(interaction, reminder)
        async with self.bot.library.database.write() as connection:
            again = await deliveries.try_again(connection, found.about, self.bot.now())
            changed = await store.change(connection, replace(found, state=store.ACTIVE), self.bot.now())
            clock = await store.clock_of(connection, changed)
        self.bot.deliverer.wake()
        text = confirmed(changed, clock, self.bot.now()) if changed.next_at is not None else NOTHING_AHEAD
        if again:
            text += f"\n{again} that could not be delivered {'is' if again == 1 else 'are'} tried again now."
        await interaction.followup.send(text, ephemeral=True)

    @app_commands.command(description="Send a reminder now, as it will look, to where it goes.")
    @app_commands.describe(reminder="which one")
    @failures.told
    async def test(self, interaction: Interaction, reminder: Words) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await self.named(interaction, reminder)
        async with self.bot.library.database.write() as connection:
            await actions.test(connection, found, self.bot.now())
        self.bot.deliverer.wake()
        where = "you directly" if found.channel_id is None else f"<#{found.channel_id}>"
        await interaction.followup.send(
            f"A test is on its way to {where}. Should it not come, /reminders list says why.", ephemeral=True
        )

    async def named(self, interaction: Interaction, words: str) -> Reminder:
        """By its number, among those that the person may change. Raises UsageError."""
        number = words.strip().partition(":")[0]
        for each in await mine(interaction):
            if str(each.id) == number:
                return each
        raise UsageError(NO_SUCH.format(number=f"“{words[:60]}”"))

    @edit.autocomplete("reminder")
    @remove.autocomplete("reminder")
    @pause.autocomplete("reminder")
    @resume.autocomplete("reminder")
    @test.autocomplete("reminder")
    async def which(self, interaction: Interaction, typed: str) -> Choices:
        try:
            found = [(label(each), str(each.id)) for each in await mine(interaction)]
        except StoreError:
            return []
        return [app_commands.Choice(name=n, value=v) for n, v in found if typed.casefold() in n.casefold()][:CHOICES]

    @edit.autocomplete("when")
    async def ahead(self, interaction: Interaction, typed: str) -> Choices:
        return leads_like(typed)

    @edit.autocomplete("until")
    async def ends(self, interaction: Interaction, typed: str) -> Choices:
        return days_like(typed, self.bot)


async def mine(interaction: Interaction) -> list[Reminder]:
    """A person's own; on a server those of the place, and for who manages it its channels' too."""
    async with interaction.client.library.database.read() as connection:
        return (await seen(connection, interaction))[0]


async def setup(bot: DealwireBot) -> None:
    await bot.add_cog(Reminders(bot))
