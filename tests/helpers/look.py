"""Looking behind the counter: does everything in a data folder agree with everything else?"""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np

from index.models import Draft
from index.read import Reading
from index.search.faiss_dense import FaissDense
from index.split import passages
from index.store.database import FILE_NAME, open_database, sqlite_url
from index.terms import terms


async def read(*drafts: Draft) -> AsyncIterator[Reading]:
    """Each draft as a document of its own."""
    for draft in drafts:
        yield Reading((draft,))


def rows(data_dir: Path, query: str, *values: Any) -> list[Any]:
    """Straight from the file, past all of our own code."""
    connection = sqlite3.connect(f"file:{data_dir / FILE_NAME}?mode=ro", uri=True)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def check_database(data_dir: Path, dimensions: int = 384) -> None:
    """Every article has just the passages of its text, each with its terms, its vector and its place in FTS5."""
    articles = rows(data_dir, "SELECT id, text FROM articles")
    stored = rows(data_dir, 'SELECT id, article_id, position, start, "end", terms, embedding FROM passages ORDER BY id')
    by_article: dict[int, list[Any]] = {article_id: [] for article_id, _ in articles}
    for row in stored:
        by_article[row[1]].append(row)
    for article_id, text in articles:
        found = sorted(by_article[article_id], key=lambda row: row[2])
        wanted = passages(text)
        assert [(row[2], row[3], row[4]) for row in found] == [(n, *span) for n, span in enumerate(wanted)], article_id
        assert [row[5] for row in found] == [" ".join(terms(text[span.start : span.end])) for span in wanted]
    if stored:
        vectors = np.frombuffer(b"".join(row[6] for row in stored), "<f4").reshape(len(stored), dimensions)
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    connection = sqlite3.connect(data_dir / FILE_NAME)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        # Raises when the full-text index lacks a row, has one too many, or holds other words than the passages.
        connection.execute("INSERT INTO passages_fts(passages_fts, rank) VALUES ('integrity-check', 1)")
    finally:
        connection.close()


async def check_dense(data_dir: Path, model: str) -> None:
    """The dense index, caught up from whatever its file holds, has the database's ids and vectors, no more, no less."""
    stored = rows(data_dir, "SELECT id, article_id, embedding FROM passages ORDER BY id")
    async with open_database(sqlite_url(data_dir), create=False) as database:
        shadow = await FaissDense(database, data_dir, model).catch_up()
    if not stored:
        assert shadow is None or len(shadow) == 0
        return
    assert shadow is not None
    assert shadow.passage_ids.tolist() == [row[0] for row in stored]
    assert shadow.article_ids.tolist() == [row[1] for row in stored]
    vectors = np.frombuffer(b"".join(row[2] for row in stored), "<f4").reshape(len(stored), -1)
    assert np.array_equal(shadow.vectors([row[0] for row in stored]), vectors)
