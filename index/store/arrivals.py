"""Every query on articles that arrived and that nobody was told of yet. Decides nothing about who is told.

Rows are written in the transaction that stores, changes or removes the article, and taken with a lease as the rows
of ``index.store.queue`` are; whoever took one deletes it in the transaction in which it put down who is to be told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from index.store.feed_tables import arrivals
from index.store.queue import notify, now_of

Kind = Literal["added", "updated", "withdrawn"]
KEPT = 14 * 86400.0  # seconds: what nobody took for so long (no bot runs here) is no news any more
RETRY = 30.0  # seconds until the second attempt; doubled before each further one
LATEST = 3600.0


@dataclass(frozen=True, slots=True)
class Arrival:
    id: int
    article_id: int
    server_id: int | None
    feed_id: int | None
    kind: Kind
    at: float
    attempts: int


async def arrived(
    connection: AsyncConnection, rows: Sequence[tuple[int, int | None, Kind]], server_id: int | None
) -> None:
    """``rows``: article, the feed that brought it, and what happened to it."""
    if not rows:
        return
    now = await now_of(connection)
    await connection.execute(delete(arrivals).where(arrivals.c.at < now - KEPT))
    values = [
        {"article_id": a, "feed_id": f, "kind": kind, "server_id": server_id, "at": now, "due": now}
        for a, f, kind in rows
    ]
    await connection.execute(insert(arrivals), values)
    await notify(connection)


async def take(connection: AsyncConnection, worker: str, limit: int, lease: float) -> list[Arrival]:
    """In the order in which they arrived; those of others' ended leases too."""
    now = await now_of(connection)
    due = (
        select(arrivals.c.id)
        .where(arrivals.c.due <= now)
        .order_by(arrivals.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    taken = (
        update(arrivals)
        .where(arrivals.c.id.in_(select(due.c.id)))
        .values(worker=worker, due=now + lease, attempts=arrivals.c.attempts + 1)
        .returning(
            arrivals.c.id,
            arrivals.c.article_id,
            arrivals.c.server_id,
            arrivals.c.feed_id,
            arrivals.c.kind,
            arrivals.c.at,
            arrivals.c.attempts,
        )
    )
    rows: Any = await connection.execute(taken)
    return sorted((Arrival(*row) for row in rows), key=lambda each: each.id)


async def any_due(connection: AsyncConnection) -> bool:
    now = await now_of(connection)
    return (await connection.execute(select(arrivals.c.id).where(arrivals.c.due <= now).limit(1))).first() is not None


async def finish(connection: AsyncConnection, worker: str, arrival: Arrival) -> bool:
    """Whether it was still ours: if not, whoever has it now decides, and nothing of ours may be committed."""
    query = delete(arrivals).where(arrivals.c.id == arrival.id, arrivals.c.worker == worker)
    return (await connection.execute(query.returning(arrivals.c.id))).one_or_none() is not None


async def put_back(connection: AsyncConnection, worker: str, arrival: Arrival) -> None:
    """It failed: due again after a while that grows."""
    due = await now_of(connection) + min(RETRY * 2 ** (arrival.attempts - 1), LATEST)
    query = update(arrivals).where(arrivals.c.id == arrival.id, arrivals.c.worker == worker)
    await connection.execute(query.values(worker=None, due=due))


async def waiting(connection: AsyncConnection) -> list[Arrival]:
    """All of them, for looking."""
    rows: Any = await connection.execute(
        select(
            arrivals.c.id,
            arrivals.c.article_id,
            arrivals.c.server_id,
            arrivals.c.feed_id,
            arrivals.c.kind,
            arrivals.c.at,
            arrivals.c.attempts,
        ).order_by(arrivals.c.id)
    )
    return [Arrival(*row) for row in rows]
