"""The lexical half of retrieval: passages that share rare terms with the question.

One small interface, ``Lexical``, with one engine a database: FTS5 in SQLite (here), tsvector in PostgreSQL
(``index.search.tsvector_lexical``).
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from sqlalchemy import bindparam, column, func, select, table, text
from sqlalchemy.ext.asyncio import AsyncConnection

from index.models import Scope
from index.search.dense import Hit
from index.store.articles import within
from index.store.database import Database
from index.store.schema import articles, passages


class Matches(NamedTuple):
    hits: list[Hit]  # best first
    counts: dict[str, int]  # in how many passages each term occurs, about; missing: in none
    total: int  # how many passages there are, about


class Lexical(Protocol):
    async def search(self, terms: Sequence[str], limit: int, scope: Scope) -> Matches:
        """At most ``limit`` passages inside the scope that hold any of the terms (``index.terms``).

        The counts are the whole index's, whatever the scope: a word is as rare as it is in the news.
        """


class Fts5Lexical:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def search(self, terms: Sequence[str], limit: int, scope: Scope) -> Matches:
        words = table("passages_words", column("term"), column("doc"))
        wanted = select(words.c.term, words.c.doc).where(words.c.term.in_(bindparam("terms", expanding=True)))
        fts = table("passages_fts", column("rowid"), column("rank"))
        query = (
            select(fts.c.rowid, fts.c.rank)
            .join_from(fts, passages, passages.c.id == fts.c.rowid)
            .join(articles, articles.c.id == passages.c.article_id)
            .where(text("passages_fts MATCH :match"), within(scope))
            .order_by(fts.c.rank)
            .limit(limit)
        )

        async def look(connection: AsyncConnection) -> Matches:
            total = int((await connection.execute(select(func.max(passages.c.id)))).scalar() or 0)
            found = await connection.execute(wanted, {"terms": list(dict.fromkeys(terms))})
            counts = {row.term: int(row.doc) for row in found}
            if not counts:
                return Matches([], {}, total)
            # Terms hold letters and digits only.
            match = " OR ".join(f'"{term}"' for term in dict.fromkeys(terms) if term in counts)
            hits = [Hit(row.rowid, -row.rank) for row in await connection.execute(query, {"match": match})]
            return Matches(hits, counts, total)

        return await self._database.look(look)
