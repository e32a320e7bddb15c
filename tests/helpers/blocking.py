"""Whether something of ours keeps the event loop busy. Counts processor time of the loop's thread, not seconds on the
clock: a busy machine makes nothing fail, and a wait inside a callback is not seen.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import CoroutineType
from typing import Any

from tests.helpers.command import ROOT

OURS = (str(ROOT / "bot"), str(ROOT / "index"))
LIMIT = 0.05  # seconds of one callback


@dataclass
class Watched:
    slow: list[str] = field(default_factory=list)  # what took too long, and how long
    longest: float = 0.0  # seconds, of ours


@contextmanager
def watching(limit: float = LIMIT) -> Iterator[Watched]:
    """Every callback that any loop of this process runs meanwhile."""
    watched = Watched()
    original = asyncio.Handle._run

    def run(handle: asyncio.Handle) -> None:
        before = _ours(handle)
        began = time.thread_time()
        original(handle)
        taken = time.thread_time() - began
        if taken > limit / 10:
            where = before or _ours(handle)
            if where:
                watched.longest = max(watched.longest, taken)
                if taken > limit:
                    watched.slow.append(f"{where}: {1000 * taken:.0f} ms")

    asyncio.Handle._run = run  # type: ignore[method-assign]
    try:
        yield watched
    finally:
        asyncio.Handle._run = original  # type: ignore[method-assign]


def _ours(handle: asyncio.Handle) -> str:
    """The innermost coroutine of ours that this callback goes on with, "" where there is none."""
    callback = getattr(handle, "_callback", None)
    task = getattr(callback, "__self__", None)
    found = ""
    waiting: Any = task.get_coro() if isinstance(task, asyncio.Task) else None
    while isinstance(waiting, CoroutineType):
        code = waiting.cr_code
        if code.co_filename.startswith(OURS):
            found = f"{Path(code.co_filename).relative_to(ROOT)}:{code.co_qualname}"
        waiting = waiting.cr_await
    code = getattr(getattr(callback, "__func__", callback), "__code__", None)
    if code is not None and code.co_filename.startswith(OURS):
        found = f"{Path(code.co_filename).relative_to(ROOT)}:{code.co_qualname}"
    return found
