"""The lexical half at a size where counting and ranking everything would take too long."""

import numpy as np
import pytest
from sqlalchemy import select, text

from index.models import Scope
from index.search import tsvector_lexical
from index.search.tsvector_lexical import TsvectorLexical
from index.store.database import Database
from index.store.schema import passages
from tests.postgres.filled import fill

NUMBER = 4_000


@pytest.fixture
def small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a database a hundred times larger."""
    monkeypatch.setattr(tsvector_lexical, "ENOUGH", 400)
    monkeypatch.setattr(tsvector_lexical, "COUNTED", 100)
    monkeypatch.setattr(tsvector_lexical, "SMALL", 10)


async def holders(database: Database) -> dict[str, set[int]]:
    held: dict[str, set[int]] = {}
    async with database.read() as connection:
        for row in await connection.execute(select(passages.c.id, passages.c.terms)):
            for term in row.terms.split():
                held.setdefault(term, set()).add(row.id)
    return held


async def test_counts_are_exact_for_rare_terms_and_near_for_frequent_ones(
    database: Database, small_bounds: None
) -> None:
    await fill(database, NUMBER)
    async with database.outside() as connection:
        await connection.execute(text("ANALYZE passages"))
    held = await holders(database)
    wanted = [f"w{n}" for n in (1, 2, 3, 5, 9, 30, 80, 200, 999)]
    _, counts, total = await TsvectorLexical(database).search(wanted, 10, Scope())
    assert total == NUMBER
    for term in wanted:
        exact = len(held.get(term, ()))
        assert counts.get(term, 0) == (exact if exact <= 100 else pytest.approx(exact, rel=0.15)), term


async def test_the_best_are_found_though_not_all_are_looked_at(database: Database, small_bounds: None) -> None:
    """Against the scores of all passages: what is found is as good, place by place, as the best there is."""
    await fill(database, NUMBER)
    async with database.outside() as connection:
        await connection.execute(text("ANALYZE passages"))
    held = await holders(database)
    lexical = TsvectorLexical(database)
    pick = np.random.default_rng(5)
    for _ in range(20):
        terms = sorted({f"w{n}" for n in pick.zipf(1.3, size=6) if f"w{n}" in held})
        weight = {t: np.log(1 + (NUMBER - len(held[t]) + 0.5) / (len(held[t]) + 0.5)) for t in terms}
        shared = {i for i in range(1, NUMBER + 1) if (i - 1) // 5 % 4 == 0}
        best = sorted((sum(weight[t] for t in terms if i in held[t]) for i in shared), reverse=True)[:10]
        found = [hit.passage_id for hit in (await lexical.search(terms, 10, Scope())).hits]
        assert set(found) <= shared
        got = sorted((sum(weight[t] for t in terms if i in held[t]) for i in found), reverse=True)
        assert sum(got) >= 0.9 * sum(best[: len(got)]) and len(got) >= min(10, sum(score > 0 for score in best))
