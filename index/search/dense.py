"""The dense half of retrieval: passages whose vectors are near the question's.

One small interface, ``Dense``, with one engine a database: FAISS beside SQLite
(``index.search.faiss_dense``), pgvector in PostgreSQL (``index.search.pgvector_dense``).
"""

from typing import NamedTuple, Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from index.embed import Vectors
from index.models import Scope


class Hit(NamedTuple):
    passage_id: int
    score: float  # higher is better; comparable within one search only


class Dense(Protocol):
    async def search(self, vector: Vectors, limit: int, scope: Scope) -> list[Hit]:
        """At most ``limit`` passages inside the scope, best first, by cosine; ``vector`` has shape ``(dim,)``.

        Sees everything that was committed before the call, by whichever process.
        """

    async def vectors(self, connection: AsyncConnection, passage_ids: list[int]) -> Vectors:
        """Shape ``(len(passage_ids), dim)``, in that order; zeros for one that was deleted meanwhile.

        For passages that a search of this process has found, or that stand beside one.
        """

    async def save(self, *, always: bool = True) -> None:
        """Keep or build what makes the next searches quick, with ``always=False`` where it is worth the time.

        Losing it loses nothing.
        """
