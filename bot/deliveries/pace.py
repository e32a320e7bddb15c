"""Discord's limit on all requests of a bot together. Owns waiting one's turn; limits of one channel are discord.py's.

Discord allows a bot 50 requests a second and tells so only by refusing; too many refusals shut it out for an hour.
What people ask for in the meantime needs room as well, so what is sent unasked keeps below.
"""

import asyncio
import time
from collections import deque

MOST, SECONDS = 40, 1.0


class Pace:
    """At most ``most`` turns in any ``seconds``, in the order in which they were asked for."""

    def __init__(self, most: int = MOST, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._turns: deque[float] = deque(maxlen=most)

    async def turn(self) -> None:
        now = time.monotonic()
        full = len(self._turns) == self._turns.maxlen
        at = max(now, self._turns[0] + self._seconds) if full else now
        self._turns.append(at)
        if at > now:
            await asyncio.sleep(at - now)
