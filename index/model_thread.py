"""The one thread in which models run. Owns its order: whoever has a question goes before a whole ingestion.

torch spreads each matrix over threads of its own, which stay awake between two matrices only while they are no more
than the cores. Every thread that calls a model brings such threads along: with a second one, all of them fall asleep
and are woken a thousand times a question, which took a third of its time.
"""

import asyncio
import ctypes
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")

_TRIM, _MMAP = -1, -3  # of glibc's mallopt
# Rounds for which torch's helpers stay awake, a tenth of a millisecond. By default it is a hundred times as long, and two
# processes on the same cores then wait for each other's idle helpers: each took five times as long as with this. Read
# when torch is imported, which is why it stands here.
os.environ.setdefault("GOMP_SPINCOUNT", "3000")
KEPT = 128 * 2**20  # bytes of freed memory that the next question's matrices find again
PATIENCE = 1.0  # seconds for which an ingestion stands back; then it has a turn, so that it comes to an end


class _Work(NamedTuple):
    future: "Future[Any]"
    do: Callable[[], Any]
    since: float  # of time.monotonic


class ModelThread:
    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._hurried: deque[_Work] = deque()
        self._waiting: deque[_Work] = deque()
        self._questions = 0  # that are being answered
        self._turn = 0.0  # when what waits last had one; of time.monotonic
        self._thread: threading.Thread | None = None
        self._closed = False

    async def run(self, work: Callable[[], T], *, waits: bool = False) -> T:
        """What ``work`` returns or raises; with ``waits`` after all that does not wait, but for a turn each second.

        Raises RuntimeError once it is closed: nobody would ever do the work.
        """
        future: Future[T] = Future()
        with self._changed:
            if self._closed:
                raise RuntimeError("the models' thread has ended")
            (self._waiting if waits else self._hurried).append(_Work(future, work, time.monotonic()))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="dealwire-models")
                self._thread.start()
            self._changed.notify()
        return await asyncio.wrap_future(future)

    @contextmanager
    def question(self) -> Iterator[None]:
        """While one is answered, what waits stands back: between its two runs of a model would come a third."""
        with self._changed:
            self._questions += 1
        try:
            yield
        finally:
            with self._changed:
                self._questions -= 1
                self._changed.notify()

    def close(self) -> None:
        """Blocks until what runs has ended; what waits is cancelled."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        _keep_freed_memory()
        while (work := self._next()) is not None:
            if work.future.set_running_or_notify_cancel():
                try:
                    work.future.set_result(work.do())
                except BaseException as error:  # whatever it is, it concerns who asked, and nobody after
                    work.future.set_exception(error)
            del work  # holds what it was done with
        for left in (*self._hurried, *self._waiting):
            left.future.cancel()

    def _next(self) -> _Work | None:
        """The work whose turn it is; None once it is closed."""
        with self._changed:
            while not self._closed:
                pause = None
                if self._waiting:
                    now = time.monotonic()
                    pause = max(self._waiting[0].since, self._turn) + PATIENCE - now
                    if pause <= 0 or not (self._hurried or self._questions):
                        self._turn = now
                        return self._waiting.popleft()
                if self._hurried:
                    return self._hurried.popleft()
                self._changed.wait(pause)
        return None


def _keep_freed_memory() -> None:
    """glibc gives a matrix's memory back at once and takes it anew for the next: a fifth of the time of reading."""
    try:
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(_TRIM, KEPT)
        libc.mallopt(_MMAP, KEPT // 4)
    except (OSError, AttributeError):  # not glibc: its own way is as good as any
        pass
