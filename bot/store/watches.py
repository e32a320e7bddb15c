"""Every query on what channels watch for. Decides no right to set it, and not whether an article fits."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.post_tables import watches
from index.store.feed_tables import feeds
from index.store.schema import deals

MOST = 50  # of one server


@dataclass(frozen=True, slots=True)
class Watch:
    id: int
    server_id: int
    channel_id: int
    feed_id: int | None
    deal_id: int | None
    words: tuple[str, ...]
    without: tuple[str, ...]
    outlet: tuple[str, ...]
    only_news: bool
    role_id: int | None
    ping_for: tuple[str, ...]
    quiet_from: int | None
    quiet_to: int | None
    daily_cap: int
    digest: bool
    digest_at: int
    forum: bool
    tags: tuple[int, ...]
    person_id: int | None
    feed: str | None  # its title or address
    deal: str | None  # its name

    @property
    def label(self) -> str:
        """What it watches, for people."""
        if self.deal is not None:
            return f"the deal {self.deal}"
        return f"the feed {self.feed}" if self.feed is not None else "all new articles"


_LISTS = ("words", "without", "outlet", "ping_for", "tags")


async def add(connection: AsyncConnection, server_id: int, channel_id: int, now: float, **values: Any) -> int:
    stored = {"server_id": server_id, "channel_id": channel_id, "added_at": now} | _stored(values)
    return int((await connection.execute(insert(watches).values(stored).returning(watches.c.id))).scalar_one())


async def change(connection: AsyncConnection, watch_id: int, server_id: int, **values: Any) -> None:
    await connection.execute(update(watches).where(_own(watch_id, server_id)).values(_stored(values)))


async def remove(connection: AsyncConnection, watch_id: int, server_id: int) -> bool:
    query = delete(watches).where(_own(watch_id, server_id)).returning(watches.c.id)
    return (await connection.execute(query)).one_or_none() is not None


async def remove_of_channel(connection: AsyncConnection, channel_id: int) -> None:
    await connection.execute(delete(watches).where(watches.c.channel_id == channel_id))


async def get(connection: AsyncConnection, watch_id: int, server_id: int) -> Watch | None:
    found = await _select(connection, _own(watch_id, server_id))
    return found[0] if found else None


async def of_server(connection: AsyncConnection, server_id: int) -> list[Watch]:
    return await _select(connection, watches.c.server_id == server_id)


async def of_channel(connection: AsyncConnection, channel_id: int) -> list[Watch]:
    return await _select(connection, watches.c.channel_id == channel_id)


async def for_arrival(
    connection: AsyncConnection, server_id: int | None, feed_id: int | None, deal_ids: Collection[int]
) -> list[Watch]:
    """Those whose feed or deal, or whose everything, an article is; a server's own article is nobody else's."""
    sources = [
        and_(watches.c.feed_id.is_(None), watches.c.deal_id.is_(None)),
        watches.c.deal_id.in_(list(deal_ids)),
    ]
    if feed_id is not None:
        sources.append(watches.c.feed_id == feed_id)
    inside = or_(*sources)
    if server_id is not None:
        inside = and_(inside, watches.c.server_id == server_id)
    return await _select(connection, inside)


async def _select(connection: AsyncConnection, inside: ColumnElement[bool]) -> list[Watch]:
    query = (
        select(watches, feeds.c.title.label("feed_title"), feeds.c.address, deals.c.name.label("deal_name"))
        .outerjoin(feeds, feeds.c.id == watches.c.feed_id)
        .outerjoin(deals, deals.c.id == watches.c.deal_id)
        .where(inside)
        .order_by(watches.c.id)
    )
    return [_watch(row) for row in await connection.execute(query)]


def _watch(row: Any) -> Watch:
    told = {name: getattr(row, name) for name in Watch.__dataclass_fields__ if name not in {"feed", "deal"}}
    for name in _LISTS:
        parts = tuple(each.strip() for each in told[name].split(",") if each.strip())
        told[name] = tuple(map(int, parts)) if name == "tags" else parts
    return Watch(**told, feed=(row.feed_title or row.address) if row.feed_id else None, deal=row.deal_name)


def _stored(values: dict[str, Any]) -> dict[str, Any]:
    return {name: ",".join(map(str, value)) if name in _LISTS else value for name, value in values.items()}


def _own(watch_id: int, server_id: int) -> ColumnElement[bool]:
    return and_(watches.c.id == watch_id, watches.c.server_id == server_id)
