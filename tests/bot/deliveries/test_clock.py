"""The clock of a running process jumps, or the clocks are changed: each reminder comes at its moment, and once."""

from dataclasses import replace
from pathlib import Path

from bot.store import reminders
from index.store.database import Database
from tests.bot.deliveries.conftest import Clock, Process, Start, moment, remind, until_none_is_due
from tests.helpers.discord_api import DiscordApi, Fault


class Turning:
    """A process, and what had come when its clock had been turned to a moment."""

    def __init__(self, api: DiscordApi, database: Database, process: Process, clock: Clock) -> None:
        self._api, self._database, self._process, self._clock = api, database, process, clock

    async def at(self, words: str) -> int:
        self._clock.set(words)
        await self._process.looks()
        await until_none_is_due(self._database, self._clock.now())
        return len(self._api.messages)


async def turning(api: DiscordApi, database: Database, start: Start, folder: Path, at: str) -> Turning:
    clock = Clock(folder, at)
    return Turning(api, database, await start(clock=clock), clock)


async def test_it_jumps_forwards_and_back(api: DiscordApi, database: Database, start: Start, tmp_path: Path) -> None:
    clock = await turning(api, database, start, tmp_path, "2026-06-01T10:00")
    await remind(database, "first", moment("2026-06-01T11:00"))
    await remind(database, "second", moment("2026-06-01T11:30"))
    assert await clock.at("2026-06-01T10:59") == 0
    assert await clock.at("2026-06-01T11:01") == 1
    assert await clock.at("2026-06-01T08:00") == 1
    assert await clock.at("2026-06-01T11:02") == 1
    assert await clock.at("2026-06-02T11:02") == 2
    assert await clock.at("2026-05-01T00:00") == 2
    await remind(database, "third", moment("2026-05-01T00:10"))
    assert await clock.at("2026-05-01T00:11") == 3
    assert [text.split("\n")[0] for text in api.texts()] == [f"### ⏰ {each}" for each in ("first", "second", "third")]
    assert [" late" in text for text in api.texts()] == [False, True, False]


async def test_what_nobody_has_seen_is_repeated_by_the_next_process(
    api: DiscordApi, database: Database, start: Start, tmp_path: Path
) -> None:
    made = await remind(database, "sign it", moment("2026-06-01T11:00"), acknowledge=True)
    clock = Clock(tmp_path, "2026-06-01T11:01")
    first = await start(clock=clock)
    await api.until(1)
    await until_none_is_due(database, clock.now())
    await first.kill()
    again = Turning(api, database, await start(clock=clock), clock)
    assert await again.at("2026-06-01T11:29") == 1
    assert await again.at("2026-06-01T11:35") == 2
    assert "Nobody has seen it yet: sign it" in api.texts()[-1]
    async with database.write() as connection:
        seen = await reminders.get(connection, made.id)
        assert seen
        await reminders.change(connection, replace(seen, acknowledged=seen.last_base), clock.now())
    assert await again.at("2026-06-01T13:00") == 2


async def test_what_was_put_off_does_not_wait_for_a_clock_that_was_wrong(
    api: DiscordApi, database: Database, start: Start, tmp_path: Path
) -> None:
    due = moment("2026-06-01T11:00")
    await remind(database, "first", due)
    api.faults.append(Fault(status=429, retry_after=300.0))
    clock = Clock(tmp_path, "2027-06-01T11:01")  # a year ahead, by mistake
    process = await start(clock=clock)
    while not api.requests:
        await process.looks(1)
    await process.looks()
    await process.kill()
    clock.set("2026-06-01T10:58")
    again = await start(clock=clock)
    await again.looks()
    assert not api.messages
    clock.set("2026-06-01T11:01")
    await api.until(1)


async def test_clocks_are_changed_in_both_directions(
    api: DiscordApi, database: Database, start: Start, tmp_path: Path
) -> None:
    """Daily at half past two in Berlin: on 29 March there is no such time, on 25 October it comes twice."""
    first = moment("2026-03-28T01:30")
    await remind(database, "every night", first, rule="FREQ=DAILY", time="02:30 Europe/Berlin")
    clock = await turning(api, database, start, tmp_path, "2026-03-28T01:29")
    assert await clock.at("2026-03-28T01:31") == 1  # 2:31
    assert await clock.at("2026-03-29T01:29") == 1  # 3:29, the first hour of summer
    assert await clock.at("2026-03-29T01:31") == 2  # half an hour after the gap
    assert await clock.at("2026-03-30T00:29") == 2
    assert await clock.at("2026-03-30T00:31") == 3  # 2:31 in summer
    await clock.at("2026-10-24T12:00")  # what was missed in between is one message
    before = len(api.messages)
    assert before == 4 and "stands for" in api.texts()[-1]
    assert await clock.at("2026-10-25T00:29") == before
    assert await clock.at("2026-10-25T00:31") == before + 1  # 2:31 for the first time
    assert await clock.at("2026-10-25T01:31") == before + 1  # and for the second
    assert await clock.at("2026-10-26T01:29") == before + 1
    assert await clock.at("2026-10-26T01:31") == before + 2  # 2:31 in winter
