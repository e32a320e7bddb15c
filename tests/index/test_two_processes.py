"""A bot that runs and ``dealwire ingest`` beside it use one data folder at the same time."""

import asyncio
import time
from pathlib import Path

from index.embed import Embedder
from index.library import Library
from index.models import Scope
from index.search.hybrid import retrieve
from tests.conftest import opened
from tests.helpers import made
from tests.helpers.command import Dealwire
from tests.helpers.look import check_database, check_dense, rows

PATIENCE = 2.0  # seconds from “stored” to “found”, without a restart
NEWS = "The lighthouse at Cape Merrow was sold to its keeper for one crown."


async def found(library: Library, question: str) -> list[str]:
    return [each.candidate.text for each in await retrieve(library, question, Scope(), 5)]


async def test_what_another_process_stores_is_found_within_two_seconds(
    dealwire: Dealwire, data_dir: Path, embedder: Embedder
) -> None:
    for number in range(20):
        made.write(dealwire.folder / "old", number)
    assert dealwire("ingest", "old").status == 0
    (dealwire.folder / "new.txt").write_text(f"Lighthouse sold\n\n{NEWS}\n")
    async with opened(data_dir, embedder) as library:
        assert NEWS not in await found(library, "who bought the lighthouse?")
        beside = await asyncio.to_thread(dealwire.start, "ingest", "new.txt", "--verbose")
        stored = await asyncio.to_thread(beside.until, "added new.txt: article 21")
        while NEWS not in await found(library, "who bought the lighthouse?"):
            assert time.monotonic() - stored < PATIENCE
        assert time.monotonic() - stored < PATIENCE
        assert (await asyncio.to_thread(beside.wait)).status == 0
        # A new version takes the old one's place, in both halves of the search.
        (dealwire.folder / "new.txt").write_text("Lighthouse not sold\n\nThe keeper withdrew his offer on Friday.\n")
        assert (await asyncio.to_thread(dealwire, "ingest", "new.txt", "--json")).json["updated"] == 1
        assert NEWS not in await found(library, "who bought the lighthouse?")
        assert "The keeper withdrew his offer on Friday." in await found(library, "did the keeper withdraw his offer?")
    await check_dense(data_dir, embedder.name)


async def test_two_writers_at_once_both_succeed(dealwire: Dealwire, data_dir: Path, embedder: Embedder) -> None:
    """Each brings its own articles and some that the other brings as well; the data folder is not there yet."""
    for number in range(90):
        made.write(dealwire.folder / "one", number)
        made.write(dealwire.folder / "two", number + 60)
    writers = [dealwire.start("ingest", name, "--json") for name in ("one", "two")]
    reports = [writer.wait() for writer in writers]
    assert [report.status for report in reports] == [0, 0], reports
    assert sum(report.json["added"] for report in reports) == 150
    assert sum(report.json["unchanged"] for report in reports) == 30
    assert rows(data_dir, "SELECT count(*) FROM articles") == [(150,)]
    check_database(data_dir)
    await check_dense(data_dir, embedder.name)


def test_asking_does_not_wait_for_a_writer(dealwire: Dealwire, data_dir: Path) -> None:
    import sqlite3

    made.write(dealwire.folder, 1)
    assert dealwire("ingest", "0001.md").status == 0
    writer = sqlite3.connect(data_dir / "dealwire.sqlite3", isolation_level=None)
    try:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE articles SET title = 'half done'")
        shown = dealwire("show", "1", "--json")
        assert shown.status == 0 and shown.json["title"] == made.title(1)
    finally:
        writer.execute("ROLLBACK")
        writer.close()
