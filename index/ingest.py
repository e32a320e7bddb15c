"""From readings to stored, searchable articles. Owns the order of work and what counts as the same
article; reading (``index.read``), embedding and queries belong to others.

Three things go on at once: one chunk is read and split, one is embedded, one is stored. A chunk is
stored in one transaction; ``on_stored`` is called after its commit, so what it was told survives.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from sqlalchemy.ext.asyncio import AsyncConnection

from index import duplicates, reprints
from index.deals import join_deals
from index.embed import Vectors, with_context
from index.errors import StoreError
from index.library import Library
from index.models import Draft, Failure, IngestReport
from index.read import Reading
from index.reembed import reembed
from index.split import Span, passages
from index.store import articles as store
from index.store.arrivals import Kind, arrived
from index.terms import terms
from index.told import ToldThings, outlet_order, read_told, reread, set_told

CHUNK_PASSAGES = 512  # enough to sort by length, and a transaction of a few seconds' work
CHUNK_ARTICLES = 64
EMBED_AT_ONCE = 128  # passages; Ctrl-C is heard in between

Outcome = Literal["added", "updated", "unchanged", "failed"]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one article, told after its transaction was committed."""

    outcome: Outcome
    origin: str
    title: str = ""
    article_id: int | None = None
    reprint_of: int | None = None
    duplicate: bool = False  # another article tells the same: this is its reprint, or it turned out to be this one's
    error: str = ""


@dataclass
class _Prepared:
    draft: Draft
    alone: bool  # the only article of its file or page
    spans: list[Span]
    terms: list[str]
    buckets: list[int]
    told: ToldThings
    feed_id: int | None = None
    announced: bool = False
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
    on_reembedded: Callable[[int, int], None] = lambda done, total: None,
    on_reread: Callable[[int, int], None] = lambda done, total: None,
) -> IngestReport:
    """Store all drafts and report. A failure of one reading is reported and the rest goes on.

    An index that was embedded with another model is embedded anew first (``index.reembed``),
    and what an older grammar read is read anew (``index.told``).
    Raises StoreError and ModelError, which concern all of them; what was told to ``on_stored`` is stored.
    """
    began = time.perf_counter()
    await reembed(library, on_reembedded)
    await reread(library, on_reread)
    tally = _Tally(on_stored)
    chunks = _chunks(library, readings, server_id, tally)
    reading, storing = _task(_next(chunks)), _task(asyncio.sleep(0))
    try:
        while (chunk := await reading) is not None:
            reading = _task(_next(chunks))
            await _embed(library, chunk)
            await storing
            storing = _task(_store(library, chunk, server_id, tally))
        await storing
    finally:  # after a failure or Ctrl-C: no transaction is left open
        reading.cancel()
        storing.cancel()
        await asyncio.gather(reading, storing, return_exceptions=True)
    if tally.counts["added"] or tally.counts["updated"]:
        try:
            await library.dense.save()
        except StoreError as error:  # its sentence says that nothing is lost
            log.warning("%s", error)
    return tally.report(time.perf_counter() - began)


async def remove_article(library: Library, article_id: int) -> None:
    """Delete an article from the database; every process's dense index follows."""

    async def work(connection: AsyncConnection) -> None:
        followers = await store.unlink_followers(connection, article_id)
        server_id = await store.server_of(connection, article_id)
        await store.delete_article(connection, article_id)
        await arrived(connection, [(article_id, None, "withdrawn")], server_id)
        await reprints.link_anew(connection, followers)
        await store.changed(connection, removed=True)

    await library.database.transact(work)


class _Tally:
    def __init__(self, on_stored: Callable[[Stored], None]) -> None:
        self.on_stored = on_stored
        self.counts: dict[Outcome, int] = {"added": 0, "updated": 0, "unchanged": 0, "failed": 0}
        self.duplicates = 0
        self.passages = 0
        self.failures: list[Failure] = []

    def tell(self, stored: Stored) -> None:
        self.counts[stored.outcome] += 1
        self.duplicates += stored.outcome == "added" and stored.duplicate
        if stored.outcome == "failed":
            self.failures.append(Failure(stored.origin, stored.error))
        self.on_stored(stored)

    def report(self, seconds: float) -> IngestReport:
        return IngestReport(
            added=self.counts["added"],
            updated=self.counts["updated"],
            unchanged=self.counts["unchanged"],
            duplicates=self.duplicates,
            failed=tuple(self.failures),
            passages=self.passages,
            seconds=round(seconds, 3),
        )


