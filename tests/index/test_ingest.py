"""What is stored, what counts as the same article, and what follows when one changes or goes."""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.embed import Embedder, Vectors, with_context
from index.errors import StoreError
from index.ingest import Stored, ingest, remove_article
from index.library import Lazy, Library
from index.model_thread import ModelThread
from index.models import Article, Draft, Failure, IngestReport, Scope
from index.read import Reading
from index.search.hybrid import retrieve
from index.store.articles import get_article, list_articles
from index.store.deals import list_deals
from tests.helpers import made
from tests.helpers.look import check_database, check_dense, read, rows

WIRE = (
    "Officials in Port Aldous signed the fishing treaty on Tuesday after nine months of talks. "
    "The quota falls by a fifth from next spring, and both fleets must carry observers. "
    "Neither side would say who pays for them. The parliaments vote before Easter."
)


def draft(text: str = WIRE, **more: Any) -> Draft:
    return Draft(**{"text": text, "title": "Fishing treaty signed", "origin": "news/one.txt"} | more)


async def store(library: Library, *drafts: Draft) -> tuple[IngestReport, list[Stored]]:
    told: list[Stored] = []
    return await ingest(library, read(*drafts), on_stored=told.append), told


async def everything(library: Library) -> list[Article]:
    async with library.database.read() as connection:
        return await list_articles(connection, Scope())


async def found(library: Library, question: str) -> list[str]:
    return [each.candidate.text for each in await retrieve(library, question, Scope(), 20)]


async def test_what_was_read_is_what_is_stored(library: Library, data_dir: Path, embedder: Embedder) -> None:
    given = draft(
        published=datetime(2026, 3, 3, 9, 30),
        source="The Skua",
        author="I. Brack",
        importer="wirebot",
        url="https://skua.example/1",
        feed_id="skua-1",
    )
    report, [told] = await store(library, given)
    assert (report.added, report.passages, report.read_nothing) == (1, 4, False)
    assert told == Stored("added", "news/one.txt", given.title, 1)
    async with library.database.read() as connection:
        article = await get_article(connection, 1, Scope())
        assert article is not None
        assert article.model_dump(exclude={"id", "reprint_of"}) == given.model_dump()
        assert await get_article(connection, 2, Scope()) is None
    check_database(data_dir)
    await check_dense(data_dir, embedder.name)
    [(start, end, vector)] = rows(data_dir, 'SELECT start, "end", embedding FROM passages WHERE position = 1')
    [wanted] = embedder.embed([with_context(WIRE[start:end], given.title, date(2026, 3, 3))])
    assert np.frombuffer(vector, "<f4") @ wanted == pytest.approx(1, abs=1e-4)


async def test_each_vector_stands_with_its_own_passage(library: Library, data_dir: Path, embedder: Embedder) -> None:
    """Passages are sorted by length to be embedded; they must come back in their places."""
    await store(library, *[draft(made.text(n), title=made.title(n), origin=f"{n}.txt") for n in range(40)])
    stored = rows(
        data_dir,
        'SELECT substr(text, start + 1, "end" - start), title, embedding FROM passages JOIN articles ON articles.id = article_id',
    )
    wanted = embedder.embed([with_context(text, title, None) for text, title, _ in stored])
    vectors = np.stack([np.frombuffer(vector, "<f4") for _, _, vector in stored])
    assert np.einsum("ij,ij->i", wanted, vectors).min() > 0.999


async def test_the_same_again_is_unchanged(library: Library, data_dir: Path) -> None:
    await store(library, draft(url="https://skua.example/1"))
    before = rows(data_dir, "SELECT * FROM articles") + rows(data_dir, "SELECT * FROM state")
    for again in (draft(url="https://skua.example/1"), draft(origin="elsewhere/copy.txt"), draft(feed_id="9")):
        report, [told] = await store(library, again)
        assert (report.added, report.updated, report.unchanged, told.article_id) == (0, 0, 1, 1)
    assert rows(data_dir, "SELECT * FROM articles") + rows(data_dir, "SELECT * FROM state") == before


@pytest.mark.parametrize(
    "same",
    [{"url": "https://skua.example/1"}, {"feed_id": "skua-1", "origin": "https://skua.example/feed.xml"}, {}],
    ids=["same address", "same id in the feed", "same file"],
)
async def test_a_new_version_replaces_the_old_one_and_keeps_its_id(
    library: Library, data_dir: Path, embedder: Embedder, same: dict[str, str]
) -> None:
    await store(library, draft(**same), draft(made.text(1), title="Another", origin="news/two.txt"))
    assert any("observers" in text for text in await found(library, "must the fleets carry observers?"))
    old = rows(data_dir, "SELECT id FROM passages WHERE article_id = 1")
    text = "The fishing treaty collapsed on Friday. Ministers blamed the cost of the inspectors."
    report, [told] = await store(library, draft(text, title="Treaty collapses", **same))
    assert (report.added, report.updated, report.unchanged) == (0, 1, 0) and told.article_id == 1
    new = rows(data_dir, "SELECT id FROM passages WHERE article_id = 1")
    assert len(new) == 2 and min(new) > max(old)  # a passage's id is never used twice
    answers = await found(library, "must the fleets carry observers?")
    assert any("inspectors" in answer for answer in answers) and not any("observers" in answer for answer in answers)
    assert [hit.passage_id for hit in (await library.lexical.search(["observ"], 9, Scope())).hits] == []
    check_database(data_dir)
    await check_dense(data_dir, embedder.name)
    assert [article.title for article in await everything(library)] == ["Treaty collapses", "Another"]


