"""Opens everything that answering and ingesting need, in one ``async with``, and hands it on.

Nothing is opened at import time and nothing is global. Models are loaded at first use, in a thread:
a command that needs none starts without them, and one that will need them can start loading early.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np

from index.embed import AT_ONCE, DEFAULT_MODEL, Embedder, SentenceTransformerEmbedder, Vectors
from index.errors import StoreError
from index.model_thread import ModelThread
from index.reader import Reader, load_reader
from index.search.dense import Dense
from index.search.faiss_dense import FaissDense
from index.search.lexical import Fts5Lexical, Lexical
from index.store.candidates import Recent
from index.store.database import Database, open_database, sqlite_url
from index.store.move import refuse_half
from index.together import Together
from index.watch import Watch

T = TypeVar("T")
log = logging.getLogger(__name__)
NO_READER = "none"  # rank by likeness, words and kind alone: quicker, and worse


class Lazy(Generic[T]):
    """Made once, in the models' thread, by whoever asks first; ``start`` lets it begin before it is needed."""

    def __init__(self, make: Callable[[], T], models: ModelThread) -> None:
        self._make, self._models = make, models
        self._task: asyncio.Task[T] | None = None

    def start(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._models.run(self._make))

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
    models: ModelThread
    together: Together
    recent: Recent = field(default_factory=Recent)
    watch: Watch = field(default_factory=Watch)

    def start_models(self) -> None:
        """Begin loading what a question needs, while other things go on."""
        self.embedder.start()
        self.reader.start()

    async def embed(self, texts: Sequence[str]) -> Vectors:
        """Shape ``(len(texts), dimensions)``; questions go first. Raises ModelError."""
        embedder = await self.embedder.get()
        parts = [
            await self.models.run(partial(embedder.embed, texts[at : at + AT_ONCE]), waits=True)
            for at in range(0, len(texts), AT_ONCE)
        ]
        return np.concatenate(parts) if parts else np.empty((0, 0), np.float32)

    async def embed_question(self, text: str) -> Vectors:
        """Shape ``(dimensions,)``; together with the other questions of this moment. Raises ModelError."""
        return await self.together.embed(await self.embedder.get(), text)


@asynccontextmanager
async def open_library(
    *,
    data_dir: Path,
    embedding_model: str,
    reader: str | None = None,
    database_url: str | None = None,
    create: bool = True,
    briefly: bool = False,
) -> AsyncIterator[Library]:
    """``reader`` None is the shipped one, ``NO_READER`` none at all, else a model's folder or hub name.

    ``briefly``: a process that embeds a question or two and ends starts without sentence-transformers.

    Raises StoreError, with what to do, when the database cannot be opened.
    """
    async with open_database(database_url or sqlite_url(data_dir), create=create) as database:
        await refuse_half(database)
        dense, lexical = _engines(database, data_dir, embedding_model)
        models = ModelThread()
        library = Library(
            database=database,
            dense=dense,
            lexical=lexical,
            embedder=Lazy(lambda: _embedder(embedding_model, briefly), models),
            reader=Lazy(lambda: _reader(reader), models),
            embedding_model=embedding_model,
            models=models,
            together=Together(models),
        )
        try:
            yield library
        finally:
            await asyncio.to_thread(models.close)
        try:
            await dense.save(always=False)
        except StoreError as error:  # the answer is more than the next start's speed
            log.warning("%s", error)


def _engines(database: Database, data_dir: Path, model: str) -> tuple[Dense, Lexical]:
    """The two halves of retrieval that fit the database."""
    if database.is_sqlite:
        return FaissDense(database, data_dir, model), Fts5Lexical(database)
    from index.search.pgvector_dense import PgvectorDense
    from index.search.tsvector_lexical import TsvectorLexical

    return PgvectorDense(database, model), TsvectorLexical(database)


def _embedder(name: str, briefly: bool) -> Embedder:
    if briefly and name == DEFAULT_MODEL:
        from index.embed_quick import QuickEmbedder

        return QuickEmbedder()
    return SentenceTransformerEmbedder(name)


def _reader(name: str | None) -> Reader | None:
    return None if name == NO_READER else load_reader(name)
