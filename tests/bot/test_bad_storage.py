"""A data folder in trouble: full, damaged, newer, locked up. One sentence each, and nothing stored is lost."""

import asyncio
import os
import random
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.helpers import made
from tests.helpers.command import Dealwire, Done, installed
from tests.helpers.look import check_database, check_dense, rows

DATABASE = "dealwire.sqlite3"
# Root may write and read everything, unless these two rights are taken away. (Others have not got them.)
AS_ANYBODY = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()


def one_sentence(done: Done, status: int, words: str) -> None:
    assert (done.status, done.out) == (status, ""), done
    assert done.complaint.startswith("dealwire: ") and words in done.complaint, done.err
    assert done.err.count("\n") == 1, done.err


@pytest.fixture
def filled(dealwire: Dealwire) -> Path:
    for number in range(4):
        made.write(dealwire.folder / "old", number)
    assert dealwire("ingest", "old").status == 0
    made.write(dealwire.folder / "new", 9)
    return dealwire.data_dir


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a little over a megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1200k", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_while_writing(dealwire: Dealwire, small_disk: Path) -> None:
    for number in range(180):
        made.write(dealwire.folder / "news", number)
    there = {"DEALWIRE_DATA_DIR": str(small_disk / "data")}
    full = dealwire("ingest", "news", "--json", "--verbose", env=there)
    assert full.status == 1 and full.out == ""
    assert full.complaint == (
        f"dealwire: The disk is full or failing at {small_disk / 'data'}; free some space and run the command again. "
        "Nothing that was stored is lost."
    )
    told = [line for line in full.err.splitlines() if line.startswith("added ")]
    assert 0 < len(told) < 180
    subprocess.run(["mount", "-o", "remount,size=60m", str(small_disk)], check=True)
    stored = rows(small_disk / "data", "SELECT origin, id FROM articles")
    assert {f"added {origin}: article {article}" for origin, article in stored} == set(told)
    again = dealwire("ingest", "news", "--json", env=there)
    assert again.status == 0 and (again.json["added"], again.json["unchanged"]) == (180 - len(told), len(told))
    check_database(small_disk / "data")
    asyncio.run(check_dense(small_disk / "data", "all-MiniLM-L6-v2"))


def test_no_room_for_the_dense_index_alone(dealwire: Dealwire) -> None:
    """The database fits below the limit on a file's size, the file of the vectors does not."""
    for number in range(64):
        made.write(dealwire.folder / "news", number)
    done = dealwire("ingest", "news", "--json", largest_file=120_000)
    if done.status == 1:  # the database itself did not fit
        assert "The disk is full or failing" in done.complaint
    else:
        assert done.json["added"] == 64 and "Nothing is lost" in done.complaint
    assert dealwire("ingest", "news").status == 0
    check_database(dealwire.data_dir)
    asyncio.run(check_dense(dealwire.data_dir, "all-MiniLM-L6-v2"))


def header_scrambled(folder: Path) -> None:
    with (folder / DATABASE).open("r+b") as file:
        file.write(random.Random(3).randbytes(200))


def cut_short(folder: Path) -> None:
    os.truncate(folder / DATABASE, 9_000)


def made_of_text(folder: Path) -> None:
    (folder / DATABASE).write_text("This is where the database was.\n" * 500)


@pytest.mark.parametrize("damage", [header_scrambled, cut_short, made_of_text])
def test_a_damaged_database(dealwire: Dealwire, filled: Path, damage: Callable[[Path], None]) -> None:
    with sqlite3.connect(filled / DATABASE) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    damage(filled)
    damaged = (filled / DATABASE).read_bytes()
    words = (
        f"The database {filled / DATABASE} is damaged; move it away (or restore a backup) and read the articles again"
    )
    for args in (["articles"], ["ask", "when is it due?"], ["show", "1"], ["deal", "list"], ["ingest", "new"]):
        one_sentence(dealwire(*args, "--json"), 1, words)
    assert (filled / DATABASE).read_bytes() == damaged
    # What it says helps.
    for file in filled.glob(f"{DATABASE}*"):
        file.rename(dealwire.folder / file.name)
    assert dealwire("ingest", "old", "new", "--json").json["added"] == 5
    check_database(filled)


