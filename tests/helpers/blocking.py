"""Whether something of ours keeps the event loop busy. Counts processor time of the loop's thread, not seconds on the
clock: a busy machine makes nothing fail, and a wait inside a callback is not seen. Nor is Python's collecting of garbage,
which falls to whoever allocates next, and takes long in a process that holds a whole test suite.
"""

import asyncio
import gc
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
STARTING = ("setup_hook", "setup", "cog_load")  # modules are imported then, and nobody waits for an answer yet


@dataclass
class Watched:
    slow: list[str] = field(default_factory=list)  # what took too long, and how long
    longest: float = 0.0  # seconds, of ours


@contextmanager
def watching(limit: float = LIMIT) -> Iterator[Watched]:
    """Every callback that any loop of this process runs meanwhile."""
    watched = Watched()
    original = asyncio.Handle._run
    collecting = [0.0, 0.0]  # since when, and seconds in all

    def collected(phase: str, _: object) -> None:
        if phase == "start":
            collecting[0] = time.thread_time()
        else:
            collecting[1] += time.thread_time() - collecting[0]

    def run(handle: asyncio.Handle) -> None:
        before = _ours(handle)
        began, garbage = time.thread_time(), collecting[1]
        original(handle)
        taken = time.thread_time() - began - (collecting[1] - garbage)
        if taken > limit / 10:
            where = before or _ours(handle)
            if where and not where.endswith(STARTING):
                watched.longest = max(watched.longest, taken)
                if taken > limit:
                    watched.slow.append(f"{where}: {1000 * taken:.0f} ms")

    asyncio.Handle._run = run  # type: ignore[method-assign]
    gc.callbacks.append(collected)
    try:
        yield watched
    finally:
        gc.callbacks.remove(collected)
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
