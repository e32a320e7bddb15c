"""A watched folder, with real files written as slowly, and in as many steps, as people and programs write them."""

import asyncio
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from index.feeds.folders import STILL, being_written
from index.feeds.keep import sync_folders
from index.store import feeds
from tests.helpers import made
from tests.index.feeds.conftest import Desk


@pytest.fixture
async def inbox(desk: Desk, tmp_path: Path) -> Path:
    """A folder that held one article when the watching began."""
    folder = tmp_path / "inbox"
    made.write(folder, 1)
    await watch(desk, folder)
    await settled(desk)
    return folder


async def watch(desk: Desk, folder: Path) -> None:
    desk.polling = replace(desk.polling, folders=(folder,))
    await sync_folders(desk.library, desk.polling.folders, desk.now)


async def settled(desk: Desk, looks: int = 3) -> None:
    for _ in range(looks):
        await desk.poll(60)
        await asyncio.sleep(STILL / (looks - 1) + 0.02)
    await desk.poll(60)


async def test_what_is_there_is_read_and_what_comes_is_told(desk: Desk, inbox: Path) -> None:
    assert len(await desk.articles()) == 1 and await desk.told() == []
    made.write(inbox, 2)
    await settled(desk)
    assert await desk.told() == [("added", made.title(2))]
    await settled(desk)
    assert len(await desk.arrivals()) == 1


async def test_a_file_that_is_being_written_waits_until_it_is_whole(desk: Desk, inbox: Path) -> None:
    whole = made.write(inbox / "elsewhere", 2).read_text("utf-8")
    (inbox / "elsewhere").rename(inbox.parent / "elsewhere")
    with (inbox / "slow.md").open("w") as file:
        file.write(whole[: len(whole) // 2])
        file.flush()
        assert being_written([inbox / "slow.md"]) == {inbox / "slow.md"}
        await settled(desk)  # it stands still, but somebody has it open
        assert await desk.told() == []
        file.write(whole[len(whole) // 2 :])
    assert not being_written([inbox / "slow.md"])
    await settled(desk)
    assert await desk.told() == [("added", made.title(2))]


async def test_one_that_is_moved_in_is_whole_at_once(desk: Desk, inbox: Path) -> None:
    path = made.write(inbox.parent / "elsewhere", 2)
    long_ago = time.time() - 60
    os.utime(path, (long_ago, long_ago))
    path.rename(inbox / path.name)
    await desk.poll(60)
    assert await desk.told() == [("added", made.title(2))]


async def test_a_changed_file_is_an_update_and_a_bad_one_does_not_stop_the_others(desk: Desk, inbox: Path) -> None:
    (inbox / "bad.txt").write_bytes(b"\x00\x01\x02" * 100)
    made.write(inbox, 1, version=2)
    await settled(desk)
    assert [each.kind for each in await desk.arrivals()] == ["updated"]
    async with desk.library.database.read() as connection:
        [(feed, _)] = await feeds.list_feeds(connection, None)
    assert feed.health == "ok" and "bad.txt" in (feed.error or "")


async def test_what_came_while_nobody_looked_is_told_afterwards(desk: Desk, inbox: Path) -> None:
    made.write(inbox, 5)
    await watch(desk, inbox)  # as a new process does
    await settled(desk)
    assert await desk.told() == [("added", made.title(5))]


async def test_a_folder_that_is_gone_is_said_to_be_and_comes_back(desk: Desk, inbox: Path) -> None:
    inbox.rename(inbox.parent / "away")  # noqa: ASYNC240
    for _ in range(3):
        await desk.poll(90_000)
    async with desk.library.database.read() as connection:
        [(feed, _)] = await feeds.list_feeds(connection, None)
    assert feed.health == "failing" and "There is no folder" in (feed.error or "")
    (inbox.parent / "away").rename(inbox)
    await settled(desk)
    async with desk.library.database.read() as connection:
        [(feed, _)] = await feeds.list_feeds(connection, None)
    assert feed.health == "ok" and feed.error is None and await desk.told() == []


@pytest.mark.parametrize("mended", [True, False], ids=["mended", "taken away"])
async def test_what_is_said_of_a_bad_file_holds_as_long_as_it_does(desk: Desk, inbox: Path, mended: bool) -> None:
    bad = inbox / "0002.md"
    bad.write_bytes(b"\x00\x01\x02" * 100)
    for _ in range(2):  # a turn in which nothing happens changes nothing
        await settled(desk)
        async with desk.library.database.read() as connection:
            [(feed, _)] = await feeds.list_feeds(connection, None)
        assert "0002.md" in (feed.error or "")
    if mended:
        assert made.write(inbox, 2) == bad
    else:
        bad.unlink()
    await settled(desk)
    async with desk.library.database.read() as connection:
        [(feed, _)] = await feeds.list_feeds(connection, None)
    assert feed.error is None
