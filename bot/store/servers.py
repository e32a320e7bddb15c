"""Every query on what servers, channels and people have set. Decides no right to set it (the cogs ask Discord)."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Table, delete, select, union, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.reminder_tables import reminders
from bot.store.tables import channels, people, servers
from index.store.schema import deals, metadata

Adders = Literal["managers", "everyone"]


@dataclass(frozen=True, slots=True)
class Server:
    """What a server has set; the defaults where it has set nothing."""

    id: int
    time_zone: str = "UTC"
    private: bool = False
    adders: Adders = "managers"
    due_hour: int = 9


@dataclass(frozen=True, slots=True)
class Channel:
    id: int
    server_id: int
    open: bool = False
    deal_id: int | None = None
    deal: str | None = None  # its name


async def upsert(connection: AsyncConnection, table: Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Insert the row, or update it where the key is there; one statement on either database."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    adding = dialect.insert(table).values(key | values)
    await connection.execute(adding.on_conflict_do_update(index_elements=list(key), set_=values))


async def get_server(connection: AsyncConnection, server_id: int) -> Server:
    row = (await connection.execute(select(servers).where(servers.c.id == server_id))).one_or_none()
    if row is None:
        return Server(server_id)
    return Server(row.id, row.time_zone, row.private, row.adders, row.due_hour)


async def set_server(connection: AsyncConnection, server_id: int, **values: Any) -> None:
    """Set some of ``Server``'s fields."""
    await upsert(connection, servers, {"id": server_id}, values)
    if values.keys() & {"time_zone", "due_hour"}:  # what is set for a moment of the day is reckoned anew
        ahead = reminders.c.next_at.is_not(None)
        await connection.execute(update(reminders).where(reminders.c.server_id == server_id, ahead).values(next_at=0))


async def left(connection: AsyncConnection, server_id: int, at: float | None) -> None:
    """The bot was removed at that time, or (None) is back."""
    if at is None:
        await connection.execute(update(servers).where(servers.c.id == server_id).values(left_at=None))
    else:
        await upsert(connection, servers, {"id": server_id}, {"left_at": at})


async def left_before(connection: AsyncConnection, at: float) -> list[int]:
    """The servers that the bot was removed from before that time."""
    return list((await connection.scalars(select(servers.c.id).where(servers.c.left_at < at))).all())


async def get_channel(connection: AsyncConnection, channel_id: int) -> Channel | None:
    query = (
        select(channels, deals.c.name)
        .outerjoin(deals, deals.c.id == channels.c.deal_id)
        .where(channels.c.id == channel_id)
    )
    row = (await connection.execute(query)).one_or_none()
    return Channel(row.id, row.server_id, row.open, row.deal_id, row.name) if row else None


async def get_place(connection: AsyncConnection, channel_id: int, parent_id: int | None) -> Channel | None:
    """A channel, or a thread (``parent_id``: of which channel): as open as that, and about its deal unless it has its own."""
    own = await get_channel(connection, channel_id)
    parent = await get_channel(connection, parent_id) if parent_id else None
    if own is None or parent is None:
        return own or parent
    told = own if own.deal_id is not None else parent
    return replace(own, open=own.open or parent.open, deal_id=told.deal_id, deal=told.deal)


async def list_channels(connection: AsyncConnection, server_id: int) -> list[Channel]:
    query = (
        select(channels, deals.c.name)
        .outerjoin(deals, deals.c.id == channels.c.deal_id)
        .where(channels.c.server_id == server_id)
        .order_by(channels.c.id)
    )
    return [Channel(row.id, row.server_id, row.open, row.deal_id, row.name) for row in await connection.execute(query)]


async def set_channel(connection: AsyncConnection, channel_id: int, server_id: int, **values: Any) -> None:
    """Set ``open`` or ``deal_id``."""
    await upsert(connection, channels, {"id": channel_id}, {"server_id": server_id} | values)


async def forget_channel(connection: AsyncConnection, channel_id: int) -> None:
    await connection.execute(delete(channels).where(channels.c.id == channel_id))


async def time_zone_of(connection: AsyncConnection, person_id: int | None, server_id: int | None) -> str:
    """The person's, else the server's, else UTC."""
    if person_id is not None:
        own = await connection.scalar(select(people.c.time_zone).where(people.c.id == person_id))
        if own:
            return str(own)
    return (await get_server(connection, server_id)).time_zone if server_id is not None else "UTC"


async def set_time_zone(connection: AsyncConnection, person_id: int, time_zone: str | None) -> None:
    await upsert(connection, people, {"id": person_id}, {"time_zone": time_zone})
    ahead = reminders.c.next_at.is_not(None)
    await connection.execute(update(reminders).where(reminders.c.person_id == person_id, ahead).values(next_at=0))


async def known(connection: AsyncConnection) -> list[int]:
    """Servers of which anything is kept and that are not known to have removed the bot."""
    told = [select(table.c.server_id) for table in metadata.sorted_tables if "server_id" in table.c]
    ids = union(*told, select(servers.c.id)).subquery()
    gone = select(servers.c.id).where(servers.c.left_at.is_not(None))
    column = ids.c[0]
    return list((await connection.scalars(select(column).where(column.is_not(None), column.not_in(gone)))).all())
