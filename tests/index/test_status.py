"""Where invented deals stand, day by day, over a real library: stage, quotes, sources, what lies ahead."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from index.deals import add_deal
from index.embed import Embedder
from index.ingest import ingest
from index.library import Library
from index.models import Citation, Draft, Scope
from index.sources import Sources
from index.status import Standing, Status, status
from index.store.articles import get_articles, list_articles
from index.store.deals import Deal, list_deals, memberships
from tests.conftest import opened
from tests.helpers.look import read

DEALS = sorted(path for path in (Path(__file__).parents[1] / "deals").iterdir() if (path / "status.jsonl").is_file())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A data folder with all four deals in it."""
    made = tmp_path_factory.mktemp("told")

    async def fill() -> None:
        async with opened(made, embedder) as library:
            for each in DEALS:
                deal = json.loads((each / "deal.json").read_text("utf-8"))
                await add_deal(library, deal["name"], deal["about"])
            await ingest(library, Sources([str(each / "articles") for each in DEALS]).readings())

    asyncio.run(fill())
    return made


@pytest.fixture
async def told(folder: Path, embedder: Embedder) -> AsyncIterator[Library]:
    """For looking only."""
    async with opened(folder, embedder) as library:
        yield library


async def deals(library: Library) -> dict[str, Deal]:
    async with library.database.read() as connection:
        return {each.name: each for each in await list_deals(connection, None)}


def name_of(folder: Path) -> str:
    return str(json.loads((folder / "deal.json").read_text("utf-8"))["name"])


def cited(found: Status) -> list[Citation]:
    quoted = [*found.citations, *(each.citation for each in found.against), *(each.citation for each in found.timeline)]
    return quoted + [each for pair in found.disagreements for each in pair]


@pytest.mark.parametrize("deal_dir", DEALS, ids=lambda path: path.name)
async def test_the_stage_on_each_day(told: Library, deal_dir: Path) -> None:
    deal = (await deals(told))[name_of(deal_dir)]
    for line in (deal_dir / "status.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        as_of = date.fromisoformat(gold["as_of"])
        found = (await status(told, deal, Scope(as_of=as_of))).status
        assert found.stage == gold["stage"], gold["as_of"]
        assert found.since and found.since <= as_of
        assert all(str(each.published)[:10] <= gold["as_of"] for each in cited(found))


@pytest.mark.parametrize("deal_dir", DEALS, ids=lambda path: path.name)
async def test_every_line_is_a_slice_of_its_article(told: Library, deal_dir: Path) -> None:
    standing = await status(told, (await deals(told))[name_of(deal_dir)], Scope())
    found = standing.status
    async with told.database.read() as connection:
        articles = await get_articles(connection, {int(each.article_id) for each in cited(found)}, Scope())
    assert len(found.timeline) >= 8
    for each in cited(found):
        assert articles[int(each.article_id)].text[each.start : each.end] == each.quote
    for party in found.parties:
        assert articles[int(party.article_id)].text[party.start : party.end] == party.name
    assert {Path(each.origin).parent.parent.name for each in cited(found)} == {deal_dir.name}


async def test_every_article_finds_its_deal(told: Library) -> None:
    names = {deal.id: name for name, deal in (await deals(told)).items()}
    async with told.database.read() as connection:
        found = await memberships(connection, None)
        articles = await list_articles(connection, Scope())
    for article in articles:
        folder = Path(article.origin).parent.parent
        assert [names[each] for each in found.get(article.id, ())] == [name_of(folder)], article.title


async def test_reprints_count_once_and_are_named(told: Library) -> None:
    deal = (await deals(told))["merehaven-accord"]
    found = (await status(told, deal, Scope(as_of=date(2025, 2, 28)))).status
    assert found.articles == 4 and found.sources < 4
    assert len([each for each in found.timeline if each.kind == "stage"]) == 3
    assert found.citations[0].also


async def test_a_deadline_that_moved_is_an_event_and_what_is_ahead_is_listed(told: Library) -> None:
    deal = (await deals(told))["paludix-contract"]
    standing: Standing = await status(told, deal, Scope(as_of=date(2026, 5, 5)))
    moved = [each for each in standing.status.timeline if each.kind == "moved"]
    assert ("2026-04-30", date(2026, 6, 12)) in {(each.was, each.due) for each in moved}
    assert date(2026, 6, 12) in {each.due for each in standing.ahead}
    assert all(each.due >= date(2026, 5, 5) for each in standing.ahead)


async def test_nothing_told_is_said_by_empty_fields(library: Library) -> None:
    assert (await status(library, None, Scope())).status == Status(deal=None, as_of=None)
    await ingest(library, read(Draft(title="Bees", text="Bees were counted in the old orchard today.", origin="b.txt")))
    found = (await status(library, None, Scope())).status
    assert (found.stage, found.since, found.citations, found.parties, found.articles) == (None, None, (), (), 1)


async def test_without_a_deal_all_articles_are_one_story(library: Library) -> None:
    text = "Orrin and Vell have agreed in principle on a herring treaty. Talks on the text go on."
    await ingest(library, read(Draft(title="Herring", text=text, origin="h.txt", published=date(2025, 3, 3))))
    found = (await status(library, None, Scope())).status
    assert found.stage == "agreed in principle" and found.citations[0].quote == text[: text.index(" Talks")]
