"""How a reminder's message is made, and what follows once it is sent or cannot be. Sends nothing itself.

One that wants to be seen owes its repetition in the transaction that marks it sent; so a kill in between loses
neither. A test, a snooze and a repetition are deliveries of the same kind with a word more in their payload.
"""

from typing import TYPE_CHECKING

import discord
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.buttons.moved import view_of
from bot.buttons.reminder import buttons_of
from bot.cards.reminder import reminder_card
from bot.deliveries.kinds import Kind, Outgoing
from bot.reminders.subject import load
from bot.reminders.telling import base_of, is_stale, told_of, wants_seen
from bot.store import reminders as store
from bot.store.deliveries import Delivery, Owed, notice_of, owe
from bot.store.reminders import Reminder

if TYPE_CHECKING:
    from bot.client import DealwireBot

AGAIN_AFTER = 30 * 60.0  # seconds until a reminder that nobody has seen is repeated
MOST_AGAIN = 48  # a day and a night; then whoever set it is told
UNSENT = "I could not deliver your reminder “{what}”{where}: {why}. It is kept: /reminders list shows it, /reminders resume tries again."
UNSEEN = "Nobody has pressed Seen on your reminder “{what}”{where} for a whole day; I stop repeating it."


class ReminderKind(Kind):
    def __init__(self, bot: "DealwireBot") -> None:
        self.bot = bot

    async def render(self, delivery: Delivery, late: float) -> Outgoing | None:
        told = await told_of(self.bot, delivery, late)
        if told is None or await self._is_over(delivery):
            return None
        roles = [discord.Object(told.role_id)] if told.role_id is not None else False
        mentions = discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)
        return Outgoing(reminder_card(told, buttons_of(delivery, told)), mentions)

    async def _is_over(self, delivery: Delivery) -> bool:
        async with self.bot.library.database.read() as connection:
            reminder = await store.get(connection, delivery.payload["reminder"])
        if reminder is None or reminder.state == store.PARKED:  # others' snoozes as well: there is no such deadline
            return True
        if delivery.payload.get("again") and not wants_seen(reminder, delivery):
            return True
        asked_for = delivery.payload.get("test") or delivery.payload.get("snoozed")
        subject = reminder.pending if delivery.payload.get("pending") else reminder.subject
        return not asked_for and (subject is None or is_stale(subject, delivery))

    async def sent(self, connection: AsyncConnection, delivery: Delivery, message_id: int | None) -> None:
        reminder = await store.get(connection, delivery.payload["reminder"])
        if reminder is None or not wants_seen(reminder, delivery):
            return
        times = int(delivery.payload.get("again", 0)) + 1
        if times > MOST_AGAIN:
            await owe(connection, self._notice(delivery, reminder, f"unseen:{base_of(delivery)}", UNSEEN, ""))
            return
        payload = delivery.payload | {"again": times, "missed": 0}
        await owe(
            connection,
            Owed(
                key=f"{base_of(delivery)}:again:{times}",
                kind=delivery.kind,
                payload=payload,
                due=self.bot.now() + AGAIN_AFTER,
                server_id=delivery.server_id,
                channel_id=delivery.channel_id,
                person_id=delivery.person_id,
                about=delivery.about,
            ),
        )

    async def undeliverable(self, connection: AsyncConnection, delivery: Delivery, why: str) -> Owed | None:
        """Whoever set a channel's reminder hears of it directly; one's own direct messages are shown in /reminders."""
        reminder = await store.get(connection, delivery.payload["reminder"])
        if reminder is None or delivery.channel_id is None:
            return None
        return self._notice(delivery, reminder, f"unsent:{delivery.key}", UNSENT, why)

    def _notice(self, delivery: Delivery, reminder: Reminder, key: str, text: str, why: str) -> Owed:
        where = " in {channel}" if delivery.channel_id is not None else ""
        words = text.format(what=reminder.subject.what[:200].replace("{", "(").replace("}", ")"), where=where, why=why)
        return notice_of(delivery, key, words, self.bot.now(), reminder.person_id)


class MovedKind(Kind):
    """What became of a deadline; nobody wants it any more once all its reminders are over."""

    def __init__(self, bot: "DealwireBot") -> None:
        self.bot = bot

    async def render(self, delivery: Delivery, late: float) -> Outgoing | None:
        async with self.bot.library.database.read() as connection:
            found = [await store.get(connection, each) for each in delivery.payload["reminders"]]
        if not any(each is not None and each.state in (store.ACTIVE, store.PAUSED) for each in found):
            return None
        return Outgoing(await view_of(self.bot, delivery))

    async def undeliverable(self, connection: AsyncConnection, delivery: Delivery, why: str) -> Owed | None:
        if delivery.channel_id is None or delivery.person_id is None:
            return None
        what = load(delivery.payload["old"]).what[:200].replace("{", "(").replace("}", ")")
        text = f"I could not say in {{channel}} what became of the deadline “{what}”: {why}. /reminders list shows how it stands."
        return notice_of(delivery, f"unsent:{delivery.key}", text, self.bot.now(), delivery.person_id)
