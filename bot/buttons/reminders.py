"""The buttons of the list of reminders: its pages, and Undo after a removal. They survive a restart.

Whose reminders are listed is asked of who presses; a number that is not theirs is none.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
from discord import ui
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cards.articles import card
from bot.cards.text import length
from bot.lasting import LastingButton
from bot.reminders.wishes import confirmed, lies_behind, row
from bot.rights import manages
from bot.store import deliveries
from bot.store import reminders as store
from bot.store.deliveries import Delivery
from bot.store.reminders import Reminder
from index.errors import UsageError

if TYPE_CHECKING:
    from bot.client import DealwireBot

GREY = discord.ButtonStyle.secondary
PAGE = 8
EMPTY = "You have no reminders yet. `/remind` sets one, as does **Remind me** under an answer that names a day."
GONE = "That reminder is not yours, or is gone."
MOST_TEXT = 3_800


class ListButton(LastingButton, template=r"rl:(?P<verb>page|undo):(?P<named>\d{1,18})"):
    async def press(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer()
        if self.verb == "page":
            view = await list_page(interaction, self.number)
        else:
            view = await _undo(interaction, self.number)
        await interaction.edit_original_response(view=view)


def _button(verb: str, number: int, label: str, *, off: bool = False) -> ListButton:
    made: ui.Button[Any] = ui.Button(label=label, style=GREY, custom_id=f"rl:{verb}:{number}", disabled=off)
    return ListButton(made, verb, number)


def undo_button(reminder_id: int) -> ListButton:
    return _button("undo", reminder_id, "Undo")


async def seen(
    connection: AsyncConnection, interaction: discord.Interaction["DealwireBot"]
) -> tuple[list[Reminder], dict[str, Delivery]]:
    """What the person may change here, and what of it could not be delivered, by its account.

    Their own; for who manages the server its channels' too. What lies behind is left out, unless it did not come.
    """
    found = await store.list_of_person(
        connection,
        interaction.user.id,
        server_id=interaction.guild_id,
        all_of_server=interaction.guild_id is not None and manages(interaction),
    )
    failed = await deliveries.undeliverable_about(connection, [each.about for each in found])
    now = interaction.client.now()
    return [each for each in found if each.about in failed or not lies_behind(each, now)], failed


async def list_page(interaction: discord.Interaction["DealwireBot"], number: int) -> ui.LayoutView:
    """A page, counted from 0, of what the person may change here."""
    bot, now = interaction.client, interaction.client.now()
    async with bot.library.database.read() as connection:
        found, failed = await seen(connection, interaction)
        pages = max(1, (len(found) + PAGE - 1) // PAGE)
        number = min(number, pages - 1)
        shown = found[number * PAGE : (number + 1) * PAGE]
        clocks = [await store.clock_of(connection, each) for each in shown]
    if not found:
        return card(EMPTY)
    head = f"### {len(found)} reminder{'s' if len(found) != 1 else ''}"
    lines = [head + (f", page {number + 1} of {pages}" if pages > 1 else "")]
    for each, clock in zip(shown, clocks, strict=True):
        told = row(each, clock, now, failed.get(each.about))
        if sum(map(length, lines)) + length(told) < MOST_TEXT:
            lines.append(told)
    if pages == 1:
        return card("\n".join(lines))
    back = _button("page", max(0, number - 1), "‹ sooner", off=number == 0)
    ahead = _button("page", number + 1, "later ›", off=number + 1 >= pages)
    return card("\n".join(lines), back, ahead)


async def _undo(interaction: discord.Interaction["DealwireBot"], reminder_id: int) -> ui.LayoutView:
    bot = interaction.client
    async with bot.library.database.write() as connection:
        found = await store.get(connection, reminder_id)
        if found is None or found.state != store.REMOVED or not _may(interaction, found):
            raise UsageError(GONE)
        changed = await store.change(connection, replace(found, state=store.ACTIVE), bot.now())
        clock = await store.clock_of(connection, changed)
    bot.deliverer.wake()
    return card(confirmed(changed, clock, bot.now()))


def _may(interaction: discord.Interaction[Any], reminder: Reminder) -> bool:
    if reminder.person_id == interaction.user.id:
        return True
    here = reminder.channel_id is not None and reminder.server_id == interaction.guild_id is not None
    return here and manages(interaction)
