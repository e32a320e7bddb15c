"""The index on the vectors: as good as exact search, filled whatever the filter, built beside other work."""

import asyncio
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import text

from index.models import Scope
from index.search import pgvector_dense
from index.search.pgvector_dense import PgvectorDense, build_index
from index.store.articles import changed
from index.store.database import Database
from tests.helpers.made_vectors import clustered
from tests.postgres.filled import DIMENSIONS, START, Filled, fill

NUMBER = 4_000


@pytest.fixture
def always_by_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scopes that would be scanned exactly are searched by the index too."""
    monkeypatch.setattr(pgvector_dense, "EXACT_ARTICLES", 0)
    monkeypatch.setattr(pgvector_dense, "INDEX_FROM", 100)


async def plan(database: Database, dense: PgvectorDense, scope: Scope) -> str:
    """The text of the plan that a search by the index has."""
    from sqlalchemy.dialects import postgresql

    query = pgvector_dense._by_index(DIMENSIONS, 40, scope)
    told = str(query.compile(dialect=postgresql.dialect(), compile_kwargs={"render_postcompile": True}))
    values = query.compile(dialect=postgresql.dialect()).params
    vector = "[" + ",".join("0.1" for _ in range(DIMENSIONS)) + "]"
    for name, value in values.items():
        told = told.replace(f"%({name})s", f"'{vector}'" if name == "query" else repr(value))
    async with database.read() as connection:
        await pgvector_dense._prepare(connection, 40)
        return "\n".join((await connection.execute(text("EXPLAIN " + told.replace(":", r"\:")))).scalars())


SCOPES = {
    "all shared": Scope(),
    "a server": Scope(server_id=3),
    "half of the days": Scope(as_of=START + timedelta(days=NUMBER // 10)),
    "few articles": Scope(as_of=START + timedelta(days=40)),
    "very few": Scope(server_id=2, as_of=START + timedelta(days=2)),
}


async def test_overlap_with_exact_search(database: Database, always_by_index: None) -> None:
    filled = await fill(database, NUMBER)
    dense = PgvectorDense(database, "made")
    await dense.save()
    for name, scope in SCOPES.items():
        shared = []
        for query in clustered(25, DIMENSIONS, 7, clusters=NUMBER // 50):
            found = [hit.passage_id for hit in await dense.search(query, 40, scope)]
            exact = filled.nearest(query, 40, scope)
            assert len(found) == len(set(found)) == len(exact), name
            shared.append(len(set(found[:10]) & set(exact[:10])) / min(10, len(exact)))
        assert np.mean(shared) >= 0.95, (name, np.mean(shared))


async def test_the_index_is_what_is_searched(database: Database, always_by_index: None) -> None:
    await fill(database, 500)
    dense = PgvectorDense(database, "made")
    await dense.save()
    for scope in SCOPES.values():
        told = await plan(database, dense, scope)
        assert f"Index Scan using ix_passages_embedding_{DIMENSIONS}" in told, told


async def test_no_index_for_a_few_passages(database: Database) -> None:
    await fill(database, 100)
    await PgvectorDense(database, "made").save()
    async with database.read() as connection:
        assert await pgvector_dense._index_is_valid(connection, DIMENSIONS) is None


async def test_building_beside_writers_readers_and_other_builders(
    database: Database, always_by_index: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled = await fill(database, NUMBER)
    dense = PgvectorDense(database, "made")
    done = asyncio.gather(*(build_index(database, DIMENSIONS) for _ in range(3)))
    questions = changes = 0
    while not done.done():
        assert await dense.search(filled.vectors[0], 5, Scope())
        async with database.write() as connection:
            await changed(connection)
        questions, changes = questions + 1, changes + 1
        await asyncio.sleep(0)
    await done
    assert questions and changes
    async with database.read() as connection:
        assert await pgvector_dense._index_is_valid(connection, DIMENSIONS)


async def test_an_index_that_was_left_half_built_is_built_anew(database: Database, always_by_index: None) -> None:
    await fill(database, 200)
    async with database.outside() as connection:
        await connection.execute(
            text(
                f"CREATE INDEX ix_passages_embedding_{DIMENSIONS} ON passages USING hnsw "
                f"((embedding\\:\\:halfvec({DIMENSIONS})) halfvec_ip_ops)"
            )
        )
        await connection.execute(
            text(
                "UPDATE pg_index SET indisvalid = false "
                f"WHERE indexrelid = 'ix_passages_embedding_{DIMENSIONS}'\\:\\:regclass"
            )
        )
    dense = PgvectorDense(database, "made")
    async with database.read() as connection:
        assert await pgvector_dense._index_is_valid(connection, DIMENSIONS) is False
    assert len(await dense.search(clustered(1, DIMENSIONS, 7, clusters=4)[0], 10, Scope())) == 10
    await dense.save()
    async with database.read() as connection:
        assert await pgvector_dense._index_is_valid(connection, DIMENSIONS)


async def test_vectors_of_two_lengths_do_not_meet(database: Database, always_by_index: None) -> None:
    """As while one model replaces another: the passages of the other length are not found, and break nothing."""
    filled = await fill(database, 300)
    await PgvectorDense(database, "made").save()
    short = np.full(7, 7**-0.5, "<f4")
    async with database.write() as connection:
        await connection.execute(
            text("UPDATE passages SET embedding = :short WHERE id % 2 = 0"), {"short": short.tobytes()}
        )
    found = await PgvectorDense(database, "made").search(filled.vectors[0], 20, Scope())
    assert len(found) == 20 and all(hit.passage_id % 2 for hit in found)
    assert len(await PgvectorDense(database, "made").search(short, 5, Scope())) == 5


def test_filled_knows_the_exact_answer() -> None:
    filled = Filled(np.eye(10, dtype=np.float32))
    assert filled.nearest(np.eye(10, dtype=np.float32)[3], 1, Scope()) == [4]
