"""Opening the database and its transactions. Owns the order of opening, migrating and retrying, and the
translation of database errors into sentences; knows no table but the one that counts schema versions.

What differs between the two databases stands in ``index.store.sqlite`` and ``index.store.postgres``.
"""

import asyncio
import random
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import text
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from index.errors import StoreError
from index.store import postgres, sqlite
from index.store.looks import Looks
from index.store.schema import REVISION
from index.store.sqlite import FILE_NAME, WRITER_PATIENCE, sqlite_url

__all__ = ["FILE_NAME", "WRITER_PATIENCE", "Database", "open_database", "sqlite_url"]

T = TypeVar("T")

ATTEMPTS = 6  # at work that other writers keep getting in the way of
PAUSE = 0.05  # seconds before the second attempt; doubled before each further one, and scattered


class Database:
    """``async with database.read() as connection`` and ``async with database.write() as connection``."""

    def __init__(self, engine: AsyncEngine, name: str, looks: Looks | None = None) -> None:
        self.engine = engine
        self._looks = looks
        self.name = name  # for people: a path, or a URL without its password
        self._holding: set[asyncio.Task[Any] | None] = set()

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """One consistent view of the database. Raises StoreError."""
        options = sqlite.READING if self.is_sqlite else postgres.READING
        with self._as_sentences():
            async with self._connection(options) as connection, connection.begin():
                yield connection

    async def look(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Do the work in one reading transaction, off the event loop where that spares time.

        So ``work`` awaits queries on its connection and nothing else. Raises StoreError.
        """
        if self._looks is None:
            async with self.read() as connection:
                return await work(connection)
        with self._as_sentences():
            return await self._looks.look(work)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that is committed at the end, or leaves no trace. Raises StoreError.

        On PostgreSQL another writer may make it fail; what must not, belongs into ``transact``.
        """
        with self._as_sentences():
            async with self._writing() as connection:
                yield connection

    async def transact(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Do the work in one write transaction, anew from its start when another writer got in the way.

        So ``work`` may run more than once, and must do nothing but on its connection. Raises StoreError.
        """
        pause = PAUSE
        with self._as_sentences():
            for _ in range(ATTEMPTS - 1):
                try:
                    async with self._writing() as connection:
                        return await work(connection)
                except DBAPIError as error:
                    if postgres.sqlstate(error.orig) not in postgres.RETRIED:
                        raise
                await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311
                pause *= 2
            async with self._writing() as connection:
                return await work(connection)

    @asynccontextmanager
    async def outside(self) -> AsyncIterator[AsyncConnection]:
        """A connection without a transaction, each statement its own; PostgreSQL's index building needs one."""
        with self._as_sentences():
            async with self._connection({"isolation_level": "AUTOCOMMIT"}) as connection:
                yield connection

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        options = sqlite.WRITING if self.is_sqlite else postgres.WRITING
        async with self._connection(options) as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def _connection(self, options: dict[str, Any]) -> AsyncIterator[AsyncConnection]:
        task = asyncio.current_task()
        if task in self._holding:
            # There are a few connections: once all are held by those who wait for a second one, nobody goes on.
            warnings.warn("a database connection is asked for by who holds one", RuntimeWarning, stacklevel=5)
        opening = self.engine.connect()
        try:
            connection = await opening.start()
        except SQLAlchemyError:
            raise
        except Exception as error:  # the drivers' ways to say that nobody answers are many
            raise StoreError(self._sentence(error)) from error
        first = task not in self._holding
        self._holding.add(task)
        try:
            await connection.execution_options(**options)
            yield connection
        finally:
            if first:
                self._holding.discard(task)
            # Also when cancelled: a connection that is not given back is one fewer for all others.
            await asyncio.shield(asyncio.ensure_future(connection.close()))

    async def close(self) -> None:
        if self._looks is not None:
            await asyncio.to_thread(self._looks.close)
        await self.engine.dispose()

    @contextmanager
    def _as_sentences(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise StoreError(self._sentence(error)) from error
        except ConnectionError as error:
            raise StoreError(self._sentence(error)) from error

    def _sentence(self, error: BaseException) -> str:
        cause = error.orig if isinstance(error, DBAPIError) else error
        to_sentence = sqlite.sqlite_sentence if self.is_sqlite else postgres.postgres_sentence
        told = to_sentence(self.name, cause)
        return told or f"The database {self.name} refused: {' '.join(str(cause).split())}"


@asynccontextmanager
async def open_database(url: str, *, create: bool = True) -> AsyncIterator[Database]:
    """Open the database at a URL and bring its schema up to date. Raises StoreError.

    With ``create=False`` an SQLite file that is not there raises StoreError instead of being made.
    """
    parsed = _parsed(url)
    if parsed.get_backend_name() == "sqlite":
        path = Path(parsed.database or "")
        engine = sqlite.sqlite_engine(path, create)
        database = Database(engine, parsed.database or "", Looks(path))
    else:
        database = Database(postgres.postgres_engine(parsed), parsed.set(query={}).render_as_string())
    try:
        await _bring_up_to_date(database)
        yield database
    finally:
        await database.close()


def _parsed(url: str) -> URL:
    """Whichever of its usual spellings the URL of a PostgreSQL server has. The password is in no message."""
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            "DATABASE_URL is no database's address; write it like postgresql+asyncpg://USER:PASSWORD@HOST/NAME"
        ) from error
    if backend not in {"sqlite", "postgresql", "postgres"}:
        raise StoreError(
            f"Dealwire has no use for the database {backend!r}; "
            "write DATABASE_URL like postgresql+asyncpg://USER:PASSWORD@HOST/NAME"
        )
    return parsed.set(drivername="postgresql+asyncpg") if backend == "postgres" else parsed


async def _bring_up_to_date(database: Database) -> None:
    async with database.read() as connection:
        if await connection.run_sync(_revision) == REVISION:
            return
    async with database.write() as connection:
        if not database.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('dealwire schema'))"))
        found = await connection.run_sync(_revision)  # another process may have been quicker
        if found != REVISION:
            if not database.is_sqlite:
                await postgres.require_pgvector(connection, database.name)
            await connection.run_sync(_upgrade, found)
    await database.engine.dispose()  # the pooled connections have not met the type that was just made


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
