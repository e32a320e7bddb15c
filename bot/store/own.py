"""Every query on deadlines that people add themselves. Decides no right to change one (the cogs do)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.reminders.subject import Subject
from bot.reminders.words import When
from bot.store.reminder_tables import own_deadlines
from index.errors import UsageError

MOST = 500  # of one server, or of one person in direct messages
DRAFT = 0.0  # ``removed_at`` of one that was shown back and not kept yet
DRAFTS_LAST = 86_400.0  # seconds
TOO_MANY = "There are {count} deadlines of your own here already; remove some first: /deadlines remove"


@dataclass(frozen=True, slots=True)
class Own:
    id: int
    server_id: int | None
    person_id: int
    what: str
    words: str  # when, as it was said
    when: When
    version: int
    removed_at: float | None

    @property
    def subject(self) -> Subject:
        when = self.when
        return Subject(when.day, self.what, when.time, rule=when.rule, until=when.until)


async def draft(
    connection: AsyncConnection, server_id: int | None, person_id: int, what: str, words: str, when: When, now: float
) -> Own:
    """Not in any list until it is kept. Raises UsageError where there are too many."""
    await connection.execute(
        delete(own_deadlines).where(
            own_deadlines.c.person_id == person_id,
            own_deadlines.c.removed_at == DRAFT,
            own_deadlines.c.made_at < now - DRAFTS_LAST,
        )
    )
    counted = select(func.count()).where(_seen(server_id, person_id), own_deadlines.c.removed_at.is_(None))
    count = int(await connection.scalar(counted) or 0)
    if count >= MOST:
        raise UsageError(TOO_MANY.format(count=count))
    values = {"server_id": server_id, "person_id": person_id, "what": what, "words": words, "made_at": now}
    adding = insert(own_deadlines).values(values | _columns(when) | {"removed_at": DRAFT}).returning(own_deadlines)
    return _own((await connection.execute(adding)).one())


async def keep(connection: AsyncConnection, own: Own) -> Own:
    """A draft, or a removed one, stands (again)."""
    return await _set_removed(connection, own, None)


async def remove(connection: AsyncConnection, own: Own, now: float) -> Own:
    return await _set_removed(connection, own, now)


async def _set_removed(connection: AsyncConnection, own: Own, at: float | None) -> Own:
    # Each is a version of its own, so that a calendar that was told of the removal believes the return.
    changed = replace(own, removed_at=at, version=own.version + 1)
    await connection.execute(
        update(own_deadlines)
        .where(own_deadlines.c.id == own.id)
        .values(removed_at=changed.removed_at, version=changed.version)
    )
    return changed


async def change(connection: AsyncConnection, own: Own, *, what: str, words: str, when: When) -> Own:
    changed = replace(own, what=what, words=words, when=when, version=own.version + 1)
    await connection.execute(
        update(own_deadlines)
        .where(own_deadlines.c.id == own.id)
        .values(what=what, words=words, version=changed.version, **_columns(when))
    )
    return changed


async def get(
    connection: AsyncConnection, own_id: int, server_id: int | None, person_id: int, *, removed: bool = False
) -> Own | None:
    """None also where it is another server's, or in a direct message another person's."""
    query = select(own_deadlines).where(own_deadlines.c.id == own_id, _seen(server_id, person_id))
    if not removed:
        query = query.where(own_deadlines.c.removed_at.is_(None))
    row = (await connection.execute(query)).one_or_none()
    return _own(row) if row else None


async def list_seen(connection: AsyncConnection, server_id: int | None, person_id: int) -> list[Own]:
    """Those of the server, or of a person in direct messages, by their day."""
    query = select(own_deadlines).where(_seen(server_id, person_id), own_deadlines.c.removed_at.is_(None))
    rows = await connection.execute(query.order_by(own_deadlines.c.day, own_deadlines.c.id))
    return [_own(row) for row in rows]


async def list_removed(connection: AsyncConnection, server_id: int | None, person_id: int, since: float) -> list[Own]:
    """Those of the same place that were removed after a moment: a calendar is told that they are cancelled."""
    gone = and_(_seen(server_id, person_id), own_deadlines.c.removed_at > max(DRAFT, since))
    rows = await connection.execute(select(own_deadlines).where(gone).order_by(own_deadlines.c.id))
    return [_own(row) for row in rows]


def _seen(server_id: int | None, person_id: int) -> Any:
    if server_id is not None:
        return own_deadlines.c.server_id == server_id
    return and_(own_deadlines.c.server_id.is_(None), own_deadlines.c.person_id == person_id)


def _columns(when: When) -> dict[str, Any]:
    until = when.until.isoformat() if when.until else None
    return {"day": when.day.isoformat(), "time": when.time, "rule": when.rule, "until": until}


def _own(row: Any) -> Own:
    until = date.fromisoformat(row.until) if row.until else None
    when = When(date.fromisoformat(row.day), row.time, row.rule, until)
    return Own(row.id, row.server_id, row.person_id, row.what, row.words, when, row.version, row.removed_at)
