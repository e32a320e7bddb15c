"""PostgreSQL's side of the database: its engine, what it must offer, and the sentences for its errors.
Knows no table. The driver is imported here alone, and only when a PostgreSQL URL is opened.

Vectors travel as the bytes that SQLite stores (float32, little-endian): a binary codec on each connection
turns them into pgvector's form, so that no query has to know which database it runs on.
"""

import struct
from typing import Any

import numpy as np
from sqlalchemy import event, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from index.errors import StoreError

# A read is one consistent view over all its queries, as it is on SQLite; it can neither wait nor fail for a writer.
READING: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
WRITING: dict[str, Any] = {"isolation_level": "READ COMMITTED", "postgresql_readonly": False}

POOL = 5  # connections that a process keeps; as many again while it is busy
POOL_PATIENCE = 15.0  # seconds for one of them to come free
LOCK_PATIENCE = 60  # seconds that one writer waits for another
CONNECT_PATIENCE = 10.0  # seconds for the server to answer
PGVECTOR = (0, 8)  # the first with iterative scans: a filtered search still fills its limit

# Another writer got in the way, and the same work done anew will succeed: a serialisation failure, a
# deadlock, or a row that the other one was quicker to insert.
RETRIED = frozenset({"40001", "40P01", "23505"})

_BUSY = "has no connection free; try again in a moment (or raise its max_connections, or run fewer processes)."
_AWAY = "does not answer just now; nothing is lost, try again in a moment."
_CUT = ("connection", "another operation")  # the driver's words where it was cut off, the second in mid-sentence
_SENTENCES = {
    "53300": _BUSY,
    "53100": "has no disk space left; free some there and run the command again. Nothing that was stored is lost.",
    "53200": "is out of memory; try again in a moment, or give it more.",
    "55P03": "has been busy with another writer for a minute; try again in a moment.",
    "57014": "took too long over a query and gave it up; try again in a moment.",
    "57P01": _AWAY,
    "57P02": _AWAY,
    "57P03": _AWAY,
    "25006": "only allows reading (a standby?); point DATABASE_URL at the server that may be written.",
    "28P01": "refuses the password; mend the user name and password in DATABASE_URL.",
    "28000": "refuses this user; mend DATABASE_URL or the server's pg_hba.conf.",
    "3D000": "does not exist; make it first: createdb NAME (and name it in DATABASE_URL).",
    "42501": "does not let this user do that; grant it the rights on the database named in DATABASE_URL.",
}


def postgres_engine(url: URL) -> AsyncEngine:
    """Raises StoreError where the driver is missing."""
    try:
        import asyncpg  # noqa: F401
    except ImportError as error:
        raise StoreError(
            'DATABASE_URL names a PostgreSQL server, and its driver is missing; run: pip install "dealwire[postgres]"'
        ) from error
    query = dict(url.query)
    if "sslmode" in query:  # as libpq and every hoster's dashboard spell it
        query["ssl"] = query.pop("sslmode")
    engine = create_async_engine(
        url.set(drivername="postgresql+asyncpg", query=query),
        pool_size=POOL,
        max_overflow=POOL,
        pool_timeout=POOL_PATIENCE,
        pool_pre_ping=True,  # a connection that a restarted server has cut is replaced, unnoticed
        connect_args={
            "timeout": CONNECT_PATIENCE,
            "server_settings": {
                "application_name": "dealwire",
                "jit": "off",  # short queries gain nothing from compilation, and lose up to a second to it
                "plan_cache_mode": "force_custom_plan",  # the right plan depends on the terms and the scope asked for
                "lock_timeout": f"{LOCK_PATIENCE}s",
            },
        },
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _configure(connection: Any, _: Any) -> None:
        connection.run_async(_register_vectors)

    return engine


async def _register_vectors(connection: Any) -> None:
    schema = await connection.fetchval(
        "SELECT nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'vector'"
    )
    if schema is not None:  # else the migration is about to create it
        await connection.set_type_codec("vector", schema=schema, encoder=to_wire, decoder=from_wire, format="binary")


def to_wire(vector: bytes) -> bytes:
    """pgvector's binary form: the number of dimensions, two unused bytes, float32 in network order."""
    return struct.pack(">HH", len(vector) // 4, 0) + np.frombuffer(vector, "<f4").astype(">f4").tobytes()


def from_wire(sent: bytes) -> bytes:
    return np.frombuffer(sent, ">f4", offset=4).astype("<f4").tobytes()


async def require_pgvector(connection: AsyncConnection, name: str) -> None:
    """Create the extension where it is missing; call in a transaction. Raises StoreError, with what to do."""
    encoding = (await connection.execute(text("SHOW server_encoding"))).scalar()
    if encoding != "UTF8":
        raise StoreError(f"The database {name} is encoded in {encoding}; make one with: createdb -E UTF8 NAME")
    found = (
        await connection.execute(
            text("SELECT default_version, installed_version FROM pg_available_extensions WHERE name = 'vector'")
        )
    ).one_or_none()
    if found is None:
        raise StoreError(
            f"The server of {name} has no pgvector; install it there (Debian and Ubuntu: postgresql-NN-pgvector, "
            "containers: the image pgvector/pgvector) and run the command again."
        )
    version = found.installed_version or found.default_version
    if tuple(int(part) for part in version.split(".")[:2]) < PGVECTOR:
        raise StoreError(
            f"The pgvector of {name} is {version}, older than {'.'.join(map(str, PGVECTOR))}; install a newer one "
            "there, then run in that database: ALTER EXTENSION vector UPDATE"
        )
    if found.installed_version is None:
        allowed = text(
            "SELECT rolsuper OR (v.trusted AND has_database_privilege(current_database(), 'CREATE')) FROM pg_roles, "
            "pg_available_extension_versions v WHERE rolname = current_user AND v.name = 'vector' AND v.version = :v"
        )
        if not (await connection.execute(allowed, {"v": version})).scalar():
            raise StoreError(
                f"This user may not create the extension vector in {name}; ask the server's administrator to run in "
                "that database: CREATE EXTENSION vector"
            )
        # Two processes may open a new database at once; the schema's lock is held, so one of them does this.
        await connection.execute(text("CREATE EXTENSION IF NOT EXISTS vector"))


def sqlstate(error: BaseException | None) -> str | None:
    """The server's five-letter code, whoever wrapped the error."""
    while error is not None:
        state = getattr(error, "sqlstate", None)
        if state:
            return str(state)
        error = error.__cause__
    return None


def postgres_sentence(name: str, cause: BaseException | None) -> str | None:
    """What a person is told about an error of the server's or of the way there; None where its own words do."""
    state = sqlstate(cause)
    if state is not None:
        told = _SENTENCES.get(state) or (_AWAY if state.startswith("08") else None)
        return f"The database {name} {told}" if told else None
    if isinstance(cause, OSError | TimeoutError) or any(words in str(cause).lower() for words in _CUT):
        return f"The database {name} {_AWAY}"
    return None
