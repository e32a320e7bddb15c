"""Arrived articles and ``kill -9``: while their posts are put down, and again and again while many arrive."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.store import posts, watches
from index.embed import Embedder
from index.ingest import ingest
from index.library import Library
from index.models import Draft
from index.read import Reading
from index.store import arrivals
from index.store.database import Database
from index.store.feed_tables import arrivals as rows
from tests.bot.deliveries.conftest import CHANNEL, LEASE_OVER, SERVER, Start, until_none_is_due
from tests.conftest import opened
from tests.helpers import made
from tests.helpers.discord_api import DiscordApi

MANY = 60


@pytest.fixture
async def library(
    database: Database, tmp_path: Path, embedder: Embedder, database_url: str | None
) -> AsyncIterator[Library]:
    async with opened(tmp_path / "delivering", embedder, database_url) as library:
        yield library


async def arrive(library: Library, number: int) -> None:
    """So many articles of their own stories, in a channel that watches for everything."""

    async def readings() -> AsyncIterator[Reading]:
        for each in range(number):
            origin = f"{each}.txt"
            yield Reading((Draft(text=made.text(each), title=f"{made.title(each)}.", origin=origin),), announced=True)

    async with library.database.write() as connection:
        await watches.add(connection, SERVER, CHANNEL, 0.0, daily_cap=1_000)
    await ingest(library, readings())


async def end_leases(database: Database) -> None:
    """Whoever was killed has had the arrivals for longer than it may; the database's clock cannot be turned."""
    async with database.write() as connection:
        await connection.execute(update(rows).values(due=0.0))


async def until_all_are_decided(database: Database) -> None:
    end = time.monotonic() + 60
    while True:
        async with database.read() as connection:
            left = await arrivals.waiting(connection)
        if not left:
            return
        assert time.monotonic() < end, f"{len(left)} are not decided"
        await asyncio.sleep(0.05)


def titles(api: DiscordApi) -> list[str]:
    return sorted(text.split("### ")[1].split(".")[0] for text in api.texts(CHANNEL))


async def test_killed_while_a_post_is_put_down(
    api: DiscordApi, database: Database, library: Library, start: Start
) -> None:
    await arrive(library, 3)
    first = await start(0.0, "--arrange", "--stop")
    await first.until("arranging")
    await first.kill()
    async with database.read() as connection:
        assert len(await arrivals.waiting(connection)) == 3
        assert await posts.recent(connection, CHANNEL, 0.0) == []
    await end_leases(database)
    await start(LEASE_OVER, "--arrange")
    await api.until(3)
    await until_none_is_due(database, 9e12)
    assert titles(api) == sorted(made.title(each) for each in range(3))


async def test_killed_again_and_again_while_many_arrive(
    api: DiscordApi, database: Database, library: Library, start: Start
) -> None:
    await arrive(library, MANY)
    api.forgets_nonces = True  # only looking them up can tell which are there
    for killed, there in enumerate((1, 4, 12, 25)):
        await end_leases(database)
        process = await start(killed * LEASE_OVER, "--arrange")
        await api.until(there)
        await process.kill()
    await end_leases(database)
    await start(4 * LEASE_OVER, "--arrange")
    await until_all_are_decided(database)
    await until_none_is_due(database, 9e12)
    async with database.read() as connection:
        log = await posts.log_of(connection, CHANNEL)
    assert sorted(each.title for each in log) == sorted(f"{made.title(each)}." for each in range(MANY))
    posted = [each.title.rstrip(".") for each in log if each.outcome == "posted"]
    assert len(posted) > 0.9 * MANY and titles(api) == sorted(posted)  # one or two tell nearly the same
