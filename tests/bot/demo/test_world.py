"""The demo: the real bot on the sample articles, a clock that brings the news, a page, and a terminal."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest
import pytest_asyncio

from bot.demo.page import serve
from bot.demo.samples import landing, opening_day, read_samples
from bot.demo.terminal import told
from bot.demo.world import World, opened_world
from tests.bot.discord.conftest import card_of
from tests.helpers.command import Dealwire

NOON = datetime(2025, 11, 20, 12, tzinfo=UTC)
ONE_WORLD = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[World]:
    """One for all tests, whose time goes on from each to the next."""
    async with opened_world(read_samples()) as world:
        yield world


def test_it_begins_when_something_has_happened_and_more_is_to_come() -> None:
    samples = read_samples()
    begins = opening_day(samples)
    assert 3 <= len([each for each in samples if each.lands <= begins]) < len(samples)
    assert not landing(samples, begins, begins)


@ONE_WORLD
async def test_the_clock_goes_to_the_next_deadline_and_never_back(world: World) -> None:
    await world.ann.slash(world.channel, "clock")
    assert world.requests.get_nowait().date().isoformat() == "2025-11-30"
    refused = await world.ann.slash(world.channel, "clock", other="2001-01-01")
    assert "only goes forward" in card_of(refused)
    assert world.requests.empty()


@ONE_WORLD
async def test_the_page_is_served_on_loopback_to_who_has_its_secret(world: World) -> None:
    opened: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(world, port=0, on_open=opened.set_result))
    address, _, secret = (await opened).partition("#")
    assert address.startswith("http://127.0.0.1:") and len(secret) > 20
    async with aiohttp.ClientSession() as session, session.get(address) as page:
        assert page.status == 200 and "html" in page.content_type
    await world.ann.slash(world.channel, "clock", to="tomorrow")
    for _ in range(100):
        if world.now.date().isoformat() == "2025-11-21":
            break
        await asyncio.sleep(0.1)
    assert world.now.date().isoformat() == "2025-11-21"
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)


@ONE_WORLD
async def test_time_brings_the_news(world: World) -> None:
    question = "when did the ferry lines sign their merger?"
    before = await world.bob.slash(world.channel, "ask", question=question)
    assert "ferry lines signed" not in card_of(before).lower()
    await world.bob.slash(world.channel, "clock", other="2026-03-05")
    until = world.requests.get_nowait()
    assert await world.wind(until) >= 5
    assert world.now >= datetime(2026, 3, 5, tzinfo=UTC)
    after = await world.bob.slash(world.channel, "ask", question=question)
    assert "March 2026" in card_of(after)


def test_a_script_gets_the_pages_address_alone(dealwire: Dealwire) -> None:
    running = dealwire.start("demo", "--port", "0", "--json", "--data-dir", dealwire.data_dir)
    for _ in range(1_200):
        if running.out():
            break
        time.sleep(0.1)
    running.signal(signal.SIGINT)
    done = running.wait()
    assert done.status == 130, done.err
    assert set(done.json) == {"url", "now"} and done.json["url"].startswith("http://127.0.0.1:")
    assert done.json["now"].startswith("2025-11-20T") and not dealwire.data_dir.exists()


@pytest.mark.parametrize(
    ("moment", "style", "words"),
    [
        (datetime(2025, 11, 30, 12, tzinfo=UTC), "R", "in 10 days"),
        (datetime(2025, 11, 20, 11, tzinfo=UTC), "R", "1 hour ago"),
        (datetime(2025, 11, 30, 12, tzinfo=UTC), "D", "30 November 2025"),
    ],
)
def test_timestamps_in_a_terminal(moment: datetime, style: str, words: str) -> None:
    assert told(moment, style, NOON) == words


def test_the_same_conversation_in_a_terminal(dealwire: Dealwire) -> None:
    lines = ["when is the licence deadline?", "/nonsense", "/ask what does neodymium cost? private: yes", "quit"]
    done = dealwire("chat", stdin="\n".join(lines) + "\n", env={"DEALWIRE_READER": ""})
    assert done.status == 0, done.err
    assert "30 November 2025" in done.out and "in 10 days" in done.out
    assert "There is no command nonsense" in done.out
    assert "only you see this" in done.out and "The articles don't say" in done.out


def test_a_conversation_has_nothing_for_scripts(dealwire: Dealwire) -> None:
    asked = "what is the deadline for the general licences?\nquit\n"
    done = dealwire("chat", "--json", "--data-dir", dealwire.data_dir, stdin=asked)
    assert (done.status, done.out) == (0, "") and "30 November 2025" in done.err and not dealwire.data_dir.exists()
