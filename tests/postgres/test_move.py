"""A library moves from its file into PostgreSQL and back, and is the same on both sides."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from index.deals import add_deal
from index.errors import StoreError
from index.ingest import ingest, remove_article
from index.library import NO_READER, Lazy, Library, open_library
from index.models import Draft, Scope
from index.read import Reading
from index.search.hybrid import retrieve
from index.store import move as moving
from index.store.articles import read_state
from index.store.database import Database, open_database, sqlite_url
from index.store.move import move
from index.store.schema import metadata
from index.store.sqlite import FILE_NAME
from tests.helpers import made
from tests.helpers.made_vectors import HashEmbedder
from tests.helpers.postgres_server import PostgresServer

NUMBER = 30


@asynccontextmanager
async def opened(data_dir: Path, url: str | None = None) -> AsyncIterator[Library]:
    embedder = HashEmbedder()
    async with open_library(
        data_dir=data_dir, embedding_model=embedder.name, reader=NO_READER, database_url=url
    ) as library:
        yield replace(library, embedder=Lazy(lambda: embedder, library.models))


async def read(library: Library, numbers: range, outlet: str = "a") -> None:
    async def readings() -> AsyncIterator[Reading]:
        for n in numbers:
            url = f"https://{outlet}.example/{n}"
            yield Reading(drafts=(Draft(text=made.text(n), title=made.title(n), url=url, origin=url, source=outlet),))

    await ingest(library, readings())


@pytest.fixture
async def source(data_dir: Path) -> AsyncIterator[Database]:
    """With reprints, a deal, and the last article removed."""
    async with opened(data_dir) as library:
        await read(library, range(NUMBER))
        await read(library, range(8), "b")
        await add_deal(library, "Ships", made.text(3))
        await remove_article(library, NUMBER + 8)
    async with open_database(sqlite_url(data_dir)) as database:
        yield database


async def contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    async with database.read() as connection:
        return {
            table.name: [tuple(row) for row in await connection.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
        }


async def test_there_and_back(source: Database, data_dir: Path, tmp_path: Path, postgres_url: str) -> None:
    async with open_database(postgres_url) as there:
        moved = await move(source, there)
        assert await contents(there) == await contents(source)
        assert {each.table: each.rows for each in moved}["articles"] == NUMBER + 7
        async with open_database(sqlite_url(tmp_path / "back")) as back:
            assert await move(there, back) == moved
            assert await contents(back) == await contents(source)
    for folder, url in ((data_dir, None), (tmp_path, postgres_url), (tmp_path / "back", None)):
        async with opened(folder, url) as library:
            found = await retrieve(library, made.title(4), Scope())
            assert made.title(4) in {each.candidate.title for each in found[:2]}
            # The counting goes on behind the removed article: its id is not given to another.
            await read(library, range(100, 101))
            async with library.database.read() as connection:
                table = metadata.tables["articles"]
                assert (await connection.execute(select(func.max(table.c.id)))).scalar() == NUMBER + 9


async def test_it_goes_on_where_it_was_stopped(
    source: Database, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "BLOCK", 7)

    def stop(done: int, total: int) -> None:
        if done > total / 4:
            raise KeyboardInterrupt

    async with open_database(postgres_url) as there:
        with pytest.raises(KeyboardInterrupt):
            await move(source, there, stop)
        begun = await contents(there)
        assert 0 < sum(map(len, begun.values())) < sum(map(len, (await contents(source)).values()))
        with pytest.raises(StoreError, match="being moved there"):
            async with opened(Path(), postgres_url):
                pass
        copied = [0]
        await move(source, there, lambda done, total: copied.append(done) if done <= total / 2 else None)
        # Rows that are copied count seven at a time; those of a table that were there, all at once.
        assert max(after - before for before, after in pairwise(copied)) == max(map(len, begun.values())) > 7
        assert await contents(there) == await contents(source)


async def test_a_source_that_changes_meanwhile_is_told_and_copied_anew(
    source: Database, data_dir: Path, postgres_url: str
) -> None:
    changed: list[int] = []

    def change(done: int, total: int) -> None:
        if not changed and done > total / 2:
            changed.append(done)
            with closing(sqlite3.connect(data_dir / FILE_NAME)) as other, other:
                other.execute("UPDATE state SET generation = generation + 1")
                other.execute("UPDATE articles SET title = 'Corrected' WHERE id = 1")

    async with open_database(postgres_url) as there:
        with pytest.raises(StoreError, match="was changed while it was copied"):
            await move(source, there, change)
        await move(source, there, change)
        assert await contents(there) == await contents(source)


async def test_what_holds_something_is_not_written_to(source: Database, postgres_url: str, tmp_path: Path) -> None:
    async with opened(tmp_path, postgres_url) as library:
        await read(library, range(50, 52))
        before = await contents(library.database)
        with pytest.raises(StoreError, match="holds something already"):
            await move(source, library.database)
        assert await contents(library.database) == before


async def test_a_copy_that_is_not_equal_is_refused(
    source: Database, postgres: PostgresServer, postgres_url: str
) -> None:
    def spoil(done: int, total: int) -> None:
        if done == total // 2:  # all is copied, nothing compared
            name = make_url(postgres_url).database
            postgres.run("UPDATE articles SET title = 'Another' WHERE id = 2", database=name)

    async with open_database(postgres_url) as there:
        with pytest.raises(StoreError, match="articles is not equal"):
            await move(source, there, spoil)
        async with there.read() as connection:
            assert (await read_state(connection)).embedding_model is None
