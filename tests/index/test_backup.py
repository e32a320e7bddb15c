"""Backups of the embedded library: whole whoever writes meanwhile, and put back under who reads."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.embed import with_context
from index.errors import StoreError
from index.ingest import ingest
from index.library import Library
from index.models import Draft, Scope, day_of
from index.read import Reading
from index.search.hybrid import retrieve
from index.store.backup import back_up, restore
from index.store.sqlite import FILE_NAME
from tests.helpers import made


async def read(library: Library, *numbers: int) -> None:
    async def readings() -> AsyncIterator[Reading]:
        for n in numbers:
            yield Reading(drafts=(Draft(text=made.text(n), title=made.title(n), origin=f"/news/{n}.md"),))

    await ingest(library, readings())


def count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.execute("INSERT INTO passages_fts(passages_fts, rank) VALUES ('integrity-check', 1)")
        whole = "SELECT count(*) FROM articles WHERE id IN (SELECT article_id FROM passages)"
        (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
        assert connection.execute(whole).fetchone() == (articles,)
        return int(articles)


async def test_backups_are_whole_while_others_write(library: Library, data_dir: Path, tmp_path: Path) -> None:
    writing = asyncio.create_task(_write_all(library))
    seen = []
    while not writing.done():
        to = tmp_path / f"{len(seen)}.backup"
        await asyncio.to_thread(back_up, data_dir / FILE_NAME, to)
        seen.append(count(to))
    await writing
    assert seen == sorted(seen) and len(seen) > 1
    back_up(data_dir / FILE_NAME, tmp_path / "last.backup")
    assert count(tmp_path / "last.backup") == 24
    assert not list(tmp_path.glob(".*.part"))  # noqa: ASYNC240


async def _write_all(library: Library) -> None:
    for n in range(24):
        await read(library, n)


async def test_a_restored_library_is_seen_by_who_has_it_open(library: Library, data_dir: Path, tmp_path: Path) -> None:
    await read(library, 1, 2)
    back_up(data_dir / FILE_NAME, tmp_path / "b")
    await read(library, 3)
    assert made.title(3) in {each.candidate.title for each in await retrieve(library, made.title(3), Scope())}
    with pytest.raises(StoreError, match="--replace"):
        restore(tmp_path / "b", data_dir / FILE_NAME, replace=False)
    await asyncio.to_thread(restore, tmp_path / "b", data_dir / FILE_NAME, replace=True)
    titles = {each.candidate.title for each in await retrieve(library, made.title(3), Scope())}
    assert titles == {made.title(1), made.title(2)}
    await read(library, 4)
    assert count(data_dir / FILE_NAME) == 3


async def test_what_is_read_after_a_restore_is_not_taken_for_what_had_its_ids(
    library: Library, data_dir: Path, tmp_path: Path
) -> None:
    """The wrong article is read and asked about, the backup put back, the right one read: it has the same ids."""
    await read(library, 1)
    back_up(data_dir / FILE_NAME, tmp_path / "b")
    await read(library, 2)
    assert made.title(2) in {each.candidate.title for each in await retrieve(library, made.title(2), Scope())}
    await asyncio.to_thread(restore, tmp_path / "b", data_dir / FILE_NAME, replace=True)
    await read(library, 3)
    found = await retrieve(library, made.title(3), Scope())
    assert {each.candidate.title for each in found} == {made.title(1), made.title(3)}
    exact = await library.embed(
        [with_context(e.candidate.text, e.candidate.title, day_of(e.candidate.published)) for e in found]
    )
    np.testing.assert_allclose(np.stack([each.vector for each in found]), exact, atol=1e-4)


async def test_into_a_new_folder(library: Library, data_dir: Path, tmp_path: Path) -> None:
    await read(library, 1)
    back_up(data_dir / FILE_NAME, tmp_path / "deep" / "b")
    restore(tmp_path / "deep" / "b", tmp_path / "new" / FILE_NAME, replace=False)
    assert count(tmp_path / "new" / FILE_NAME) == 1


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(4_000)])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b").write_bytes(content)
    with pytest.raises(StoreError, match=r"no backup of Dealwire's|damaged"):
        restore(tmp_path / "b", tmp_path / "new" / FILE_NAME, replace=True)
    assert not (tmp_path / "new").exists()


async def test_a_damaged_backup_and_one_of_a_newer_version(library: Library, data_dir: Path, tmp_path: Path) -> None:
    await read(library, *range(12))
    back_up(data_dir / FILE_NAME, tmp_path / "b")
    damaged = bytearray((tmp_path / "b").read_bytes())
    damaged[20_000:60_000] = bytes(40_000)
    (tmp_path / "damaged").write_bytes(damaged)
    with closing(sqlite3.connect(tmp_path / "b")) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    for name in ("damaged", "b", "absent"):
        with pytest.raises(StoreError, match=r"damaged|pip install -U dealwire|no backup"):
            restore(tmp_path / name, data_dir / FILE_NAME, replace=True)
    assert count(data_dir / FILE_NAME) == 12


def test_nothing_to_back_up_and_nowhere_to_put_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing to back up"):
        back_up(tmp_path / FILE_NAME, tmp_path / "b")
    assert not (tmp_path / FILE_NAME).exists()
