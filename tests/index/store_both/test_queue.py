"""The queue and its workers, in one process: leases, turns, failures."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from index import work as worker
from index.library import Library
from index.models import Draft, Failure, Scope
from index.read import Reading
from index.store import articles as store
from index.store import queue
from index.store.database import Database
from index.work import enqueue, work
from tests.helpers import made
from tests.index.store_both.conftest import Open


async def put(database: Database, *origins: str) -> None:
    async with database.write() as connection:
        await queue.enqueue(connection, [(each, "[]") for each in origins], None)


async def take(database: Database, who: str, limit: int = 10, lease: float = 60) -> list[str]:
    async with database.write() as connection:
        return [each.origin for each in await queue.take(connection, who, limit, lease)]


async def length(database: Database) -> tuple[int, int, int]:
    async with database.read() as connection:
        told = await queue.length(connection)
        return told.waiting, told.taken, told.failed


async def test_rows_are_taken_once_oldest_first(database: Database) -> None:
    await put(database, *"abcde")
    assert await take(database, "one", 2) == ["a", "b"]
    assert await take(database, "two", 2) == ["c", "d"]
    assert await length(database) == (1, 4, 0)
    assert await take(database, "one") == ["e"]
    assert await take(database, "two") == []


async def test_two_workers_at_once_never_get_the_same(open_one: Open) -> None:
    async with open_one() as ours, open_one() as theirs:
        await put(ours, *map(str, range(200)))

        async def all_of(database: Database, who: str) -> list[str]:
            got: list[str] = []
            while more := await take(database, who, 7):
                got += more
            return got

        parts = await asyncio.gather(all_of(ours, "1"), all_of(theirs, "2"), all_of(ours, "3"), all_of(theirs, "4"))
    assert sorted((each for part in parts for each in part), key=int) == list(map(str, range(200)))


async def test_a_lease_that_ends_gives_the_row_to_another_and_one_renewed_does_not(database: Database) -> None:
    await put(database, "kept", "lost")
    async with database.write() as connection:
        kept, lost = await queue.take(connection, "one", 2, 0.3)
        await queue.renew(connection, "one", [kept.id], 60)
    await asyncio.sleep(0.35)
    assert await take(database, "two") == ["lost"]
    async with database.write() as connection:  # the first was only slow: it has nothing to say any more
        await queue.finish(connection, "one", [kept.id, lost.id])
    assert await length(database) == (0, 1, 0)


async def test_what_fails_waits_longer_each_time_and_is_kept(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "RETRY", 0.0)
    await put(database, "bad")
    for _ in range(queue.ATTEMPTS):
        async with database.write() as connection:
            (bad,) = await queue.take(connection, "one", 1, 60)
            await queue.fail(connection, "one", bad, "ValueError: no")
    assert await take(database, "one") == []
    assert await length(database) == (0, 0, 1)


async def test_what_is_put_back_has_not_been_attempted(database: Database) -> None:
    await put(database, "a")
    for _ in range(queue.ATTEMPTS + 1):
        async with database.write() as connection:
            (taken,) = await queue.take(connection, "one", 1, 60)
            await queue.put_back(connection, "one", [taken.id])
    assert await length(database) == (1, 0, 0)


def article(number: int) -> Draft:
    return Draft(text=made.text(number), title=made.title(number), origin=f"/news/{number}.md")


async def readings(*numbers: int) -> AsyncIterator[Reading]:
    for number in numbers:
        yield Reading(drafts=(article(number),))


async def titles(library: Library) -> list[str]:
    async with library.database.read() as connection:
        return sorted(each.title for each in await store.list_articles(connection, Scope()))


async def test_what_is_queued_is_stored_as_it_was_read(either: Library) -> None:
    feed = Reading(drafts=tuple(article(n) for n in (5, 6)), failures=(Failure("/bad", "is empty"),))

    async def one() -> AsyncIterator[Reading]:
        yield feed
        yield Reading(failures=(Failure("/worse", "is no text"),))

    assert await enqueue(either, one()) == (1, [Failure("/bad", "is empty"), Failure("/worse", "is no text")])
    assert (await work(either, until_empty=True)).readings == 1
    async with either.database.read() as connection:
        stored = await store.list_articles(connection, Scope())
    drafts = [Draft.model_validate(each.model_dump(exclude={"id", "reprint_of"})) for each in stored]
    assert sorted(drafts, key=lambda each: each.title) == sorted(feed.drafts, key=lambda each: each.title)
    assert await length(either.database) == (0, 0, 0)


async def test_one_bad_reading_does_not_stop_the_others(either: Library) -> None:
    await enqueue(either, readings(*range(6)))
    async with either.database.write() as connection:
        await queue.enqueue(connection, [("/broken", '[{"text": 5}]')], None)
    done = await work(either, until_empty=True)
    assert (done.readings, done.failed) == (6, 1)
    assert await titles(either) == sorted(made.title(n) for n in range(6))
    assert await length(either.database) == (1, 0, 0), "kept for another attempt"


async def test_a_worker_that_is_stopped_gives_back_what_it_has(
    either: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()

    async def never(*_: object) -> None:
        begun.set()
        await asyncio.sleep(60)

    await enqueue(either, readings(1, 2))
    with monkeypatch.context() as slow:
        slow.setattr(worker, "_store", never)
        working = asyncio.create_task(work(either))
        await asyncio.wait_for(begun.wait(), 10)
        assert await length(either.database) == (0, 2, 0)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    assert await length(either.database) == (2, 0, 0)
    assert (await work(either, until_empty=True)).readings == 2


async def test_an_idle_worker_wakes_at_once(either: Library) -> None:
    working = asyncio.create_task(work(either))
    try:
        await asyncio.sleep(0.5)
        await enqueue(either, readings(7))
        async with asyncio.timeout(5):
            while await titles(either) != [made.title(7)]:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
