"""A server's data is deleted: all of it, in every table there is, and nothing of anybody else's."""

import importlib
import pkgutil
import subprocess
import sys
from typing import Any

from sqlalchemy import Column, Float, Integer, LargeBinary, Table, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import BigInteger, Boolean

import bot.store
import index.store
from bot.store.forget import forget_server
from bot.store.servers import known, left, left_before, set_server
from index.library import Library
from index.store.articles import read_state
from index.store.schema import metadata
from tests.helpers.command import ROOT, environment

for package in (bot.store, index.store):
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")  # so that every table there is stands in metadata
OURS, THEIRS = 1 << 40, 2 << 40
OWNED = [table for table in metadata.sorted_tables if "server_id" in table.c]


def value(column: Column[Any], number: int, server_id: int | None) -> Any:
    """Something that fits the column, different in each row."""
    if column.name == "server_id":
        return server_id
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Integer | BigInteger):
        return number
    if isinstance(column.type, Float):
        return float(number)
    if isinstance(column.type, LargeBinary):
        return b"\0" * 8
    return f"{column.name} {number}"


async def fill(connection: AsyncConnection) -> None:
    """One row for either server, and a shared one where a table has such, in each table that has servers."""
    made: set[tuple[str, int]] = set()

    async def put(table: Table, number: int, owner: int | None) -> None:
        if (table.name, number) in made:
            return
        made.add((table.name, number))
        row = {}
        for column in table.c:
            if column.foreign_keys and not column.nullable:
                [key] = column.foreign_keys
                await put(key.column.table, number, owner)  # the same server's row that it points to
                row[column.name] = number
            elif column.name == "server_id" or not column.nullable or column.name == "id":
                row[column.name] = value(column, number, owner)
        await connection.execute(insert(table).values(row))

    for table in OWNED:
        owners = [OURS, THEIRS, None] if table.c.server_id.nullable else [OURS, THEIRS]
        for number, owner in enumerate(owners, 100):
            await put(table, number, owner)


async def count(connection: AsyncConnection, table: Table, server_id: int | None) -> int:
    inside = table.c.server_id.is_not_distinct_from(server_id)
    return int((await connection.execute(select(func.count()).select_from(table).where(inside))).scalar_one())


async def test_every_table_loses_the_servers_rows_and_no_others(library: Library) -> None:
    async with library.database.write() as connection:
        await fill(connection)
        for server_id in (OURS, THEIRS):
            await set_server(connection, server_id, time_zone="Europe/Oslo")
    async with library.database.read() as connection:
        before = {(table.name, None): await count(connection, table, None) for table in OWNED}
        removals = (await read_state(connection)).removals
        assert sorted(await known(connection)) == [OURS, THEIRS]
        assert all([await count(connection, table, OURS) for table in OWNED])
    await library.database.transact(lambda connection: forget_server(connection, OURS))
    async with library.database.read() as connection:
        for table in OWNED:
            assert await count(connection, table, OURS) == 0, table.name
            assert await count(connection, table, THEIRS) == 1, table.name
            assert await count(connection, table, None) == before[table.name, None], table.name
        assert await known(connection) == [THEIRS]
        assert (await read_state(connection)).removals == removals + 1  # the dense indexes hear of it


async def test_who_removed_the_bot_is_remembered_with_the_day(library: Library) -> None:
    async with library.database.write() as connection:
        await set_server(connection, OURS, private=True)
        await left(connection, OURS, 1000.0)
        await left(connection, THEIRS, 2000.0)
    async with library.database.write() as connection:
        assert await left_before(connection, 1500.0) == [OURS] and await known(connection) == []
        await left(connection, OURS, None)
        assert await left_before(connection, 9000.0) == [THEIRS] and await known(connection) == [OURS]


def test_deleting_knows_every_table_that_there_is() -> None:
    """In a process that imported nothing else."""
    code = "import bot.store.forget; from index.store.schema import metadata; print(*sorted(metadata.tables))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == sorted(metadata.tables)
