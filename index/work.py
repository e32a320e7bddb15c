"""A worker: takes readings from the queue, and embeds and stores them as ``index.ingest`` does. Any number of
workers, on any number of machines, share one queue; none of them leads.

Owns what happens to a row that fails. A worker that is killed loses nothing: its rows fall due again when
their lease ends, and what it had stored already is found to be unchanged.
"""

import asyncio
import json
import logging
import os
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import groupby
from uuid import uuid4

from index.errors import StoreError
from index.ingest import Stored, ingest
from index.library import Library
from index.models import Draft, Failure
from index.read import Reading
from index.store import queue
from index.store.changes import listening
from index.store.queue import Waiting

LEASE = 60.0  # seconds that a worker is believed to be alive after it last said so
AT_ONCE = 16  # readings taken at a time
IDLE = 15.0  # seconds until an idle worker looks by itself, should no message have reached it
BROKEN = (1.0, 30.0)  # seconds between attempts while the database is away, growing

log = logging.getLogger(__name__)


@dataclass
class Done:
    readings: int = 0
    failed: int = 0


async def enqueue(
    library: Library, readings: AsyncIterator[Reading], *, server_id: int | None = None
) -> tuple[int, list[Failure]]:
    """Put what was read into the queue; how many documents, and what could not be read. Raises StoreError."""
    queued = 0
    failures: list[Failure] = []
    async for reading in readings:
        failures += reading.failures
        if reading.drafts:
            rows = [(reading.drafts[0].origin, to_json(reading))]
            await library.database.transact(lambda connection, rows=rows: queue.enqueue(connection, rows, server_id))  # type: ignore[misc]
            queued += 1
    return queued, failures


async def work(
    library: Library,
    *,
    until_empty: bool = False,
    lease: float = LEASE,
    on_stored: Callable[[Stored], None] = lambda _: None,
    done: Done | None = None,
) -> Done:
    """Work until cancelled, or until nothing is due and nobody else is at it. ``done`` counts along.

    While the database is away it waits, and says so in the log. Raises StoreError with ``until_empty`` alone.
    """
    name = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"
    done, pause = done or Done(), BROKEN[0]
    async with listening(library.database) as changes:
        while True:
            try:
                taken = await _take(library, name, lease)
                if until_empty and not taken and not await _others_at_work(library):
                    return done
                if taken:
                    await _do(library, name, taken, lease, done, on_stored)
                pause = BROKEN[0]
            except StoreError as error:
                if until_empty:
                    raise
                log.warning("%s", error)
                await asyncio.sleep(pause)
                pause = min(2 * pause, BROKEN[1])
                continue
            if not taken:
                await changes.wait(min(IDLE, lease / 4) if not library.database.is_sqlite else 1.0)


async def _take(library: Library, name: str, lease: float) -> list[Waiting]:
    return await library.database.transact(lambda connection: queue.take(connection, name, AT_ONCE, lease))


async def _others_at_work(library: Library) -> bool:
    async with library.database.read() as connection:
        return (await queue.length(connection)).taken > 0


async def _do(
    library: Library,
    name: str,
    taken: Sequence[Waiting],
    lease: float,
    done: Done,
    on_stored: Callable[[Stored], None],
) -> None:
    """All of them at once; and where that fails for a reason of their own, each alone, to find the one."""
    ids = [each.id for each in taken]
    async with _alive(library, name, ids, lease):
        try:
            await _store(library, taken, on_stored)
        except (StoreError, asyncio.CancelledError):
            await asyncio.shield(_put_back(library, name, ids))
            raise
        except Exception:
            log.exception("readings %s failed together; each is tried alone", ids)
            for each in taken:
                await _alone(library, name, each, done, on_stored)
            return
        await library.database.transact(lambda connection: queue.finish(connection, name, ids))
        done.readings += len(ids)


async def _alone(
    library: Library, name: str, waiting: Waiting, done: Done, on_stored: Callable[[Stored], None]
) -> None:
    try:
        await _store(library, [waiting], on_stored)
    except StoreError:
        raise
    except Exception as error:  # a bug met by one article must not stop the others
        told = f"{type(error).__name__}: {error}"
        log.warning("%s could not be stored: %s", waiting.origin, told)
        await library.database.transact(lambda connection: queue.fail(connection, name, waiting, told))
        done.failed += 1
    else:
        await library.database.transact(lambda connection: queue.finish(connection, name, [waiting.id]))
        done.readings += 1


async def _store(library: Library, taken: Sequence[Waiting], on_stored: Callable[[Stored], None]) -> None:
    for server_id, rows in groupby(sorted(taken, key=lambda each: each.server_id or 0), lambda each: each.server_id):
        readings = [_from_json(each) for each in rows]

        async def one_by_one(readings: list[Reading] = readings) -> AsyncIterator[Reading]:
            for each in readings:
                yield each

        await ingest(library, one_by_one(), server_id=server_id, on_stored=on_stored)


@asynccontextmanager
async def _alive(library: Library, name: str, ids: Sequence[int], lease: float) -> AsyncIterator[None]:
    """Renew the lease while the work goes on."""

    async def beat() -> None:
        while True:
            await asyncio.sleep(lease / 4)
            try:
                await library.database.transact(lambda connection: queue.renew(connection, name, ids, lease))
            except StoreError as error:  # if it stays away the lease ends, and nothing is lost by that
                log.debug("%s", error)

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)


async def _put_back(library: Library, name: str, ids: Sequence[int]) -> None:
    try:
        await library.database.transact(lambda connection: queue.put_back(connection, name, ids))
    except StoreError as error:  # then they fall due when the lease ends
        log.debug("%s", error)


def to_json(reading: Reading) -> str:
    """How a reading stands in the queue."""
    return json.dumps([each.model_dump(mode="json") for each in reading.drafts], ensure_ascii=False)


def _from_json(waiting: Waiting) -> Reading:
    drafts = tuple(Draft.model_validate_json(json.dumps(each)) for each in json.loads(waiting.reading))
    return Reading(drafts, feed_id=waiting.feed_id, announced=waiting.announced)