async def test_a_file_of_the_same_name_in_another_folder_is_another_article(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, name in enumerate(("monday", "tuesday")):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        report, _ = await store(library, draft(made.text(number), title=name, origin="news.txt"))
        assert report.added == 1
    assert len(await everything(library)) == 2


async def test_items_of_one_feed_without_ids_and_links_are_different_articles(library: Library) -> None:
    drafts = [draft(made.text(n), title=f"Item {n}", origin="feed.xml") for n in range(4)]

    async def one_document(texts: list[Draft]) -> AsyncIterator[Reading]:
        yield Reading(tuple(texts))

    assert (await ingest(library, one_document(drafts))).added == 4
    assert (await ingest(library, one_document(drafts))).unchanged == 4
    drafts[2] = drafts[2].model_copy(update={"text": made.text(99)})
    report = await ingest(library, one_document(drafts))
    assert (report.updated, report.unchanged, len(await everything(library))) == (1, 3, 4)


async def test_items_of_one_feed_that_link_to_one_page_stay_apart(library: Library) -> None:
    drafts = [
        draft(made.text(n), title=f"Item {n}", origin="feed.xml", url="https://a.example/live", feed_id=str(n))
        for n in range(3)
    ]
    assert (await store(library, *drafts))[0].added == 3


class TestReprints:
    """The same story in nearly the same words elsewhere: kept, and linked to the first."""

    def version(self, outlet: str, day: date | None, text: str = WIRE, **more: Any) -> Draft:
        return draft(
            text, source=outlet, published=day, url=f"https://{outlet}.example/1", origin=f"{outlet}.txt", **more
        )

    async def links(self, library: Library) -> dict[str, str | None]:
        stored = await everything(library)
        names = {article.id: article.source for article in stored}
        return {a.source: names[a.reprint_of] if a.reprint_of else None for a in stored}

    async def test_a_reprint_is_kept_linked_and_counted(self, library: Library) -> None:
        first = self.version("skua", date(2026, 3, 3))
        shorter = self.version("tern", date(2026, 3, 4), WIRE.split(" Neither")[0] + " More follows.")
        other = self.version("gull", date(2026, 3, 4), made.text(7) + " " + made.text(8))
        report, told = await store(library, first, shorter, other)
        assert (report.added, report.duplicates) == (3, 1)
        assert [each.reprint_of for each in told] == [None, 1, None]
        assert await self.links(library) == {"skua": None, "tern": "skua", "gull": None}

    async def test_the_earlier_day_becomes_the_first(self, library: Library) -> None:
        await store(library, self.version("tern", date(2026, 3, 4)), self.version("auk", date(2026, 3, 5)))
        report, [told] = await store(library, self.version("skua", date(2026, 3, 3)))
        assert (report.added, report.duplicates, told.reprint_of) == (1, 1, None)
        assert await self.links(library) == {"tern": "skua", "auk": "skua", "skua": None}
        await store(library, self.version("rook", None))
        assert (await self.links(library))["rook"] == "skua"

    async def test_the_same_words_a_year_on_are_another_event(self, library: Library) -> None:
        await store(library, self.version("skua", date(2026, 3, 3)), self.version("tern", date(2027, 3, 3)))
        assert set((await self.links(library)).values()) == {None}

    async def test_when_the_first_tells_something_else_its_reprints_stand_for_themselves(
        self, library: Library
    ) -> None:
        outlets = ("skua", "tern", "auk")
        await store(library, *[self.version(name, date(2026, 3, 3 + n)) for n, name in enumerate(outlets)])
        report, _ = await store(library, self.version("skua", date(2026, 3, 3), made.text(5) + " " + made.text(6)))
        assert report.updated == 1
        assert await self.links(library) == {"skua": None, "tern": None, "auk": "tern"}

    async def test_when_the_first_is_removed_the_next_takes_its_place(self, library: Library) -> None:
        outlets = ("skua", "tern", "auk")
        await store(library, *[self.version(name, date(2026, 3, 3 + n)) for n, name in enumerate(outlets)])
        await remove_article(library, 1)
        assert await self.links(library) == {"tern": None, "auk": "tern"}


async def test_a_removed_article_is_gone_from_everything(library: Library, data_dir: Path, embedder: Embedder) -> None:
    from index.deals import add_deal

    await store(library, draft(), draft(made.text(1), title="Another", origin="news/two.txt"))
    await add_deal(library, "fish", "the fishing treaty signed in Port Aldous")
    assert "observers" in (await found(library, "must the fleets carry observers?"))[0]
    await remove_article(library, 1)
    for table in ("passages", "buckets", "deal_articles"):
        assert rows(data_dir, f"SELECT * FROM {table} WHERE article_id = 1") == []
    assert not any("observers" in text for text in await found(library, "must the fleets carry observers?"))
    async with library.database.read() as connection:
        assert await get_article(connection, 1, Scope()) is None
        assert [deal.articles for deal in await list_deals(connection, None)] == [0]
    check_database(data_dir)
    await check_dense(data_dir, embedder.name)
    report, [told] = await store(library, draft())
    assert report.added == 1 and told.article_id == 3  # an article's id is never used twice


async def test_a_bad_document_is_reported_and_the_rest_goes_on(library: Library) -> None:
    async def readings() -> AsyncIterator[Reading]:
        yield Reading((draft(),))
        yield Reading(failures=(Failure("x.pdf", "This is a PDF document."),))
        yield Reading((draft(made.text(1), title="Two", origin="two.txt"),), (Failure("feed.xml", "Item 3 is empty."),))

    report = await ingest(library, readings())
    assert report.added == 2 and [each.origin for each in report.failed] == ["x.pdf", "feed.xml"]


async def test_nothing_is_reported_before_everybody_can_read_it(library: Library, data_dir: Path) -> None:
    seen: list[bool] = []

    def look(stored: Stored) -> None:
        held = rows(data_dir, "SELECT count(*) FROM passages WHERE article_id = ?", stored.article_id)
        seen.append(held[0][0] > 0)

    drafts = [draft(made.text(n), title=made.title(n), origin=f"{n}.txt") for n in range(3)]
    await ingest(library, read(*drafts), on_stored=look)
    assert seen == [True] * 3


async def test_a_failure_of_the_source_is_told_at_once_and_nothing_hangs(library: Library) -> None:
    async def readings() -> AsyncIterator[Reading]:
        for number in range(200):  # several chunks: one is being embedded when the source fails
            yield Reading((draft(made.text(number), title=made.title(number), origin=f"{number}.txt"),))
        raise StoreError("The source is gone.")

    told: list[Stored] = []
    with pytest.raises(StoreError, match="The source is gone"):
        await ingest(library, readings(), on_stored=told.append)
    assert [each.article_id for each in told] == sorted(article.id for article in await everything(library))


async def test_two_that_read_the_same_at_once_store_it_once(library: Library, data_dir: Path) -> None:
    drafts = [draft(made.text(n), title=made.title(n), origin=f"{n}.txt") for n in range(70)]
    (one, _), (other, _) = await asyncio.gather(store(library, *drafts), store(library, *reversed(drafts)))
    assert one.added + other.added == 70 == len(await everything(library))
    assert one.unchanged + other.unchanged == 70
    check_database(data_dir)


class Waiting:
    """The embedder, which does not begin with a chunk before somebody else has got in between."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self._embedder, self.go = embedder.name, embedder, threading.Event()

    def embed(self, texts: Sequence[str]) -> Vectors:
        assert len(texts) < 20 or self.go.wait(60)
        return self._embedder.embed(texts)

    embed_questions = embed


async def test_an_article_that_another_changed_between_look_and_store_is_embedded_after_all(
    library: Library, data_dir: Path, embedder: Embedder
) -> None:
    """It was looked up as known; by the time it is stored, somebody else has stored another version."""
    waiting = Waiting(embedder)
    ours = draft()
    await store(library, ours)

    async def readings() -> AsyncIterator[Reading]:
        yield Reading((ours,))
        for number in range(63):  # fills the chunk, which is then looked up
            yield Reading((draft(made.text(number), title=made.title(number), origin=f"{number}.txt"),))
        await store(library, draft("Somebody else's words about the fishing treaty.", title="Other"))
        waiting.go.set()

    models = ModelThread()  # its own: while it waits, the others go on
    slow = replace(library, embedder=Lazy(lambda: waiting, models), models=models)
    report = await ingest(slow, readings())
    await asyncio.to_thread(models.close)
    assert (report.added, report.updated, report.unchanged) == (63, 1, 0)
    assert [article.title for article in await everything(library) if article.id == 1] == [ours.title]
    check_database(data_dir)


async def test_nothing_read_is_said(library: Library) -> None:
    report, _ = await store(library)
    assert report.read_nothing and report.passages == 0
