"""Every query on messages that are owed. Owns claiming; sending and rendering belong to ``bot.deliveries``."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import deliveries

OWED, SENT, UNDELIVERABLE, CANCELLED = "owed", "sent", "undeliverable", "cancelled"


@dataclass(frozen=True, slots=True)
class Owed:
    """A message to be sent. ``key`` makes the same duty one row, whoever finds it and however often."""

    key: str
    kind: str
    payload: Mapping[str, Any]
    due: float
    server_id: int | None = None
    channel_id: int | None = None  # None: a direct message to ``person_id``
    person_id: int | None = None


async def owe(connection: AsyncConnection, owed: Owed) -> bool:
    """Put the duty down; whether it is new. Belongs into the transaction that makes it a duty."""
    values = {
        "key": owed.key,
        "kind": owed.kind,
        "server_id": owed.server_id,
        "channel_id": owed.channel_id,
        "person_id": owed.person_id,
        "payload": json.dumps(owed.payload),
        "due": owed.due,
        "first_due": owed.due,
        "state": OWED,
    }
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    adding = dialect.insert(deliveries).values(values).on_conflict_do_nothing(index_elements=["key"])
    return (await connection.execute(adding.returning(deliveries.c.id))).one_or_none() is not None
