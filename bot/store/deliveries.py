"""Every query on messages that are owed. Owns claiming; sending and rendering belong to ``bot.deliveries``.

``due`` is the moment before which nobody touches a row: its time, the end of a lease, or when to try again.
``first_due`` is when it was owed, and the order in which rows go out. ``doubt_since`` is set with every claim and
cleared when it is certain that Discord did not store the message: a row that is claimed with an older doubt may
have been sent already, and is looked up before it is sent.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, exists, func, not_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import deliveries, servers

OWED, SENT, UNDELIVERABLE, CANCELLED = "owed", "sent", "undeliverable", "cancelled"


@dataclass(frozen=True, slots=True)
class Owed:
    """A message to be sent. ``key`` makes the same duty one row, whoever finds it and however often."""

    key: str
    kind: str
    payload: Mapping[str, Any]
    due: float
    server_id: int | None = None
    channel_id: int | None = None  # None: a direct message to ``person_id``
    person_id: int | None = None
    about: str | None = None  # on whose account, as “reminder 12”: what is cancelled or shown together


@dataclass(frozen=True, slots=True)
class Delivery:
    """A row of the table, as its sender and its renderer see it."""

    id: int
    key: str
    kind: str
    server_id: int | None
    channel_id: int | None
    person_id: int | None
    payload: dict[str, Any]
    first_due: float
    state: str
    attempts: int
    error: str | None
    message_id: int | None
    about: str | None
    doubt_since: float | None  # since when it may have been sent; None: it was not

    @property
    def place(self) -> tuple[int | None, int | None]:
        """Where it goes: what goes to one place goes one after the other."""
        return (self.channel_id, None) if self.channel_id is not None else (None, self.person_id)


def notice_of(delivery: Delivery, key: str, text: str, due: float, person_id: int) -> Owed:
    """Words about a delivery, to a person directly; ``{channel}`` in them is where it was to go."""
    payload = {"text": text, "channel_id": delivery.channel_id}
    return Owed(key, "notice", payload, due, server_id=delivery.server_id, person_id=person_id)


async def owe(connection: AsyncConnection, owed: Owed) -> bool:
    """Put the duty down; whether it is new. Belongs into the transaction that makes it a duty."""
    values = {
        "key": owed.key,
        "kind": owed.kind,
        "server_id": owed.server_id,
        "channel_id": owed.channel_id,
        "person_id": owed.person_id,
        "payload": json.dumps(owed.payload),
        "due": owed.due,
        "first_due": owed.due,
        "state": OWED,
        "about": owed.about,
    }
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    adding = dialect.insert(deliveries).values(values).on_conflict_do_nothing(index_elements=["key"])
    return (await connection.execute(adding.returning(deliveries.c.id))).one_or_none() is not None


async def claim(
    connection: AsyncConnection,
    worker: str,
    now: float,
    lease: float,
    limit: int,
    busy: Collection[tuple[int | None, int | None]] = (),
) -> list[Delivery]:
    """The next rows that are due, in order of their time, leased to ``worker`` for so many seconds.

    ``busy``: places (``Delivery.place``) whose rows wait, so that a burst into one channel holds up no other. So does
    every place of which some process has a row, or one must be tried again: none overtakes it. Rows of a server that
    the bot was removed from wait as well. Rows that another process is claiming are passed over.
    """
    channels = [channel for channel, _ in busy if channel is not None]
    people = [person for channel, person in busy if channel is None]
    gone = exists().where(servers.c.id == deliveries.c.server_id, servers.c.left_at.is_not(None))
    first = deliveries.alias("first")
    held = and_(first.c.state == OWED, first.c.first_due <= now, first.c.due > now)
    held_channels = select(first.c.channel_id).where(held, first.c.channel_id.is_not(None))
    held_people = select(first.c.person_id).where(held, first.c.channel_id.is_(None), first.c.person_id.is_not(None))
    free = [
        not_(gone),
        or_(deliveries.c.channel_id.is_(None), deliveries.c.channel_id.not_in(held_channels)),
        or_(deliveries.c.channel_id.is_not(None), deliveries.c.person_id.not_in(held_people)),
    ]
    if channels:
        free.append(or_(deliveries.c.channel_id.is_(None), deliveries.c.channel_id.not_in(channels)))
    if people:
        free.append(not_(and_(deliveries.c.channel_id.is_(None), deliveries.c.person_id.in_(people))))
    next_ones = (
        select(deliveries.c.id)
        .where(deliveries.c.state == OWED, deliveries.c.first_due <= now, deliveries.c.due <= now, *free)
        .order_by(deliveries.c.first_due, deliveries.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)  # SQLite has none, and needs none: there the claim is alone
    )
    taking = (
        update(deliveries)
        .where(deliveries.c.id.in_(next_ones.scalar_subquery()))
        .values(
            worker=worker,
            lease=now + lease,
            due=now + lease,
            attempts=deliveries.c.attempts + 1,
            doubt_since=func.coalesce(deliveries.c.doubt_since, now),
        )
        .returning(deliveries)
    )
    taken = [_delivery(row, claimed_at=now) for row in await connection.execute(taking)]
    return sorted(taken, key=lambda each: (each.first_due, each.id))


async def renew(connection: AsyncConnection, worker: str, now: float, lease: float) -> None:
    """All that the worker still has is its own for so many seconds more."""
    ours = update(deliveries).where(
        deliveries.c.state == OWED, deliveries.c.worker == worker, deliveries.c.lease.is_not(None)
    )
    await connection.execute(ours.values(lease=now + lease, due=now + lease))


async def mark_sent(connection: AsyncConnection, delivery_id: int, message_id: int | None, at: float) -> None:
    """It is there, whoever sent it and whatever was decided meanwhile."""
    await connection.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery_id, deliveries.c.state != SENT)
        .values(state=SENT, message_id=message_id, sent_at=at, error=None, lease=None, doubt_since=None)
    )


async def put_off(
    connection: AsyncConnection, delivery_id: int, worker: str, until: float, error: str | None, *, certain: bool
) -> None:
    """Not now. ``certain``: Discord did not store it, so nobody needs to look it up."""
    values: dict[str, Any] = {"due": until, "lease": None, "worker": None, "error": error}
    if certain:
        values["doubt_since"] = None
    await connection.execute(_owed(delivery_id).where(deliveries.c.worker == worker).values(values))


async def hand_back(connection: AsyncConnection, worker: str, untried: Sequence[Delivery]) -> None:
    """Claimed and not tried: as if nobody had had them."""
    for doubted in (False, True):
        ids = [each.id for each in untried if (each.doubt_since is not None) == doubted]
        values: dict[str, Any] = {"due": deliveries.c.first_due, "lease": None, "worker": None}
        values["attempts"] = case((deliveries.c.attempts > 0, deliveries.c.attempts - 1), else_=0)
        if not doubted:
            values["doubt_since"] = None
        if ids:
            ours = update(deliveries).where(deliveries.c.id.in_(ids), deliveries.c.worker == worker)
            await connection.execute(ours.where(deliveries.c.state == OWED).values(values))


async def set_undeliverable(connection: AsyncConnection, delivery_id: int, why: str) -> bool:
    """Kept and shown; whether it was owed until now."""
    changing = _owed(delivery_id).values(state=UNDELIVERABLE, error=why, lease=None, worker=None, doubt_since=None)
    return (await connection.execute(changing)).rowcount > 0


async def set_cancelled(connection: AsyncConnection, delivery_id: int) -> None:
    """Nobody wants it any more."""
    await connection.execute(_owed(delivery_id).values(state=CANCELLED, lease=None, worker=None))


async def cancel_about(connection: AsyncConnection, about: str) -> int:
    """What is still owed on that account; how many it were."""
    cancelling = update(deliveries).where(deliveries.c.about == about, deliveries.c.state == OWED)
    return (await connection.execute(cancelling.values(state=CANCELLED))).rowcount


async def try_again(connection: AsyncConnection, about: str, now: float) -> int:
    """What could not be delivered on that account is owed again."""
    again = update(deliveries).where(deliveries.c.about == about, deliveries.c.state == UNDELIVERABLE)
    return (await connection.execute(again.values(state=OWED, due=now, attempts=0))).rowcount


async def owe_again(connection: AsyncConnection, server_id: int, kinds: Collection[str], error: str, now: float) -> int:
    """A server is back: what failed there with that error, since the bot was no longer on it, is owed again."""
    again = update(deliveries).where(
        deliveries.c.server_id == server_id,
        deliveries.c.state == UNDELIVERABLE,
        deliveries.c.kind.in_(list(kinds)),
        deliveries.c.error == error,
    )
    return (await connection.execute(again.values(state=OWED, due=now, attempts=0))).rowcount


async def backlog(connection: AsyncConnection, now: float) -> dict[str, int]:
    """How many are due, how many of those have been for a minute, and how many cannot be delivered."""
    owed = and_(deliveries.c.state == OWED, deliveries.c.first_due <= now)
    late = and_(deliveries.c.state == OWED, deliveries.c.first_due <= now - 60)
    counts = select(
        func.count().filter(owed).label("due"),
        func.count().filter(late).label("late"),
        func.count().filter(deliveries.c.state == UNDELIVERABLE).label("undeliverable"),
    ).where(deliveries.c.state.in_([OWED, UNDELIVERABLE]))
    return dict((await connection.execute(counts)).one()._mapping)


async def next_due(connection: AsyncConnection, now: float) -> float | None:
    """When the next row falls due; those that are due already are being sent, or wait for their place."""
    owed = deliveries.c.state == OWED
    again = select(func.min(deliveries.c.due)).where(owed, deliveries.c.first_due <= now, deliveries.c.due > now)
    ahead = select(func.min(deliveries.c.first_due)).where(owed, deliveries.c.first_due > now)
    found = [await connection.scalar(again), await connection.scalar(ahead)]
    return min((float(each) for each in found if each is not None), default=None)


async def straighten(connection: AsyncConnection, now: float, longest: float) -> int:
    """After the clock was put back: nothing that was due waits longer than anybody may make it wait."""
    stuck = update(deliveries).where(
        deliveries.c.state == OWED, deliveries.c.due > now + longest, deliveries.c.due > deliveries.c.first_due
    )
    due = case((deliveries.c.first_due > now, deliveries.c.first_due), else_=now)
    return (await connection.execute(stuck.values(due=due))).rowcount


async def get(connection: AsyncConnection, delivery_id: int) -> Delivery | None:
    row = (await connection.execute(select(deliveries).where(deliveries.c.id == delivery_id))).one_or_none()
    return _delivery(row) if row else None


async def by_key(connection: AsyncConnection, key: str) -> Delivery | None:
    row = (await connection.execute(select(deliveries).where(deliveries.c.key == key))).one_or_none()
    return _delivery(row) if row else None


async def list_undeliverable(
    connection: AsyncConnection, *, server_id: int | None = None, person_id: int | None = None, limit: int = 50
) -> list[Delivery]:
    """What could not be delivered, the newest first: of one server, on one person's behalf, or of all."""
    query = select(deliveries).where(deliveries.c.state == UNDELIVERABLE)
    if server_id is not None:
        query = query.where(deliveries.c.server_id == server_id)
    if person_id is not None:
        query = query.where(deliveries.c.person_id == person_id)
    rows = await connection.execute(query.order_by(deliveries.c.id.desc()).limit(limit))
    return [_delivery(row) for row in rows]


