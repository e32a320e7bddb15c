"""Hearing of what other processes changed. Owns one listening connection; decides nothing about the changes.

PostgreSQL tells at each commit (LISTEN/NOTIFY), SQLite is asked. Whoever waits looks at the tables when it
wakes, and after a while even if nobody woke it: a message may be lost with its connection, a row is not.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from index.errors import StoreError
from index.store.articles import read_state
from index.store.database import Database
from index.store.queue import CHANNEL

POLL = 1.0  # seconds between two looks at an SQLite file
RECONNECT = (1.0, 30.0)  # seconds between attempts to listen again, growing

log = logging.getLogger(__name__)


class Changes:
    """``await changes.wait(seconds)`` returns when something was committed, or after that time."""

    def __init__(self) -> None:
        self._something = asyncio.Event()

    def tell(self) -> None:
        self._something.set()

    async def wait(self, seconds: float) -> bool:
        """Whether something was heard of."""
        try:
            await asyncio.wait_for(self._something.wait(), seconds)
        except TimeoutError:
            return False
        self._something.clear()
        return True


@asynccontextmanager
async def listening(database: Database) -> AsyncIterator[Changes]:
    """While it is open, its ``Changes`` hear of all commits. A database that is away is waited for."""
    changes = Changes()
    hearing = asyncio.create_task(_poll(database, changes) if database.is_sqlite else _listen(database, changes))
    try:
        yield changes
    finally:
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)


async def _poll(database: Database, changes: Changes) -> None:
    seen = -1
    while True:
        try:
            async with database.read() as connection:
                now = (await read_state(connection)).generation
        except StoreError as error:
            log.debug("%s", error)
        else:
            if seen not in {-1, now}:
                changes.tell()
            seen = now
        await asyncio.sleep(POLL)


async def _listen(database: Database, changes: Changes) -> None:
    pause = RECONNECT[0]
    while True:
        try:
            async with database.outside() as connection:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                lost = asyncio.Event()
                driver.add_termination_listener(lambda *_, lost=lost: lost.set())
                await driver.add_listener(CHANNEL, lambda *_: changes.tell())
                pause = RECONNECT[0]
                changes.tell()  # whatever was said while nobody listened
                try:
                    await lost.wait()
                finally:
                    # Not back into the pool: the next one who takes it would hear what is not meant for it.
                    await connection.invalidate()
        except StoreError as error:
            log.debug("%s", error)
        await asyncio.sleep(pause)
        pause = min(2 * pause, RECONNECT[1])
