"""Every query on what was in feeds' documents. Decides nothing about what is the same item (``index.feeds.items``)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from index.store.feed_tables import items, marks

AT_ONCE = 500  # parameters of one query


@dataclass(frozen=True, slots=True)
class Item:
    id: int
    digest: str
    guid: str | None
    link: str | None
    tries: int


async def by_marks(connection: AsyncConnection, feed_id: int, wanted: Collection[str]) -> dict[str, Item]:
    """The items that were seen before, by each of their marks."""
    found: dict[str, Item] = {}
    listed = list(wanted)
    for start in range(0, len(listed), AT_ONCE):
        query = (
            select(marks.c.mark, items.c.id, items.c.digest, items.c.guid, items.c.link, items.c.tries)
            .join(items, items.c.id == marks.c.item_id)
            .where(marks.c.feed_id == feed_id, marks.c.mark.in_(listed[start : start + AT_ONCE]))
        )
        for row in await connection.execute(query):
            found[row.mark] = Item(row.id, row.digest, row.guid, row.link, row.tries)
    return found


async def insert_item(
    connection: AsyncConnection,
    feed_id: int,
    digest: str,
    guid: str | None,
    link: str | None,
    now: float,
    tries: int = 0,
) -> int:
    values = {"feed_id": feed_id, "digest": digest, "guid": guid, "link": link, "tries": tries}
    values |= {"first_at": now, "seen_at": now}
    return int((await connection.execute(insert(items).values(values).returning(items.c.id))).scalar_one())


async def update_item(connection: AsyncConnection, item_id: int, digest: str, tries: int, now: float) -> None:
    query = update(items).where(items.c.id == item_id)
    await connection.execute(query.values(digest=digest, tries=tries, seen_at=now))


async def seen(connection: AsyncConnection, ids: Collection[int], now: float) -> None:
    listed = list(ids)
    for start in range(0, len(listed), AT_ONCE):
        part = items.c.id.in_(listed[start : start + AT_ONCE])
        await connection.execute(update(items).where(part).values(seen_at=now))


async def add_marks(connection: AsyncConnection, feed_id: int, item_id: int, new: Iterable[str]) -> None:
    """A mark that is another item's stays that one's."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    rows = [{"feed_id": feed_id, "mark": mark, "item_id": item_id} for mark in new]
    if rows:
        adding = dialect.insert(marks).on_conflict_do_nothing(index_elements=["feed_id", "mark"])
        await connection.execute(adding, rows)


async def forget_before(connection: AsyncConnection, feed_id: int, before: float) -> None:
    """Items that have not been in the feed since; should one come back, its article is found to be unchanged."""
    await connection.execute(delete(items).where(items.c.feed_id == feed_id, items.c.seen_at < before))
