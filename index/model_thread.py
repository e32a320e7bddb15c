"""The one thread in which models run. Owns its order: whoever has a question goes before a whole ingestion.

torch spreads each matrix over threads of its own, which stay awake between two matrices only while they are no more
than the cores. Every thread that calls a model brings such threads along: with a second one, all of them fall asleep
and are woken a thousand times a question, which took a third of its time.
"""

import asyncio
import ctypes
import os
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from itertools import count
from typing import Any, TypeVar

T = TypeVar("T")

_TRIM, _MMAP = -1, -3  # of glibc's mallopt
# Rounds for which torch's helpers stay awake, a tenth of a millisecond. By default it is a hundred times as long, and two
# processes on the same cores then wait for each other's idle helpers: each took five times as long as with this. Read
# when torch is imported, which is why it stands here.
os.environ.setdefault("GOMP_SPINCOUNT", "3000")
KEPT = 128 * 2**20  # bytes of freed memory that the next question's matrices find again


class ModelThread:
    def __init__(self) -> None:
        self._waiting: queue.PriorityQueue[tuple[int, int, Future[Any], Callable[[], Any] | None]] = (
            queue.PriorityQueue()
        )
        self._numbers = count()
        self._thread: threading.Thread | None = None
        self._closed = False

    async def run(self, work: Callable[[], T], *, waits: bool = False) -> T:
        """What ``work`` returns or raises; with ``waits`` after all that does not wait, however late it comes.

        Raises RuntimeError once it is closed: nobody would ever do the work.
        """
        if self._closed:
            raise RuntimeError("the models' thread has ended")
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="dealwire-models")
            self._thread.start()
        return await asyncio.wrap_future(self._put(1 if waits else 0, work))

    def close(self) -> None:
        """Blocks until what runs has ended; what waits is cancelled."""
        self._closed = True
        if self._thread is not None:
            self._put(-1, None)
            self._thread.join()

    def _put(self, turn: int, work: Callable[[], Any] | None) -> "Future[Any]":
        future: Future[Any] = Future()
        self._waiting.put((turn, next(self._numbers), future, work))
        return future

    def _run(self) -> None:
        _keep_freed_memory()
        while True:
            _, _, future, work = self._waiting.get()
            if work is None:
                break
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(work())
                except BaseException as error:  # whatever it is, it concerns who asked, and nobody after
                    future.set_exception(error)
        while not self._waiting.empty():
            self._waiting.get()[2].cancel()


def _keep_freed_memory() -> None:
    """glibc gives a matrix's memory back at once and takes it anew for the next: a fifth of the time of reading."""
    try:
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(_TRIM, KEPT)
        libc.mallopt(_MMAP, KEPT // 4)
    except (OSError, AttributeError):  # not glibc: its own way is as good as any
        pass
