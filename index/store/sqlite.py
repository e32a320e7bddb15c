"""SQLite's side of the database: its engine, its locking and the sentences for its errors. Knows no table.

Readers never wait (WAL). A writer takes the write lock when its transaction begins, and another process's
writer waits for it up to ``WRITER_PATIENCE`` seconds instead of failing half-way.
"""

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from index.errors import StoreError

FILE_NAME = "dealwire.sqlite3"
WRITER_PATIENCE = 60.0  # seconds
LOOKS = 4  # transactions of ``Looks`` at once
# The file is mapped into memory as far as that goes: what a question reads is then copied once, by nobody but itself.
PRAGMAS = (
    "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "temp_store = MEMORY", "mmap_size = 1073741824",
)  # fmt: skip
READING: dict[str, Any] = {}
WRITING: dict[str, Any] = {"dealwire_write": True}


def sqlite_url(data_dir: Path) -> str:
    return _url(data_dir / FILE_NAME).render_as_string()


def _url(path: Path) -> URL:
    """Built, not written: a folder's name may hold a question mark or a percent sign."""
    return URL.create("sqlite+aiosqlite", database=str(path))


def sqlite_engine(path: Path, create: bool) -> AsyncEngine:
    """Raises StoreError where the file may not be made or written."""
    try:
        if not create and not path.is_file():
            raise StoreError(f"There is no index in {path.parent} yet; read some articles first: dealwire ingest PATH")
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(_not_writable(path.parent, error)) from error
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise StoreError(_not_writable(path.parent))
    engine = create_async_engine(_url(path), connect_args={"timeout": WRITER_PATIENCE})
    _configure(engine.sync_engine)
    return engine


def looking_engine(path: Path) -> Engine:
    """For ``Looks``: without asyncio, whose every statement is handed to a thread and back several times."""
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, connect_args={"timeout": WRITER_PATIENCE, "check_same_thread": False}, pool_size=LOOKS)
    _configure(engine)
    return engine


def _configure(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGINs would come too late to take the lock
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("dealwire_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def sqlite_sentence(name: str, cause: BaseException | None) -> str | None:
    """What a person is told about an error of SQLite's; None where there is nothing better than its own words."""
    if not isinstance(cause, sqlite3.Error):
        return None
    said = str(cause).lower()
    if "full" in said or "disk i/o" in said:
        return (
            f"The disk is full or failing at {Path(name).parent}; free some space and run the command again. "
            "Nothing that was stored is lost."
        )
    if "not a database" in said or "malformed" in said:
        return (
            f"The database {name} is damaged; move it away (or restore a backup) and read the articles again "
            "with: dealwire ingest PATH"
        )
    if "readonly" in said or "unable to open" in said:
        return _not_writable(Path(name).parent)
    if "locked" in said or "busy" in said:
        return f"Another process has been writing to {name} for a minute or more; try again when it is done."
    return None


def _not_writable(folder: Path, error: OSError | None = None) -> str:
    why = f" ({error.strerror})" if error and error.strerror else ""
    return f"The data folder {folder} cannot be written{why}; choose another with --data-dir or mend its permissions."
