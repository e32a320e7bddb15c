"""The buttons under “moved”, “met”, “cancelled”, “denied”: somebody's word on what an article says.

The id is a delivery's, and a claim: it counts where that was sent to, for whoever is reminded there or may manage
messages. What is rejected is not brought up again.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
from discord import ui
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.buttons.press import refuse
from bot.buttons.reminder import is_here, may_change
from bot.cards.moved import moved_card
from bot.clock import moment
from bot.lasting import LastingButton
from bot.reminders.plan import due_of
from bot.reminders.subject import load
from bot.store import deliveries
from bot.store import reminders as store
from bot.store.deliveries import Delivery
from bot.store.reminders import Reminder

if TYPE_CHECKING:
    from bot.client import DealwireBot

KIND = "moved"
GONE = "Those reminders are over, or were changed since; /reminders list shows how they stand."
NOT_YOURS = "Only whoever set the reminder, or may manage messages here, can confirm that."
GREY, GREEN = discord.ButtonStyle.secondary, discord.ButtonStyle.success
LABELS = {"moved": ("Yes, it moved", "No, the old day holds"), "ended": ("Yes, stop reminding", "No, go on")}
WRONG = "That is wrong, take it back"
CONFIRMED = {
    "moved": "Confirmed by {who}: the new day holds.",
    "ended": "Confirmed by {who}: the reminders ended.",
}
REJECTED = {
    "moved": "{who} says that it is not so: the old day holds.",
    "ended": "{who} says that it is not so: the reminders go on.",
}


def buttons_of(delivery: Delivery) -> list[ui.Item[Any]]:
    yes, no = LABELS[_sort(delivery)]
    if delivery.payload["sure"]:
        return [_button("no", delivery.id, WRONG, GREY)]
    return [_button("yes", delivery.id, yes, GREEN), _button("no", delivery.id, no, GREY)]


def _button(verb: str, delivery_id: int, label: str, style: discord.ButtonStyle) -> "MovedButton":
    made: ui.Button[Any] = ui.Button(label=label, style=style, custom_id=f"mv:{verb}:{delivery_id}")
    return MovedButton(made, verb, delivery_id)


def _sort(delivery: Delivery) -> str:
    return "moved" if delivery.payload["change"] == "moved" else "ended"


class MovedButton(LastingButton, template=r"mv:(?P<verb>yes|no):(?P<named>\d{1,18})"):
    async def press(self, interaction: discord.Interaction["DealwireBot"]) -> None:
        await interaction.response.defer()
        bot = interaction.client
        async with bot.library.database.write() as connection:
            delivery = await deliveries.get(connection, self.number)
            if delivery is None or delivery.kind != KIND or not is_here(delivery, interaction):
                await refuse(interaction, GONE)
                return
            found = [await store.get(connection, each) for each in delivery.payload["reminders"]]
            going = [each for each in found if each is not None and each.state in (store.ACTIVE, store.PAUSED)]
            may = [each for each in going if may_change(interaction, delivery, each)]
            # Whoever is reminded here decides for all that come here, not for what its owner took elsewhere.
            ours = [each for each in going if each in may or each.channel_id == delivery.channel_id]
            if not may:
                await refuse(interaction, NOT_YOURS if ours else GONE)
                return
            changed = [await self._settle(connection, delivery, each, bot.now()) for each in ours]
            if not any(changed):
                await refuse(interaction, GONE)
                return
        bot.deliverer.wake()
        said = (CONFIRMED if self.verb == "yes" else REJECTED)[_sort(delivery)]
        await interaction.edit_original_response(
            view=await view_of(bot, delivery, said.format(who=interaction.user.mention)),
            allowed_mentions=discord.AllowedMentions.none(),
        )

    async def _settle(self, connection: AsyncConnection, delivery: Delivery, reminder: Reminder, now: float) -> bool:
        """Whether there was anything to decide."""
        old, new, token = load(delivery.payload["old"]), load(delivery.payload["new"]), delivery.payload["token"]
        rejected = replace(reminder, rejected=reminder.rejected | {token})
        sort = _sort(delivery)
        if sort == "ended":
            if reminder.subject != old or token in reminder.rejected:
                return False
            if self.verb == "yes":
                await store.end(connection, reminder, store.DONE, now)
            else:
                await store.change(connection, rejected, now)
            return True
        if delivery.payload["sure"]:
            if self.verb == "yes" or reminder.subject != new:
                return False
            await store.change(connection, replace(rejected, subject=old, version=reminder.version + 1), now)
            return True
        if reminder.pending != new:
            return False
        if self.verb == "yes":
            accepted = replace(reminder, subject=new, pending=None, version=reminder.version + 1)
            await store.change(connection, accepted, now)
        else:
            await store.change(connection, replace(rejected, pending=None), now)
        return True


async def view_of(bot: "DealwireBot", delivery: Delivery, done: str = "") -> ui.LayoutView:
    payload = delivery.payload
    old, new = load(payload["old"]), load(payload["new"])
    async with bot.library.database.read() as connection:
        clock = await store.clock_for(connection, delivery.server_id, delivery.channel_id, delivery.person_id or 0)
    due = moment(due_of(new, clock, bot.now()))
    buttons = buttons_of(delivery)
    return moved_card(payload["change"], old, new, due, sure=payload["sure"], buttons=buttons, done=done)
