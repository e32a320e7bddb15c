"""The demo in the browser: serves the offline Discord on loopback, and winds the clock when asked to.

The page is simcord's; its address holds a secret, since whoever has it can act as the people in it.
"""

import asyncio
from collections.abc import Callable

from simcord.backend.errors import SetupError

from bot.demo.world import World

PATIENCE = 200  # tries, a tenth of a second apart, while a person's step is going on


async def serve(world: World, *, port: int, on_open: Callable[[str], None]) -> None:
    """Until cancelled. ``on_open`` gets the address. Raises OSError where the port is taken."""
    people = (world.ann, world.bob)
    async with world.env.preview(world.channel, viewers=people, layout="channel", port=port) as preview:
        on_open(preview.url)
        while True:
            until = await world.requests.get()
            for _ in range(PATIENCE):
                try:
                    await world.wind(until)
                    await preview.refresh()
                    break
                except SetupError:  # somebody's step is going on: after it
                    await asyncio.sleep(0.1)
