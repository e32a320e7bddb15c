"""What runs in the background of a bot: looking at feeds, storing what they bring, announcing it, telling of troubles,
and what follows from it for answers.

Each may run in any number of processes at once. While the database is away they wait.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot.aftermath import keep_answers_right
from bot.importing import Importing, keep_importing
from bot.posts.arrange import arrange
from bot.posts.troubles import tell_troubles
from index.errors import StoreError
from index.feeds.keep import keep_polling
from index.store.changes import listening
from index.work import work

if TYPE_CHECKING:
    from bot.client import DealwireBot

LOOK = 2.0  # seconds between two looks at what arrived, should no message have come
PAUSE = 5.0  # after a failure

log = logging.getLogger(__name__)


@asynccontextmanager
async def arriving(bot: "DealwireBot") -> AsyncIterator[None]:
    """While it is open, articles arrive by themselves."""
    duties = [
        asyncio.create_task(_lasting("feeds", lambda: keep_polling(bot.library, bot.settings.polling, clock=bot.now))),
        asyncio.create_task(_lasting("work", lambda: work(bot.library))),
        asyncio.create_task(_lasting("posts", lambda: _announcing(bot))),
        asyncio.create_task(_lasting("import channels", lambda: keep_importing(bot, Importing(bot)))),
        asyncio.create_task(_lasting("answers", lambda: keep_answers_right(bot))),
    ]
    try:
        yield
    finally:
        for each in duties:
            each.cancel()
        await asyncio.gather(*duties, return_exceptions=True)


async def _announcing(bot: "DealwireBot") -> None:
    async with listening(bot.library.database) as changes:
        while True:
            await arrange(bot)
            await tell_troubles(bot)
            await changes.wait(LOOK)


async def _lasting(name: str, duty: Callable[[], Awaitable[Any]]) -> None:
    """For ever: what a duty did not expect must not end it."""
    while True:
        try:
            await duty()
        except StoreError as error:
            log.warning("%s: %s", name, error)
        except Exception:
            log.exception("%s met a bug, and goes on in a moment", name)
        await asyncio.sleep(PAUSE)
