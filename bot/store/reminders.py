"""Every query on reminders. Reckons with ``bot.reminders.plan`` when the next one is; sends and renders nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import and_, exists, func, insert, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.reminders import leads as lead_words
from bot.reminders.leads import Lead
from bot.reminders.plan import Clock, upcoming
from bot.reminders.subject import Subject, load, of_answer
from bot.store import deliveries
from bot.store.answers import Asked
from bot.store.reminder_tables import reminders
from bot.store.servers import get_server, time_zone_of
from bot.store.tables import servers
from index.errors import UsageError

ACTIVE, PAUSED, DONE, REMOVED = "active", "paused", "done", "removed"
PARKED = "parked"  # its deadline was removed by people; comes back with it
MOST_EACH = 200  # reminders of one person that lie ahead

TOO_LATE = "That is over already; choose a shorter time ahead."
NO_DAY = "This answer names no day to remind of."
TOO_MANY = "You have {count} reminders already; remove some with /reminders list first."


@dataclass(frozen=True, slots=True)
class Reminder:
    """Who is told, where, how long ahead of what."""

    id: int
    server_id: int | None
    channel_id: int | None  # None: a direct message
    person_id: int
    role_id: int | None
    own_id: int | None
    subject: Subject
    pending: Subject | None  # a newer report of its day, armed as well until somebody confirms it
    rejected: frozenset[str]
    leads: tuple[Lead, ...]
    acknowledge: bool
    state: str
    fired_until: float
    next_at: float | None
    last_base: str | None
    acknowledged: str | None
    version: int

    @property
    def about(self) -> str:
        """Of its deliveries."""
        return f"reminder {self.id}"


async def clock_for(
    connection: AsyncConnection, server_id: int | None, channel_id: int | None, person_id: int | None
) -> Clock:
    """A direct message goes by its person's time zone, a channel's by its server's."""
    zone = await time_zone_of(connection, person_id if channel_id is None else None, server_id)
    hour = (await get_server(connection, server_id)).due_hour if server_id is not None else Clock().due_hour
    return Clock(zone, hour)


async def clock_of(connection: AsyncConnection, reminder: Reminder) -> Clock:
    return await clock_for(connection, reminder.server_id, reminder.channel_id, reminder.person_id)


async def add(
    connection: AsyncConnection,
    subject: Subject,
    leads: Sequence[Lead],
    *,
    person_id: int,
    now: float,
    server_id: int | None = None,
    channel_id: int | None = None,
    role_id: int | None = None,
    own_id: int | None = None,
    acknowledge: bool = False,
) -> Reminder:
    """Raises UsageError where none of it lies ahead, or where somebody has too many."""
    clock = await clock_for(connection, server_id, channel_id, person_id)
    first = upcoming(subject, leads, clock, now)
    if first is None:
        raise UsageError(TOO_LATE)
    ahead = select(func.count()).where(
        reminders.c.person_id == person_id, reminders.c.state == ACTIVE, reminders.c.next_at.is_not(None)
    )
    count = int(await connection.scalar(ahead) or 0)
    if count >= MOST_EACH:
        raise UsageError(TOO_MANY.format(count=count))
    values = {
        "server_id": server_id,
        "channel_id": channel_id,
        "person_id": person_id,
        "role_id": role_id,
        "own_id": own_id,
        "article_id": subject.article_id,
        "subject": subject.store(),
        "leads": lead_words.to_store(leads),
        "acknowledge": acknowledge,
        "state": ACTIVE,
        "fired_until": now,
        "next_at": first.at,
        "made_at": now,
    }
    return _reminder((await connection.execute(insert(reminders).values(values).returning(reminders))).one())


async def remind_of_answer(
    connection: AsyncConnection, asked: Asked, lead: str, person_id: int, now: float
) -> Reminder:
    """A direct message to the person, so long ahead (“7d”, “1d”, “1h”, “0”) of the day that an answer names.

    Pressed again with another lead, the same reminder gets it as well. Raises UsageError with what to say. Wake
    ``bot.deliverer`` afterwards; ``next_at`` is when it comes.
    """
    subject = of_answer(asked.answer)
    if subject is None:
        raise UsageError(NO_DAY)
    wanted = lead_words.parse_lead(lead)
    return await remind_person(connection, subject, wanted, person_id=person_id, server_id=asked.server_id, now=now)


async def remind_person(
    connection: AsyncConnection,
    subject: Subject,
    lead: Lead,
    *,
    person_id: int,
    server_id: int | None,
    now: float,
    own_id: int | None = None,
) -> Reminder:
    """Directly, so long ahead; one reminder of theirs with that subject gets it as well. Raises UsageError."""
    clock = await clock_for(connection, server_id, None, person_id)
    if upcoming(subject, [lead], clock, now) is None:
        raise UsageError(TOO_LATE)
    for each in await list_of_person(connection, person_id):
        same = each.channel_id is None and each.server_id == server_id and each.state == ACTIVE
        alike = (each.subject.day, each.subject.quote) == (subject.day, subject.quote)
        if same and alike and (subject.quote or each.own_id == own_id is not None):
            leads = lead_words.parse_leads(lead_words.to_store({*each.leads, lead}))
            return await change(connection, replace(each, leads=leads), now)
    return await add(connection, subject, [lead], person_id=person_id, now=now, server_id=server_id, own_id=own_id)


