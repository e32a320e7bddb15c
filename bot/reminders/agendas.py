"""Each server's agenda, linked once for as long as no article changes. Owns that memory; links nothing itself.

Completing what somebody types, every card and every look for moved deadlines want the same agenda; linking it over
thousands of articles takes longer than a keystroke.
"""

import asyncio
from collections import OrderedDict

from index.agenda import Agenda, whole_agenda
from index.library import Library
from index.models import Scope
from index.store.articles import read_state

KEPT = 64  # servers


class Agendas:
    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: OrderedDict[int | None, tuple[int, Agenda]] = OrderedDict()
        self._turns: dict[int | None, asyncio.Lock] = {}

    async def generation(self) -> int:
        """Goes up with every change of any article."""
        async with self._library.database.read() as connection:
            return (await read_state(connection)).generation

    async def of(self, server_id: int | None) -> Agenda:
        """What that server may see; None: the shared articles only. Raises StoreError."""
        async with self._turns.setdefault(server_id, asyncio.Lock()):
            generation = await self.generation()
            known = self._known.get(server_id)
            if known is None or known[0] != generation:
                known = generation, await whole_agenda(self._library, Scope(server_id=server_id))
                self._known[server_id] = known
            self._known.move_to_end(server_id)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
            return known[1]
