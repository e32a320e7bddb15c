"""From readings to stored, searchable articles. Owns the order of work and what counts as the same
article; reading (``index.read``), embedding and queries belong to others.

Three things go on at once: one chunk is read and split, one is embedded, one is stored. A chunk is
stored in one transaction; ``on_stored`` is called after its commit, so what it was told survives.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from sqlalchemy.ext.asyncio import AsyncConnection

from index import duplicates
from index.deals import join_deals
from index.embed import Vectors, with_context
from index.errors import StoreError
from index.library import Library
from index.models import Draft, Failure, IngestReport
from index.read import Reading
from index.split import Span, passages
from index.store import articles as store
from index.terms import terms

CHUNK_PASSAGES = 512  # enough to sort by length, and a transaction of a few seconds' work
CHUNK_ARTICLES = 64

Outcome = Literal["added", "updated", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one article, told after its transaction was committed."""

    outcome: Outcome
    origin: str
    title: str = ""
    article_id: int | None = None
    reprint_of: int | None = None
    error: str = ""


@dataclass
class _Prepared:
    draft: Draft
    spans: list[Span]
    terms: list[str]
    buckets: list[int]
    known: bool = False  # stored already, word for word: needs no embedding
    vectors: Vectors = field(default_factory=lambda: np.empty((0, 0), np.float32))

    def to_embed(self) -> list[str]:
        text, title, day = self.draft.text, self.draft.title, self.draft.day
        return [with_context(text[span.start : span.end], title, day) for span in self.spans]


async def ingest(
    library: Library,
    readings: AsyncIterator[Reading],
    *,
    server_id: int | None = None,
    on_stored: Callable[[Stored], None] = lambda _: None,
) -> IngestReport:
    """Store all drafts and report. A failure of one reading is reported and the rest goes on.

    Raises StoreError and ModelError, which concern all of them; what was told to ``on_stored`` is stored.
    """
    began = time.perf_counter()
    tally = _Tally(on_stored)
    chunks: asyncio.Queue[list[_Prepared] | None] = asyncio.Queue(maxsize=1)
    reading = asyncio.create_task(_read_chunks(library, readings, server_id, chunks, tally))
    storing: asyncio.Task[None] | None = None
    try:
        while (chunk := await chunks.get()) is not None:
            await _embed(library, chunk)
            if storing:
                await storing
            storing = asyncio.create_task(_store(library, chunk, server_id, tally))
        if storing:
            await storing
        await reading
    except BaseException:
        reading.cancel()
        if storing:
            storing.cancel()
        await asyncio.gather(reading, *filter(None, [storing]), return_exceptions=True)
        raise
    if tally.counts["added"] or tally.counts["updated"]:
        await library.dense.save()
    return tally.report(time.perf_counter() - began)


async def remove_article(library: Library, article_id: int) -> None:
    """Delete an article from the database; every process's dense index follows."""
    async with library.database.write() as connection:
        await store.delete_article(connection, article_id)
        await store.changed(connection, removed=True)


class _Tally:
    def __init__(self, on_stored: Callable[[Stored], None]) -> None:
        self.on_stored = on_stored
        self.counts: dict[Outcome, int] = {"added": 0, "updated": 0, "unchanged": 0, "failed": 0}
        self.reprints = 0
        self.passages = 0
        self.failures: list[Failure] = []

    def tell(self, stored: Stored) -> None:
        self.counts[stored.outcome] += 1
        self.reprints += stored.outcome == "added" and stored.reprint_of is not None
        if stored.outcome == "failed":
            self.failures.append(Failure(stored.origin, stored.error))
        self.on_stored(stored)

    def report(self, seconds: float) -> IngestReport:
        return IngestReport(
            added=self.counts["added"],
            updated=self.counts["updated"],
            unchanged=self.counts["unchanged"],
            duplicates=self.reprints,
            failed=tuple(self.failures),
            passages=self.passages,
            seconds=round(seconds, 3),
        )


async def _read_chunks(
    library: Library,
    readings: AsyncIterator[Reading],
    server_id: int | None,
    chunks: "asyncio.Queue[list[_Prepared] | None]",
    tally: _Tally,
) -> None:
    try:
        chunk: list[_Prepared] = []
        async for reading in readings:
            for failure in reading.failures:
                tally.tell(Stored("failed", failure.origin, error=failure.error))
            chunk += await asyncio.to_thread(_prepare, reading.drafts)
            if len(chunk) >= CHUNK_ARTICLES or sum(len(each.spans) for each in chunk) >= CHUNK_PASSAGES:
                await chunks.put(await _look_up(library, chunk, server_id))
                chunk = []
        if chunk:
            await chunks.put(await _look_up(library, chunk, server_id))
    finally:
        await chunks.put(None)


