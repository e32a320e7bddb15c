"""Reminders in the database: they fall due once, whatever the clock does, on either database."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.reminders.leads import parse_leads
from bot.reminders.source import owe_due
from bot.reminders.subject import Subject
from bot.store import reminders as store
from bot.store import servers
from bot.store.answers import Asked
from bot.store.tables import deliveries
from index.errors import UsageError
from index.models import Answer, Citation, DateFound
from index.store.database import Database, open_database, sqlite_url

SERVER, CHANNEL, PERSON = 1, 2, 3
SUBJECT = Subject(date(2026, 11, 30), "the licence lapses", quote="It lapses on 30 November.", article_id=1)


def at(words: str) -> float:
    return datetime.fromisoformat(words).timestamp()


BEGIN = at("2026-11-01T00:00+00:00")


@pytest.fixture
async def database(database_url: str | None, tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(database_url or sqlite_url(tmp_path)) as opened:
        yield opened


async def owed(database: Database) -> list[tuple[str, float]]:
    async with database.read() as connection:
        rows = await connection.execute(select(deliveries.c.key, deliveries.c.due).order_by(deliveries.c.id))
    return [(row.key, row.due) for row in rows]


async def added(database: Database, leads: str = "7d,1d,0", **more: int) -> store.Reminder:
    async with database.write() as connection:
        return await store.add(
            connection, SUBJECT, parse_leads(leads), person_id=PERSON, server_id=SERVER, now=BEGIN, **more
        )


async def test_each_comes_once_and_in_its_order(database: Database) -> None:
    await added(database)
    assert await owe_due(database, at("2026-11-23T08:59+00:00")) == at("2026-11-23T09:00+00:00")
    assert await owed(database) == []
    for moment in ("2026-11-23T09:00:01", "2026-11-23T09:00:02", "2026-11-29T09:10", "2026-11-30T09:00", "2026-12-01"):
        await owe_due(database, at(moment + "+00:00" if "T" in moment else moment))
    keys = [key.rsplit(":", 1)[1] for key, _ in await owed(database)]
    assert keys == ["7d", "1d", "0"]


async def test_two_processes_owe_it_once(database: Database) -> None:
    for _ in range(20):
        await added(database)
    await asyncio.gather(*(owe_due(database, at("2026-11-23T10:00+00:00")) for _ in range(4)))
    assert len(await owed(database)) == 20


async def test_what_was_missed_together_is_one_message(database: Database) -> None:
    await added(database)
    await owe_due(database, at("2026-11-30T12:00+00:00"))
    assert [due for _, due in await owed(database)] == [at("2026-11-30T09:00+00:00")]


async def test_a_clock_put_back_brings_nothing_twice(database: Database) -> None:
    await added(database)
    for moment in ("2026-11-23T09:01", "2026-11-23T08:01", "2026-11-23T09:02", "2026-11-29T09:00"):
        await owe_due(database, at(moment + "+00:00"))
    assert [key.rsplit(":", 1)[1] for key, _ in await owed(database)] == ["7d", "1d"]


async def test_a_changed_zone_or_hour_moves_what_lies_ahead(database: Database) -> None:
    await added(database, "0", channel_id=CHANNEL)
    await added(database, "0")
    async with database.write() as connection:
        await servers.set_server(connection, SERVER, time_zone="Europe/Berlin", due_hour=10)
        await servers.set_time_zone(connection, PERSON, "America/New_York")
    await owe_due(database, BEGIN + 60)
    async with database.read() as connection:
        found = await store.list_of_person(connection, PERSON)
    assert {each.next_at for each in found} == {at("2026-11-30T10:00+01:00"), at("2026-11-30T10:00-05:00")}


async def test_a_server_that_removed_the_bot_hears_nothing_until_it_is_back(database: Database) -> None:
    await added(database)
    async with database.write() as connection:
        await servers.left(connection, SERVER, BEGIN)
    await owe_due(database, at("2026-11-23T09:01+00:00"))
    assert await owed(database) == []
    async with database.write() as connection:
        await servers.left(connection, SERVER, None)
    await owe_due(database, at("2026-11-24T09:01+00:00"))
    assert len(await owed(database)) == 1


async def test_what_is_paused_or_removed_is_not_sent(database: Database) -> None:
    reminder = await added(database)
    await owe_due(database, at("2026-11-23T09:01+00:00"))
    async with database.write() as connection:
        await store.end(connection, reminder, store.PAUSED, at("2026-11-23T09:02+00:00"))
        states = list(await connection.scalars(select(deliveries.c.state)))
    assert states == ["cancelled"]
    await owe_due(database, at("2026-11-29T09:01+00:00"))
    assert len(await owed(database)) == 1


async def test_the_button_of_an_answer(database: Database) -> None:
    answer = Answer(
        question="when does it lapse?",
        answered=True,
        answer="30 November 2026",
        date=DateFound(start=date(2026, 11, 30), end=date(2026, 11, 30)),
        confidence=0.9,
        citations=(
            Citation(
                quote="It lapses on 30 November.", start=0, end=25, article_id="1", title="T", source="Post",
                url=None, published=None, origin="x",
            ),
        ),
    )  # fmt: skip
    asked = Asked(1, SERVER, CHANNEL, 9, PERSON, answer.question, None, False, answer, {}, BEGIN)
    async with database.write() as connection:
        first = await store.remind_of_answer(connection, asked, "1d", PERSON, BEGIN)
        again = await store.remind_of_answer(connection, asked, "7d", PERSON, BEGIN)
        assert first.id == again.id and again.next_at == at("2026-11-23T09:00+00:00")
        with pytest.raises(UsageError, match="over"):
            await store.remind_of_answer(connection, asked, "7d", PERSON, at("2026-11-25T00:00+00:00"))
