"""The guard of ``tests/bot/discord``, that nothing keeps the event loop busy, is itself one that can fail."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.helpers.blocking import LIMIT, watching
from tests.helpers.command import ROOT

WORK = """
async def work(waste):
    waste()
"""


def ours(place: str) -> Callable[[Callable[[], None]], Awaitable[None]]:
    """A coroutine that stands, as far as Python knows, in that file of the project."""
    names: dict[str, Any] = {}
    exec(compile(WORK, str(ROOT / place), "exec"), names)
    work: Callable[[Callable[[], None]], Awaitable[None]] = names["work"]
    return work


def busy() -> None:
    end = time.thread_time() + 1.4 * LIMIT
    while time.thread_time() < end:
        pass


@pytest.mark.parametrize("place", ["bot/asking.py", "index/answer/ask.py"])
async def test_what_blocks_the_loop_is_named(place: str) -> None:
    with watching() as watched:
        await asyncio.create_task(ours(place)(busy))  # type: ignore[arg-type]
    [slow] = watched.slow
    assert slow.startswith(f"{place}:work: ") and watched.longest > LIMIT


@pytest.mark.parametrize(
    ("place", "waste"),
    [("bot/asking.py", lambda: time.sleep(1.4 * LIMIT)), ("tests/bot/test_blocking.py", busy)],
    ids=["a wait costs no processor time", "not ours"],
)
async def test_what_does_not_count(place: str, waste: Callable[[], None]) -> None:
    with watching() as watched:
        await asyncio.create_task(ours(place)(waste))  # type: ignore[arg-type]
    assert watched.slow == []
