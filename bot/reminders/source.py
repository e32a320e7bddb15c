"""The loop's side of reminders: those that are due become deliveries, in the transaction that moves them on.

Several that one reminder missed (the bot was away) are one message, the latest, which says how many it stands for.
"""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.reminders.plan import Clock, Firing, due_now
from bot.store import deliveries
from bot.store import reminders as store
from bot.store.deliveries import Owed
from bot.store.reminders import Reminder
from index.store.database import Database

KIND = "reminder"
AT_ONCE = 100  # reminders in one transaction


async def owe_due(database: Database, now: float) -> float | None:
    """What is due is owed, in its order; when the next one is: at once where there were more than go together.

    So of a thousand the first are on their way while the others are still being written down.
    """

    async def owe(connection: AsyncConnection) -> int:
        due = await store.list_due(connection, now, AT_ONCE)
        clocks: dict[tuple[int | None, int | None], Clock] = {}
        for each in due:
            whose = each.server_id, each.person_id if each.channel_id is None else None
            if whose not in clocks:
                clocks[whose] = await store.clock_of(connection, each)
            await owe_one(connection, each, clocks[whose], now)
        return len(due)

    if await database.transact(owe) == AT_ONCE:
        return now
    async with database.read() as connection:
        return await store.next_at(connection, now)


async def owe_one(connection: AsyncConnection, reminder: Reminder, clock: Clock, now: float) -> None:
    fired: list[tuple[Firing, bool]] = []
    for subject, is_pending in ((reminder.subject, False), (reminder.pending, True)):
        if subject is not None:
            found = due_now(subject, reminder.leads, clock, reminder.fired_until, now)
            fired += [(each, is_pending) for each in found]
    if fired:
        fired.sort(key=lambda each: each[0].at)
        last, is_pending = fired[-1]
        base = f"reminder:{reminder.id}:{int(last.due)}:{last.lead}"
        payload = {
            "reminder": reminder.id,
            "lead": str(last.lead),
            "due": last.due,
            "day": last.day.isoformat(),
            "pending": is_pending,
            "missed": len(fired) - 1,
            "base": base,
        }
        await deliveries.owe(
            connection,
            Owed(
                key=base,
                kind=KIND,
                payload=payload,
                due=last.at,
                server_id=reminder.server_id,
                channel_id=reminder.channel_id,
                person_id=reminder.person_id,
                about=reminder.about,
            ),
        )
        reminder = replace(reminder, last_base=base)
    await store.change(connection, reminder, now, clock)
