"""Every query on feeds and on who wants them. Knows leases and turns; fetches nothing and reads nothing.

Time comes from the caller (``now``), since tests turn it; a feed whose turn is absurdly far ahead, as after a clock
that was set back, is taken at once.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from index.store.feed_tables import feeds, subscriptions

FARTHEST = 2 * 86400.0  # seconds: no turn is farther ahead than this
OK, FAILING, SILENT = "ok", "failing", "silent"


@dataclass(frozen=True, slots=True)
class Feed:
    id: int
    address: str
    kind: str
    host: str
    title: str
    etag: str | None
    last_modified: str | None
    due: float
    worker: str | None
    failures: int
    error: str | None
    polled_at: float | None
    new_at: float | None
    rhythm: float | None
    items: int
    health: str
    health_at: float
    cursor: str | None
    added_at: float


@dataclass(frozen=True, slots=True)
class Subscription:
    id: int
    feed_id: int
    server_id: int | None
    channel_id: int | None
    person_id: int | None
    paused: bool
    primed: bool
    told: str
    added_at: float


def _feed(row: Any) -> Feed:
    return Feed(*[getattr(row, name) for name in Feed.__dataclass_fields__])


def _subscription(row: Any) -> Subscription:
    return Subscription(*[getattr(row, name) for name in Subscription.__dataclass_fields__])


def _server(server_id: int | None) -> ColumnElement[bool]:
    return subscriptions.c.server_id.is_not_distinct_from(server_id)


async def get(connection: AsyncConnection, feed_id: int) -> Feed | None:
    row = (await connection.execute(select(feeds).where(feeds.c.id == feed_id))).one_or_none()
    return _feed(row) if row else None


async def find(connection: AsyncConnection, address: str) -> Feed | None:
    row = (await connection.execute(select(feeds).where(feeds.c.address == address))).one_or_none()
    return _feed(row) if row else None


async def add(connection: AsyncConnection, address: str, kind: str, host: str, title: str, now: float) -> int:
    """The feed of that address, which may be there already."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    values: dict[str, Any] = {"address": address, "kind": kind, "host": host, "title": title}
    values |= {"due": now, "health_at": now, "added_at": now}
    await connection.execute(dialect.insert(feeds).values(values).on_conflict_do_nothing(index_elements=["address"]))
    return int((await connection.execute(select(feeds.c.id).where(feeds.c.address == address))).scalar_one())


async def subscribe(
    connection: AsyncConnection,
    feed_id: int,
    server_id: int | None,
    now: float,
    *,
    channel_id: int | None = None,
    person_id: int | None = None,
) -> bool:
    """Whether it is new to them. The next document is asked for whole, for them to read what it holds already."""
    there = select(subscriptions.c.id).where(subscriptions.c.feed_id == feed_id, _server(server_id))
    if (await connection.execute(there)).first():
        return False
    values = {"feed_id": feed_id, "server_id": server_id, "channel_id": channel_id, "person_id": person_id}
    await connection.execute(insert(subscriptions).values(values | {"added_at": now}))
    whole = {"etag": None, "last_modified": None, "due": now}
    await connection.execute(update(feeds).where(feeds.c.id == feed_id, feeds.c.worker.is_(None)).values(whole))
    return True


async def unsubscribe(connection: AsyncConnection, feed_id: int, server_id: int | None) -> bool:
    """Whether they had it. What nobody wants any more is forgotten, with its items."""
    theirs = delete(subscriptions).where(subscriptions.c.feed_id == feed_id, _server(server_id))
    gone = (await connection.execute(theirs.returning(subscriptions.c.id))).first() is not None
    wanted = exists().where(subscriptions.c.feed_id == feeds.c.id)
    await connection.execute(delete(feeds).where(feeds.c.id == feed_id, ~wanted))
    return gone


async def pause(connection: AsyncConnection, feed_id: int, server_id: int | None, paused: bool) -> None:
    """Resumed, a subscription reads what came meanwhile without telling anybody."""
    query = update(subscriptions).where(subscriptions.c.feed_id == feed_id, _server(server_id))
    await connection.execute(query.values(paused=paused, primed=False))
    if not paused:
        await connection.execute(update(feeds).where(feeds.c.id == feed_id).values(etag=None, last_modified=None))


async def subscriptions_of(connection: AsyncConnection, feed_id: int) -> list[Subscription]:
    query = select(subscriptions).where(subscriptions.c.feed_id == feed_id).order_by(subscriptions.c.id)
    return [_subscription(row) for row in await connection.execute(query)]


async def list_feeds(connection: AsyncConnection, server_id: int | None) -> list[tuple[Feed, Subscription]]:
    """A server's own and the operator's, or (None) the operator's alone."""
    theirs = _server(None) if server_id is None else or_(_server(None), _server(server_id))
    query = select(subscriptions).where(theirs).order_by(subscriptions.c.id)
    wanted = [_subscription(row) for row in await connection.execute(query)]
    ids = {each.feed_id for each in wanted}
    found = {row.id: _feed(row) for row in await connection.execute(select(feeds).where(feeds.c.id.in_(ids)))}
    return [(found[each.feed_id], each) for each in wanted]


