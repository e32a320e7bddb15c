"""What a reminder's message says at this moment, out of its delivery and its row. Reads; changes nothing."""

from datetime import date
from typing import TYPE_CHECKING

from bot.cards.reminder import Told
from bot.clock import moment
from bot.reminders.plan import due_of
from bot.reminders.since import since
from bot.reminders.subject import Subject
from bot.store import disputes
from bot.store import reminders as store
from bot.store.deliveries import Delivery
from bot.store.disputes import Dispute
from bot.store.reminders import Reminder

if TYPE_CHECKING:
    from bot.client import DealwireBot


def base_of(delivery: Delivery) -> str:
    """The time that fell due: its repetitions and snoozes share it."""
    return str(delivery.payload.get("base", delivery.key))


def wants_seen(reminder: Reminder, delivery: Delivery) -> bool:
    """Whether it is repeated until somebody has seen it."""
    return (
        reminder.acknowledge
        and reminder.state == store.ACTIVE
        and not delivery.payload.get("test")
        and reminder.acknowledged != base_of(delivery)
        and reminder.last_base in (None, base_of(delivery))  # a later one takes its place
    )


def is_stale(subject: Subject, delivery: Delivery) -> bool:
    """The deadline was moved after this one fell due; of the move people are told by itself."""
    return subject.rule is None and "day" in delivery.payload and delivery.payload["day"] != subject.day.isoformat()


async def told_of(bot: "DealwireBot", delivery: Delivery, late: float = 0.0) -> Told | None:
    """None where the reminder is gone. Raises StoreError."""
    payload = delivery.payload
    async with bot.library.database.read() as connection:
        reminder = await store.get(connection, payload["reminder"])
        if reminder is None or reminder.state == store.REMOVED:
            return None
        clock = await store.clock_of(connection, reminder)
        listed = await disputes.list_of(connection, reminder.server_id) if reminder.server_id is not None else []
    subject = (reminder.pending if payload.get("pending") else None) or reminder.subject
    repeats = subject.rule is not None and "due" in payload
    due = float(payload["due"]) if repeats else due_of(subject, clock, bot.now())
    return Told(
        subject,
        moment(due),
        bot.clock(),
        since=await since(bot, subject, reminder.server_id),
        late=late,
        missed=int(payload.get("missed", 0)),
        pending=bool(payload.get("pending")) and reminder.pending is not None,
        wants_seen=wants_seen(reminder, delivery),
        again=int(payload.get("again", 0)),
        test=bool(payload.get("test")),
        snoozed=bool(payload.get("snoozed")),
        disputed=_disputed(subject, listed),
        role_id=reminder.role_id if delivery.channel_id is not None else None,
    )


def _disputed(subject: Subject, listed: list[Dispute]) -> str:
    mine: tuple[int | None, str, date] = (subject.article_id, subject.quote, subject.day)
    return next((each.why for each in listed if each.hides and (each.article_id, each.quote, each.due) == mine), "")