def test_an_empty_file_in_the_databases_place_is_a_new_database(dealwire: Dealwire, data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / DATABASE).touch()
    made.write(dealwire.folder / "new", 9)
    assert dealwire("ingest", "new", "--json").json["added"] == 1
    check_database(data_dir)


def test_a_newer_database(dealwire: Dealwire, filled: Path) -> None:
    with sqlite3.connect(filled / DATABASE) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = rows(filled, "SELECT * FROM articles")
    for args in (["articles"], ["ask", "when is it due?"], ["ingest", "new"], ["deal", "remove", "x"]):
        one_sentence(dealwire(*args, "--json"), 1, "was written by a newer Dealwire (schema 9999")
    assert rows(filled, "SELECT * FROM articles") == before


def test_a_file_where_the_data_folder_should_be(dealwire: Dealwire) -> None:
    made.write(dealwire.folder / "new", 9)
    dealwire.data_dir.write_text("not a folder")
    done = dealwire("ingest", "new")
    one_sentence(done, 1, f"The data folder {dealwire.data_dir} cannot be written")
    one_sentence(dealwire("ingest", "new", "--data-dir", dealwire.data_dir / "below"), 1, "cannot be written")
    assert dealwire.data_dir.read_text() == "not a folder"


@pytest.fixture
def anybody() -> tuple[str, ...]:
    """What to run a command with so that permissions count, also for root."""
    if AS_ANYBODY and not shutil.which(AS_ANYBODY[0]):
        pytest.skip("permissions cannot be tested as root without setpriv")
    return AS_ANYBODY


@pytest.mark.parametrize("mode", [0o500, 0o000])
def test_a_data_folder_that_cannot_be_written(
    dealwire: Dealwire, filled: Path, anybody: tuple[str, ...], mode: int
) -> None:
    filled.chmod(mode)
    try:
        for args in (["ingest", "new"], ["articles"]):
            done = installed(*args, "--json", "--data-dir", filled, cwd=dealwire.folder, before=anybody)
            one_sentence(done, 1, f"The data folder {filled} cannot be")
            assert "--data-dir or mend its permissions" in done.complaint
    finally:
        filled.chmod(0o700)
    assert len(dealwire("articles", "--json").json) == 4


def test_a_data_folder_that_cannot_be_made(dealwire: Dealwire, anybody: tuple[str, ...]) -> None:
    made.write(dealwire.folder / "new", 9)
    locked = dealwire.folder / "locked"
    locked.mkdir(mode=0o500)
    done = installed("ingest", "new", "--data-dir", locked / "data", cwd=dealwire.folder, before=anybody)
    one_sentence(done, 1, f"The data folder {locked / 'data'} cannot be written (Permission denied)")


def test_a_file_without_read_permission_beside_a_good_one(dealwire: Dealwire, anybody: tuple[str, ...]) -> None:
    made.write(dealwire.folder / "news", 1)
    made.write(dealwire.folder / "news", 2).chmod(0)
    (dealwire.folder / "shut").mkdir(mode=0)
    done = installed(
        "ingest", "news", "shut", "--json", "--data-dir", dealwire.data_dir, cwd=dealwire.folder, before=anybody
    )
    (dealwire.folder / "shut").chmod(0o700)
    assert done.status == 0 and done.json["added"] == 1, done
    sentence = "There is no permission to read {}; give yourself the right to read it."
    assert {each["origin"]: each["error"] for each in done.json["failed"]} == {
        name: sentence.format(name) for name in ("news/0002.md", "shut")
    }
    assert [each["origin"] for each in dealwire("articles", "--json").json] == ["news/0001.md"]