async def prime(connection: AsyncConnection, ids: Collection[int]) -> None:
    """These subscriptions have read what was there at their start."""
    if ids:
        await connection.execute(update(subscriptions).where(subscriptions.c.id.in_(list(ids))).values(primed=True))


async def take(
    connection: AsyncConnection, worker: str, limit: int, lease: float, now: float, folders: Collection[str]
) -> list[Feed]:
    """At most ``limit`` feeds whose turn it is, one of each host, for ``lease`` seconds.

    ``folders``: the addresses of the folders that this machine has; another's are not its to read.
    """
    other = feeds.alias()
    busy = exists().where(
        other.c.host == feeds.c.host, other.c.id != feeds.c.id, other.c.worker.is_not(None), other.c.due > now
    )
    active = exists().where(subscriptions.c.feed_id == feeds.c.id, ~subscriptions.c.paused)
    query = (
        select(feeds.c.id, feeds.c.host)
        .where(or_(feeds.c.due <= now, feeds.c.due > now + FARTHEST), active, _reachable(folders), ~busy)
        .order_by(feeds.c.due)
        .limit(8 * limit)
        .with_for_update(skip_locked=True)
    )
    chosen: dict[str, int] = {}
    for row in await connection.execute(query):
        chosen.setdefault(row.host or f"#{row.id}", row.id)
    ids = list(chosen.values())[:limit]
    if not ids:
        return []
    taken = update(feeds).where(feeds.c.id.in_(ids)).values(worker=worker, due=now + lease).returning(*feeds.c)
    return [_feed(row) for row in await connection.execute(taken)]


async def renew(connection: AsyncConnection, worker: str, feed_id: int, until: float) -> None:
    await connection.execute(update(feeds).where(_held(worker, feed_id)).values(due=until))


async def release(connection: AsyncConnection, worker: str, feed_id: int, **values: Any) -> bool:
    """The turn is over; whether it was still ours. If not, nothing that we found may be committed."""
    done = update(feeds).where(_held(worker, feed_id)).values(worker=None, **values).returning(feeds.c.id)
    return (await connection.execute(done)).one_or_none() is not None


async def set_due(connection: AsyncConnection, feed_id: int, due: float) -> bool:
    """Its turn comes then, unless (False) somebody is at it, or was when he died."""
    idle = and_(feeds.c.id == feed_id, or_(feeds.c.worker.is_(None), feeds.c.due <= due))
    done = update(feeds).where(idle).values(due=due).returning(feeds.c.id)
    return (await connection.execute(done)).one_or_none() is not None


async def start(
    connection: AsyncConnection, feed_id: int, now: float, due: float, etag: str | None, last_modified: str | None
) -> None:
    """It has just been looked at for the first time."""
    values = {"due": due, "polled_at": now, "new_at": now, "etag": etag, "last_modified": last_modified}
    await connection.execute(update(feeds).where(feeds.c.id == feed_id).values(values))


async def set_cursor(connection: AsyncConnection, feed_id: int, cursor: str, now: float) -> None:
    query = update(feeds).where(feeds.c.id == feed_id)
    await connection.execute(query.values(cursor=cursor, polled_at=now))


async def set_values(connection: AsyncConnection, feed_id: int, **values: Any) -> None:
    """Of a feed that nobody takes in turns: a channel."""
    await connection.execute(update(feeds).where(feeds.c.id == feed_id).values(**values))


async def of_kind(connection: AsyncConnection, kind: str) -> list[Feed]:
    rows = await connection.execute(select(feeds).where(feeds.c.kind == kind).order_by(feeds.c.id))
    return [_feed(row) for row in rows]


async def any_due(connection: AsyncConnection, now: float, folders: Collection[str]) -> bool:
    """Whether it is worth trying to ``take``: looking costs nobody a turn at writing."""
    turn = or_(feeds.c.due <= now, feeds.c.due > now + FARTHEST)
    return (await connection.execute(select(feeds.c.id).where(turn, _reachable(folders)).limit(1))).first() is not None


async def untold(connection: AsyncConnection) -> list[tuple[Feed, Subscription]]:
    """Those whose health is not what was last told of it; each is to be told, and marked with ``mark_told``."""
    query = (
        select(subscriptions)
        .join(feeds, feeds.c.id == subscriptions.c.feed_id)
        .where(subscriptions.c.told != feeds.c.health)
        .limit(200)
    )
    changed = [_subscription(row) for row in await connection.execute(query)]
    found: dict[int, Feed] = {}
    for each in changed:
        if each.feed_id not in found and (feed := await get(connection, each.feed_id)):
            found[each.feed_id] = feed
    return [(found[each.feed_id], each) for each in changed if each.feed_id in found]


async def mark_told(connection: AsyncConnection, subscription_id: int, health: str) -> None:
    query = update(subscriptions).where(subscriptions.c.id == subscription_id)
    await connection.execute(query.values(told=health))


def _reachable(folders: Collection[str]) -> ColumnElement[bool]:
    return or_(feeds.c.kind.in_(["feed", "page"]), feeds.c.address.in_(list(folders)))


def _held(worker: str, feed_id: int) -> ColumnElement[bool]:
    return and_(feeds.c.id == feed_id, feeds.c.worker == worker)
