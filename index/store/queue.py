"""Every query on the queue of readings that wait to be stored. Knows leases and attempts, not what a reading is.

A worker takes rows for a time (the lease) and renews it while it works. Two workers never hold a row at
once; if one is killed, its rows fall due when the lease ends, and nobody has waited for a lock.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from index.store.schema import queue

ATTEMPTS = 5  # a row that failed so often is kept, and left alone
RETRY = 30.0  # seconds until the second attempt; doubled before each further one
CHANNEL = "dealwire"  # of NOTIFY: something was stored or queued


@dataclass(frozen=True, slots=True)
class Waiting:
    id: int
    server_id: int | None
    origin: str
    reading: str
    attempts: int  # this one counted
    feed_id: int | None = None  # where it arrived from by itself
    announced: bool = False  # those who watch for it are told


@dataclass(frozen=True, slots=True)
class Length:
    waiting: int
    taken: int
    failed: int
    oldest: float  # seconds that the first of those waiting has been due


async def enqueue(
    connection: AsyncConnection,
    readings: Sequence[tuple[str, str]],
    server_id: int | None,
    *,
    feed_id: int | None = None,
    announced: bool = False,
) -> None:
    """``readings``: origin, and JSON. Workers are told at the commit."""
    now = await now_of(connection)
    common = {"server_id": server_id, "attempts": 0, "due": now, "feed_id": feed_id, "announced": announced}
    rows = [common | {"origin": origin, "reading": reading} for origin, reading in readings]
    if rows:
        await connection.execute(insert(queue), rows)
        await notify(connection)


async def take(connection: AsyncConnection, worker: str, limit: int, lease: float) -> list[Waiting]:
    """At most ``limit`` rows that are due, oldest first, for ``lease`` seconds."""
    now = await now_of(connection)
    due = (
        select(queue.c.id)
        .where(queue.c.due <= now, queue.c.attempts < ATTEMPTS)
        .order_by(queue.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)  # SQLite's writers take turns and need none
        .cte("due")  # apart, so that the rows are chosen once
    )
    taken = (
        update(queue)
        .where(queue.c.id.in_(select(due.c.id)))
        .values(worker=worker, due=now + lease, attempts=queue.c.attempts + 1)
        .returning(
            queue.c.id,
            queue.c.server_id,
            queue.c.origin,
            queue.c.reading,
            queue.c.attempts,
            queue.c.feed_id,
            queue.c.announced,
        )
    )
    rows = await connection.execute(taken)
    return sorted((Waiting(*row) for row in rows), key=lambda each: each.id)


async def renew(connection: AsyncConnection, worker: str, ids: Sequence[int], lease: float) -> None:
    now = await now_of(connection)
    await connection.execute(update(queue).where(_held(worker, ids)).values(due=now + lease))


async def finish(connection: AsyncConnection, worker: str, ids: Sequence[int]) -> None:
    """The rows' articles are stored. A row that was meanwhile taken by another worker is that one's to finish."""
    await connection.execute(delete(queue).where(_held(worker, ids)))


async def put_back(connection: AsyncConnection, worker: str, ids: Sequence[int]) -> None:
    """Not begun, or not their fault that it failed: due at once, and the attempt does not count."""
    now = await now_of(connection)
    back = {"worker": None, "due": now, "attempts": queue.c.attempts - 1}
    await connection.execute(update(queue).where(_held(worker, ids)).values(back))


async def fail(connection: AsyncConnection, worker: str, failed: Waiting, error: str) -> None:
    """Due again after a while that grows; kept and left alone after ``ATTEMPTS``."""
    due = await now_of(connection) + RETRY * 2 ** (failed.attempts - 1)
    await connection.execute(update(queue).where(_held(worker, [failed.id])).values(worker=None, due=due, error=error))


async def length(connection: AsyncConnection) -> Length:
    now = await now_of(connection)
    alive = queue.c.attempts < ATTEMPTS
    waiting = alive & (queue.c.worker.is_(None) | (queue.c.due <= now))
    row = (
        await connection.execute(
            select(
                func.count().filter(waiting).label("waiting"),
                func.count().filter(alive & ~waiting).label("taken"),
                func.count().filter(~alive).label("failed"),
                func.min(queue.c.due).filter(waiting).label("first"),
            )
        )
    ).one()
    return Length(row.waiting, row.taken, row.failed, max(0.0, now - row.first) if row.first is not None else 0.0)


async def notify(connection: AsyncConnection) -> None:
    """At the commit, wake whoever waits for changes; on SQLite they look by themselves."""
    if connection.dialect.name != "sqlite":
        await connection.execute(text("SELECT pg_notify(:channel, '')"), {"channel": CHANNEL})


def _held(worker: str, ids: Sequence[int]) -> ColumnElement[bool]:
    return (queue.c.worker == worker) & queue.c.id.in_(list(ids))


async def now_of(connection: AsyncConnection) -> float:
    """The server's clock where there are several machines, since theirs may differ."""
    if connection.dialect.name == "sqlite":
        return time.time()
    clock = text("SELECT CAST(extract(epoch FROM clock_timestamp()) AS double precision)")
    return float((await connection.execute(clock)).scalar_one())
