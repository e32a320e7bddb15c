"""Several processes ingest at once: here several libraries, each with connections of its own, on one database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from index.deals import add_deal, edit_deal
from index.errors import UsageError
from index.ingest import ingest
from index.library import NO_READER, Lazy, Library, open_library
from index.models import Draft, IngestReport, Scope
from index.read import Reading
from index.store import articles as store
from index.store.deals import list_deals
from index.store.schema import articles, passages
from tests.helpers import made
from tests.helpers.made_vectors import HashEmbedder

WORKERS = 3


@pytest.fixture
async def libraries(database_url: str | None, data_dir: Path) -> AsyncIterator[list[Library]]:
    embedder = HashEmbedder()
    async with AsyncExitStack() as stack:
        opened = [
            await stack.enter_async_context(
                open_library(
                    data_dir=data_dir, embedding_model=embedder.name, reader=NO_READER, database_url=database_url
                )
            )
            for _ in range(WORKERS)
        ]
        yield [replace(each, embedder=Lazy(lambda: embedder, each.models)) for each in opened]


async def read(library: Library, drafts: list[Draft]) -> IngestReport:
    async def readings() -> AsyncIterator[Reading]:
        for each in drafts:
            yield Reading(drafts=(each,))

    return await ingest(library, readings())


def article(number: int, outlet: str = "a", version: int = 0) -> Draft:
    url = f"https://{outlet}.example/{number}"
    return Draft(text=made.text(number, version), title=made.title(number), source=outlet, url=url, origin=url)


async def test_each_article_is_stored_once(libraries: list[Library]) -> None:
    drafts = [article(n) for n in range(90)]
    orders = (drafts, drafts[::-1], drafts[40:] + drafts[:40])
    reports = await asyncio.gather(*map(read, libraries, orders))
    assert sum(report.added for report in reports) == 90
    assert sum(report.unchanged for report in reports) == 90 * (WORKERS - 1)
    assert not any(report.updated or report.failed for report in reports)
    async with libraries[0].database.read() as connection:
        assert (await connection.execute(select(func.count()).select_from(articles))).scalar() == 90
        alone = select(passages.c.article_id, func.count()).group_by(passages.c.article_id, passages.c.position)
        assert all(row.count == 1 for row in await connection.execute(alone))


async def test_reprints_stored_at_the_same_moment_find_each_other(libraries: list[Library]) -> None:
    outlets = "abc"
    await asyncio.gather(
        *(read(one, [article(n, outlet) for n in range(12)]) for one, outlet in zip(libraries, outlets, strict=True))
    )
    async with libraries[0].database.read() as connection:
        stored = await store.list_articles(connection, Scope())
    assert len(stored) == 36
    for number in range(12):
        told = [each for each in stored if each.title == made.title(number)]
        first = min(each.id for each in told)
        assert sorted(each.reprint_of or 0 for each in told) == [0, first, first]


async def test_a_deal_added_meanwhile_gets_the_articles(libraries: list[Library]) -> None:
    """Whichever comes first: the deal looks at the articles, or the article at the deals."""
    about = made.text(5)
    _, *_ = await asyncio.gather(
        add_deal(libraries[0], made.title(5), about),
        *(read(one, [article(n) for n in numbers]) for one, numbers in zip(libraries, ([5, 6], [7], [8]), strict=True)),
    )
    async with libraries[1].database.read() as connection:
        (deal,) = await list_deals(connection, None)
    assert deal.articles >= 1


async def test_of_several_deals_of_one_name_at_once_one_is_made(libraries: list[Library]) -> None:
    """The others get the sentence that they would get later; whether they add a deal or give one another name."""
    refused = "There is a deal named 'rail merger' already; choose another name"
    done = await asyncio.gather(
        *(add_deal(one, "rail merger", "two railways become one") for one in libraries), return_exceptions=True
    )
    assert [type(each) for each in done if isinstance(each, Exception)] == [UsageError] * (WORKERS - 1)
    assert all(refused in str(each) for each in done if isinstance(each, Exception))
    for n, one in enumerate(libraries):
        await add_deal(one, f"deal {n}", "something else")
    renamed = await asyncio.gather(
        *(edit_deal(one, f"deal {n}", new_name="port sale") for n, one in enumerate(libraries)), return_exceptions=True
    )
    assert [type(each) for each in renamed if isinstance(each, Exception)] == [UsageError] * (WORKERS - 1)
    async with libraries[0].database.read() as connection:
        names = [each.name for each in await list_deals(connection, None)]
    assert names.count("rail merger") == names.count("port sale") == 1 and len(names) == 1 + WORKERS


async def test_two_versions_at_once_leave_one_whole_article(libraries: list[Library]) -> None:
    await read(libraries[0], [article(1)])
    await asyncio.gather(*(read(one, [article(1, version=n + 1)]) for n, one in enumerate(libraries)))
    async with libraries[0].database.read() as connection:
        (stored,) = await store.list_articles(connection, Scope())
        spans = (await connection.execute(select(passages.c.start, passages.c.end).order_by(passages.c.start))).all()
    assert stored.text in {made.text(1, n + 1) for n in range(WORKERS)}
    assert spans and spans[-1].end == len(stored.text)
