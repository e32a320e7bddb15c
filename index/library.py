"""Opens everything that answering and ingesting need, in one ``async with``, and hands it on.

Nothing is opened at import time and nothing is global. Models are loaded at first use, in a thread:
a command that needs none starts without them, and one that will need them can start loading early.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from index.embed import Embedder, SentenceTransformerEmbedder, Vectors
from index.reader import Reader
from index.search.dense import Dense
from index.search.faiss_dense import FaissDense
from index.search.lexical import Fts5Lexical, Lexical
from index.store.database import Database, open_database, sqlite_url

T = TypeVar("T")


class Lazy(Generic[T]):
    """Made once, in a thread, by whoever asks first; ``start`` lets it begin before it is needed."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._task: asyncio.Task[T] | None = None

    def start(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(asyncio.to_thread(self._make))

    async def get(self) -> T:
        self.start()
        assert self._task is not None
        return await asyncio.shield(self._task)


@dataclass(frozen=True)
class Library:
    """The open resources. Functions of ``index`` take it as their first argument."""

    database: Database
    dense: Dense
    lexical: Lexical
    embedder: Lazy[Embedder]
    reader: Lazy[Reader | None]
    embedding_model: str

    def start_models(self) -> None:
        """Begin loading what a question needs, while other things go on."""
        self.embedder.start()
        self.reader.start()

    async def embed(self, texts: Sequence[str]) -> Vectors:
        """Off the event loop; shape ``(len(texts), dimensions)``. Raises ModelError."""
        embedder = await self.embedder.get()
        return await asyncio.to_thread(embedder.embed, texts)


@asynccontextmanager
async def open_library(
    *,
    data_dir: Path,
    embedding_model: str,
    reader: str | None = None,
    database_url: str | None = None,
    create: bool = True,
) -> AsyncIterator[Library]:
    """Raises StoreError, with what to do, when the database cannot be opened."""
    async with open_database(database_url or sqlite_url(data_dir), create=create) as database:
        dense = FaissDense(database, data_dir, embedding_model)
        library = Library(
            database=database,
            dense=dense,
            lexical=Fts5Lexical(database),
            embedder=Lazy(lambda: SentenceTransformerEmbedder(embedding_model)),
            reader=Lazy(lambda: _reader(reader)),
            embedding_model=embedding_model,
        )
        yield library
        await dense.save(always=False)


def _reader(name: str | None) -> Reader | None:
    return None
