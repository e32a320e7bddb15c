"""Every query on what channels watch for. Decides no right to set it, and not whether an article fits."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, insert, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import deliveries
from bot.store.post_tables import watches
from bot.store.tables import servers
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
        named = [f"the deal {self.deal}"] if self.deal is not None else []
        named += [f"the feed {self.feed}"] if self.feed is not None else []
        return " in ".join(named) or "all new articles"

    @property
    def about(self) -> str:
        """On whose account its posts are owed."""
        return _about(self.id)


_LISTS = ("words", "without", "outlet", "ping_for", "tags")


async def add(connection: AsyncConnection, server_id: int, channel_id: int, now: float, **values: Any) -> int:
    stored = {"server_id": server_id, "channel_id": channel_id, "added_at": now} | _stored(values)
    return int((await connection.execute(insert(watches).values(stored).returning(watches.c.id))).scalar_one())


async def change(connection: AsyncConnection, watch_id: int, server_id: int, **values: Any) -> None:
    await connection.execute(update(watches).where(_own(watch_id, server_id)).values(_stored(values)))


async def remove(connection: AsyncConnection, watch_id: int, server_id: int) -> bool:
    """Whether it was there; what it still owes is posted no more."""
    return await _remove(connection, _own(watch_id, server_id)) > 0


async def remove_of_channel(connection: AsyncConnection, channel_id: int) -> None:
    await _remove(connection, watches.c.channel_id == channel_id)


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
    """Those that name no feed and no deal, or whose feed and deal an article is; a server's own is nobody else's.

    A server that removed the bot wants nothing: once it is back, what came meanwhile is no news.
    """
    gone = exists().where(servers.c.id == watches.c.server_id, servers.c.left_at.is_not(None))
    inside = and_(
        or_(watches.c.feed_id.is_(None), watches.c.feed_id == feed_id),
        or_(watches.c.deal_id.is_(None), watches.c.deal_id.in_(list(deal_ids))),
        not_(gone),
    )
    if server_id is not None:
        inside = and_(inside, watches.c.server_id == server_id)
    return await _select(connection, inside)


async def _remove(connection: AsyncConnection, inside: ColumnElement[bool]) -> int:
    gone = (await connection.scalars(delete(watches).where(inside).returning(watches.c.id))).all()
    for each in gone:
        await deliveries.cancel_about(connection, _about(each))
    return len(gone)


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


def _about(watch_id: int) -> str:
    return f"watch {watch_id}"


def _own(watch_id: int, server_id: int) -> ColumnElement[bool]:
    return and_(watches.c.id == watch_id, watches.c.server_id == server_id)
