"""What becomes of reminders when people change, remove or dispute the deadline that they are about.

Whoever else is reminded of it is told, by a delivery in the same transaction: nobody's reminder ends silently.
"""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.reminders.plan import due_of
from bot.reminders.words import When
from bot.store import deliveries, disputes
from bot.store import own as own_store
from bot.store import reminders as store
from bot.store.deliveries import Owed
from bot.store.disputes import Dispute
from bot.store.own import Own
from bot.store.reminders import Reminder

CHANGED = "The deadline “{what}” was changed by somebody on the server; your reminder goes on, now due {when}."
REMOVED = "The deadline “{what}” was removed by somebody on the server, and your reminder of it ended."
UPHELD = (
    "“{what}” was found to be no deadline, or on a wrong day, by who manages the server; your reminder of it ended."
)


async def change(
    connection: AsyncConnection, own: Own, *, what: str, words: str, when: When, person_id: int, now: float
) -> Own:
    changed = await own_store.change(connection, own, what=what, words=words, when=when)
    for each in await store.list_of_own(connection, own.id):
        moved = await store.change(connection, replace(each, subject=changed.subject, version=each.version + 1), now)
        clock = await store.clock_of(connection, moved)
        said = CHANGED.format(what=_named(what), when="{when}")
        due = due_of(moved.subject, clock, now)
        await _tell(connection, moved, person_id, f"own:{own.id}:{changed.version}:{each.id}", said, now, due)
    return changed


async def remove(connection: AsyncConnection, own: Own, person_id: int, now: float) -> Own:
    for each in await store.list_of_own(connection, own.id):
        if each.state in (store.ACTIVE, store.PAUSED):
            await store.end(connection, each, store.PARKED, now)
            said = REMOVED.format(what=_named(own.what))
            await _tell(connection, each, person_id, f"own:{own.id}:removed:{int(now)}:{each.id}", said, now)
    return await own_store.remove(connection, own, now)


async def restore(connection: AsyncConnection, own: Own, now: float) -> Own:
    """With the reminders that ended with it."""
    for each in await store.list_of_own(connection, own.id):
        if each.state == store.PARKED:
            await store.change(connection, replace(each, state=store.ACTIVE), now)
    return await own_store.keep(connection, own)


async def decide(connection: AsyncConnection, dispute: Dispute, *, upheld: bool, person_id: int, now: float) -> None:
    """A manager's word on what somebody disputed."""
    await disputes.decide(connection, dispute, disputes.UPHELD if upheld else disputes.DISMISSED, person_id)
    if not upheld:
        return
    for each in await store.list_of_article(connection, dispute.server_id, dispute.article_id):
        if each.subject.quote == dispute.quote and each.subject.day == dispute.due:
            await store.end(connection, each, store.PARKED, now)
            said = UPHELD.format(what=_named(each.subject.what))
            await _tell(connection, each, person_id, f"dispute:{dispute.id}:{each.id}", said, now)


async def _tell(
    connection: AsyncConnection,
    reminder: Reminder,
    person_id: int,
    key: str,
    text: str,
    now: float,
    due: float | None = None,
) -> None:
    """Where the reminder would have come; not whoever did it themselves, in private. ``due`` is ``{when}`` in the text."""
    if reminder.person_id == person_id and reminder.channel_id is None:
        return
    await deliveries.owe(
        connection,
        Owed(
            key=key,
            kind="notice",
            payload={"text": text, "when": due},
            due=now,
            server_id=reminder.server_id,
            channel_id=reminder.channel_id,
            person_id=reminder.person_id,
        ),
    )


def _named(what: str) -> str:
    """People's words, in which nothing is filled in."""
    return what[:200].replace("{", "(").replace("}", ")")
