"""The end of the bot: finish the answers in flight, then close in order. Owns what counts as in flight.

discord.py runs each command, button, modal and event as a task with a name of its own; those are waited for. Of the
names only the beginnings matter, and a test with a real process holds that they are still these.
"""

import asyncio
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.client import DealwireBot

log = logging.getLogger(__name__)

PATIENCE = 20.0  # seconds for answers in flight; service managers kill after 90, container engines after 10 or 30
IN_FLIGHT = ("CommandTree-invoker", "discord-ui-", "discord.py: on_message", "discord.py: on_interaction")


def in_flight() -> set["asyncio.Task[object]"]:
    ours = asyncio.current_task()
    return {task for task in asyncio.all_tasks() if task is not ours and task.get_name().startswith(IN_FLIGHT)}


async def stop(bot: "DealwireBot", patience: float = PATIENCE) -> None:
    """From now on nothing new begins; what began is finished, then the connection is closed."""
    if bot.stopping:
        log.info("stopping at once, since it was asked for twice")
        await bot.close()
        return
    bot.stopping = True
    began = asyncio.get_running_loop().time()
    if in_flight():
        log.info("stopping; %d answers are in flight and are finished first", len(in_flight()))
    while (waiting := in_flight()) and (left := began + patience - asyncio.get_running_loop().time()) > 0:
        await asyncio.wait(waiting, timeout=left)
    if late := in_flight():
        log.warning("%d answers were not finished in %.0f seconds and are given up", len(late), patience)
    log.info("closing the connection to Discord")
    await bot.close()
