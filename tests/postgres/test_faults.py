"""A server that has no room left, and connections that are cut in the middle: a sentence, and it goes on by itself."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from index.errors import StoreError
from index.models import Draft, Scope
from index.store import articles as store
from index.store.database import Database, open_database
from tests.helpers.postgres_server import PostgresServer

ROOM = "48m"  # a new database takes a quarter of it


@pytest.fixture
def small_disk(postgres: PostgresServer) -> Iterator[Path]:
    """A file system of its own with little room, and the server's to write to."""
    if not postgres.may_stop:
        pytest.skip("TEST_DATABASE_URL names a server on whose machine no disk can be made")
    folder = postgres.folder / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)], capture_output=True, text=True
    )
    if mounted.returncode:
        folder.rmdir()
        pytest.skip(f"no small disk can be made here: {mounted.stderr.strip()}")
    owner = (postgres.folder / "data").stat()
    os.chown(folder, owner.st_uid, owner.st_gid)
    try:
        yield folder
    finally:
        postgres.drop_all()
        postgres.run("DROP TABLESPACE IF EXISTS small")
        subprocess.run(["umount", str(folder)], check=True)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
async def database(postgres: PostgresServer, small_disk: Path) -> AsyncIterator[Database]:
    await asyncio.to_thread(postgres.run, f"CREATE TABLESPACE small LOCATION '{small_disk}'")
    url = await asyncio.to_thread(postgres.new, "small")
    async with open_database(url) as opened:
        yield opened


def draft(number: int) -> Draft:
    return Draft(text=os.urandom(200_000).hex(), title=f"Article {number}", origin=f"/news/{number}.md")


async def test_a_full_disk(database: Database, small_disk: Path) -> None:
    """All that was reported as stored is there; questions go on; with room again, writing does too."""
    stored = 0
    with pytest.raises(StoreError, match=r"has no disk space left; free some .* Nothing that was stored is lost"):
        while True:
            async with database.write() as connection:
                await store.insert_article(connection, draft(stored), [], None)
                await store.changed(connection)
            stored += 1
    assert stored > 5
    async with database.read() as connection:
        assert len(await store.list_articles(connection, Scope())) == stored
        assert (await store.read_state(connection)).generation == stored
    await asyncio.to_thread(subprocess.run, ["mount", "-o", "remount,size=128m", str(small_disk)], check=True)
    async with database.write() as connection:
        await store.insert_article(connection, draft(stored), [], None)
        await store.changed(connection)
    async with database.read() as connection:
        assert len(await store.list_articles(connection, Scope())) == stored + 1


async def test_a_connection_that_is_cut_in_the_middle(postgres: PostgresServer, postgres_url: str) -> None:
    """By an administrator, in a transaction: it leaves nothing, says so, and the next one works."""
    async with open_database(postgres_url) as opened:
        with pytest.raises(StoreError, match="does not answer just now; nothing is lost"):
            async with opened.write() as connection:
                await store.insert_article(connection, draft(1), [], None)
                mine = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
                await asyncio.to_thread(postgres.run, f"SELECT pg_terminate_backend({mine})")
                await store.changed(connection)
        async with opened.write() as connection:
            await store.insert_article(connection, draft(2), [], None)
        async with opened.read() as connection:
            assert [each.title for each in await store.list_articles(connection, Scope())] == ["Article 2"]
