"""Deliveries by real processes, against a stand-in for Discord's API on loopback, over either database."""

import asyncio
import json
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.reminders.leads import parse_leads
from bot.reminders.subject import Subject
from bot.store import deliveries as store
from bot.store import reminders as store_of_reminders
from bot.store.deliveries import Delivery, Owed
from index.store.database import Database, open_database, sqlite_url
from tests.helpers.command import Running, Server
from tests.helpers.deliverer import PLAIN
from tests.helpers.discord_api import DiscordApi

SERVER = 600_000_000_000_000_001
CHANNEL = 700_000_000_000_000_001
PERSON = 800_000_000_000_000_001
LEASE_OVER = 61.0  # seconds by which a second process's clock is ahead, so that it need not wait


class Process:
    """A delivering process; ``said`` holds the lines of its standard output so far."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._alive = True

    @property
    def said(self) -> list[str]:
        return self._running.out()

    async def until(self, words: str, patience: float = 60) -> None:
        end = time.monotonic() + patience
        while not any(line.startswith(words) for line in self.said):
            assert time.monotonic() < end, f"{words!r} was not said: {self.said} {self._running.lines()}"
            await asyncio.sleep(0.005)

    async def looks(self, times: int = 2) -> None:
        """So many more looks for what is due; one that was under way may have read an older clock."""
        wanted = self.said.count("looked") + times
        end = time.monotonic() + 60
        while self.said.count("looked") < wanted:
            assert time.monotonic() < end, f"it looks no more: {self.said[-5:]} {self._running.lines()}"
            await asyncio.sleep(0.01)

    async def health(self) -> str:
        """What ``/health`` shows."""
        self._running.signal(signal.SIGUSR1)
        await self.until("health ")
        [told] = [line for line in self.said if line.startswith("health ")][-1:]
        return str(json.loads(told.removeprefix("health ")))

    async def kill(self) -> None:
        """SIGKILL."""
        if self._alive:
            self._alive = False
            self._running.signal(signal.SIGKILL)
            await asyncio.to_thread(self._running.wait)

    def signal(self, number: int) -> None:
        self._running.signal(number)


class Clock:
    """The clock of a running process, to be turned to any moment; from there it goes on."""

    def __init__(self, folder: Path, at: str) -> None:
        self.file = folder / "clock"
        self.set(at)

    def set(self, at: str) -> None:
        self.file.with_suffix(".new").write_text(str(moment(at) - time.time()))
        self.file.with_suffix(".new").replace(self.file)

    def now(self) -> float:
        return time.time() + float(self.file.read_text())


def moment(words: str) -> float:
    """UTC."""
    return datetime.fromisoformat(words).replace(tzinfo=UTC).timestamp()


Start = Callable[..., Awaitable[Process]]


@pytest.fixture
async def api() -> AsyncIterator[DiscordApi]:
    async with DiscordApi().running() as running:
        yield running


@pytest.fixture
async def database(database_url: str | None, tmp_path: Path) -> AsyncIterator[Database]:
    (tmp_path / "delivering").mkdir()
    async with open_database(database_url or sqlite_url(tmp_path / "delivering")) as opened:
        yield opened


@pytest.fixture
async def start(
    api: DiscordApi, database: Database, database_url: str | None, server: Server, tmp_path: Path
) -> AsyncIterator[Start]:
    """Starts a process; ``shift`` turns its clock, ``clock`` while it runs."""
    processes = []

    async def starting(shift: float = 0.0, *also: str, ready: bool = True, clock: "Clock | None" = None) -> Process:
        args = [str(tmp_path / "delivering"), api.base, "--shift", str(shift)]
        args += ["--clock", str(clock.file)] if clock else []
        args += ["--url", database_url] if database_url else []
        args += also
        process = Process(
            await asyncio.to_thread(lambda: server.start(*args, cwd=tmp_path, entry="tests.helpers.deliverer"))
        )
        processes.append(process)
        if ready:
            await process.until("ready")
        return process

    yield starting
    for each in processes:
        await each.kill()


async def owe(
    database: Database, *texts: str, due: float | None = None, channel: int | None = CHANNEL, hang: bool = False
) -> None:
    """One delivery a text, due now or then, in their order."""
    now = time.time()
    async with database.write() as connection:
        for number, text in enumerate(texts):
            payload = {"text": text, "hang": hang}
            moment = (now - 1 if due is None else due) + number / 1_000
            owed = Owed(f"{text}", PLAIN, payload, moment, channel_id=channel, person_id=PERSON, about=text)
            assert await store.owe(connection, owed)


async def remind(
    database: Database,
    what: str,
    due: float,
    *,
    channel: int | None = CHANNEL,
    person: int = PERSON,
    rule: str | None = None,
    time: str | None = None,
    acknowledge: bool = False,
) -> store_of_reminders.Reminder:
    """A reminder at the time itself, set a day before; ``due`` counts to the minute."""
    at = datetime.fromtimestamp(due, UTC)
    subject = Subject(at.date(), what, time or f"{at:%H:%M} UTC", rule=rule)
    async with database.write() as connection:
        return await store_of_reminders.add(
            connection,
            subject,
            parse_leads("at the time"),
            person_id=person,
            channel_id=channel,
            server_id=SERVER,
            acknowledge=acknowledge,
            now=due - 86_400,
        )


async def until_none_is_due(database: Database, now: float) -> None:
    """Until everything that was due at that moment is sent, given up or cancelled."""
    end = time.monotonic() + 60
    while True:
        async with database.read() as connection:
            left = (await store.backlog(connection, now))["due"]
        if not left:
            return
        assert time.monotonic() < end, f"{left} are still due"
        await asyncio.sleep(0.02)


async def row(database: Database, text: str) -> Delivery:
    async with database.read() as connection:
        found = await store.by_key(connection, text)
    assert found
    return found


async def until_state(database: Database, text: str, state: str, patience: float = 60) -> Delivery:
    end = time.monotonic() + patience
    while (found := await row(database, text)).state != state:
        assert time.monotonic() < end, f"{text} is {found}"
        await asyncio.sleep(0.02)
    return found
