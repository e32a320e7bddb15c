"""pgvector behind ``Dense``: an HNSW index for large scopes, an exact scan for small ones. Owns its queries
and when its index is built; the vectors themselves are ``passages.embedding``.

The index holds half-precision copies: half the memory, and the order of the nearest is settled by the
full vectors it leads to. Filters stand inside the query; the index is read on and on (iterative scan)
until the limit is filled, and where it gives up first, the scope is scanned exactly.
"""

import logging

import numpy as np
from sqlalchemy import ColumnElement, Float, Label, Select, bindparam, cast, func, literal_column, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import UserDefinedType

from index.embed import Vectors
from index.models import Scope
from index.search.dense import Hit
from index.store.articles import check_model, holds_more, within
from index.store.database import Database
from index.store.schema import PgVector, articles, passages

INDEX_FROM = 10_000  # passages; fewer are scanned exactly in some milliseconds
EXACT_ARTICLES = 500  # a scope of no more articles is scanned exactly
MORE = 2  # times the limit is fetched by half precision, then put in order by the full vectors
SEARCH = (100, 1_000)  # bounds of hnsw.ef_search; pgvector allows no more
SCAN_TUPLES = 40_000  # how far an iterative scan goes before it gives up
M, BUILD = 16, 100  # HNSW: links per node, candidates while building (Malkov & Yashunin 2018)
BUILD_MEMORY = "1GB"  # a graph that does not fit is built many times slower
LONGEST = 4_000  # dimensions that pgvector can index in half precision

log = logging.getLogger(__name__)
_query = cast(bindparam("query", type_=PgVector()), PgVector())


class _HalfVector(UserDefinedType[bytes]):
    cache_ok = True

    def __init__(self, dimensions: int) -> None:
        self.dimensions = dimensions

    def get_col_spec(self, **_: object) -> str:
        return f"halfvec({self.dimensions})"


class PgvectorDense:
    def __init__(self, database: Database, model: str) -> None:
        self._database = database
        self._model = model
        self._indexed: set[int] = set()  # dimensions whose index was seen complete

    async def search(self, vector: Vectors, limit: int, scope: Scope) -> list[Hit]:
        dimensions = len(vector)
        query = {"query": vector.astype("<f4").tobytes()}
        async with self._database.read() as connection:
            await check_model(connection, self._model)
            if await self._has_index(connection, dimensions) and await holds_more(connection, scope, EXACT_ARTICLES):
                await _prepare(connection, limit)
                rows = (await connection.execute(_by_index(dimensions, limit, scope), query)).all()
                if len(rows) >= limit:
                    return [Hit(row.id, row.score) for row in rows]
            rows = (await connection.execute(_exactly(dimensions, limit, scope), query)).all()
            return [Hit(row.id, row.score) for row in rows]

    async def vectors(self, connection: AsyncConnection, passage_ids: list[int]) -> Vectors:
        """Zeros for a passage that was deleted meanwhile."""
        if not passage_ids:
            return np.empty((0, 0), np.float32)
        query = select(passages.c.id, passages.c.embedding).where(passages.c.id.in_(passage_ids))
        found = {row.id: np.frombuffer(row.embedding, "<f4") for row in await connection.execute(query)}
        nothing = np.zeros(len(next(iter(found.values()), ())), np.float32)
        return np.stack([found.get(each, nothing) for each in passage_ids])

    async def save(self, *, always: bool = True) -> None:
        """Build the index if there are passages enough and none has it yet; the others go on meanwhile."""
        async with self._database.read() as connection:
            dimensions = await _dimensions(connection)
            if dimensions is None or dimensions > LONGEST or await self._has_index(connection, dimensions):
                return
        await build_index(self._database, dimensions)

    async def _has_index(self, connection: AsyncConnection, dimensions: int) -> bool:
        if dimensions not in self._indexed and await _index_is_valid(connection, dimensions):
            self._indexed.add(dimensions)
        return dimensions in self._indexed


