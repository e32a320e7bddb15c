"""A database full of made vectors, with the exact answers beside it."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from sqlalchemy import insert

from index.embed import Vectors
from index.models import Scope
from index.store.articles import changed
from index.store.database import Database
from index.store.schema import articles, passages
from tests.helpers.made_vectors import clustered

DIMENSIONS = 96
EACH = 5  # passages an article
START = date(2024, 1, 1)


@dataclass
class Filled:
    """Row ``i`` of ``vectors`` is passage ``i + 1``. Article ``n`` is of server ``n % 4`` (0: shared), a day each."""

    vectors: Vectors

    def nearest(self, query: Vectors, limit: int, scope: Scope) -> list[int]:
        rows = np.array([i for i in range(len(self.vectors)) if self._inside(i // EACH, scope)])
        return [int(i) + 1 for i in rows[np.argsort(-(self.vectors[rows] @ query))][:limit]]

    @staticmethod
    def _inside(number: int, scope: Scope) -> bool:
        early = scope.as_of is None or START + timedelta(days=number) <= scope.as_of
        return early and number % 4 in {0, scope.server_id or 0}


async def fill(database: Database, number: int) -> Filled:
    vectors = clustered(number, DIMENSIONS, 2, clusters=number // 50)
    words = np.random.default_rng(3).zipf(1.3, size=(number, 12))
    async with database.write() as connection:
        for n in range(number // EACH):
            row = dict.fromkeys(
                ("title", "text", "source", "author", "importer", "origin", "added_at", "updated_at"), ""
            )
            day = (START + timedelta(days=n)).isoformat()
            mine = {"server_id": n % 4 or None, "identity": str(n), "digest": str(n), "published": day, "day": day}
            await connection.execute(insert(articles).values(row | mine))
        rows = [
            {
                "article_id": i // EACH + 1,
                "position": i % EACH,
                "start": 0,
                "end": 0,
                "terms": " ".join(f"w{word}" for word in words[i]),
                "embedding": vectors[i].astype("<f4").tobytes(),
            }
            for i in range(number)
        ]
        await connection.execute(insert(passages), rows)
        await changed(connection, model="made")
    return Filled(vectors)