async def change(connection: AsyncConnection, reminder: Reminder, now: float, clock: Clock | None = None) -> Reminder:
    """Write it as it is given, and reckon anew when it comes next; what has come does not come again."""
    clock = clock or await clock_of(connection, reminder)
    after = max(now, reminder.fired_until)
    both = [each for each in (reminder.subject, reminder.pending) if each is not None]
    firsts = [first.at for each in both if (first := upcoming(each, reminder.leads, clock, after))]
    next_at = min(firsts, default=None) if reminder.state == ACTIVE else None
    written = replace(reminder, next_at=next_at, fired_until=after)
    await connection.execute(
        update(reminders)
        .where(reminders.c.id == reminder.id)
        .values(
            server_id=written.server_id,
            channel_id=written.channel_id,
            role_id=written.role_id,
            article_id=written.subject.article_id,
            subject=written.subject.store(),
            pending=written.pending.store() if written.pending else None,
            rejected="\n".join(sorted(written.rejected)),
            leads=lead_words.to_store(written.leads),
            acknowledge=written.acknowledge,
            state=written.state,
            fired_until=written.fired_until,
            next_at=written.next_at,
            last_base=written.last_base,
            acknowledged=written.acknowledged,
            version=written.version,
        )
    )
    return written


async def end(connection: AsyncConnection, reminder: Reminder, state: str, now: float) -> Reminder:
    """Paused, done or removed: what is owed on its account is not sent. It can be set to active again."""
    await deliveries.cancel_about(connection, reminder.about)
    return await change(connection, replace(reminder, state=state), now)


async def get(connection: AsyncConnection, reminder_id: int) -> Reminder | None:
    row = (await connection.execute(select(reminders).where(reminders.c.id == reminder_id))).one_or_none()
    return _reminder(row) if row else None


async def list_due(connection: AsyncConnection, now: float, limit: int) -> list[Reminder]:
    """Those whose time has come, in its order; not of servers that the bot was removed from."""
    gone = exists().where(servers.c.id == reminders.c.server_id, servers.c.left_at.is_not(None))
    query = (
        select(reminders)
        .where(reminders.c.state == ACTIVE, reminders.c.next_at <= now, not_(gone))
        .order_by(reminders.c.next_at, reminders.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [_reminder(row) for row in await connection.execute(query)]


async def next_at(connection: AsyncConnection, now: float) -> float | None:
    query = select(func.min(reminders.c.next_at)).where(reminders.c.state == ACTIVE, reminders.c.next_at > now)
    found = await connection.scalar(query)
    return float(found) if found is not None else None


async def list_of_person(
    connection: AsyncConnection, person_id: int, *, server_id: int | None = None, all_of_server: bool = False
) -> list[Reminder]:
    """Their own that are not removed, the next one first; with ``all_of_server`` its channels' as well."""
    whose = reminders.c.person_id == person_id
    if all_of_server and server_id is not None:
        whose = or_(whose, and_(reminders.c.server_id == server_id, reminders.c.channel_id.is_not(None)))
    query = select(reminders).where(whose, reminders.c.state.in_((ACTIVE, PAUSED)))
    rows = await connection.execute(query.order_by(func.coalesce(reminders.c.next_at, 9e12), reminders.c.id))
    return [_reminder(row) for row in rows]


async def list_following(connection: AsyncConnection, since: float) -> list[Reminder]:
    """Those about an article's deadline that lie ahead, or last came since then: those that newer articles may move."""
    query = select(reminders).where(
        reminders.c.state.in_((ACTIVE, PAUSED)),
        reminders.c.article_id.is_not(None),
        or_(reminders.c.next_at.is_not(None), reminders.c.fired_until >= since, reminders.c.state == PAUSED),
    )
    return [_reminder(row) for row in await connection.execute(query.order_by(reminders.c.id))]


async def list_of_article(connection: AsyncConnection, server_id: int, article_id: int) -> list[Reminder]:
    """A server's that rest on a sentence of the article and are not over."""
    query = select(reminders).where(
        reminders.c.server_id == server_id,
        reminders.c.article_id == article_id,
        reminders.c.state.in_((ACTIVE, PAUSED)),
    )
    return [_reminder(row) for row in await connection.execute(query)]


async def list_of_own(connection: AsyncConnection, own_id: int) -> list[Reminder]:
    query = select(reminders).where(reminders.c.own_id == own_id, reminders.c.state != REMOVED)
    return [_reminder(row) for row in await connection.execute(query)]


def _reminder(row: Any) -> Reminder:
    return Reminder(
        id=row.id,
        server_id=row.server_id,
        channel_id=row.channel_id,
        person_id=row.person_id,
        role_id=row.role_id,
        own_id=row.own_id,
        subject=load(row.subject),
        pending=load(row.pending) if row.pending else None,
        rejected=frozenset(row.rejected.split("\n")) - {""},
        leads=lead_words.from_store(row.leads),
        acknowledge=row.acknowledge,
        state=row.state,
        fired_until=row.fired_until,
        next_at=row.next_at,
        last_base=row.last_base,
        acknowledged=row.acknowledged,
        version=row.version,
    )
