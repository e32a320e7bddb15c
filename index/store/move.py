"""A whole library from one database into another: an embedded one into PostgreSQL, and back.

Owns the copying and the proof that the copy is one. Rows keep their ids. They are copied in blocks, each a
transaction, in the order of their keys, so that a move that was stopped goes on where it was. The target is
marked until its counts and checksums were found equal: a half of a library must not pass for one.
"""

import hashlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from sqlalchemy import Column, Row, Table, and_, bindparam, delete, func, insert, inspect, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from index.errors import StoreError
from index.store.database import Database
from index.store.schema import metadata, state

BLOCK = 2_000  # rows a transaction
MARK = "dealwire_moving"  # a table in the target: where the rows come from, while they come


@dataclass(frozen=True, slots=True)
class Moved:
    table: str
    rows: int
    checksum: str


async def move(
    source: Database, target: Database, on_progress: Callable[[int, int], None] = lambda done, total: None
) -> list[Moved]:
    """Copy all of ``source`` into ``target``, which is empty or was begun by an earlier move of the same source.

    ``on_progress`` gets rows done and rows there are, of copying and comparing together. Raises StoreError
    where the target holds something else, the source changes meanwhile, or the copy turns out not to be equal.
    """
    tables = [table for table in metadata.sorted_tables if table is not state]
    async with source.read() as reading:
        mark = await _mark_of(reading, source)
        await _begin(target, mark, tables)
        total = 2 * sum([await _count(reading, table) for table in tables])
        done = 0
        for table in tables:
            async for copied in _copy(reading, target, table):
                done += copied
                on_progress(done, total)
            await _copy_links(reading, target, table)
            await _copy_last_id(reading, target, table)
        moved = []
        for table in tables:
            ours = await _sum(reading, table)
            async with target.read() as comparing:
                theirs = await _sum(comparing, table)
            if ours != theirs:
                raise StoreError(
                    f"The copy of {table.name} is not equal to the original ({theirs.rows} rows of {ours.rows}); "
                    "nothing of the original is lost: empty the new database and run the command again."
                )
            moved.append(ours)
            done += ours.rows
            on_progress(done, total)
        row = (await reading.execute(select(state))).one()
    async with source.read() as reading:
        if await _mark_of(reading, source) != mark:
            raise StoreError(
                f"{source.name} was changed while it was copied; stop the bot and the workers that write to it, "
                "and run the command again."
            )
    async with target.write() as connection:
        await connection.execute(update(state).values(row._mapping))
        await connection.execute(text(f"DROP TABLE {MARK}"))
    return moved


async def refuse_half(database: Database) -> None:
    """Raises StoreError where a move into the database was begun and not ended."""
    async with database.read() as connection:
        if await connection.run_sync(lambda sync: inspect(sync).has_table(MARK)):
            raise StoreError(
                f"{database.name} holds a part of a library that is being moved there; "
                "let `dealwire move` end, or run it again if it was stopped."
            )


async def _mark_of(connection: AsyncConnection, source: Database) -> str:
    generation = (await connection.execute(select(state.c.generation))).scalar_one()
    return f"{source.name} at {generation}"


async def _begin(target: Database, mark: str, tables: list[Table]) -> None:
    async with target.write() as connection:
        if await connection.run_sync(lambda sync: inspect(sync).has_table(MARK)):
            if (await connection.execute(text(f"SELECT source FROM {MARK}"))).scalar() == mark:  # noqa: S608
                return
            for table in reversed(tables):  # begun from another state of the source: from the start, then
                await connection.execute(delete(table))
            await connection.execute(text(f"UPDATE {MARK} SET source = :mark"), {"mark": mark})  # noqa: S608
            return
        for table in tables:
            if await _count(connection, table):
                raise StoreError(
                    f"{target.name} holds something already ({table.name}); give a new, empty database to move to."
                )
        await connection.execute(text(f"CREATE TABLE {MARK} (source text NOT NULL)"))
        await connection.execute(text(f"INSERT INTO {MARK} VALUES (:mark)"), {"mark": mark})  # noqa: S608


async def _copy(reading: AsyncConnection, target: Database, table: Table) -> AsyncIterator[int]:
    """Yields numbers of rows; those that are there already come first."""
    keys = list(table.primary_key.columns)
    async with target.read() as connection:
        there = await _count(connection, table)
        last = (await connection.execute(select(*keys).order_by(*(key.desc() for key in keys)).limit(1))).first()
    yield there
    own = {column.name for column in _links(table)}
    async for rows in _blocks(reading, table, last):
        values = [{name: None if name in own else value for name, value in row._mapping.items()} for row in rows]
        async with target.write() as connection:
            await connection.execute(insert(table), values)
        yield len(rows)


async def _copy_links(reading: AsyncConnection, target: Database, table: Table) -> None:
    """A row may point to a later one of its own table: set when all are there."""
    for column in _links(table):
        key = next(iter(table.primary_key.columns))
        rows = (await reading.execute(select(key, column).where(column.is_not(None)))).all()
        link = update(table).where(key == bindparam("row_key")).values({column: bindparam("row_link")})
        for start in range(0, len(rows), BLOCK):
            part = [{"row_key": row[0], "row_link": row[1]} for row in rows[start : start + BLOCK]]
            async with target.write() as connection:
                await connection.execute(link, part)


def _links(table: Table) -> list[Column[int]]:
    return [key.parent for key in table.foreign_keys if key.column.table is table]


async def _copy_last_id(reading: AsyncConnection, target: Database, table: Table) -> None:
    """An id is never used twice, not even that of a deleted row: the counting goes on where it was."""
    if "id" not in table.c:
        return
    if reading.dialect.name == "sqlite":
        asked = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        last = (await reading.execute(asked, {"name": table.name})).scalar()
    else:
        asked = text("SELECT last_value FROM pg_sequences WHERE sequencename = :name")
        last = (await reading.execute(asked, {"name": f"{table.name}_id_seq"})).scalar()
    if not last:
        return
    async with target.write() as connection:
        if target.is_sqlite:
            await connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
            into = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)")
            await connection.execute(into, {"name": table.name, "last": last})
        else:
            await connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), last)))


async def _count(connection: AsyncConnection, table: Table) -> int:
    return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


async def _sum(connection: AsyncConnection, table: Table) -> Moved:
    summed, rows = hashlib.blake2b(digest_size=16), 0
    async for block in _blocks(connection, table, None):
        rows += len(block)
        for row in block:
            summed.update(repr(tuple(row)).encode())
    return Moved(table.name, rows, summed.hexdigest())


async def _blocks(
    connection: AsyncConnection, table: Table, last: Row[tuple[int, ...]] | None
) -> AsyncIterator[list[Row[tuple[object, ...]]]]:
    """All rows after the key ``last``, in the order of the keys."""
    keys = list(table.primary_key.columns)
    while True:
        after = tuple_(*keys) > tuple_(*last) if last is not None else and_(True)
        rows = list((await connection.execute(select(table).where(after).order_by(*keys).limit(BLOCK))).all())
        if not rows:
            return
        yield rows
        last = tuple(getattr(rows[-1], key.name) for key in keys)  # type: ignore[assignment]