def _task(work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
    return asyncio.create_task(work)


async def _next(chunks: AsyncIterator[list[_Prepared]]) -> list[_Prepared] | None:
    return await anext(chunks, None)


async def _chunks(
    library: Library, readings: AsyncIterator[Reading], server_id: int | None, tally: _Tally
) -> AsyncIterator[list[_Prepared]]:
    chunk: list[_Prepared] = []
    async for reading in readings:
        for failure in reading.failures:
            tally.tell(Stored("failed", failure.origin, error=failure.error))
        chunk += await asyncio.to_thread(_prepare, reading)
        if len(chunk) >= CHUNK_ARTICLES or sum(len(each.spans) for each in chunk) >= CHUNK_PASSAGES:
            yield await _look_up(library, chunk, server_id)
            chunk = []
    if chunk:
        yield await _look_up(library, chunk, server_id)


def _prepare(reading: Reading) -> list[_Prepared]:
    prepared = []
    for draft in _told_apart(reading.drafts):
        spans = passages(draft.text)
        words = [" ".join(terms(draft.text[span.start : span.end])) for span in spans]
        prepared.append(
            _Prepared(
                draft,
                len(reading.drafts) == 1,
                spans,
                words,
                duplicates.buckets(draft.text),
                read_told(draft.text, draft.day, draft.title),
                reading.feed_id,
                reading.announced,
            )
        )
    return prepared


def _told_apart(drafts: Sequence[Draft]) -> list[Draft]:
    """Items of one document without ids, that link to one page of running news, are known by their titles."""
    links = Counter(each.url for each in drafts)
    return [
        each.model_copy(update={"feed_id": store.title_id(each)})
        if each.url and not each.feed_id and links[each.url] > 1
        else each
        for each in drafts
    ]


async def _look_up(library: Library, chunk: list[_Prepared], server_id: int | None) -> list[_Prepared]:
    async with library.database.read() as connection:
        for each in chunk:
            same = await store.find_same(connection, each.draft, server_id, alone=each.alone)
            each.known = same is not None and store.nothing_new(same, each.draft, alone=each.alone)
            if not each.known:
                beside = (other.draft.text for other in chunk if other.draft.source == each.draft.source)
                order = await outlet_order(connection, each.draft.text, each.draft.source, server_id, beside)
                if order:
                    told = (each.draft.text, each.draft.day, each.draft.title)
                    each.told = await asyncio.to_thread(read_told, *told, order=order)
    return chunk


async def _embed(library: Library, chunk: list[_Prepared]) -> None:
    """All new passages of a chunk, sorted by length: a batch of equally long ones has no padding."""
    texts = [text for each in chunk if not each.known for text in each.to_embed()]
    if not texts:
        return
    order = sorted(range(len(texts)), key=lambda number: -len(texts[number]))
    slices = [order[start : start + EMBED_AT_ONCE] for start in range(0, len(order), EMBED_AT_ONCE)]
    parts = [await library.embed([texts[number] for number in each]) for each in slices]
    vectors = np.concatenate(parts)[np.argsort(order)]
    start = 0
    for each in chunk:
        if not each.known:
            each.vectors = vectors[start : start + len(each.spans)]
            start += len(each.spans)


async def _store(library: Library, chunk: list[_Prepared], server_id: int | None, tally: _Tally) -> None:
    async def work(connection: AsyncConnection) -> list[Stored | None]:
        await store.check_model(connection, library.embedding_model)
        await store.claim(connection, [(each.draft, each.alone) for each in chunk], server_id)
        told = [await _store_one(connection, each, server_id) for each in chunk]
        outcomes = {stored.outcome for stored in told if stored}
        if outcomes - {"unchanged"}:
            await store.take_turn(connection)
            await store.check_model(connection, library.embedding_model)
            told = [
                stored and await _link(connection, each, stored, server_id)
                for stored, each in zip(told, chunk, strict=True)
            ]
            await arrived(connection, _news(chunk, told), server_id)
            await store.changed(connection, removed="updated" in outcomes, model=library.embedding_model)
        return told

    while chunk:
        again: list[_Prepared] = []
        for stored, each in zip(await library.database.transact(work), chunk, strict=True):
            if stored is None:
                each.known = False
                again.append(each)
                continue
            tally.passages += len(each.spans) if stored.outcome in {"added", "updated"} else 0
            tally.tell(stored)
        await _embed(library, again)
        chunk = again


def _news(chunk: list[_Prepared], told: list[Stored | None]) -> list[tuple[int, int | None, Kind]]:
    """What others are told of: what arrived by itself, and each change of an article that they may have shown."""
    news: list[tuple[int, int | None, Kind]] = []
    for each, stored in zip(chunk, told, strict=True):
        if stored and stored.article_id is not None:
            if stored.outcome == "updated":
                news.append((stored.article_id, each.feed_id, "updated"))
            elif stored.outcome == "added" and each.announced:
                news.append((stored.article_id, each.feed_id, "added"))
    return news


async def _store_one(connection: AsyncConnection, each: _Prepared, server_id: int | None) -> Stored | None:
    """None when another process changed or removed the article since it was looked up: it must be embedded first."""
    draft = each.draft
    same = await store.find_same(connection, draft, server_id, alone=each.alone)
    if same is not None and store.nothing_new(same, draft, alone=each.alone):
        return Stored("unchanged", draft.origin, draft.title, same.id)
    if each.known:
        return None
    made = [
        store.NewPassage(span.start, span.end, words, vector.astype("<f4").tobytes())
        for span, words, vector in zip(each.spans, each.terms, each.vectors, strict=True)
    ]
    if same is None:
        article_id = await store.insert_article(connection, draft, made, server_id, alone=each.alone)
    else:
        article_id = int(same.id)
        await store.replace_article(connection, article_id, draft, made, alone=each.alone)
    await set_told(connection, article_id, each.told)
    return Stored("added" if same is None else "updated", draft.origin, draft.title, article_id)


async def _link(connection: AsyncConnection, each: _Prepared, stored: Stored, server_id: int | None) -> Stored:
    """Which articles tell the same, and which deals it is about. Each article in its turn, so that the second
    of two reprints is the one that counts as a duplicate."""
    article_id = stored.article_id
    if stored.outcome == "unchanged" or article_id is None:
        return stored
    followers = await store.unlink_followers(connection, article_id) if stored.outcome == "updated" else []
    await store.set_buckets(connection, article_id, each.buckets)
    first = await reprints.link(connection, article_id)
    await reprints.link_anew(connection, followers)
    await join_deals(connection, article_id, each.vectors, server_id)
    return replace(stored, reprint_of=None if first == article_id else first, duplicate=first is not None)
