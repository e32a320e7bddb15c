"""The dense index is a shadow of the database: whatever its file holds, the two never disagree."""

import json
import os
import random
import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.embed import Embedder
from index.errors import StoreError
from index.ingest import ingest, remove_article
from index.library import Library
from index.models import Draft, Scope
from index.search.faiss_dense import FILE_NAME, FaissDense
from index.store.database import FILE_NAME as DATABASE
from tests.conftest import opened
from tests.helpers import made
from tests.helpers.look import check_dense, read, rows


def draft(number: int, version: int = 0) -> Draft:
    return Draft(text=made.text(number, version), title=made.title(number), origin=f"{number}.txt")


async def filled(data_dir: Path, embedder: Embedder, *numbers: int, version: int = 0) -> None:
    async with opened(data_dir, embedder) as library:
        await ingest(library, read(*[draft(number, version) for number in numbers]))


def truncated(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def emptied(file: Path) -> None:
    os.truncate(file, 0)


def scrambled(file: Path) -> None:
    file.write_bytes(random.Random(7).randbytes(file.stat().st_size))


def one_bit_flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-9] ^= 4
    file.write_bytes(bytes(content))


def header_of_another_kind(file: Path) -> None:
    file.write_bytes(json.dumps([1, 2]).encode() + b"\n" + file.read_bytes())


def removed(file: Path) -> None:
    file.unlink()


def a_folder_in_its_place(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    "damage", [truncated, emptied, scrambled, one_bit_flipped, header_of_another_kind, removed, a_folder_in_its_place]
)
async def test_a_damaged_file_is_made_anew(data_dir: Path, embedder: Embedder, damage: Callable[[Path], None]) -> None:
    await filled(data_dir, embedder, 1, 2, 3)
    damage(data_dir / FILE_NAME)
    await check_dense(data_dir, embedder.name)


async def test_a_file_that_is_behind_catches_up_with_additions_changes_and_removals(
    data_dir: Path, embedder: Embedder
) -> None:
    await filled(data_dir, embedder, *range(6))
    old = (data_dir / FILE_NAME).read_bytes()
    await filled(data_dir, embedder, 6, 7)
    await filled(data_dir, embedder, 2, 7, version=1)
    async with opened(data_dir, embedder) as library:
        await remove_article(library, 4)
    (data_dir / FILE_NAME).write_bytes(old)
    await check_dense(data_dir, embedder.name)


async def test_one_that_is_open_follows_what_another_process_would_do(library: Library, data_dir: Path) -> None:
    async with opened(data_dir, await library.embedder.get()) as other:
        for step in (
            lambda: ingest(other, read(draft(1), draft(2))),
            lambda: ingest(other, read(draft(1, version=1))),
            lambda: remove_article(other, 2),
            lambda: ingest(other, read(draft(3))),
        ):
            await step()
            stored = [row[0] for row in rows(data_dir, "SELECT id FROM passages ORDER BY id")]
            [vector] = await library.embed(["what was closed near the quay?"])
            found = await library.dense.search(vector, 99, Scope())
            assert sorted(hit.passage_id for hit in found) == stored
            async with library.database.read() as connection:
                vectors = await library.dense.vectors(connection, [hit.passage_id for hit in found])
            assert np.allclose(vectors @ vector, [hit.score for hit in found], atol=1e-5)


def without_database(data_dir: Path) -> None:
    for file in data_dir.glob(f"{DATABASE}*"):
        file.unlink()


def debris(data_dir: Path) -> list[Path]:
    return list(data_dir.glob("*.part"))


async def test_the_file_of_another_database_is_not_believed(data_dir: Path, embedder: Embedder) -> None:
    """As when a damaged database was moved away and the articles were read again, in another order."""
    await filled(data_dir, embedder, 1, 2, 3, 4)
    old = (data_dir / FILE_NAME).read_bytes()
    without_database(data_dir)
    await filled(data_dir, embedder, 4, 3, 2, 1)
    (data_dir / FILE_NAME).write_bytes(old)
    await check_dense(data_dir, embedder.name)


@pytest.mark.parametrize("rounds", [1, 4])
async def test_a_database_put_back_to_its_backup_is_followed(data_dir: Path, embedder: Embedder, rounds: int) -> None:
    """The file knows a future that never came: fewer changes than it saw, then more."""
    await filled(data_dir, embedder, 1, 2)
    backup = shutil.copytree(data_dir, data_dir.with_name("backup"))
    await filled(data_dir, embedder, 3)
    await filled(data_dir, embedder, 4)
    future = (data_dir / FILE_NAME).read_bytes()
    shutil.rmtree(data_dir)
    shutil.copytree(backup, data_dir)
    for number in range(rounds):
        await filled(data_dir, embedder, 10 + number)
    (data_dir / FILE_NAME).write_bytes(future)
    await check_dense(data_dir, embedder.name)


async def test_another_model_is_told_what_to_do(data_dir: Path, embedder: Embedder) -> None:
    await filled(data_dir, embedder, 1)
    async with opened(data_dir, embedder) as library:
        dense = FaissDense(library.database, data_dir, "another")
        with pytest.raises(StoreError, match=r"embedded with 'all-MiniLM-L6-v2', this process runs 'another'"):
            await dense.search(np.ones(384, np.float32), 5, Scope())


async def test_saving_cannot_spoil_what_was_asked(data_dir: Path, embedder: Embedder) -> None:
    """The file cannot be written (a folder is in its place): all that was to be stored is stored."""
    (data_dir / FILE_NAME / "something").mkdir(parents=True)
    async with opened(data_dir, embedder) as library:
        report = await ingest(library, read(draft(1)))
        assert report.added == 1
    await check_dense(data_dir, embedder.name)
    assert not debris(data_dir)


async def test_the_debris_of_killed_processes_is_removed(data_dir: Path, embedder: Embedder) -> None:
    await filled(data_dir, embedder, 1)
    old, young = data_dir / f"{FILE_NAME}abc.part", data_dir / f"{FILE_NAME}def.part"
    for part in (old, young):
        part.touch()
    os.utime(old, (time.time() - 7200, time.time() - 7200))
    await filled(data_dir, embedder, 2)
    assert debris(data_dir) == [young]


async def test_the_scope_is_kept_before_the_cut(data_dir: Path, embedder: Embedder) -> None:
    """One early article among many late ones is found with ``as_of``, however few are asked for."""
    drafts = [draft(n).model_copy(update={"published": date(2026, 2 if n else 1, 1)}) for n in range(30)]
    early = Scope(as_of=date(2026, 1, 15))
    async with opened(data_dir, embedder) as library:
        await ingest(library, read(*drafts))
        first = [row[0] for row in rows(data_dir, "SELECT id FROM passages WHERE article_id = 1")]
        [vector] = await library.embed([made.text(20)])
        assert [hit.passage_id in first for hit in await library.dense.search(vector, 1, early)] == [True]
        common = rows(data_dir, "SELECT term FROM passages_words ORDER BY doc DESC LIMIT 40")
        lexical = await library.lexical.search([term for (term,) in common], 1, early)
        assert [hit.passage_id in first for hit in lexical.hits] == [True]
