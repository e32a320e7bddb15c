"""Every query on which commands Discord was last told."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.servers import upsert
from bot.store.tables import synced


async def get(connection: AsyncConnection, application_id: int) -> str | None:
    digest = await connection.scalar(select(synced.c.digest).where(synced.c.application_id == application_id))
    return None if digest is None else str(digest)


async def put(connection: AsyncConnection, application_id: int, digest: str) -> None:
    await upsert(connection, synced, {"application_id": application_id}, {"digest": digest})
