"""A short reading transaction in a thread: the same queries, the same view, and nothing else in it."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from index.errors import StoreError
from index.models import Draft, Scope
from index.store import articles as store
from index.store.database import Database, open_database, sqlite_url
from tests.index.store_both.conftest import Open, database, open_one

__all__ = ["database", "open_one"]


async def test_it_sees_what_was_committed_and_one_state(open_one: Open) -> None:
    async with open_one() as ours, open_one() as theirs:
        for number in range(3):
            async with theirs.write() as connection:
                await store.insert_article(connection, Draft(text="x", origin=f"{number}.txt"), [], None)
                await store.changed(connection)

            async def look(connection: AsyncConnection) -> tuple[int, int]:
                return len(await store.list_articles(connection, Scope())), (
                    await store.read_state(connection)
                ).generation

            found = await asyncio.gather(*(ours.look(look) for _ in range(20)))
            assert found == [(number + 1, number + 1)] * 20


async def test_an_error_of_the_database_is_a_sentence(database: Database) -> None:
    async def look(connection: AsyncConnection) -> None:
        await connection.execute(text("SELECT * FROM no_such_table"))

    with pytest.raises(StoreError, match="refused"):
        await database.look(look)
    assert (await database.look(store.read_state)).generation == 0


async def test_waiting_for_anything_else_is_a_mistake_that_is_told(data_dir: Path) -> None:
    async def look(connection: AsyncConnection) -> None:
        await asyncio.sleep(0)

    async with open_database(sqlite_url(data_dir)) as opened:
        with pytest.raises(RuntimeError, match="waits for nothing but its queries"):
            await opened.look(look)
