"""Reminders: the query for what is due among 100,000, and a burst of 1,000 due at once within Discord's limits.

``python -m tests.bench.reminders`` prints the rows alone. The burst is the real bot against a stand-in for Discord's API
on loopback, which refuses what comes quicker than five messages in five seconds a channel or 50 requests a second.
"""

import argparse
import asyncio
import re
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import redirect_stdout, suppress
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import numpy as np
from discord.http import Route
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import system_clock
from bot.reminders.leads import parse_leads
from bot.reminders.subject import Subject
from bot.store import deliveries
from bot.store import reminders as store
from bot.store.reminder_tables import reminders
from bot.store.tables import deliveries as table
from index.store.database import open_database, sqlite_url
from tests.helpers.deliverer import deliver
from tests.helpers.discord_api import DiscordApi

TIMES = 200  # each query
DAY = 86_400.0
ROWS = 5_000  # in one statement
EACH = 5  # reminders of one channel
SUBJECT = Subject(date(2030, 1, 1), "the licence lapses").store()


class UndoneError(Exception):
    """Takes a transaction back, so that each is measured on the same rows."""


def report(row: Callable[[str, str, str], None], pending: int, burst: int, url: str | None = None) -> None:
    """``url``: of an empty database for the queries; None: SQLite in a temporary folder."""
    asyncio.run(_queries(row, pending, url))
    asyncio.run(_burst(row, burst))


async def _queries(row: Callable[[str, str, str], None], pending: int, url: str | None) -> None:
    """As many reminders ahead, and as many deliveries sent before; what is due are twenty of each."""
    now = time.time()
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(url or sqlite_url(Path(folder))) as database:
            async with database.write() as connection:
                await _fill(connection, pending, now)

            async def timed(work: Callable[[AsyncConnection], Awaitable[object]]) -> tuple[float, float]:
                """Milliseconds, median and p95, without opening the transaction, which is taken back."""
                taken = []
                for _ in range(TIMES):
                    with suppress(UndoneError):
                        async with database.write() as connection:
                            began = time.perf_counter()
                            await work(connection)
                            taken.append(time.perf_counter() - began)
                            raise UndoneError
                return 1000 * float(np.median(taken)), 1000 * float(np.percentile(taken, 95))

            due = await timed(lambda connection: store.list_due(connection, now, 200))
            ahead = await timed(lambda connection: store.next_at(connection, now))
            claim = await timed(lambda connection: deliveries.claim(connection, "bench", now, 60.0, 20))
    row(
        f"{pending:,} pending reminders: which are due, median (p95)",
        "< 5 ms",
        f"{_ms(due)}; when the next one is {_ms(ahead)}; claiming 20 among {pending:,} deliveries {_ms(claim)}",
    )


def _ms(times: tuple[float, float]) -> str:
    return f"{times[0]:.1f} ms ({times[1]:.1f})"


async def _fill(connection: AsyncConnection, pending: int, now: float) -> None:
    for first in range(0, pending, ROWS):
        numbers = range(first, min(first + ROWS, pending))
        made = [
            {
                "server_id": 1 + n % 500,
                "person_id": 1 + n % 5_000,
                "subject": SUBJECT,
                "leads": "1d,0",
                "state": store.ACTIVE,
                "fired_until": now - DAY,
                "next_at": now - 1 if n % (pending // 20) == 0 else now + 60 + n,
                "made_at": now,
            }
            for n in numbers
        ]
        owed = [
            {
                "key": f"bench:{n}",
                "kind": "reminder",
                "server_id": 1 + n % 500,
                "channel_id": 1 + n % 2_000,
                "person_id": 1,
                "payload": "{}",
                "due": now - 1,
                "first_due": now - n,
                "state": deliveries.OWED if n % (pending // 20) == 0 else deliveries.SENT,
            }
            for n in numbers
        ]
        await connection.execute(insert(reminders), made)
        await connection.execute(insert(table), owed)


async def _burst(row: Callable[[str, str, str], None], number: int) -> None:
    api = DiscordApi(limit=(5, 5.0), overall=(50, 1.0))
    minute, tenth = time.time() // 60 * 60, number // 10
    with tempfile.TemporaryDirectory() as folder:
        async with api.running():
            async with open_database(sqlite_url(Path(folder))) as database, database.write() as connection:
                for n in reversed(range(number)):  # due within ten minutes; those that are due later are set first
                    await _remind(connection, n, minute - 600 + 60 * (n // tenth), number // EACH)
            Route.BASE = api.base
            began = time.perf_counter()
            with redirect_stdout(StringIO()):  # what it says is for tests
                bot = asyncio.create_task(deliver(Path(folder), None, system_clock, 0.5))
                await api.until(1, patience=600)
                first = time.perf_counter() - began
                await api.until(number, patience=600)
                whole = time.perf_counter() - began
                bot.cancel()
                await asyncio.gather(bot, return_exceptions=True)
    sent = [int(re.findall(r"matter (\d+)", text)[0]) for text in api.texts()]
    overtaken = sum(each // tenth < max(sent[: at + 1]) // tenth for at, each in enumerate(sent))
    row(
        f"{number:,} reminders due at once in {number // EACH} channels, to the last message",
        f"≥ {number / 50:.0f} s, Discord's limit",
        f"{whole:.1f} s (the first after {first:.1f} s); {api.limited} refused, {len(sent) - len(set(sent))} twice, "
        f"{overtaken} after one that was due later",
    )


async def _remind(connection: AsyncConnection, number: int, due: float, channels: int) -> None:
    at = datetime.fromtimestamp(due, UTC)
    await store.add(
        connection,
        Subject(at.date(), f"matter {number}", f"{at:%H:%M} UTC"),
        parse_leads("at the time"),
        person_id=1 + number // 100,
        channel_id=1_000_000 + number % channels,
        server_id=1,
        now=due - DAY,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pending", type=int, default=100_000)
    parser.add_argument("--burst", type=int, default=1_000)
    parser.add_argument("--url", help="an empty database for the queries, such as one on PostgreSQL")
    given = parser.parse_args()
    report(lambda *cells: print(f"| {' | '.join(cells)} |", flush=True), given.pending, given.burst, given.url)
