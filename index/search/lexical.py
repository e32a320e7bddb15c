"""The lexical half of retrieval: passages that share rare terms with the question.

One small interface, ``Lexical``, with one engine a database: FTS5 in SQLite (here), tsvector in PostgreSQL
(``index.search.tsvector_lexical``).
"""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import bindparam, column, func, select, table, text

from index.models import Scope
from index.search.dense import Hit
from index.store.articles import within
from index.store.database import Database
from index.store.schema import articles, passages


class Lexical(Protocol):
    async def search(self, terms: Sequence[str], limit: int, scope: Scope) -> list[Hit]:
        """At most ``limit`` passages inside the scope that hold any of the terms (``index.terms``), best first."""

    async def frequencies(self, terms: Sequence[str]) -> tuple[dict[str, int], int]:
        """In how many passages each term occurs (missing: in none), and how many passages there are, about."""


class Fts5Lexical:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def search(self, terms: Sequence[str], limit: int, scope: Scope) -> list[Hit]:
        if not terms:
            return []
        match = " OR ".join(f'"{term}"' for term in dict.fromkeys(terms))  # terms hold letters and digits only
        fts = table("passages_fts", column("rowid"), column("rank"))
        query = (
            select(fts.c.rowid, fts.c.rank)
            .join_from(fts, passages, passages.c.id == fts.c.rowid)
            .join(articles, articles.c.id == passages.c.article_id)
            .where(text("passages_fts MATCH :match"), within(scope))
            .order_by(fts.c.rank)
            .limit(limit)
        )
        async with self._database.read() as connection:
            return [Hit(row.rowid, -row.rank) for row in await connection.execute(query, {"match": match})]

    async def frequencies(self, terms: Sequence[str]) -> tuple[dict[str, int], int]:
        words = table("passages_words", column("term"), column("doc"))
        wanted = select(words.c.term, words.c.doc).where(words.c.term.in_(bindparam("terms", expanding=True)))
        async with self._database.read() as connection:
            found = await connection.execute(wanted, {"terms": list(dict.fromkeys(terms))})
            counts = {row.term: row.doc for row in found}
            newest = await connection.execute(select(func.max(passages.c.id)))
            return counts, newest.scalar() or 0