async def build_index(database: Database, dimensions: int) -> None:
    """Without stopping readers or writers (CONCURRENTLY). One process builds; another that tries leaves it to it."""
    name = _index_name(dimensions)
    async with database.outside() as connection:
        mine = await connection.execute(text("SELECT pg_try_advisory_lock(hashtext(:name))"), {"name": name})
        if not mine.scalar():
            return
        try:
            valid = await _index_is_valid(connection, dimensions)
            if valid:
                return
            log.info("building the index of the vectors; questions are answered meanwhile")
            await connection.execute(text("SET lock_timeout = 0"))  # it waits for older transactions to end
            await connection.execute(text(f"SET maintenance_work_mem = '{BUILD_MEMORY}'"))
            if valid is False:  # left by a process that was stopped half-way
                await connection.execute(text(f"DROP INDEX CONCURRENTLY IF EXISTS {name}"))
            await connection.execute(
                text(
                    f"CREATE INDEX CONCURRENTLY {name} ON passages USING hnsw "
                    f"((embedding\\:\\:halfvec({dimensions})) halfvec_ip_ops) WITH (m = {M}, ef_construction = {BUILD}) "
                    f"WHERE vector_dims(embedding) = {dimensions}"
                )
            )
            await connection.execute(text("ANALYZE passages"))
        finally:
            await connection.execute(text("RESET lock_timeout"))
            await connection.execute(text("RESET maintenance_work_mem"))
            await connection.execute(text("SELECT pg_advisory_unlock(hashtext(:name))"), {"name": name})


def _index_name(dimensions: int) -> str:
    return f"ix_passages_embedding_{int(dimensions)}"


async def _index_is_valid(connection: AsyncConnection, dimensions: int) -> bool | None:
    """None: there is no such index; False: one that is not complete."""
    found = await connection.execute(
        text("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(:name)"),
        {"name": _index_name(dimensions)},
    )
    return found.scalar()


async def _dimensions(connection: AsyncConnection) -> int | None:
    """Of the stored vectors; None while there are too few to be indexed. Looks at ``INDEX_FROM`` rows at most."""
    some = select(passages.c.id).limit(INDEX_FROM).subquery()
    if (await connection.execute(select(func.count()).select_from(some))).scalar_one() < INDEX_FROM:
        return None
    newest = select(func.vector_dims(passages.c.embedding)).order_by(passages.c.id.desc()).limit(1)
    return (await connection.execute(newest)).scalar()


async def _prepare(connection: AsyncConnection, limit: int) -> None:
    """For this transaction alone. The planner knows little of how many rows a filter leaves: it is told to
    read the vectors' index in its order, and to look the articles up one by one."""
    settings = {
        "hnsw.ef_search": str(min(max(SEARCH[0], 2 * MORE * limit), SEARCH[1])),
        "hnsw.iterative_scan": "relaxed_order",
        "hnsw.max_scan_tuples": str(SCAN_TUPLES),
        "enable_sort": "off",
        "enable_hashjoin": "off",
        "enable_mergejoin": "off",
        "enable_seqscan": "off",
        "enable_bitmapscan": "off",
    }
    await connection.execute(select(*(func.set_config(name, value, True) for name, value in settings.items())))


def _score() -> Label[float]:
    """The inner product, which is the cosine of unit vectors; pgvector's operator gives its negative."""
    return (passages.c.embedding.op("<#>", return_type=Float())(_query) * -1).label("score")


def _inside(dimensions: int, scope: Scope) -> Select[tuple[int, float]]:
    return (
        select(passages.c.id, _score())
        .join(articles, articles.c.id == passages.c.article_id)
        .where(within(scope), func.vector_dims(passages.c.embedding) == literal_column(str(int(dimensions))))
    )


def _by_index(dimensions: int, limit: int, scope: Scope) -> Select[tuple[int, float]]:
    half = _HalfVector(int(dimensions))
    distance: ColumnElement[float] = cast(passages.c.embedding, half).op("<#>", return_type=Float())(cast(_query, half))
    near = _inside(dimensions, scope).order_by(distance).limit(MORE * limit).cte("near")
    return select(near.c.id, near.c.score).order_by(near.c.score.desc(), near.c.id).limit(limit)


def _exactly(dimensions: int, limit: int, scope: Scope) -> Select[tuple[int, float]]:
    """The index is of no use to this order, so that all of the scope is looked at."""
    inside = _inside(dimensions, scope).subquery()
    return select(inside.c.id, inside.c.score).order_by(inside.c.score.desc(), inside.c.id).limit(limit)
