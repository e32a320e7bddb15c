"""Libraries and databases that each test meets twice, on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from index.library import NO_READER, Lazy, Library, open_library
from index.store.database import Database, open_database, sqlite_url
from tests.helpers.made_vectors import HashEmbedder

Open = Callable[[], AbstractAsyncContextManager[Database]]


@pytest.fixture
def open_one(database_url: str | None, data_dir: Path) -> Open:
    """Opens the test's database, as often as it likes: each is another process's view of the same one."""
    return lambda: open_database(database_url or sqlite_url(data_dir))


@pytest.fixture
async def database(open_one: Open) -> AsyncIterator[Database]:
    async with open_one() as opened:
        yield opened


@pytest.fixture
async def either(database_url: str | None, data_dir: Path) -> AsyncIterator[Library]:
    """An empty library, with an embedder that is made of words and needs no model."""
    embedder = HashEmbedder()
    async with open_library(
        data_dir=data_dir, embedding_model=embedder.name, reader=NO_READER, database_url=database_url
    ) as opened:
        yield replace(opened, embedder=Lazy(lambda: embedder, opened.models))
