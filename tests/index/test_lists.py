"""Beyond the number up to which all passages are compared: the same answers, nearly always, from a part of them."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import delete

from index.models import Scope
from index.search import lists
from index.search.faiss_dense import FILE_NAME, FaissDense
from index.search.shadow import load_shadow
from index.store.articles import changed
from index.store.database import Database, open_database, sqlite_url
from index.store.schema import articles
from tests.helpers.made_vectors import clustered
from tests.postgres.filled import DIMENSIONS, EACH, START, Filled, fill

NUMBER = 4_000
SCOPES = {
    "all shared": Scope(),
    "a server": Scope(server_id=3),
    "half of the days": Scope(as_of=START + timedelta(days=NUMBER // 10)),
    "very few": Scope(server_id=2, as_of=START + timedelta(days=2)),
}


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A few thousand passages are as many as hundreds of thousands are otherwise."""
    monkeypatch.setattr(lists, "EXACT", 1_000)
    monkeypatch.setattr(lists, "COMPARED", 500)
    monkeypatch.setattr(lists, "LEAST", 0.25)
    yield


@asynccontextmanager
async def filled(folder: Path) -> AsyncIterator[tuple[Database, Filled]]:
    async with open_database(sqlite_url(folder)) as database:
        yield database, await fill(database, NUMBER)


async def overlap(dense: FaissDense, made: Filled, scope: Scope, gone: frozenset[int] = frozenset()) -> float:
    shared = []
    for query in clustered(30, DIMENSIONS, 7, clusters=NUMBER // 50):
        found = [hit.passage_id for hit in await dense.search(query, 40, scope)]
        exact = [each for each in made.nearest(query, 40 + len(gone), scope) if each not in gone][:40]
        assert len(found) == len(set(found)) == len(exact), scope
        shared.append(len(set(found[:10]) & set(exact[:10])) / min(10, len(exact)))
    return float(np.mean(shared))


async def test_as_good_as_comparing_with_all_in_every_scope(tmp_path: Path) -> None:
    async with filled(tmp_path) as (database, made):
        dense = FaissDense(database, tmp_path, "made")
        await dense.search(made.vectors[0], 1, Scope())
        await dense.save()
        kept = load_shadow(tmp_path / FILE_NAME)
        assert kept is not None and kept.in_lists
        again = FaissDense(database, tmp_path, "made")  # as the next process finds it
        for name, scope in SCOPES.items():
            assert await overlap(again, made, scope) >= 0.95, name
        few = await again.search(made.vectors[0], 40, SCOPES["very few"])
        async with database.read() as connection:
            vectors = await again.vectors(connection, [hit.passage_id for hit in few])
        assert np.array_equal(vectors, made.vectors[[hit.passage_id - 1 for hit in few]])
        assert np.allclose(vectors @ made.vectors[0], [hit.score for hit in few], atol=1e-5)


async def test_articles_come_and_go(tmp_path: Path) -> None:
    async with filled(tmp_path) as (database, made):
        dense = FaissDense(database, tmp_path, "made")
        await dense.save()
        lost = [article for article in range(1, NUMBER // EACH + 1) if article % 10 == 1]
        await _remove(database, lost)
        gone = frozenset(p for article in lost for p in range((article - 1) * EACH + 1, article * EACH + 1))
        assert await overlap(dense, made, SCOPES["all shared"], gone) >= 0.95
        shadow = await dense.catch_up()
        assert shadow is not None and shadow.in_lists and len(shadow) == NUMBER - len(gone)
        assert shadow.passage_ids.tolist() == [n for n in range(1, NUMBER + 1) if n not in gone]
        new = np.arange(NUMBER + 1, NUMBER + 21)
        shadow.add(new, np.full(20, 9_999), clustered(20, DIMENSIONS, 5, clusters=10))
        assert shadow.passage_ids.tolist()[-20:] == new.tolist() == lists.ids_of(shadow.index).tolist()[-20:]


def test_how_many_lists_are_read() -> None:
    assert lists.number_for(200_000) == 1024 and lists.number_for(1_000_000) == 2048
    assert lists.probes(64, 400) == 64, "a small scope is searched exactly"
    assert lists.probes(64, 1_000) == 32
    assert lists.probes(64, 10**9) == 16


async def _remove(database: Database, article_ids: list[int]) -> None:
    async with database.write() as connection:
        await connection.execute(delete(articles).where(articles.c.id.in_(article_ids)))
        await changed(connection, removed=True)
