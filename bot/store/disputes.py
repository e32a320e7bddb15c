"""Every query on deadlines that somebody disputes: hidden for the server at once, until a manager decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.reminder_tables import disputes
from index.agenda import Deadline

OPEN, UPHELD, DISMISSED = "open", "upheld", "dismissed"


@dataclass(frozen=True, slots=True)
class Dispute:
    """By the article, its sentence and the day, since numbers of deadlines change when texts are read anew."""

    id: int
    server_id: int
    article_id: int
    quote: str
    what: str
    due: date
    why: str
    person_id: int
    state: str

    @property
    def hides(self) -> bool:
        return self.state in (OPEN, UPHELD)

    def is_about(self, deadline: Deadline) -> bool:
        told = deadline.told
        return (told.article_id, told.quote, deadline.due) == (self.article_id, self.quote, self.due)


async def add(
    connection: AsyncConnection, deadline: Deadline, *, server_id: int, person_id: int, why: str, now: float
) -> Dispute:
    """The one that there is, where somebody disputed it before and nobody has decided."""
    for each in await list_of(connection, server_id):
        if each.is_about(deadline) and each.hides:
            return each
    values = {
        "server_id": server_id,
        "article_id": deadline.told.article_id,
        "quote": deadline.told.quote,
        "what": deadline.told.found.what,
        "due": deadline.due.isoformat(),
        "why": why,
        "person_id": person_id,
        "state": OPEN,
        "at": now,
    }
    return _dispute((await connection.execute(insert(disputes).values(values).returning(disputes))).one())


async def list_of(connection: AsyncConnection, server_id: int) -> list[Dispute]:
    query = select(disputes).where(disputes.c.server_id == server_id).order_by(disputes.c.id.desc())
    return [_dispute(row) for row in await connection.execute(query)]


async def get(connection: AsyncConnection, dispute_id: int, server_id: int) -> Dispute | None:
    query = select(disputes).where(disputes.c.id == dispute_id, disputes.c.server_id == server_id)
    row = (await connection.execute(query)).one_or_none()
    return _dispute(row) if row else None


async def decide(connection: AsyncConnection, dispute: Dispute, state: str, person_id: int) -> None:
    await connection.execute(
        update(disputes).where(disputes.c.id == dispute.id).values(state=state, decided_by=person_id)
    )


def about(deadline: Deadline, listed: Sequence[Dispute]) -> Dispute | None:
    """The newest dispute that hides it."""
    return next((each for each in listed if each.is_about(deadline) and each.hides), None)


def _dispute(row: Any) -> Dispute:
    return Dispute(
        row.id,
        row.server_id,
        row.article_id,
        row.quote,
        row.what,
        date.fromisoformat(row.due),
        row.why,
        row.person_id,
        row.state,
    )
