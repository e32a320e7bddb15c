"""Discord's limit on all requests of a bot together. Owns waiting one's turn; limits of one channel are discord.py's.

Discord allows a bot 50 requests a second and tells so only by refusing; too many refusals shut it out for an hour.
What people ask for in the meantime needs room as well, so what is sent unasked keeps below.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MOST, SECONDS = 40, 1.0


class Pace:
    """At most ``most`` requests reach Discord in any ``seconds``; they go in the order in which they asked.

    A turn is free again so long after its answer, not after its start: a request that was held up on its way, by the
    network or by a busy process, would else arrive together with those of the next second.
    """

    def __init__(self, most: int = MOST, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._free = asyncio.Semaphore(most)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        await self._free.acquire()
        try:
            yield
        finally:
            asyncio.get_running_loop().call_later(self._seconds, self._free.release)