def _prepare(drafts: Iterable[Draft]) -> list[_Prepared]:
    prepared = []
    for draft in drafts:
        spans = passages(draft.text)
        words = [" ".join(terms(draft.text[span.start : span.end])) for span in spans]
        prepared.append(_Prepared(draft, spans, words, duplicates.buckets(draft.text)))
    return prepared


async def _look_up(library: Library, chunk: list[_Prepared], server_id: int | None) -> list[_Prepared]:
    async with library.database.read() as connection:
        for each in chunk:
            same = await store.find_same(connection, each.draft, server_id)
            each.known = same is not None and same.digest == store.digest(each.draft)
    return chunk


async def _embed(library: Library, chunk: list[_Prepared]) -> None:
    """All new passages of a chunk in one call, so that the model can sort them by length."""
    texts = [text for each in chunk if not each.known for text in each.to_embed()]
    if not texts:
        return
    vectors = await library.embed(texts)
    start = 0
    for each in chunk:
        if not each.known:
            each.vectors = vectors[start : start + len(each.spans)]
            start += len(each.spans)


async def _store(library: Library, chunk: list[_Prepared], server_id: int | None, tally: _Tally) -> None:
    told = []
    async with library.database.write() as connection:
        await _check_model(connection, library.embedding_model)
        removed = False
        for each in chunk:
            stored = await _store_one(connection, each, server_id)
            removed = removed or stored.outcome == "updated"
            told.append(stored)
        if any(stored.outcome != "unchanged" for stored in told):
            await store.changed(connection, removed=removed, model=library.embedding_model)
    for stored, each in zip(told, chunk, strict=True):
        tally.passages += len(each.spans) if stored.outcome in {"added", "updated"} else 0
        tally.tell(stored)


async def _check_model(connection: AsyncConnection, ours: str) -> None:
    theirs = (await store.read_state(connection)).embedding_model
    if theirs not in {None, ours}:
        raise StoreError(
            f"The index was embedded with {theirs!r} meanwhile, this process runs {ours!r}; "
            "set DEALWIRE_EMBEDDING_MODEL alike everywhere and run this again."
        )


async def _store_one(connection: AsyncConnection, each: _Prepared, server_id: int | None) -> Stored:
    draft = each.draft
    same = await store.find_same(connection, draft, server_id)  # again: another process may have been here
    if same is not None and same.digest == store.digest(draft):
        return Stored("unchanged", draft.origin, draft.title, same.id)
    if each.known:
        raise StoreError(f"{draft.origin} was changed by another process meanwhile; run the command again.")
    made = [
        store.NewPassage(span.start, span.end, words, vector.astype("<f4").tobytes())
        for span, words, vector in zip(each.spans, each.terms, each.vectors, strict=True)
    ]
    if same is None:
        article_id = await store.insert_article(connection, draft, made, server_id)
    else:
        article_id = same.id
        await store.replace_article(connection, article_id, draft, made)
    reprint_of = await _link_reprints(connection, article_id, each)
    await join_deals(connection, article_id, each.vectors, server_id)
    return Stored("added" if same is None else "updated", draft.origin, draft.title, article_id, reprint_of)


async def _link_reprints(connection: AsyncConnection, article_id: int, each: _Prepared) -> int | None:
    """The first report of the same words is the one with the earliest day, else the one that came first."""
    await store.set_buckets(connection, article_id, each.buckets)
    mates = [
        mate
        for mate in await store.bucket_mates(connection, article_id, each.draft.day)
        if duplicates.is_reprint(each.draft.text, mate.text)
    ]
    if not mates:
        return None
    mate = mates[0]
    first = next((m for m in mates if m.id == mate.reprint_of), mate)
    first_id = int(mate.reprint_of or mate.id)
    ours = each.draft.day
    if ours is not None and first.day is not None and ours.isoformat() < first.day:
        await store.link_reprint(connection, first_id, article_id)
        return None
    await store.link_reprint(connection, article_id, first_id)
    return first_id
