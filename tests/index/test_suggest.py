"""Which articles are suggested as a deal: those of one matter, none of another, and nothing that is just alike."""

import asyncio
from pathlib import Path

import pytest

from index.deals import add_deal
from index.embed import Embedder
from index.ingest import ingest
from index.library import Library
from index.models import Draft, Scope
from index.sources import Sources
from index.store.articles import list_articles
from index.suggest import LEAST, suggest_deals
from tests.conftest import SEEDS, opened
from tests.helpers import made
from tests.helpers.look import read

DEALS = Path(__file__).parents[1] / "deals"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """Seven deals and some noise, none of it followed."""
    made_folder = tmp_path_factory.mktemp("loose")

    async def fill() -> None:
        async with opened(made_folder, embedder) as library:
            await ingest(library, Sources([str(DEALS), str(SEEDS)]).readings())

    asyncio.run(fill())
    return made_folder


async def test_each_group_is_of_one_matter_and_named_by_it(folder: Path, embedder: Embedder) -> None:
    async with opened(folder, embedder) as library:
        found = await suggest_deals(library)
        async with library.database.read() as connection:
            origins = {each.id: each.origin for each in await list_articles(connection, Scope())}
        assert len(found) == 5
        for each in found:
            assert len(each.articles) >= LEAST
            matters = {origins[kin.id].split("/articles/")[0].split("/0")[0] for kin in each.articles}
            assert len(matters) == 1, each
            assert all(word in each.about for word in each.name.split(" and "))
        first = found[0]
        deal = await add_deal(library, first.name, first.about, with_articles=[kin.id for kin in first.articles])
        assert deal.articles >= len(first.articles)
        assert first.name not in {each.name for each in await suggest_deals(library)}


async def test_what_is_only_alike_and_what_is_too_few_is_no_deal(library: Library) -> None:
    assert await suggest_deals(library) == []
    noise = [Draft(text=made.text(n), title=made.title(n), origin=f"{n}.txt") for n in range(30)]
    two = [
        Draft(text=f"Ondrea and Vell opened talks on the herring treaty, {word} said.", title="Herring", origin=word)
        for word in ("one", "another")
    ]
    await ingest(library, read(*noise, *two))
    assert not [each for each in await suggest_deals(library) if "Ondrea" in each.about]
