"""One turn of a watched folder: files that are new or changed, once they are whole, into the queue.

A file is whole when its size and time have stood still for a while and nobody has it open for writing. Its path, size
and time are its marks; one that is moved away or deleted withdraws nothing, since import folders are tidied up.
"""

import asyncio
import os
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from index.errors import UnreadableError
from index.feeds.address import FOLDER
from index.feeds.items import mark
from index.feeds.poll import LostError, Told
from index.feeds.turns import after_failure
from index.library import Library
from index.read import Reading, find_files, read_path
from index.store import feed_items, feeds, queue
from index.store.feeds import Feed
from index.work import to_json

STILL = 0.6  # seconds that a file must not change
AGED = 5.0  # seconds since its last change after which one look is enough
SOON = 0.3  # seconds until the next look while a file is not whole
SELDOM = 30.0  # between looks when nothing tells of a change: some disks tell of none
AT_ONCE = 200  # files of one turn

_WRITES = os.O_WRONLY | os.O_RDWR


@dataclass(frozen=True, slots=True)
class File:
    path: Path
    digest: str


class Stillness:
    """Since when each file is as it is now. Of one process; another one begins anew, which costs a moment."""

    def __init__(self) -> None:
        self._since: dict[Path, tuple[str, float]] = {}

    def whole(self, files: Collection[File]) -> list[File]:
        now = time.monotonic()
        self._since = {
            each.path: known
            if (known := self._since.get(each.path)) and known[0] == each.digest
            else (each.digest, now)
            for each in files
        }
        still = [each for each in files if _aged(each) or now - self._since[each.path][1] >= STILL]
        writing = being_written([each.path for each in still])
        return [each for each in still if each.path not in writing]


async def take_folder_turn(
    library: Library, feed: Feed, worker: str, stillness: Stillness, *, now: float, shortest: float
) -> Told:
    """Raises LostError and StoreError: nothing has happened then."""
    folder = Path(feed.address.removeprefix(FOLDER))
    files, error = await asyncio.to_thread(_files, folder)
    if error:
        turn = after_failure(feed, now, shortest=shortest, retry_after=None)
        values = {"failures": turn.failures, "error": error, "health": turn.health}
        values["due"] = now + SELDOM  # looking at a disk burdens nobody
        values |= {"health_at": now} if turn.health != feed.health else {}
        await library.database.transact(lambda connection: feeds.release(connection, worker, feed.id, **values))
        return Told(feed, error=error)
    marks = {mark("path", str(each.path)): each for each in files}
    async with library.database.read() as connection:
        known = await feed_items.by_marks(connection, feed.id, marks)
        wanted = await feeds.subscriptions_of(connection, feed.id)
    fresh = {m: f for m, f in marks.items() if m not in known or known[m].digest != f.digest}
    whole = set(await asyncio.to_thread(stillness.whole, list(fresh.values())))
    ready = [(m, f) for m, f in fresh.items() if f in whole][:AT_ONCE]
    readings = [(m, f, await asyncio.to_thread(_read, f.path)) for m, f in ready]
    unread = set(files) - {f for _, f in ready}

    async def commit(connection: AsyncConnection) -> None:
        values = {
            "due": now + (SOON if len(ready) < len(fresh) else SELDOM),
            "failures": 0,
            "error": next((r for _, _, r in readings if isinstance(r, str)), _still(feed.error, unread)),
            "polled_at": now,
            "health": feeds.OK,
            "items": feed.items + len(ready),
        } | ({"health_at": now} if feed.health != feeds.OK else {})
        if ready:
            values["new_at"] = now
        if not await feeds.release(connection, worker, feed.id, **values):
            raise LostError(feed.address)
        for m, file, reading in readings:
            if m in known:
                await feed_items.update_item(connection, known[m].id, file.digest, 0, now)
            else:
                item_id = await feed_items.insert_item(connection, feed.id, file.digest, None, str(file.path), now)
                await feed_items.add_marks(connection, feed.id, item_id, [m])
            if isinstance(reading, str):
                continue
            for each in wanted:
                row = (str(file.path), to_json(reading))
                loud = each.primed and not each.paused
                await queue.enqueue(connection, [row], each.server_id, feed_id=feed.id, announced=loud)
        if len(ready) == len(fresh):
            await feeds.prime(connection, [each.id for each in wanted if not each.primed and not each.paused])

    await library.database.transact(commit)
    return Told(feed, len(ready))


def being_written(paths: Collection[Path]) -> set[Path]:
    """Those that some process which we may look at has open for writing (where the system tells, as Linux does)."""
    wanted = {str(path): path for path in paths}
    found: set[Path] = set()
    if not wanted:
        return found
    for process in _numbers("/proc"):
        for descriptor in _numbers(f"/proc/{process}/fd"):
            try:
                target = os.readlink(f"/proc/{process}/fd/{descriptor}")  # noqa: PTH115 - thousands of them
                if target not in wanted:
                    continue
                told = Path(f"/proc/{process}/fdinfo/{descriptor}").read_text()
            except OSError:
                continue
            flags = next((line.split()[1] for line in told.splitlines() if line.startswith("flags:")), "0")
            if int(flags, 8) & _WRITES:
                found.add(wanted[target])
    return found


def _numbers(folder: str) -> list[str]:
    try:
        return [name for name in os.listdir(folder) if name.isdigit()]  # noqa: PTH208 - thousands of them
    except OSError:
        return []


def _files(folder: Path) -> tuple[list[File], str | None]:
    if not folder.is_dir():
        return [], f"There is no folder {folder}; make it, or correct DEALWIRE_WATCH_FOLDERS."
    files = []
    for path in find_files([folder]).paths:
        try:
            status = path.stat()
        except OSError:
            continue  # gone since
        files.append(File(path, f"{status.st_size}:{status.st_mtime_ns}:{status.st_ino}"))
    return files, None


def _still(error: str | None, files: Collection[File]) -> str | None:
    """What was said of a file holds until it is changed or gone; what was said of the folder no longer does."""
    return error if error and any(error.startswith(f"{each.path}: ") for each in files) else None


def _aged(file: File) -> bool:
    changed = int(file.digest.split(":")[1]) / 1e9
    return 0 <= changed <= time.time() - AGED


def _read(path: Path) -> Reading | str:
    """Or the sentence that says why not: told once, until the file changes."""
    try:
        return read_path(path)
    except UnreadableError as error:
        return f"{path}: {error}"
    except Exception as error:  # a parser's bug met by one file must not stop the others
        return f"{path}: this cannot be read because of a bug in Dealwire ({type(error).__name__}: {str(error)[:150]})."
