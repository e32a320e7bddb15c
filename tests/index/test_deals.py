"""Which articles belong to a deal, and that they do so from whichever came first."""

import asyncio

import pytest

from index.deals import add_deal, named_deal, remove_deal
from index.embed import Embedder
from index.errors import UsageError
from index.ingest import ingest
from index.library import Library
from index.models import Draft, Scope
from index.search.hybrid import retrieve
from index.store.articles import article_ids
from index.store.deals import list_deals
from tests.helpers import made
from tests.helpers.look import read

FERRY = Draft(
    title="Two ferry lines to become one",
    text="The Brackwater and Skerrow ferry lines agreed to merge. Shareholders vote in June on the ferry merger.",
    origin="ferry.txt",
)
HERRING = Draft(
    title="Herring treaty talks open",
    text="Ondrea and Vell opened talks on the herring treaty. Each side wants the larger quota of herring.",
    origin="herring.txt",
)


async def members(library: Library, name: str) -> list[int]:
    async with library.database.read() as connection:
        return await article_ids(connection, Scope(deal_id=(await named_deal(connection, name)).id))


async def test_articles_join_whether_they_come_before_or_after_the_deal(library: Library) -> None:
    await ingest(library, read(FERRY))
    assert (await add_deal(library, "ferries", "the merger of the Brackwater and Skerrow ferry lines")).articles == 1
    assert (await add_deal(library, "herring", "the herring treaty between Ondrea and Vell")).articles == 0
    await ingest(library, read(HERRING))
    assert await members(library, "Ferries") == [1] and await members(library, "HERRING") == [2]


async def test_an_article_that_changes_its_subject_changes_its_deal(library: Library) -> None:
    await add_deal(library, "ferries", "the merger of the Brackwater and Skerrow ferry lines")
    await add_deal(library, "herring", "the herring treaty between Ondrea and Vell")
    await ingest(library, read(FERRY))
    await ingest(library, read(HERRING.model_copy(update={"origin": FERRY.origin})))
    assert await members(library, "ferries") == [] and await members(library, "herring") == [1]


async def test_a_deal_is_a_filter_before_the_cut(library: Library) -> None:
    noise = [Draft(text=made.text(n), title=made.title(n), origin=f"{n}.txt") for n in range(60)]
    await ingest(library, read(*noise, HERRING))
    deal = await add_deal(library, "herring", "the herring treaty between Ondrea and Vell")
    found = await retrieve(library, noise[5].text, Scope(deal_id=deal.id), 3)
    assert {each.candidate.article_id for each in found} == {61}


async def test_names_are_found_in_any_case_and_are_given_once(library: Library) -> None:
    await add_deal(library, " Żegluga  Äußere ", "the merger of two shipping lines")
    async with library.database.read() as connection:
        assert (await named_deal(connection, "żegluga ÄUSSERE")).name == "Żegluga Äußere"
    with pytest.raises(UsageError, match="already; choose another name"):
        await add_deal(library, "ŻEGLUGA ÄUSSERE", "x")
    with pytest.raises(UsageError, match="A deal needs a name and what it is about"):
        await add_deal(library, "x", " \n ")
    await remove_deal(library, "żegluga äußere")
    async with library.database.read() as connection:
        assert await list_deals(connection, None) == []
        with pytest.raises(UsageError, match=r"there are: none yet"):
            await named_deal(connection, "Żegluga Äußere")


async def test_one_servers_deals_are_not_anothers(library: Library, embedder: Embedder) -> None:
    await ingest(library, read(FERRY), server_id=1)
    about = "the merger of the Brackwater and Skerrow ferry lines"
    assert (await add_deal(library, "ferries", about, server_id=1)).articles == 1
    assert (await add_deal(library, "ferries", about, server_id=2)).articles == 0
    async with library.database.read() as connection:
        assert await list_deals(connection, None) == []
        with pytest.raises(UsageError):
            await named_deal(connection, "ferries", server_id=3)


async def test_two_that_add_one_name_at_once(library: Library) -> None:
    """One of them is first; the other is told so, in whatever case it wrote the name."""
    names = ["Ferries", "ferries", "FERRIES"]
    told = await asyncio.gather(*(add_deal(library, each, "two ferry lines") for each in names), return_exceptions=True)
    refused = [each for each in told if isinstance(each, BaseException)]
    assert len(refused) == 2 and all(isinstance(each, UsageError) and "already" in str(each) for each in refused)
