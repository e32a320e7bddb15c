import asyncio

from index.store.articles import changed
from index.store.changes import listening
from tests.index.store_both.conftest import Open


async def test_what_another_process_commits_is_heard_of(open_one: Open) -> None:
    async with open_one() as ours, open_one() as theirs, listening(ours) as changes:
        await changes.wait(1.5)  # of its own beginning
        assert not await changes.wait(1.5)
        for _ in range(2):
            async with theirs.write() as connection:
                await changed(connection)
            assert await changes.wait(5)


async def test_what_is_not_committed_is_not_heard_of(open_one: Open) -> None:
    async with open_one() as ours, open_one() as theirs, listening(ours) as changes:
        await changes.wait(1.5)
        async with theirs.write() as connection:
            await changed(connection)
            await connection.rollback()
        assert not await changes.wait(1.5)


async def test_closing_is_quick(open_one: Open) -> None:
    async with open_one() as ours, asyncio.timeout(5), listening(ours):
        await asyncio.sleep(0.2)
