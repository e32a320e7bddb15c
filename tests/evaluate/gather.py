"""Runs the engine over sets of deals and keeps what it saw: candidates, features, what is right."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import track

from index.answer.ask import READ
from index.answer.evidence import Features, features
from index.answer.question import understand
from index.embed import DEFAULT_MODEL, Vectors
from index.ingest import ingest
from index.library import NO_READER, Library, open_library
from index.models import Scope
from index.reader import Candidate
from index.search.hybrid import retrieve
from index.sources import Sources
from tests.evaluate.sets import Gold, GoldSet, is_evidence

err = Console(stderr=True)


@dataclass(frozen=True)
class Seen:
    """One question as the engine saw it: a row of features and a verdict for each candidate."""

    gold: Gold
    features: list[Features]
    right: list[bool]
    vectors: list[Vectors]


@asynccontextmanager
async def library_of(gold: GoldSet, data_dir: Path, reader: str | None = None) -> AsyncIterator[Library]:
    """All articles of the set in one index; kept in ``data_dir`` for the next time."""
    async with open_library(data_dir=data_dir, embedding_model=DEFAULT_MODEL, reader=reader) as library:
        with err.status("reading the articles …"):
            await ingest(library, Sources([str(folder) for folder in gold.folders]).readings())
        yield library


def data_dir_of(gold: GoldSet, under: Path) -> Path:
    name = hashlib.blake2b("|".join(map(str, gold.folders)).encode(), digest_size=6).hexdigest()
    return under / name


async def gather(gold: GoldSet, data_dir: Path, rank: Features | None) -> list[Seen]:
    """All candidates of each question; or, with weights to choose those worth reading by, these and as they read."""
    seen = []
    async with library_of(gold, data_dir, NO_READER if rank is None else None) as library:
        model = await library.reader.get()
        for each in track(gold.questions, "asking", console=err, transient=True):
            asked = understand(each.question)
            found = await retrieve(library, asked.text, Scope(as_of=each.as_of))
            offered = list(zip(found, features(asked, found), strict=True))
            if rank is not None and model is not None and found:
                offered = sorted(offered, key=lambda one: rank.dot(one[1]), reverse=True)[:READ]
                read = [Candidate(c.title, c.before, c.text, c.after) for c in (f.candidate for f, _ in offered)]
                readings = await library.models.run(partial(model.read, asked.text, read))
                offered = [(f, w.with_reading(r)) for (f, w), r in zip(offered, readings, strict=True)]
            right = [is_evidence(f.candidate.text, each) for f, _ in offered]
            vectors = [f.vector for f, _ in offered]
            seen.append(Seen(each, [weighed for _, weighed in offered], right, vectors))
    return seen


def gather_all(sets: Sequence[GoldSet], under: Path, rank: Features | None) -> list[Seen]:
    return [seen for each in sets for seen in asyncio.run(gather(each, data_dir_of(each, under), rank))]
