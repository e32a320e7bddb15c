import asyncio

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from index.errors import StoreError
from index.models import Scope
from index.store import articles as store
from index.store.database import Database
from index.store.schema import articles, state
from tests.index.store_both import made
from tests.index.store_both.conftest import Open


async def test_what_fails_leaves_no_trace(database: Database) -> None:
    draft = made.draft()
    with pytest.raises(RuntimeError):
        async with database.write() as connection:
            await store.insert_article(connection, draft, made.passages(draft.text), None)
            raise RuntimeError
    async with database.read() as connection:
        assert await store.article_ids(connection, Scope()) == []


async def test_a_reader_sees_one_state_and_waits_for_nobody(open_one: Open) -> None:
    async with open_one() as ours, open_one() as theirs, ours.read() as reading:
        before = await store.read_state(reading)
        async with theirs.write() as writing:
            await store.changed(writing, model="words")
        assert await store.read_state(reading) == before

        async def look() -> int:
            async with ours.read() as again:
                return (await store.read_state(again)).generation

        assert await asyncio.create_task(look()) == before.generation + 1


async def test_two_processes_count_every_change(open_one: Open) -> None:
    async with open_one() as ours, open_one() as theirs:

        async def change(database: Database) -> None:
            for _ in range(10):
                async with database.write() as connection:
                    await store.changed(connection)

        await asyncio.gather(change(ours), change(theirs))
        async with ours.read() as connection:
            assert (await store.read_state(connection)).generation == 20


async def test_two_processes_store_one_article_once(open_one: Open) -> None:
    """Both look before either has committed; without a claim, both would find nothing and both would store."""
    drafts = [made.draft(n, url=f"https://a.example/{n}") for n in range(8)]

    async def ingest(database: Database, order: list[int]) -> None:
        async def work(connection: AsyncConnection) -> None:
            mine = [drafts[n] for n in order]
            await store.claim(connection, [(each, True) for each in mine], None)
            for each in mine:
                if await store.find_same(connection, each, None) is None:
                    await asyncio.sleep(0.02)
                    await store.insert_article(connection, each, made.passages(each.text), None)
            await store.changed(connection)

        await database.transact(work)

    async with open_one() as ours, open_one() as theirs:
        there, back = list(range(8)), list(range(7, -1, -1))
        await asyncio.gather(ingest(ours, there), ingest(theirs, back), ingest(ours, back), ingest(theirs, there))
        async with ours.read() as connection:
            assert (await connection.execute(select(func.count()).select_from(articles))).scalar() == len(drafts)


async def test_the_same_article_cannot_be_stored_twice_even_without_a_claim(database: Database) -> None:
    draft = made.draft()
    for server_id in (None, 5):
        async with database.write() as connection:
            await store.insert_article(connection, draft, [], server_id)
        with pytest.raises(StoreError):
            async with database.write() as connection:
                await store.insert_article(connection, draft, [], server_id)


async def test_work_that_meets_another_writer_is_done_anew(open_one: Open) -> None:
    """Two writers each change what the other needs next: PostgreSQL ends one of them, SQLite lets them take turns."""
    async with open_one() as ours, open_one() as theirs:
        async with ours.write() as connection:
            ids = [await store.insert_article(connection, made.draft(n), [], None) for n in range(2)]

        async def touch(database: Database, order: list[int]) -> None:
            async def work(connection: AsyncConnection) -> None:
                for number in order:
                    await connection.execute(
                        update(articles).where(articles.c.id == number).values(title=articles.c.title + "!")
                    )
                    await asyncio.sleep(0.1)

            await database.transact(work)

        await asyncio.gather(touch(ours, ids), touch(theirs, ids[::-1]))
        async with ours.read() as connection:
            titles = [each.title for each in await store.list_articles(connection, Scope())]
    assert all(title.endswith("!!") and not title.endswith("!!!") for title in titles)


async def test_a_query_that_fails_is_a_sentence(database: Database) -> None:
    with pytest.raises(StoreError, match="database"):
        async with database.write() as connection:
            await connection.execute(update(state).values(id=2))


async def test_who_holds_a_connection_is_warned_of_asking_for_another(database: Database) -> None:
    """A few questions at once would otherwise wait for each other for ever."""
    async with database.read():
        with pytest.warns(RuntimeWarning, match="who holds one"):
            async with database.read():
                pass
    async with database.read():
        pass
