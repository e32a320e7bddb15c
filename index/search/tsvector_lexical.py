"""tsvector behind ``Lexical``: a GIN index finds the passages, the terms' rarity ranks them. Owns its
queries; the terms and their column are the store's.

PostgreSQL's own ranking knows nothing of rarity, and would rank every match there is. Here the rarest
terms, as many as promise ``ENOUGH`` matches together, choose the candidates, and all terms rank them: all
candidates by BM25 with each term counted once, then the best of them by BM25 as FTS5 has it.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import combinations
from typing import Any

from sqlalchemy import ColumnElement, Float, case, func, literal_column, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from index.models import Scope
from index.search.dense import Hit
from index.search.lexical import Matches
from index.store.articles import holds_more, within
from index.store.database import Database
from index.store.schema import articles, passages

ENOUGH = 5_000  # candidates to be ranked; terms that bring more of them distinguish little
COUNTED = 2_000  # passages with one term that are counted; of more frequent ones the statistics are exact enough
SMALL = 500  # articles; in a smaller scope every passage is looked at, and no candidate missed
FINE = 5  # times the limit is ranked a second time, by how often each term stands in the passage
K1, B = 1.2, 0.75  # of BM25 (Robertson & Zaragoza 2009), as in FTS5

_lexemes: ColumnElement[Any] = literal_column("passages.lexemes")


class TsvectorLexical:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def search(self, terms: Sequence[str], limit: int, scope: Scope) -> Matches:
        async with self._database.read() as connection:
            counts, total = await _frequencies(connection, terms)
            hits = await _best(connection, counts, total, limit, scope) if counts else []
            return Matches(hits, counts, total)


async def _best(
    connection: AsyncConnection, counts: Mapping[str, int], total: int, limit: int, scope: Scope
) -> list[Hit]:
    weights = {t: math.log(1 + (max(total - n, 0) + 0.5) / (n + 0.5)) for t, n in counts.items()}
    if not await holds_more(connection, scope, SMALL):
        await _set(connection, "enable_bitmapscan", "off")  # from the articles, not from the index
        return await _ranked(connection, _any_of(map(_is, counts)), weights, limit, scope)
    # Bounds the work where terms are frequent: any of their passages, not all.
    await _set(connection, "gin_fuzzy_search_limit", str(ENOUGH))
    best = await _ranked(connection, _few_of(counts), weights, limit, scope)
    if len(best) >= limit:
        return best
    others = await _ranked(connection, _any_of(map(_is, counts)), weights, limit, scope)
    hits = {hit.passage_id: hit for hit in [*others, *best]}
    return sorted(hits.values(), key=_best_first)[:limit]


async def _frequencies(connection: AsyncConnection, terms: Sequence[str]) -> tuple[dict[str, int], int]:
    """By the statistics that the server keeps of frequent terms, and by counting the others: both are bounded."""
    wanted = list(dict.fromkeys(terms))
    total = int((await connection.execute(select(func.max(passages.c.id)))).scalar() or 0)
    if not wanted or not total:
        return {}, total
    counts: dict[str, int] = {}
    if total > COUNTED:
        frequent = text(
            "SELECT term, share FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) "
            "AS known(term, share) WHERE schemaname = ANY(current_schemas(false)) AND tablename = 'passages' "
            "AND attname = 'lexemes' AND term = ANY(:terms) AND share * :total > :counted".replace("::", r"\:\:")
        )
        known = await connection.execute(frequent, {"terms": wanted, "total": float(total), "counted": float(COUNTED)})
        counts = {row.term: round(row.share * total) for row in known}
    rare = text(
        "SELECT term, (SELECT count(*) FROM (SELECT 1 FROM passages WHERE lexemes @@ plainto_tsquery('simple', term) "
        "LIMIT :counted) AS matching) AS n FROM unnest(CAST(:terms AS text[])) AS term"
    )
    found = await connection.execute(rare, {"terms": [t for t in wanted if t not in counts], "counted": COUNTED})
    return counts | {row.term: row.n for row in found if row.n}, total


def _is(term: str) -> ColumnElement[Any]:
    return func.plainto_tsquery(literal_column("'simple'"), term)


def _any_of(queries: Iterable[ColumnElement[Any]]) -> ColumnElement[Any]:
    return reduce(lambda one, other: one.op("||")(other), queries)


def _few_of(counts: Mapping[str, int]) -> ColumnElement[Any]:
    """The query of the rarest terms that bring ``ENOUGH`` passages; where all are frequent, of any two together."""
    rarest = sorted(counts, key=lambda term: counts[term])
    chosen, expected = [], 0
    for term in rarest:
        expected += counts[term]
        if expected > ENOUGH:
            break
        chosen.append(term)
    if chosen or len(rarest) == 1:
        return _any_of(map(_is, chosen or rarest))
    return _any_of(_is(one).op("&&")(_is(other)) for one, other in combinations(rarest[:4], 2))


async def _ranked(
    connection: AsyncConnection, match: ColumnElement[Any], weights: Mapping[str, float], limit: int, scope: Scope
) -> list[Hit]:
    weight: ColumnElement[Any] = sum(
        (case((_lexemes.op("@@")(_is(t)), w), else_=0.0) for t, w in weights.items()), literal_column("0.0")
    )
    size = func.length(_lexemes)
    found = (
        select(passages.c.id, passages.c.terms, size.label("size"), weight.label("weight"))
        .join(articles, articles.c.id == passages.c.article_id)
        .where(_lexemes.op("@@")(match), within(scope))
        .cte("found")
    )
    damping = 1 + K1 * (1 - B + B * found.c.size / func.avg(found.c.size).over())
    rough = (found.c.weight / damping).cast(Float)
    best = await connection.execute(
        select(found.c.id, found.c.terms).order_by(rough.desc(), found.c.id).limit(FINE * limit)
    )
    words = {row.id: Counter(row.terms.split()) for row in best}
    if not words:
        return []
    mean = sum(each.total() for each in words.values()) / len(words)

    def score(held: Counter[str]) -> float:
        damping = K1 * (1 - B + B * held.total() / mean)
        return sum(w * held[t] * (K1 + 1) / (held[t] + damping) for t, w in weights.items() if t in held)

    hits = [Hit(number, score(held)) for number, held in words.items()]
    return sorted(hits, key=_best_first)[:limit]


def _best_first(hit: Hit) -> tuple[float, int]:
    return -hit.score, hit.passage_id


async def _set(connection: AsyncConnection, name: str, value: str) -> None:
    """For this transaction alone."""
    await connection.execute(select(func.set_config(name, value, True)))
