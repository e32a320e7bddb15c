"""The buttons under a reminder: Done, Snooze, Also me, Seen. They carry the delivery's id, and so outlive a restart.

The id is a claim: the delivery is looked up, and counts only where it was sent to: in its channel, or for its person.
"""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot.buttons.press import refuse
from bot.cards.reminder import Told, reminder_card
from bot.cards.text import stamp
from bot.clock import moment
from bot.lasting import LastingButton
from bot.reminders import actions
from bot.reminders.plan import Clock
from bot.reminders.telling import told_of
from bot.reminders.times import due_moment
from bot.store import deliveries
from bot.store import reminders as store
from bot.store.deliveries import Delivery
from bot.store.reminders import Reminder

if TYPE_CHECKING:
    from bot.client import DealwireBot

GREY, GREEN = discord.ButtonStyle.secondary, discord.ButtonStyle.success
KIND = "reminder"
GONE = "That reminder is not in my books any more."
NOT_YOURS = "Only whoever set this reminder, or may manage messages here, can end it; press Also me for your own."
SNOOZE_ASK = "When once more?"
SNOOZED = "Once more {when} ({away}){where}."
ALSO = "You are reminded too, directly; the first time {when} ({away})."
AFTER = {"10": "in 10 minutes", "60": "in an hour", "180": "in 3 hours", "tomorrow": "tomorrow", "week": "in a week"}


def buttons_of(delivery: Delivery, told: Told) -> list[ui.Item[Any]]:
    if told.test:
        return []
    made = [button("done", delivery.id, "Done", emoji="✅"), button("snooze", delivery.id, "Snooze", emoji="💤")]
    if delivery.channel_id is not None:
        made.append(button("me", delivery.id, "Also me"))
    if told.wants_seen:
        made.insert(0, button("seen", delivery.id, "Seen", emoji="👀", style=GREEN))
    return list(made)


def button(
    verb: str,
    delivery_id: int,
    label: str,
    extra: str = "",
    *,
    emoji: str | None = None,
    style: discord.ButtonStyle = GREY,
) -> "ReminderButton":
    name = f"rm:{verb}:{delivery_id}" + (f":{extra}" if extra else "")
    made: ui.Button[Any] = ui.Button(label=label, style=style, custom_id=name, emoji=emoji)
    return ReminderButton(made, verb, delivery_id, extra)


class ReminderButton(
    LastingButton, template=r"rm:(?P<verb>[a-z]{1,8}):(?P<named>\d{1,18})(?::(?P<extra>[a-z0-9]{1,12}))?"
):
    async def press(self, interaction: discord.Interaction["DealwireBot"]) -> None:
        bot = interaction.client
        changes_message = self.verb in ("done", "seen")
        if changes_message:
            await interaction.response.defer()
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
        async with bot.library.database.read() as connection:
            delivery = await deliveries.get(connection, self.number)
            known = delivery is not None and delivery.kind == KIND and is_here(delivery, interaction)
            reminder = await store.get(connection, delivery.payload["reminder"]) if delivery and known else None
        if delivery is None or reminder is None or reminder.state == store.REMOVED:
            await refuse(interaction, GONE)
        elif self.verb == "done":
            await self._done(interaction, delivery, reminder)
        elif self.verb == "seen":
            async with bot.library.database.write() as connection:
                await actions.seen(connection, reminder, delivery, bot.now())
            await show(interaction, delivery, f"Seen by {interaction.user.mention}.", still=True)
        elif self.verb == "me":
            await self._also(interaction, reminder)
        elif self.verb == "snooze":
            await self._snooze(interaction, delivery, reminder)
        else:
            await refuse(interaction, GONE)
        bot.deliverer.wake()

    async def _done(
        self, interaction: discord.Interaction["DealwireBot"], delivery: Delivery, reminder: Reminder
    ) -> None:
        if not may_change(interaction, delivery, reminder):
            await refuse(interaction, NOT_YOURS)
            return
        bot = interaction.client
        async with bot.library.database.write() as connection:
            changed = await actions.done(connection, reminder, delivery, bot.now())
        said = f"Done, {interaction.user.mention}." if delivery.channel_id is not None else "Done."
        if changed.next_at is not None:
            said += f" The next time: {stamp(moment(changed.next_at), 'f')}."
        await show(interaction, delivery, said)

    async def _also(self, interaction: discord.Interaction["DealwireBot"], reminder: Reminder) -> None:
        bot = interaction.client
        async with bot.library.database.write() as connection:
            made = await actions.also_for(connection, reminder, interaction.user.id, bot.now())
        first = moment(made.next_at) if made.next_at is not None else bot.clock()
        said = ALSO.format(when=stamp(first, "f"), away=stamp(first, "R"))
        await interaction.followup.send(said, ephemeral=True)

    async def _snooze(
        self, interaction: discord.Interaction["DealwireBot"], delivery: Delivery, reminder: Reminder
    ) -> None:
        bot = interaction.client
        if self.extra not in AFTER:
            row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
            for extra, label in AFTER.items():
                row.add_item(button("snooze", delivery.id, label, extra))
            view = ui.LayoutView(timeout=None)
            view.add_item(ui.TextDisplay(SNOOZE_ASK))
            view.add_item(row)
            await interaction.followup.send(view=view, ephemeral=True)
            return
        person = interaction.user.id
        async with bot.library.database.write() as connection:
            clock = await store.clock_for(connection, reminder.server_id, None, person)
            until = snoozed_until(self.extra, bot.clock(), clock)
            here = await actions.snooze(connection, reminder, delivery, person, until.timestamp(), bot.now())
        where = " in this channel" if here else "" if delivery.channel_id is None else ", to you directly"
        said = SNOOZED.format(when=stamp(until, "f"), away=stamp(until, "R"), where=where)
        await interaction.followup.send(said, ephemeral=True)


def snoozed_until(choice: str, now: datetime, clock: Clock) -> datetime:
    """“tomorrow” and “in a week” at the hour at which days are due."""
    if choice.isdecimal():
        return now + timedelta(minutes=int(choice))
    today = now.astimezone(due_moment(now.date(), None, clock.zone).tzinfo).date()
    day = today + timedelta(days=7 if choice == "week" else 1)
    return due_moment(day, None, clock.zone, clock.due_hour).astimezone(UTC)


def is_here(delivery: Delivery, interaction: discord.Interaction[Any]) -> bool:
    """It was sent to where it is pressed."""
    if delivery.channel_id is not None:
        return delivery.channel_id == interaction.channel_id and delivery.server_id == interaction.guild_id
    return interaction.guild_id is None and delivery.person_id == interaction.user.id


def may_change(interaction: discord.Interaction[Any], delivery: Delivery, reminder: Reminder) -> bool:
    """Whose it is; and who may manage messages where this one stands, which need not be where it comes by now."""
    if interaction.user.id == reminder.person_id or delivery.channel_id is None:
        return interaction.user.id == reminder.person_id
    allowed = interaction.permissions
    return allowed.manage_guild or allowed.administrator or allowed.manage_messages


async def show(
    interaction: discord.Interaction["DealwireBot"], delivery: Delivery, said: str, *, still: bool = False
) -> None:
    """The message with a line more; ``still``: its other buttons stay."""
    told = await told_of(interaction.client, delivery)
    if told is None:
        return
    view = reminder_card(told, buttons_of(delivery, told), done="" if still else said)
    if still:
        view.add_item(ui.TextDisplay(f"-# {said}"))
    await interaction.edit_original_response(view=view, allowed_mentions=discord.AllowedMentions.none())
