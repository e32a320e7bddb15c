"""The pgvector rows of ``make bench-million``: the same made vectors in a real PostgreSQL, searched by the product's own classes.

Articles have real lengths (3,000 characters, 20 passages); words are drawn as a language has them, few often and most seldom.
"""

import asyncio
import time
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track

from index.embed import Vectors
from index.models import Scope
from index.search.pgvector_dense import PgvectorDense, build_index
from index.search.tsvector_lexical import TsvectorLexical
from index.store.articles import changed
from index.store.database import Database, open_database
from index.store.postgres import from_wire, to_wire
from tests.bench.recall import nearest, tell
from tests.helpers.postgres_server import running_server

EACH = 20  # passages an article
START = date(2020, 1, 1)
DAYS = 2_000
WORDS = 60_000
BLOCK = 1_000  # articles of one COPY
SETTINGS = ("shared_buffers = '1GB'", "max_parallel_maintenance_workers = 2")
_TEXTS = ("title", "text", "source", "author", "importer", "origin", "added_at", "updated_at")
err = Console(stderr=True)


def pgvector(made: Vectors, asked: Vectors, exact: list[set[int]]) -> None:
    with running_server() as server, asyncio.Runner() as runner:
        for setting in SETTINGS:
            server.run(f"ALTER SYSTEM SET {setting}")
        server.stop()
        server.start()
        url = server.new()
        opening = open_database(url)
        database = runner.run(opening.__aenter__())
        began = time.perf_counter()
        runner.run(_load(database, url, made))
        loaded = time.perf_counter() - began
        began = time.perf_counter()
        runner.run(build_index(database, made.shape[1]))
        built = time.perf_counter() - began
        dense = PgvectorDense(database, "made")

        def search(scope: Scope) -> Any:
            return lambda question: [hit.passage_id - 1 for hit in runner.run(dense.search(question, 40, scope))]

        sizes = runner.run(_sizes(database))
        tell("pgvector, HNSW in half precision", built, sizes["index"], search(Scope()), asked, exact)
        days = np.arange(len(made)) // EACH % DAYS
        for share in (0.5, 0.1, 0.01):
            last = int(DAYS * share)
            scope = Scope(as_of=START + timedelta(days=last - 1))
            tell(f"the same, a scope of {share:.0%}", 0, 0, search(scope), asked, nearest(made, asked, days < last))
        times = runner.run(_words(database))
        print(
            f"\nPostgreSQL: {loaded:,.0f} s to copy; tables {sizes['tables'] / 2**20:,.0f} MB, of them the words' index "
            f"{sizes['words'] / 2**20:,.0f}; search by words p50 {np.percentile(times, 50):.1f} ms, "
            f"p95 {np.percentile(times, 95):.1f} ms",
            flush=True,
        )
        runner.run(opening.__aexit__(None, None, None))


async def _load(database: Database, url: str, made: Vectors) -> None:
    import asyncpg

    connection = await asyncpg.connect(url)
    await connection.set_type_codec("vector", schema="public", encoder=to_wire, decoder=from_wire, format="binary")
    chance = np.random.default_rng(3)
    number = len(made) // EACH
    for first in track(range(0, number, BLOCK), "copying into PostgreSQL", console=err, transient=True):
        told = range(first, min(first + BLOCK, number))
        rows = [_article(n, _terms(chance, 480)) for n in told]
        await connection.copy_records_to_table("articles", records=rows, columns=_COLUMNS)
        words = [_terms(chance, 12) for _ in range(len(told) * EACH)]
        await connection.copy_records_to_table(
            "passages",
            records=[
                (i + 1, i // EACH + 1, i % EACH, 0, 0, words[i - first * EACH], made[i].astype("<f4").tobytes())
                for i in range(first * EACH, (told[-1] + 1) * EACH)
            ],
            columns=("id", "article_id", "position", "start", "end", "terms", "embedding"),
        )
    await connection.execute("ANALYZE")
    await connection.close()
    async with database.write() as writing:
        await changed(writing, model="made")


_COLUMNS = ("id", "identity", "digest", "day", "published", *_TEXTS)


def _article(number: int, text: str) -> tuple[Any, ...]:
    day = (START + timedelta(days=number % DAYS)).isoformat()
    return (number + 1, str(number), str(number), day, day, *(text if name == "text" else "" for name in _TEXTS))


def _terms(chance: np.random.Generator, number: int) -> str:
    return " ".join(f"w{word % WORDS}" for word in chance.zipf(1.3, size=number))


async def _sizes(database: Database) -> dict[str, int]:
    from sqlalchemy import text

    query = (
        "SELECT pg_relation_size('ix_passages_embedding_384') AS index, pg_relation_size('ix_passages_lexemes') AS words, "
        "pg_total_relation_size('passages') + pg_total_relation_size('articles') AS tables"
    )
    async with database.read() as connection:
        return dict((await connection.execute(text(query))).one()._mapping)


async def _words(database: Database) -> Sequence[float]:
    """Questions of five terms, neither of the hundred most frequent."""
    lexical, chance = TsvectorLexical(database), np.random.default_rng(4)
    times = []
    for _ in range(200):
        terms = [f"w{word}" for word in chance.integers(100, 5_000, size=5)]
        began = time.perf_counter()
        await lexical.search(terms, 40, Scope())
        times.append(1000 * (time.perf_counter() - began))
    return times
