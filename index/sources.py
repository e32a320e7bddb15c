"""What a person names to be read: files, folders, pages and feeds. Owns turning names into readings."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Awaitable, Sequence

from index.errors import DealwireError
from index.models import Failure
from index.read import Reading, find_files, read_bytes, read_path

_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")  # of any kind: the fetcher says which kinds are fetched


class Sources:
    """Looks up the names at once, reads lazily; ``len`` is the number of documents to be read."""

    def __init__(self, names: Sequence[str], *, allow_private: bool = False) -> None:
        self._urls = list(dict.fromkeys(name.strip() for name in names if _URL.match(name.strip())))
        self._files = find_files([name for name in names if not _URL.match(name.strip())])
        self._allow_private = allow_private

    def __len__(self) -> int:
        return len(self._files.paths) + len(self._urls) + bool(self._files.failures)

    @property
    def skipped(self) -> Sequence[object]:
        return self._files.skipped

    async def readings(self) -> AsyncIterator[Reading]:
        """One a document; what cannot be read is a failure in it, with its sentence."""
        if self._files.failures:
            yield Reading(failures=tuple(self._files.failures))
        for path in self._files.paths:
            yield await _guarded(_printable(str(path)), asyncio.to_thread(read_path, path))
        for url in self._urls:
            yield await _guarded(url, self._fetched(url))

    async def _fetched(self, url: str) -> Reading:
        from index.read.fetch import fetch

        page = await fetch(url, allow_private=self._allow_private)
        return await asyncio.to_thread(read_bytes, page.body, origin=url, content_type=page.content_type, url=page.url)


async def _guarded(origin: str, work: Awaitable[Reading]) -> Reading:
    """One document must not spoil the batch, whatever a parser makes of it."""
    try:
        reading = await work
    except DealwireError as error:
        return Reading(failures=(Failure(origin, str(error)),))
    except Exception as error:  # a bug of ours or of a parser's; the other documents are read
        what = f"{type(error).__name__}: {str(error)[:200]}".rstrip(": ")
        return Reading(failures=(Failure(origin, f"This cannot be read because of a bug in Dealwire ({what})."),))
    if all(draft.origin == origin for draft in reading.drafts):
        return reading
    return Reading(tuple(draft.model_copy(update={"origin": origin}) for draft in reading.drafts), reading.failures)


def _printable(name: str) -> str:
    """A file's name as text: bytes in it that are no UTF-8 could be neither stored nor printed."""
    return os.fsencode(name).decode("utf-8", "replace")
