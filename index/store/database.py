"""Opening the database and its transactions. Owns connections, locking and the translation of
database errors into sentences; knows no table but the one that counts schema versions.

Readers never wait. On SQLite a writer takes the write lock when its transaction begins, and another
process's writer waits for it up to ``WRITER_PATIENCE`` seconds instead of failing half-way.
"""

import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from index.errors import StoreError
from index.store.schema import REVISION

FILE_NAME = "dealwire.sqlite3"
WRITER_PATIENCE = 60.0  # seconds


class Database:
    """``async with database.read() as connection`` and ``async with database.write() as connection``."""

    def __init__(self, engine: AsyncEngine, name: str) -> None:
        self.engine = engine
        self.name = name

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """One consistent view of the database. Raises StoreError."""
        with _as_sentences(self.name):
            async with self.engine.connect() as connection, connection.begin():
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that is committed at the end, or leaves no trace. Raises StoreError."""
        with _as_sentences(self.name):
            async with self.engine.connect() as connection:
                await connection.execution_options(dealwire_write=True)
                async with connection.begin():
                    yield connection


@asynccontextmanager
async def open_database(url: str, *, create: bool = True) -> AsyncIterator[Database]:
    """Open the database at an SQLAlchemy URL and bring its schema up to date.

    With ``create=False`` an SQLite file that is not there raises StoreError instead of being made.
    """
    parsed = make_url(url)
    name = parsed.database or "" if parsed.drivername.startswith("sqlite") else parsed.render_as_string()
    engine = _sqlite_engine(Path(name), create) if parsed.drivername.startswith("sqlite") else create_async_engine(url)
    database = Database(engine, name)
    try:
        await _bring_up_to_date(database)
        yield database
    finally:
        await engine.dispose()


def sqlite_url(data_dir: Path) -> str:
    return f"sqlite+aiosqlite:///{data_dir / FILE_NAME}"


def _sqlite_engine(path: Path, create: bool) -> AsyncEngine:
    if not create and not path.is_file():
        raise StoreError(f"There is no index in {path.parent} yet; read some articles first: dealwire ingest PATH")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(_not_writable(path.parent, error)) from error
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise StoreError(_not_writable(path.parent))
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}", connect_args={"timeout": WRITER_PATIENCE})

    @event.listens_for(engine.sync_engine, "connect")
    def _configure(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGINs would come too late to take the lock
        cursor = connection.cursor()
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "temp_store = MEMORY"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("dealwire_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


async def _bring_up_to_date(database: Database) -> None:
    async with database.read() as connection:
        if await connection.run_sync(_revision) == REVISION:
            return
    async with database.write() as connection:
        if not database.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('dealwire schema'))"))
        found = await connection.run_sync(_revision)  # another process may have been quicker
        if found != REVISION:
            await connection.run_sync(_upgrade, found)


def _revision(connection: Connection) -> str | None:
    from sqlalchemy import inspect

    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _upgrade(connection: Connection, found: str | None) -> None:
    from alembic import command
    from alembic.config import Config

    if found is not None and found > REVISION:
        raise StoreError(
            f"The database was written by a newer Dealwire (schema {found}, this one knows {REVISION}); "
            "upgrade with: pip install -U dealwire"
        )
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, REVISION)


@contextmanager
def _as_sentences(name: str) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise StoreError(_sentence(name, error)) from error
    except InterfaceError as error:
        raise StoreError(f"The database {name} does not answer; try again in a moment.") from error
    except SQLAlchemyError as error:
        raise StoreError(f"The database {name} could not be used: {error}") from error


def _sentence(name: str, error: DBAPIError) -> str:
    cause = error.orig
    said = str(cause).lower()
    if isinstance(cause, sqlite3.Error):
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
    return f"The database {name} refused: {cause}"


def _not_writable(folder: Path, error: OSError | None = None) -> str:
    why = f" ({error.strerror})" if error and error.strerror else ""
    return f"The data folder {folder} cannot be written{why}; choose another with --data-dir or mend its permissions."
