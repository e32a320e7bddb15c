"""The database goes away and comes back: a real server, stopped and started under a running library."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text

from index import work as worker
from index.errors import StoreError
from index.library import NO_READER, Lazy, Library, open_library
from index.models import Draft, Scope
from index.read import Reading
from index.search.hybrid import retrieve
from index.store import articles as store
from index.store.changes import listening
from index.work import enqueue, work
from tests.helpers import made
from tests.helpers.made_vectors import HashEmbedder
from tests.helpers.postgres_server import PostgresServer, running_server_or_skip


@pytest.fixture(scope="module")
def own() -> Iterator[PostgresServer]:
    """A server of this file's own, that may be stopped."""
    with running_server_or_skip() as server:
        if not server.may_stop:
            pytest.skip("TEST_DATABASE_URL names a server that is not ours to stop")
        yield server


@pytest.fixture
async def library(own: PostgresServer, tmp_path: Path) -> AsyncIterator[Library]:
    embedder = HashEmbedder()
    url = own.new()
    async with open_library(
        data_dir=tmp_path, embedding_model=embedder.name, reader=NO_READER, database_url=url
    ) as opened:
        yield replace(opened, embedder=Lazy(lambda: embedder, opened.models))
    own.drop_all()


async def readings(number: int) -> AsyncIterator[Reading]:
    for n in range(number):
        yield Reading(drafts=(Draft(text=made.text(n), title=made.title(n), origin=f"/news/{n}.md"),))


async def titles(library: Library) -> list[str]:
    async with library.database.read() as connection:
        return sorted(each.title for each in await store.list_articles(connection, Scope()))


async def test_questions_get_a_sentence_meanwhile_and_answers_afterwards(library: Library, own: PostgresServer) -> None:
    await enqueue(library, readings(5))
    await work(library, until_empty=True)
    before = await retrieve(library, made.title(2), Scope())
    await asyncio.to_thread(own.stop)
    try:
        for _ in range(3):
            with pytest.raises(StoreError, match="does not answer just now; nothing is lost"):
                await retrieve(library, made.title(2), Scope())
            with pytest.raises(StoreError, match="does not answer just now"):
                await enqueue(library, readings(1))
    finally:
        await asyncio.to_thread(own.start)
    after = await retrieve(library, made.title(2), Scope())
    assert [each.candidate for each in after] == [each.candidate for each in before]


async def test_a_transaction_that_is_cut_leaves_nothing_and_says_so(library: Library, own: PostgresServer) -> None:
    with pytest.raises(StoreError, match="does not answer just now"):
        async with library.database.write() as connection:
            await store.insert_article(connection, Draft(text="x", origin="o"), [], None)
            await asyncio.to_thread(own.stop)
            await asyncio.to_thread(own.start)
            await store.changed(connection)
    assert await titles(library) == []


async def test_connections_that_were_cut_while_idle_are_not_noticed(library: Library, own: PostgresServer) -> None:
    await titles(library)
    await asyncio.to_thread(
        own.run, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dealwire'"
    )
    assert await titles(library) == []


async def test_a_worker_goes_on_by_itself_and_stores_everything_once(
    library: Library, own: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "BROKEN", (0.2, 0.5))
    monkeypatch.setattr(worker, "AT_ONCE", 4)
    await enqueue(library, readings(60))
    begun = asyncio.Event()
    working = asyncio.create_task(work(library, lease=2, on_stored=lambda _: begun.set()))
    try:
        await asyncio.wait_for(begun.wait(), 20)
        await asyncio.to_thread(own.stop)
        await asyncio.sleep(0.5)
        await asyncio.to_thread(own.start)
        async with asyncio.timeout(60):
            while len(await titles(library)) < 60:  # noqa: ASYNC110
                await asyncio.sleep(0.2)
        assert not working.done()
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    assert await titles(library) == sorted(made.title(n) for n in range(60))


async def test_who_listens_hears_again(library: Library, own: PostgresServer) -> None:
    async with listening(library.database) as changes:
        await changes.wait(5)
        await asyncio.to_thread(own.stop)
        await asyncio.to_thread(own.start)
        assert await changes.wait(20), "it looks by itself once it hears again"
        async with library.database.write() as connection:
            await store.changed(connection)
        assert await changes.wait(5)


async def test_too_many_connections(library: Library, own: PostgresServer, tmp_path: Path) -> None:
    url = library.database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    await library.database.engine.dispose()
    held = []
    try:
        with pytest.raises(asyncpg.PostgresError):
            while True:
                held.append(await asyncpg.connect(url))
        with pytest.raises(StoreError, match="has no connection free; try again in a moment"):
            await titles(library)
    finally:
        for each in held:
            await each.close()
    assert await titles(library) == []


async def test_a_server_that_may_only_be_read(library: Library, own: PostgresServer) -> None:
    async with library.database.outside() as connection:
        name = library.database.engine.url.database
        await connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    await library.database.engine.dispose()
    async with library.database.read() as connection:
        assert (await store.read_state(connection)).generation == 0


async def test_a_question_too_many_waits_its_turn(library: Library) -> None:
    """More at once than a process has connections: none fails."""
    await enqueue(library, readings(3))
    await work(library, until_empty=True)
    found = await asyncio.gather(*(retrieve(library, made.title(n % 3), Scope()) for n in range(60)))
    assert all(found)
