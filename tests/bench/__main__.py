"""``make bench``: prints each figure beside its mark, as ratios taken in this one run.

The machine is shared and noisy, so seconds mean little and ratios much. ``--quick`` uses fewer articles.
"""

import argparse
import asyncio
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Console
from rich.progress import track

from index.answer import ask
from index.embed import DEFAULT_MODEL, default_model_folder, with_context
from index.ingest import ingest
from index.library import NO_READER, Library, open_library
from index.models import Draft, Scope
from index.read import Reading
from index.reader.training.stories import load_stories
from index.split import passages
from index.store.articles import NewPassage, changed, insert_article
from index.terms import terms
from index.told import read_days, set_days
from tests.bench import reminders
from tests.bench.made import articles, vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

QUESTIONS = (
    "when is the licence deadline?",
    "who pays for the port concession?",
    "how much did Arvena pay?",
    "is the water treaty signed yet?",
)
WARM = 200  # questions before those that are timed
err = Console(stderr=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| what | mark | measured |\n|---|---|---|")
    asyncio.run(_ingestion(40 if quick else 150))
    asyncio.run(_question(200 if quick else 1_000, 40 if quick else 200))
    _cold_start()
    asyncio.run(_hundred_thousand(10_000 if quick else 100_000))
    _dates(100 if quick else 400)
    reminders.report(row, 10_000 if quick else 100_000, 100 if quick else 1_000)


def row(what: str, mark: str, measured: str) -> None:
    print(f"| {what} | {mark} | {measured} |", flush=True)


async def _ingestion(number: int) -> None:
    """Articles to stored and searchable, against embedding the same passages and nothing else."""
    drafts = articles(number)
    with tempfile.TemporaryDirectory() as folder:
        async with open_library(data_dir=Path(folder), embedding_model=DEFAULT_MODEL) as library:
            bare_model = _bare_model()
            await library.embed(["warm"])
            texts = [with_context(d.text[a:b], d.title, d.day) for d in drafts for a, b in passages(d.text)]
            texts.sort(key=len)
            began = time.perf_counter()
            await asyncio.to_thread(bare_model.encode, texts)
            bare = time.perf_counter() - began
            began = time.perf_counter()
            report = await ingest(library, _readings(drafts))
            whole = time.perf_counter() - began
    row(
        f"ingestion, {report.passages:,} passages, against bare encoding",
        "≥ 0.8",
        f"{bare / whole:.2f} ({report.passages / whole:.0f} passages/s against {len(texts) / bare:.0f})",
    )


async def _question(number: int, times: int) -> None:
    """A warm question, against embedding the question: models, statements and passages have been met before."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_library(data_dir=Path(folder), embedding_model=DEFAULT_MODEL) as library:
            stored = await _store_made(library, articles(number))
        model = _bare_model()
        for reader, mark in ((NO_READER, "≤ 3"), (None, "≤ 120 ms")):
            async with open_library(data_dir=Path(folder), embedding_model=DEFAULT_MODEL, reader=reader) as library:
                for n in range(WARM):
                    await ask(library, f"{QUESTIONS[n % 4]} {times + n}", Scope())
                bare = await _times(
                    lambda n: library.models.run(partial(model.encode, f"{QUESTIONS[n % 4]} {n}")), times
                )
                whole = await _times(lambda n: ask(library, f"{QUESTIONS[n % 4]} {n}", Scope()), times)
                p95, embed = _p95(whole), _median(bare)
                row(
                    f"a warm question over {number:,} articles ({stored:,} passages), {'without' if reader else 'with'} the reader, p95",
                    mark + (" × embedding it" if reader else ""),
                    f"{p95 / embed:.1f} × ({1000 * p95:.0f} ms against {1000 * embed:.0f})",
                )
                first = await _times(lambda n: _after_a_change(library, f"{QUESTIONS[n % 4]} {n}"), times // 4)
                row(
                    "the same, each the first question after a change, median",
                    "stated",
                    f"{1000 * _median(first):.0f} ms",
                )


async def _after_a_change(library: Library, question: str) -> None:
    """What questions have met counts as unknown again."""
    async with library.database.write() as connection:
        await changed(connection)
    await ask(library, question, Scope())


def _bare_model() -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(default_model_folder()), device="cpu")


def _cold_start() -> None:
    """``dealwire ask`` as a whole process, against importing sentence-transformers."""
    with tempfile.TemporaryDirectory() as folder:
        dealwire = [str(Path(sys.executable).parent / "dealwire")]
        subprocess.run([*dealwire, "ingest", "--data-dir", folder, "seeds", "--json"], check=True, capture_output=True)
        command = [*dealwire, "ask", "--data-dir", folder, QUESTIONS[0], "--json"]
        bare = [sys.executable, "-c", "import sentence_transformers"]
        ours, theirs = [], []
        for _ in range(5):
            theirs.append(_process(bare))
            ours.append(_process(command))
    row(
        "cold `dealwire ask` less `import sentence_transformers`",
        "≤ 1 s",
        f"{_median(ours) - _median(theirs):+.1f} s ({_median(ours):.1f} s against {_median(theirs):.1f} s)",
    )


async def _hundred_thousand(number: int) -> None:
    """The dense index with many passages: file, memory, loading, searching."""
    per_article = 20
    made = vectors(number)
    with tempfile.TemporaryDirectory() as folder:
        before = _resident()
        async with open_library(data_dir=Path(folder), embedding_model=DEFAULT_MODEL) as library:
            await _store_made(library, articles(number // per_article, per_article), made)
            await library.dense.save()
        async with open_library(data_dir=Path(folder), embedding_model=DEFAULT_MODEL) as library:
            began = time.perf_counter()
            await library.dense.search(made[0], 40, Scope())
            load = time.perf_counter() - began
            times = await _times(lambda n: library.dense.search(made[n], 40, Scope()), 200)
            size = (Path(folder) / "passages.faiss").stat().st_size
            row(
                f"{number:,} passages: file, process memory, load and first search, search p95",
                "stated",
                f"{size / 2**20:.0f} MB, {(_resident() - before) / 2**20:.0f} MB, {load:.2f} s, {1000 * _p95(times):.1f} ms",
            )


def _dates(number: int) -> None:
    """The date grammar and the deadline layer together, on one core."""
    from index.deadlines import find_deadlines

    told = [article for story in load_stories() for article in story.articles]
    made = articles(number)
    rates = []
    for texts in ([(each.text, each.day) for each in told], [(each.text, each.day) for each in made]):
        began = time.process_time()
        for text, day in texts:
            find_deadlines(text, day)
        rates.append(len(texts) / (time.process_time() - began))
    row(
        "dates and deadlines, articles a second on one core",
        "≥ 200",
        f"{rates[0]:.0f} of the invented deals; {rates[1]:.0f} of 20 sentences with a date in nearly each",
    )


async def _store_made(library: Library, drafts: list[Draft], made: np.ndarray | None = None) -> int:  # type: ignore[type-arg]
    """Store drafts as ingestion does, but with made vectors: what is measured later does not depend on what they mean."""
    number = sum(len(passages(draft.text)) for draft in drafts)
    made = vectors(number) if made is None else made
    at = 0
    for first in track(range(0, len(drafts), 200), "storing made articles", console=err, transient=True):
        async with library.database.write() as connection:
            for draft in drafts[first : first + 200]:
                rows = []
                for start, end in passages(draft.text):
                    words = " ".join(terms(draft.text[start:end]))
                    rows.append(NewPassage(start, end, words, made[at % len(made)].astype("<f4").tobytes()))
                    at += 1
                await set_days(
                    connection, await insert_article(connection, draft, rows, None), read_days(draft.text, draft.day)
                )
            await changed(connection, model=library.embedding_model)
    return at


async def _readings(drafts: list[Draft]) -> AsyncIterator[Reading]:
    for draft in drafts:
        yield Reading((draft,))


async def _times(work: Callable[[int], object], number: int) -> list[float]:
    taken = []
    for n in range(number):
        began = time.perf_counter()
        await work(n)  # type: ignore[misc]
        taken.append(time.perf_counter() - began)
    return taken


def _process(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _p95(times: list[float]) -> float:
    return float(np.percentile(times, 95))


def _median(times: list[float]) -> float:
    return float(np.median(times))


if __name__ == "__main__":
    main()
