"""Is everything as it should be? One check a part of the set-up, each with how to mend it.

Looks at parts one by one, so that a broken one does not hide the others. Mends nothing.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from index.embed import Embedder, SentenceTransformerEmbedder
from index.errors import DealwireError
from index.library import NO_READER
from index.store.database import FILE_NAME, Database, open_database, sqlite_url
from index.store.health import Contents, complaints, contents

T = TypeVar("T")
ROOM = 200 * 1024 * 1024  # bytes free, below which an ingestion soon ends


@dataclass(frozen=True, slots=True)
class Check:
    check: str
    ok: bool
    detail: str
    mend: str = ""  # what to do; empty when there is nothing to do


async def examine(
    *, data_dir: Path, embedding_model: str, reader: str | None, database_url: str | None
) -> AsyncIterator[Check]:
    """The checks in the order in which data flows, each as soon as it is done."""
    yield data_folder(data_dir)
    stored: Contents | None = None
    if database_url is None and not (data_dir / FILE_NAME).is_file():
        yield Check("database", True, f"none in {data_dir} yet; the first dealwire ingest makes it")
    else:
        try:
            async with open_database(database_url or sqlite_url(data_dir), create=False) as database:
                check, stored = await _database(database)
                yield check
        except DealwireError as error:
            yield _failed("database", error)
    model, embedder = await _tried("embedding model", lambda: _embedder(embedding_model))
    if embedder is None:
        yield model
    else:
        yield await asyncio.to_thread(_model, embedder, stored)
    if database_url is None and stored is not None:
        yield await asyncio.to_thread(_dense, data_dir, embedding_model, stored)
    if reader == NO_READER:
        yield Check("reader", True, "left out by DEALWIRE_READER")
    else:
        yield (await _tried("reader", lambda: _reader(reader)))[0]


def data_folder(folder: Path) -> Check:
    """Can be written, with room to spare. Makes it if it is not there, as the first ingestion would."""
    name = "data folder"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
            file.flush()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        mend = "choose another in DEALWIRE_DATA_DIR (or --data-dir), or mend its permissions"
        return Check(name, False, f"{folder} cannot be written ({why})", mend)
    megabytes = f"{free // 1024 // 1024:,} MB free"
    if free < ROOM:
        return Check(name, False, f"{folder} has only {megabytes}", "free some space there, or choose another folder")
    return Check(name, True, f"{folder}, {megabytes}")


async def _database(database: Database) -> tuple[Check, Contents | None]:
    mend = f"move {database.name} away (or restore a backup) and read the articles again: dealwire ingest PATH"
    try:
        wrong = await complaints(database)
        found = await contents(database)
    except DealwireError as error:
        return _failed("database", error), None
    if wrong:
        return Check("database", False, f"{database.name} is damaged: {wrong[0]}", mend), found
    detail = f"{database.name}: {found.articles:,} articles, {found.passages:,} passages"
    return Check("database", True, detail), found


def _model(embedder: Embedder, stored: Contents | None) -> Check:
    name = "embedding model"
    dimensions = embedder.embed(["Is there a deal yet?"]).shape[1]
    if stored and stored.embedding_model not in {None, embedder.name}:
        return Check(
            name,
            False,
            f"{embedder.name}, but the index was embedded with {stored.embedding_model}",
            "set DEALWIRE_EMBEDDING_MODEL to that one, or embed everything anew with this one: dealwire ingest PATH",
        )
    if stored and stored.dimensions and list(stored.dimensions) != [dimensions]:
        return Check(
            name,
            False,
            f"{embedder.name} gives {dimensions} numbers a passage, stored are {', '.join(map(str, stored.dimensions))}",
            "the model of that name was changed; put the old one back, or read the articles into a new data folder",
        )
    return Check(name, True, f"{embedder.name}, {dimensions} dimensions")


def _dense(data_dir: Path, model: str, stored: Contents) -> Check:
    from index.search.faiss_dense import FILE_NAME as DENSE_NAME
    from index.search.shadow import load_shadow

    name, file = "dense index", data_dir / DENSE_NAME
    if not file.exists():
        return Check(name, True, "no file yet; it is made from the database when it is needed")
    shadow = load_shadow(file)
    mend = f"remove {file}; it is made anew from the database, and nothing is lost"
    if shadow is None:
        return Check(name, False, f"{file} is damaged", mend)
    if shadow.model != model or shadow.generation > stored.generation:
        return Check(name, False, f"{file} is of another model or of another database", mend)
    if shadow.generation < stored.generation:
        return Check(name, True, f"{len(shadow):,} passages, behind the database; it catches up at the next question")
    if len(shadow) != stored.passages:
        return Check(name, False, f"{file} has {len(shadow):,} passages, the database {stored.passages:,}", mend)
    return Check(name, True, f"{len(shadow):,} passages, in step with the database")


def _embedder(name: str) -> tuple[str, Embedder]:
    return "", SentenceTransformerEmbedder(name)


def _reader(name: str | None) -> tuple[str, object]:
    from index.reader import load_reader

    return f"{name or 'the one that comes with Dealwire'} loads", load_reader(name)


async def _tried(name: str, load: Callable[[], tuple[str, T]]) -> tuple[Check, T | None]:
    try:
        detail, loaded = await asyncio.to_thread(load)
    except DealwireError as error:
        return _failed(name, error), None
    return Check(name, True, detail), loaded


def _failed(name: str, error: DealwireError) -> Check:
    """Our sentences say what is wrong before the first semicolon, and what to do behind it."""
    wrong, _, mend = str(error).partition("; ")
    return Check(name, False, wrong, mend or "see docs/command-line.md")
