"""One page met twice, by itself and as a feed's item: the article stays whole, whichever is read first."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from index.ingest import ingest
from index.library import Library
from index.models import Article, Scope
from index.sources import Sources
from index.store.articles import list_articles
from index.store.schema import deadlines
from tests.helpers.news_site import Piece, rss
from tests.index.store_both.conftest import either

__all__ = ["either"]

URL = "https://gazette.example/ferry"
TITLE = "Bids for the ferry contract"
PARAGRAPHS = (
    "The harbour board has asked for bids for the ferry contract. Bids must be submitted by 30 January 2026.",
    "The present contract expires on 31 March 2026, a clerk said, and will not be renewed.",
    "Three companies have asked for the papers. A fourth withdrew when the board declined to pay for the pier.",
)
TEASER = "The harbour board has asked for bids for the ferry contract."


def page(folder: Path, *paragraphs: str, name: str = "a.html") -> str:
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    head = f'<title>{TITLE}</title><link rel="canonical" href="{URL}">'
    (folder / name).write_text(
        f"<html><head>{head}</head><body><article><h1>{TITLE}</h1>{body}</article></body></html>", "utf-8"
    )
    return str(folder / name)


def feed(folder: Path, *pieces: Piece, name: str = "feed.xml") -> str:
    (folder / name).write_text(rss("Harbour Gazette", pieces), "utf-8")
    return str(folder / name)


async def read(library: Library, *paths: str) -> tuple[int, int, int]:
    """How many were added, updated, left alone."""
    report = await ingest(library, Sources(paths).readings())
    assert not report.failed
    return report.added, report.updated, report.unchanged


async def stored(library: Library) -> list[Article]:
    async with library.database.read() as connection:
        return await list_articles(connection, Scope())


async def count_deadlines(library: Library) -> int:
    async with library.database.read() as connection:
        return int((await connection.execute(select(func.count()).select_from(deadlines))).scalar_one())


@pytest.mark.parametrize("guid", ["ferry-1", None])
async def test_a_teaser_leaves_the_article_that_it_leads_to_alone(
    either: Library, tmp_path: Path, guid: str | None
) -> None:
    whole = page(tmp_path, *PARAGRAPHS)
    teaser = feed(tmp_path, Piece(TITLE, TEASER, guid, URL))
    assert await read(either, whole) == (1, 0, 0)
    assert await count_deadlines(either) == 2
    for again in (teaser, whole, teaser):
        assert await read(either, again) == (0, 0, 1)
    [article] = await stored(either)
    assert all(each in article.text for each in PARAGRAPHS) and await count_deadlines(either) == 2


@pytest.mark.parametrize("guid", ["ferry-1", None])
async def test_the_article_takes_the_place_of_its_teaser_once(
    either: Library, tmp_path: Path, guid: str | None
) -> None:
    whole = page(tmp_path, *PARAGRAPHS)
    teaser = feed(tmp_path, Piece(TITLE, TEASER, guid, URL))
    assert await read(either, teaser) == (1, 0, 0)
    assert await read(either, whole) == (0, 1, 0)
    assert await read(either, teaser, whole) == (0, 0, 2)
    [article] = await stored(either)
    assert article.text.endswith(PARAGRAPHS[2])


async def test_a_shorter_version_from_the_same_place_still_replaces(either: Library, tmp_path: Path) -> None:
    pieces = [Piece("Pier", " ".join(PARAGRAPHS), "pier-1", "https://gazette.example/pier"), Piece("Toll", TEASER)]
    await read(either, page(tmp_path, *PARAGRAPHS), feed(tmp_path, *pieces))
    assert await read(either, page(tmp_path, PARAGRAPHS[1])) == (0, 1, 0)
    pieces[0].text = PARAGRAPHS[2]
    assert await read(either, feed(tmp_path, *pieces)) == (0, 1, 1)
    texts = {each.title: each.text for each in await stored(either)}
    assert texts == {TITLE: PARAGRAPHS[1], "Pier": PARAGRAPHS[2], "Toll": TEASER}


async def test_items_without_ids_that_link_to_one_page_are_told_apart_by_their_titles(
    either: Library, tmp_path: Path
) -> None:
    pieces = [Piece(f"Report {n}", text, None, URL) for n, text in enumerate(PARAGRAPHS[:2])]
    assert await read(either, feed(tmp_path, *pieces)) == (2, 0, 0)
    assert await read(either, feed(tmp_path, *pieces[::-1])) == (0, 0, 2)
    pieces[1].text = f"{PARAGRAPHS[1]} That was corrected."
    pieces.insert(0, Piece("Report 2", PARAGRAPHS[2], None, URL))
    assert await read(either, feed(tmp_path, *pieces)) == (1, 1, 1)
    # The page itself is none of them, and takes the place of none.
    assert await read(either, page(tmp_path, *PARAGRAPHS)) == (1, 0, 0)
    assert await read(either, feed(tmp_path, *pieces)) == (0, 0, 3)
    texts = {each.title: each.text for each in await stored(either)}
    assert len(texts) == 4 and [texts[each.title] for each in pieces] == [each.text for each in pieces]


async def test_an_item_that_was_alone_on_the_page_stays_the_same_when_others_join_it(
    either: Library, tmp_path: Path
) -> None:
    first, second = (Piece(f"Report {n}", text, None, URL) for n, text in enumerate(PARAGRAPHS[:2]))
    assert await read(either, feed(tmp_path, first, Piece("Toll", TEASER))) == (2, 0, 0)
    first.text = PARAGRAPHS[2]
    assert await read(either, feed(tmp_path, second, first)) == (1, 1, 0)
    second.text = TEASER
    assert await read(either, feed(tmp_path, second)) == (0, 1, 0)  # alone in its turn
    texts = {each.title: each.text for each in await stored(either)}
    assert (texts["Report 0"], texts["Report 1"]) == (PARAGRAPHS[2], TEASER)
