"""Fixtures for all tests. The embedder is the real one; the reader is left out unless a test loads it."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # before anything imports huggingface_hub: tests reach no hub
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
# Whose server it names is tested on; its own database is nobody's to fill.
if given := os.environ.pop("DATABASE_URL", None):
    os.environ.setdefault("TEST_DATABASE_URL", given)

from index.embed import DEFAULT_MODEL, Embedder, SentenceTransformerEmbedder
from index.library import NO_READER, Lazy, Library, open_library
from index.model_thread import ModelThread
from tests.helpers.command import ROOT, Dealwire, Server
from tests.helpers.postgres_server import database_url, on_both, postgres, postgres_url

SEEDS = ROOT / "seeds"


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The default model, loaded once."""
    return SentenceTransformerEmbedder()


def opened(data_dir: Path, embedder: Embedder, database_url: str | None = None) -> AbstractAsyncContextManager[Library]:
    """A library over a folder, or a server's database, with an embedder that is loaded already."""

    @asynccontextmanager
    async def opening() -> AsyncIterator[Library]:
        async with open_library(
            data_dir=data_dir, embedding_model=embedder.name, reader=NO_READER, database_url=database_url
        ) as library:
            yield replace(library, embedder=Lazy(lambda: embedder, library.models))

    return opening()


@pytest.fixture
def models() -> Iterator[ModelThread]:
    running = ModelThread()
    yield running
    running.close()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "data"


@pytest.fixture
async def library(data_dir: Path, embedder: Embedder, database_url: str | None) -> AsyncIterator[Library]:
    """An empty library; tests that do not look into its data folder meet it twice, on either database."""
    async with opened(data_dir, embedder, database_url) as library:
        yield library


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("commands"))
    yield running
    running.close()


@pytest.fixture
def dealwire(server: Server, tmp_path: Path, data_dir: Path) -> Dealwire:
    """The command line: ``dealwire("ingest", path)``, in ``tmp_path``, with ``data_dir``."""
    return Dealwire(server, tmp_path, data_dir)


@pytest.fixture(scope="session")
def seeds_dir(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with all seeds in it. For looking only: tests that write copy it."""
    folder = tmp_path_factory.mktemp("seeds")
    done = Dealwire(server, ROOT, folder)("ingest", "seeds", "--json")
    assert done.status == 0 and not done.json["failed"], done.err
    return folder


@pytest.fixture
async def seeds_library(seeds_dir: Path, embedder: Embedder) -> AsyncIterator[Library]:
    """The library of the seeds. For looking only."""
    async with opened(seeds_dir, embedder) as library:
        yield library


pytest_generate_tests = on_both

__all__ = ["DEFAULT_MODEL", "SEEDS", "database_url", "opened", "postgres", "postgres_url", "pytest_generate_tests"]
