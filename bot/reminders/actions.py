"""What people do with a reminder that has come: done, snoozed, seen, wanted by others too.

Each runs in a transaction of the caller's and changes rows alone; who may do it is asked before.
"""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.reminders.telling import base_of, is_stale
from bot.store import deliveries
from bot.store import reminders as store
from bot.store.deliveries import Delivery, Owed
from bot.store.reminders import Reminder
from index.errors import UsageError

MOVED_ON = "Its deadline was moved meanwhile; the reminder goes on with the new day. /reminders remove ends it."
HAVE_IT = "You have that reminder already; /reminders list shows it."


async def done(connection: AsyncConnection, reminder: Reminder, delivery: Delivery, now: float) -> Reminder:
    """It need not come again; what repeats comes again at its next time. Raises UsageError."""
    seen = replace(reminder, acknowledged=base_of(delivery))
    if reminder.subject.rule is None:
        if is_stale(reminder.subject, delivery):
            raise UsageError(MOVED_ON)
        return await store.end(connection, seen, store.DONE, now)
    await deliveries.cancel_about(connection, reminder.about)
    until = max(reminder.fired_until, float(delivery.payload.get("due", 0.0)))
    return await store.change(connection, replace(seen, fired_until=until), now)


async def seen(connection: AsyncConnection, reminder: Reminder, delivery: Delivery, now: float) -> Reminder:
    """It is not repeated any more; its further times still come."""
    return await store.change(connection, replace(reminder, acknowledged=base_of(delivery)), now)


async def snooze(
    connection: AsyncConnection, reminder: Reminder, delivery: Delivery, person_id: int, until: float, now: float
) -> bool:
    """Once more at that time: where it came to its owner, else to the person directly. Whether it is in the channel."""
    owns = person_id == reminder.person_id
    here = delivery.channel_id is not None and owns
    payload = {name: value for name, value in delivery.payload.items() if name not in ("again", "missed")}
    await deliveries.owe(
        connection,
        Owed(
            key=f"{base_of(delivery)}:snooze:{person_id}:{int(until)}",
            kind=delivery.kind,
            payload=payload | {"snoozed": True},
            due=until,
            server_id=reminder.server_id,
            channel_id=delivery.channel_id if here else None,
            person_id=person_id,
            # Of its own for others: theirs is not over because somebody is done.
            about=reminder.about if owns else f"{reminder.about} for {person_id}",
        ),
    )
    if owns:
        await seen(connection, reminder, delivery, now)
    return here


async def also_for(connection: AsyncConnection, reminder: Reminder, person_id: int, now: float) -> Reminder:
    """The same for somebody else, directly. Raises UsageError where nothing of it lies ahead."""
    for each in await store.list_of_person(connection, person_id):
        same = each.channel_id is None and each.server_id == reminder.server_id and each.state == store.ACTIVE
        if same and (each.subject.day, each.subject.what) == (reminder.subject.day, reminder.subject.what):
            raise UsageError(HAVE_IT)
    return await store.add(
        connection,
        reminder.subject,
        reminder.leads,
        person_id=person_id,
        now=now,
        server_id=reminder.server_id,
        own_id=reminder.own_id,
    )


async def test(connection: AsyncConnection, reminder: Reminder, now: float) -> None:
    """The message as it would be now, on the same way as the real one."""
    await deliveries.owe(
        connection,
        Owed(
            key=f"reminder:{reminder.id}:test:{int(now)}",
            kind="reminder",
            payload={"reminder": reminder.id, "test": True},
            due=now,
            server_id=reminder.server_id,
            channel_id=reminder.channel_id,
            person_id=reminder.person_id,
            about=reminder.about,
        ),
    )
