"""Turn after turn: takes the feeds whose turn it is, and watches folders. Ends when it is cancelled.

Any number of processes run it; none leads. While the database is away it waits, and says so in the log.
"""

import asyncio
import logging
import os
import socket
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import aiohttp

from index.errors import StoreError
from index.feeds.address import FOLDER, of_folder
from index.feeds.folders import Stillness, take_folder_turn
from index.feeds.poll import LostError, Told, take_turn
from index.library import Library
from index.read.fetch import open_session
from index.store import feeds
from index.store.feeds import Feed

AT_ONCE = 6  # feeds, of as many hosts
LEASE = 30.0  # seconds that a process is believed to be alive after it last said so
LONGEST_TURN = 150.0  # seconds
IDLE = 0.5  # seconds between two looks whose turn it is
BROKEN = (1.0, 30.0)  # seconds between attempts while the database is away, growing

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Polling:
    """What the operator set."""

    folders: Sequence[Path] = ()
    shortest: float = 300.0  # seconds between two looks at the same feed
    allow_private: bool = False
    lease: float = LEASE


async def keep_polling(
    library: Library,
    polling: Polling,
    *,
    clock: Callable[[], float] = time.time,
    on_turn: Callable[[Told], None] = lambda _: None,
) -> None:
    """Until cancelled. A turn that is cut short is taken anew by whoever comes first after its lease."""
    name = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"
    woken = asyncio.Event()
    watching = [asyncio.create_task(_watch(library, path, woken, clock)) for path in polling.folders]
    pause, stillness, synced = BROKEN[0], Stillness(), False
    try:
        async with open_session(allow_private=polling.allow_private) as session:
            while True:
                try:
                    if not synced:
                        await sync_folders(library, polling.folders, clock())
                        synced = True
                    turns = await poll_once(library, polling, name, session, stillness, clock=clock)
                    pause = BROKEN[0]
                except StoreError as error:
                    log.warning("%s", error)
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, BROKEN[1])
                    continue
                for told in turns:
                    on_turn(told)
                if not turns:
                    await _until(woken, IDLE)
    finally:
        for each in watching:
            each.cancel()
        await asyncio.gather(*watching, return_exceptions=True)


async def poll_once(
    library: Library,
    polling: Polling,
    name: str,
    session: aiohttp.ClientSession,
    stillness: Stillness,
    *,
    clock: Callable[[], float] = time.time,
) -> list[Told]:
    """One round of turns, of as many hosts at once. Raises StoreError."""
    folders = [of_folder(path) for path in polling.folders]
    now = clock()
    async with library.database.read() as connection:
        if not await feeds.any_due(connection, now, folders):
            return []
    taken = await library.database.transact(
        lambda connection: feeds.take(connection, name, AT_ONCE, polling.lease, now, folders)
    )
    turns = [_turn(library, polling, feed, name, session, stillness, clock) for feed in taken]
    return [told for told in await asyncio.gather(*turns) if told]


async def sync_folders(library: Library, folders: Sequence[Path], now: float) -> None:
    """Each watched folder is a feed of the operator's. What is in it at the start is read, and not announced."""
    for path in folders:
        address = of_folder(path)
        async with library.database.write() as connection:
            feed_id = await feeds.add(connection, address, "folder", "", path.name, now)
            await feeds.subscribe(connection, feed_id, None, now)
            await feeds.set_due(connection, feed_id, now)


async def _turn(
    library: Library,
    polling: Polling,
    feed: Feed,
    name: str,
    session: aiohttp.ClientSession,
    stillness: Stillness,
    clock: Callable[[], float],
) -> Told | None:
    try:
        async with asyncio.timeout(LONGEST_TURN), _alive(library, feed, name, polling.lease, clock):
            if feed.address.startswith(FOLDER):
                return await take_folder_turn(library, feed, name, stillness, now=clock(), shortest=polling.shortest)
            return await take_turn(
                library,
                feed,
                name,
                session,
                now=clock(),
                shortest=polling.shortest,
                allow_private=polling.allow_private,
            )
    except (LostError, TimeoutError) as error:
        log.warning("the turn of %s was given up: %s", feed.address, error or "it took too long")
    except StoreError:
        raise
    except Exception:  # a bug met by one feed must not stop the others; its lease ends by itself
        log.exception("%s could not be looked at", feed.address)
    return None


@asynccontextmanager
async def _alive(
    library: Library, feed: Feed, name: str, lease: float, clock: Callable[[], float]
) -> AsyncIterator[None]:
    """Renew the lease while the turn goes on."""

    async def beat() -> None:
        while True:
            await asyncio.sleep(lease / 4)
            try:
                async with library.database.write() as connection:
                    await feeds.renew(connection, name, feed.id, clock() + lease)
            except StoreError as error:  # if it stays away the lease ends, and nothing is lost by that
                log.debug("%s", error)

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)


async def _watch(library: Library, folder: Path, woken: asyncio.Event, clock: Callable[[], float]) -> None:
    """A change in the folder makes it its turn."""
    from watchfiles import awatch

    address = of_folder(folder)
    while True:
        try:
            async for _ in awatch(address.removeprefix(FOLDER), step=50, debounce=200, recursive=True):
                while not await _its_turn(library, address, clock()):  # noqa: ASYNC110
                    await asyncio.sleep(0.1)  # somebody is looking, and may have looked too early
                woken.set()
        except (FileNotFoundError, OSError, RuntimeError, StoreError) as error:
            log.debug("%s cannot be watched: %s", folder, error)
        await asyncio.sleep(5.0)  # the folder, or the database, may come (back)


async def _its_turn(library: Library, address: str, now: float) -> bool:
    async with library.database.write() as connection:
        feed = await feeds.find(connection, address)
        return feed is None or await feeds.set_due(connection, feed.id, now)


async def _until(woken: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(woken.wait(), seconds)
    except TimeoutError:
        return
    woken.clear()
