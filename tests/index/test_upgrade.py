"""A database of an older Dealwire is brought up to date with all that is in it."""

from pathlib import Path

import numpy as np
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from index import store
from index.embed import Embedder
from index.ingest import ingest
from index.models import Draft
from index.store.sqlite import FILE_NAME
from index.told import reread
from tests.conftest import opened
from tests.helpers.look import read, rows

HOLDING = "SELECT rowid FROM passages_fts WHERE passages_fts MATCH 'quay'"


def at_revision(data_dir: Path, revision: str, *statements: str) -> None:
    data_dir.mkdir()
    config = Config()
    config.set_main_option("script_location", str(Path(store.__file__).parent / "migrations"))
    engine = sa.create_engine(f"sqlite:///{data_dir / FILE_NAME}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


async def test_a_full_text_index_without_positions(data_dir: Path, embedder: Embedder) -> None:
    """The same passages are found, and those stored later too; the dates of all articles are read."""
    text = "The quay must close by 3 May 2026."
    vector = np.full(384, 384**-0.5, "<f4").tobytes().hex()
    at_revision(
        data_dir,
        "0004",
        "INSERT INTO articles (id, identity, digest, title, text, day, source, author, importer, origin, added_at,"
        f" updated_at) VALUES (1, 'x', 'x', 'Quays', '{text}', '2026-01-01', '', '', '', '1.txt', '', '')",
        "INSERT INTO passages (id, article_id, position, start, end, terms, embedding)"
        f" VALUES (1, 1, 0, 0, {len(text)}, 'quay close 3 may 2026', X'{vector}')",
        f"UPDATE state SET generation = 1, grammar = 1, embedding_model = '{embedder.name}'",
    )
    async with opened(data_dir, embedder) as library:
        assert rows(data_dir, HOLDING) == [(1,)]
        assert await reread(library) == 1
        await ingest(library, read(Draft(text="Another quay opened.", origin="2.txt")))
    assert rows(data_dir, HOLDING) == [(1,), (2,)]
    assert len(rows(data_dir, "SELECT * FROM article_dates")) == 2
