"""Where questions queue: how many at once, how many a person may ask, and when to say “busy”.

Owns no answer. Model work runs in threads; what stands here keeps the event loop free and the queue short, so that
a burst makes people wait a moment instead of making the bot grow.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from index.errors import DealwireError

AT_ONCE = 4  # questions that are worked on; more of them only share the same cores
WAITING = 400  # questions that wait; the last of them waits about half a minute
PER_PERSON = (6, 30.0)  # questions within so many seconds
PER_SERVER = (240, 60.0)

BUSY = "I am busy with other questions; try again in a moment."
TOO_MANY = "That was many questions in a short time; try again in {seconds} seconds."
SERVER_BUSY = "This server asks a lot right now; try again in {seconds} seconds."


class BusyError(DealwireError):
    """Not now; the sentence says when."""


class Desk:
    """``async with desk.turn(person, server): …`` waits for a turn, or raises BusyError with the sentence to say.

    Whoever has something to do while waiting takes the two steps one by one: ``admitted``, then ``turns``.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.turns = asyncio.Semaphore(AT_ONCE)
        self._recent: dict[tuple[str, int], deque[float]] = {}
        self.inside = 0  # waiting or worked on

    @asynccontextmanager
    async def turn(self, person_id: int, server_id: int | None) -> AsyncIterator[None]:
        async with self.admitted(person_id, server_id), self.turns:
            yield

    @asynccontextmanager
    async def admitted(self, person_id: int, server_id: int | None) -> AsyncIterator[None]:
        """Counted, and in the queue. Raises BusyError."""
        self.check(person_id, server_id)
        now = self._clock()
        self._recent[("person", person_id)].append(now)
        if server_id is not None:
            self._recent[("server", server_id)].append(now)
        self.inside += 1
        try:
            yield
        finally:
            self.inside -= 1

    def check(self, person_id: int, server_id: int | None) -> None:
        """Whether one more would be admitted: asked before anything is acknowledged in public. Raises BusyError."""
        if self.inside >= AT_ONCE + WAITING:
            raise BusyError(BUSY)
        self._room("person", person_id, PER_PERSON, TOO_MANY)
        if server_id is not None:
            self._room("server", server_id, PER_SERVER, SERVER_BUSY)

    def _room(self, kind: str, who: int, limit: tuple[int, float], refusal: str) -> None:
        most, seconds = limit
        now = self._clock()
        recent = self._recent.setdefault((kind, who), deque())
        while recent and not now - seconds < recent[0] <= now:  # a clock that was set back forgives
            recent.popleft()
        if len(recent) >= most:
            raise BusyError(refusal.format(seconds=max(1, round(recent[0] + seconds - now))))
        if len(self._recent) > 10_000:  # people who asked once are not kept for ever
            kept = {key: times for key, times in self._recent.items() if times and times[-1] > now - 120}
            self._recent = kept | {(kind, who): recent}