async def undeliverable_about(connection: AsyncConnection, accounts: Collection[str]) -> dict[str, Delivery]:
    """The newest that could not be delivered on each of these accounts, where there is one."""
    query = select(deliveries).where(deliveries.c.about.in_(list(accounts)), deliveries.c.state == UNDELIVERABLE)
    rows = await connection.execute(query.order_by(deliveries.c.id))
    return {row.about: _delivery(row) for row in rows}


async def count_states(connection: AsyncConnection, now: float) -> dict[str, int]:
    """How many rows are in which state, and how many of the owed ones are ``due``: for ``/health``."""
    query = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
    counts = {str(state): int(count) for state, count in (await connection.execute(query)).all()}
    due = select(func.count()).where(deliveries.c.state == OWED, deliveries.c.first_due <= now)
    return {OWED: 0, SENT: 0, UNDELIVERABLE: 0, CANCELLED: 0} | counts | {"due": int(await connection.scalar(due) or 0)}


def _owed(delivery_id: int) -> Any:
    return update(deliveries).where(deliveries.c.id == delivery_id, deliveries.c.state == OWED)


def _delivery(row: Any, claimed_at: float | None = None) -> Delivery:
    return Delivery(
        id=row.id,
        key=row.key,
        kind=row.kind,
        server_id=row.server_id,
        channel_id=row.channel_id,
        person_id=row.person_id,
        payload=json.loads(row.payload),
        first_due=row.first_due,
        state=row.state,
        attempts=row.attempts,
        error=row.error,
        message_id=row.message_id,
        about=row.about,
        doubt_since=row.doubt_since if row.doubt_since != claimed_at else None,
    )
