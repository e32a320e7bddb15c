"""Short reading transactions on SQLite in one hop to a thread. Owns those threads and their connections.

An asynchronous driver hands each statement to its thread several times and waits to be woken each time; on a busy
machine a question spent more time on that than on its queries. Here the whole transaction runs in one thread: the
queries are the same coroutines, and on this connection none of them ever has to wait.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import Engine
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.ext.asyncio import AsyncConnection

from index.store.sqlite import LOOKS, looking_engine

T = TypeVar("T")


class Looks:
    """Threads of its own: a question's look must not queue behind an ingestion's embedding."""

    def __init__(self, path: Path) -> None:
        self._engine: Engine = looking_engine(path)
        self._threads = ThreadPoolExecutor(LOOKS, "dealwire-look")

    async def look(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, work)

    def close(self) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._engine.dispose()

    def _run(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        with self._engine.connect() as connection, connection.begin():
            going = work(cast(AsyncConnection, _AtOnce(connection))).__await__()
            try:
                next(going)
            except StopIteration as done:
                return cast(T, done.value)
            going.close()
            raise RuntimeError("a look waits for nothing but its queries")


class _AtOnce:
    """As much of an ``AsyncConnection`` as queries use; what it returns is there when it is awaited."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def dialect(self) -> Dialect:
        return self._connection.dialect

    async def execute(self, *given: Any) -> Any:
        return self._connection.execute(*given)
