"""The seeds with the shipped reader, loaded once for all tests here."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from index.library import Lazy, Library
from index.reader import Reader, load_reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return load_reader()


@pytest.fixture
async def seeds(seeds_library: Library, reader: Reader) -> AsyncIterator[Library]:
    yield replace(seeds_library, reader=Lazy(lambda: reader, seeds_library.models))
