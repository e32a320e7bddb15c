"""The lexical half of retrieval: passages that share rare terms with the question.

One small interface, ``Lexical``, with one engine a database: FTS5 in SQLite (here), tsvector in PostgreSQL
(``index.search.tsvector_lexical``).
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Select, bindparam, column, func, select, table, text
from sqlalchemy.ext.asyncio import AsyncConnection

from index.models import Scope
from index.search.dense import Hit
from index.store.articles import SCOPES, within
from index.store.database import Database
from index.store.schema import articles, passages

ENOUGH = 2_000  # passages that are ranked; terms that bring more of them distinguish little


class Matches(NamedTuple):
    hits: list[Hit]  # best first
    counts: dict[str, int]  # in how many passages each term occurs, about; missing: in none
    total: int  # how many passages there are, about


class Lexical(Protocol):
    async def search(self, terms: Sequence[str], limit: int, scope: Scope) -> Matches:
        """At most ``limit`` passages inside the scope that hold any of the terms (``index.terms``).

        The counts are the whole index's, whatever the scope: a word is as rare as it is in the news.
        """


def _match(counts: Mapping[str, int]) -> str:
    """Passages that hold one of the rarest terms, as many of those as bring ``ENOUGH``; the others only rank them.

    FTS5 ranks whatever matches, and a term that stands in every tenth passage brings most and tells least.
    """
    rarest = sorted(counts, key=lambda term: counts[term])
    brought = accumulate(counts[term] for term in rarest)
    number = max(1, sum(each <= ENOUGH for each in brought))
    telling, frequent = (" OR ".join(f'"{term}"' for term in part) for part in (rarest[:number], rarest[number:]))
    return f"({telling}) OR (({telling}) AND ({frequent}))" if frequent else telling  # terms are letters and digits


# Put together once: making these statements took longer than running some of them.
_words = table("passages_words", column("term"), column("doc"))
_fts = table("passages_fts", column("rowid"), column("rank"))
_TOTAL = select(func.max(passages.c.id))
_COUNTS = select(_words.c.term, _words.c.doc).where(_words.c.term.in_(bindparam("terms", expanding=True)))


@lru_cache(SCOPES)
def _ranked(scope: Scope) -> Select[Any]:
    return (
        select(_fts.c.rowid, _fts.c.rank)
        .join_from(_fts, passages, passages.c.id == _fts.c.rowid)
        .join(articles, articles.c.id == passages.c.article_id)
        .where(text("passages_fts MATCH :match"), within(scope))
        .order_by(_fts.c.rank)
        .limit(bindparam("limit"))
    )


class Fts5Lexical:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def search(self, terms: Sequence[str], limit: int, scope: Scope) -> Matches:
        async def look(connection: AsyncConnection) -> Matches:
            total = int((await connection.execute(_TOTAL)).scalar() or 0)
            found = await connection.execute(_COUNTS, {"terms": list(dict.fromkeys(terms))})
            counts = {row.term: int(row.doc) for row in found}
            if not counts:
                return Matches([], {}, total)
            hits = [
                Hit(row.rowid, -row.rank)
                for row in await connection.execute(_ranked(scope), {"match": _match(counts), "limit": limit})
            ]
            return Matches(hits, counts, total)

        return await self._database.look(look)
