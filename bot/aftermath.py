"""What follows for answers when articles come, change or go: those given are corrected, those still owed are given.

Owns when that is looked for. Each look is safe to repeat, here or in another process; what a kill or Discord's absence
left undone is found by the first look after a start, and by the thorough one of every hour.
"""

import logging
from typing import TYPE_CHECKING

from bot.corrections import correct
from bot.store import answers
from bot.waiting import answer_waiting
from index.store.articles import read_state
from index.store.changes import listening
from index.store.standing import newest_change

if TYPE_CHECKING:
    from bot.client import DealwireBot

IDLE = 30.0  # seconds between two looks at the index's generation, should no message have come
STARTING = 1.0
THOROUGH = 3_600.0  # seconds between looks at all recent answers

log = logging.getLogger(__name__)


class Aftermath:
    def __init__(self, bot: "DealwireBot") -> None:
        self._bot = bot
        self._generation = -1  # of the index at the last look
        self._since = ""  # the newest change that was there then
        self._thorough = float("-inf")  # when all was looked at

    async def look(self) -> bool:
        """Whether there was anything to look at. Raises StoreError and ModelError: then it is looked at again."""
        database, now = self._bot.library.database, self._bot.now()
        thorough = now >= self._thorough + THOROUGH
        async with database.read() as connection:
            generation = (await read_state(connection)).generation
            if generation == self._generation and not thorough:
                return False
            newest = await newest_change(connection)
            touched = None if thorough else await answers.touched(connection, self._since)
        if touched is None or touched:
            corrected = await correct(self._bot, touched)
            if corrected:
                log.info("%d answers say now that an article of theirs changed", corrected)
        await answer_waiting(self._bot, self._since)
        # Only now: what was cut off before is looked at again.
        self._generation, self._since = generation, newest
        if thorough:
            self._thorough = now
        return True


async def keep_answers_right(bot: "DealwireBot") -> None:
    """For ever."""
    aftermath = Aftermath(bot)
    async with listening(bot.library.database) as changes:
        while True:
            ready = bot.is_ready()  # before that there is nobody to whom a correction could be shown
            if ready:
                await aftermath.look()
            await changes.wait(IDLE if ready else STARTING)
