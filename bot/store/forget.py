"""Deleting all that is kept of one server. Knows no table by name, so that a new one is not forgotten to be forgotten.

Every table with a ``server_id`` loses that server's rows; what hangs on them (passages, deadlines, votes …) goes by
ON DELETE CASCADE. The operator's shared rows have no server and stay.
"""

from importlib import import_module
from pkgutil import iter_modules

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

import bot.store
import index.store
from bot.store.tables import servers
from index.store.articles import changed
from index.store.schema import metadata

for package in (bot.store, index.store):  # whatever module has tables; a test looks that none is missed
    for module in iter_modules(package.__path__):
        if module.name.endswith("tables"):
            import_module(f"{package.__name__}.{module.name}")


async def forget_server(connection: AsyncConnection, server_id: int) -> int:
    """How many rows went, not counting those that hung on them. Every process's dense index follows by itself."""
    gone = 0
    for table in reversed(metadata.sorted_tables):
        if "server_id" in table.c:
            gone += (await connection.execute(delete(table).where(table.c.server_id == server_id))).rowcount
    gone += (await connection.execute(delete(servers).where(servers.c.id == server_id))).rowcount
    await changed(connection, removed=True)
    return gone
