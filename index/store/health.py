"""Looking whether the database is sound. Reads and checks; mends nothing, decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, text

from index.store.articles import read_state
from index.store.database import Database
from index.store.schema import articles, passages


@dataclass(frozen=True, slots=True)
class Contents:
    articles: int
    passages: int
    generation: int
    embedding_model: str | None
    dimensions: Sequence[int]  # of the stored embeddings: one, or none while nothing is stored


async def contents(database: Database) -> Contents:
    """Raises StoreError."""
    async with database.read() as connection:
        state = await read_state(connection)
        told, held = [
            (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in (articles, passages)
        ]
        length = func.length(passages.c.embedding) if database.is_sqlite else func.vector_dims(passages.c.embedding)
        lengths = (await connection.execute(select(length).distinct().order_by(length))).scalars().all()
    each = 4 if database.is_sqlite else 1  # bytes of a float32, or dimensions already
    return Contents(told, held, state.generation, state.embedding_model, [int(length) // each for length in lengths])


async def complaints(database: Database) -> list[str]:
    """What SQLite itself finds wrong with the file, and with the full-text index; empty if it is sound.

    A PostgreSQL server looks after its own files. Raises StoreError where the file cannot even be read.
    """
    if not database.is_sqlite:
        return []
    async with database.read() as connection:
        found = [row[0] for row in await connection.execute(text("PRAGMA quick_check(5)"))]
        found += [f"{row[0]} points to nothing" for row in await connection.execute(text("PRAGMA foreign_key_check"))]
    if found != ["ok"]:
        return [each for each in found if each != "ok"]
    async with database.write() as connection:  # in its own words an insertion, in truth a comparison
        await connection.execute(text("INSERT INTO passages_fts(passages_fts, rank) VALUES ('integrity-check', 1)"))
    return []
