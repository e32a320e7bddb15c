"""``dealwire doctor``: each thing that can be wrong is found, and can be mended as it says."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers import made
from tests.helpers.command import Dealwire

NAMES = ["settings", "data folder", "database", "embedding model", "dense index", "reader", "Discord token"]


@pytest.fixture
def copied(seeds_dir: Path, data_dir: Path) -> Path:
    return Path(shutil.copytree(seeds_dir, data_dir))


def test_all_is_well(dealwire: Dealwire, copied: Path) -> None:
    done = dealwire("doctor", "--json")
    assert (done.status, done.err) == (0, "")
    assert [check["check"] for check in done.json] == NAMES
    for check in done.json:
        assert set(check) == {"check", "ok", "detail", "mend"} and check["ok"] is True
        assert check["detail"] and check["mend"] == ""
    told = {check["check"]: check["detail"] for check in done.json}
    assert "20 articles" in told["database"] and "in step" in told["dense index"] and "384" in told["embedding model"]
    assert "DISCORD_TOKEN is not set" in told["Discord token"]
    people = dealwire("doctor")
    assert people.status == 0
    assert [line[0] for line in people.out.splitlines()] == ["✓"] * len(NAMES)


def test_before_the_first_article(dealwire: Dealwire) -> None:
    done = dealwire("doctor", "--json")
    assert done.status == 0 and [check["check"] for check in done.json] == [n for n in NAMES if n != "dense index"]


def dense_damaged(folder: Path) -> None:
    os.truncate(folder / "passages.faiss", 1000)


def dense_of_another_database(folder: Path) -> None:
    with sqlite3.connect(folder / "dealwire.sqlite3") as connection:
        connection.execute("UPDATE state SET generation = 0")


def database_scrambled(folder: Path) -> None:
    with (folder / "dealwire.sqlite3").open("r+b") as file:
        file.write(os.urandom(100))


def page_scrambled(folder: Path) -> None:
    with sqlite3.connect(folder / "dealwire.sqlite3") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [root] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'passages'").fetchone()
    with (folder / "dealwire.sqlite3").open("r+b") as file:
        file.seek(4096 * (root - 1))
        file.write(b"\xff" * 200)


def full_text_behind(folder: Path) -> None:
    with sqlite3.connect(folder / "dealwire.sqlite3") as connection:
        connection.execute("DROP TRIGGER passages_fts_delete")
        connection.execute("DELETE FROM passages WHERE id = 5")


def newer(folder: Path) -> None:
    with sqlite3.connect(folder / "dealwire.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def other_model(folder: Path) -> None:
    with sqlite3.connect(folder / "dealwire.sqlite3") as connection:
        connection.execute("UPDATE state SET embedding_model = 'another/model'")


@pytest.mark.parametrize(
    ("spoil", "check", "mend"),
    [
        (dense_damaged, "dense index", "remove "),
        (dense_of_another_database, "dense index", "remove "),
        (database_scrambled, "database", "move it away (or restore a backup)"),
        (page_scrambled, "database", "(or restore a backup)"),
        (full_text_behind, "database", "(or restore a backup)"),
        (newer, "database", "upgrade with: pip install -U dealwire"),
        (other_model, "embedding model", "set DEALWIRE_EMBEDDING_MODEL to that one"),
    ],
)
def test_what_is_wrong_is_found(
    dealwire: Dealwire, copied: Path, spoil: Callable[[Path], None], check: str, mend: str
) -> None:
    spoil(copied)
    done = dealwire("doctor", "--json")
    assert done.status == 1 and "checks failed" in done.complaint
    wrong = [each for each in done.json if not each["ok"]]
    assert check in [each["check"] for each in wrong], wrong
    [told] = [each for each in wrong if each["check"] == check]
    assert mend in told["mend"], told


def test_what_it_says_about_the_dense_index_mends_it(dealwire: Dealwire, copied: Path) -> None:
    dense_damaged(copied)
    [told] = [each for each in dealwire("doctor", "--json").json if not each["ok"]]
    Path(told["mend"].removeprefix("remove ").split(";")[0]).unlink()
    assert dealwire("doctor").status == 0
    made.write(dealwire.folder, 1)
    assert dealwire("ingest", "0001.md").status == 0
    assert (copied / "passages.faiss").exists() and dealwire("doctor").status == 0


def test_settings_and_folder(dealwire: Dealwire) -> None:
    done = dealwire("doctor", env={"DEALWIRE_DATADIR": "x"})
    assert done.status == 1
    assert done.out == "✗ settings: There is no setting DEALWIRE_DATADIR → did you mean DEALWIRE_DATA_DIR?\n"
    file = dealwire.folder / "a-file"
    file.touch()
    done = dealwire("doctor", "--json", "--data-dir", file)
    assert done.status == 1
    [wrong] = [each for each in done.json if not each["ok"]]
    assert wrong["check"] == "data folder" and "File exists" in wrong["detail"] and "DEALWIRE_DATA_DIR" in wrong["mend"]


def test_a_model_that_is_none(dealwire: Dealwire) -> None:
    done = dealwire("doctor", "--json", env={"DEALWIRE_EMBEDDING_MODEL": str(dealwire.folder)})
    [wrong] = [each for each in done.json if not each["ok"]]
    assert done.status == 1 and wrong["check"] == "embedding model" and "set DEALWIRE_EMBEDDING_MODEL" in wrong["mend"]
