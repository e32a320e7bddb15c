"""What a person names to be read: files, folders, pages and feeds. Owns turning names into readings."""

import asyncio
from collections.abc import AsyncIterator, Sequence

from index.errors import DealwireError
from index.models import Failure
from index.read import Reading, find_files, read_bytes, read_path


class Sources:
    """Looks up the names at once, reads lazily; ``len`` is the number of documents to be read."""

    def __init__(self, names: Sequence[str], *, allow_private: bool = False) -> None:
        self._urls = [name for name in names if name.lower().startswith(("http://", "https://"))]
        self._files = find_files([name for name in names if name not in self._urls])
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
            try:
                yield await asyncio.to_thread(read_path, path)
            except DealwireError as error:
                yield Reading(failures=(Failure(str(path), str(error)),))
        for url in self._urls:
            try:
                yield await self._fetched(url)
            except DealwireError as error:
                yield Reading(failures=(Failure(url, str(error)),))

    async def _fetched(self, url: str) -> Reading:
        from index.read.fetch import fetch

        page = await fetch(url, allow_private=self._allow_private)
        return await asyncio.to_thread(read_bytes, page.body, origin=url, content_type=page.content_type, url=page.url)
