"""Where invented deals stand, day by day, over a real library: stage, quotes, sources, what lies ahead."""

import asyncio
import json
import shutil
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

SEED_DEALS = {
    "rare-earths": "The trade truce between the United States and China over rare earths and export licences",
    "ferry-merger": "The merger of the ferry lines Pellow Steam Packet and Norrey Line",
    "herring-treaty": "The herring treaty between Ondrea and Kelmarch for the Ruan Bank",
}


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


@pytest.fixture(scope="module")
def seeded_folder(seeds_dir: Path, tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """The sample articles with a deal for each of their stories."""
    made = Path(shutil.copytree(seeds_dir, tmp_path_factory.mktemp("stand") / "seeds"))

    async def follow() -> None:
        async with opened(made, embedder) as library:
            for name, about in SEED_DEALS.items():
                await add_deal(library, name, about)

    asyncio.run(follow())
    return made


@pytest.mark.parametrize("name", SEED_DEALS)
async def test_on_every_day_every_line_of_the_sample_deals_is_a_slice(
    seeded_folder: Path, embedder: Embedder, name: str
) -> None:
    async with opened(seeded_folder, embedder) as library:
        deal = (await deals(library))[name]
        async with library.database.read() as connection:
            articles = {each.id: each for each in await list_articles(connection, Scope(deal_id=deal.id))}
        assert len(articles) >= 4 and {Path(each.origin).parent.name for each in articles.values()} == {name}
        for day in sorted({each.day for each in articles.values() if each.day}):
            standing = await status(library, deal, Scope(as_of=day))
            for each in cited(standing.status):
                assert articles[int(each.article_id)].text[each.start : each.end] == each.quote
                assert each.quote.strip() and str(each.published)[:10] <= day.isoformat()
            for party in standing.status.parties:
                assert articles[int(party.article_id)].text[party.start : party.end] == party.name
            for due in standing.everything:
                found = due.told.found
                told = articles[due.told.article_id].text[found.sentence_start : found.sentence_end]
                assert told == due.told.quote


async def test_claims_that_cannot_both_be_true_are_paired_and_others_are_not(
    seeded_folder: Path, told: Library
) -> None:
    paired: dict[str, list[set[str]]] = {}
    for each in DEALS:
        deal = (await deals(told))[name_of(each)]
        pairs = (await status(told, deal, Scope())).status.disagreements
        paired[deal.name] = [{claim.quote for claim in pair} for pair in pairs]
        for pair in pairs:
            assert len({claim.article_id for claim in pair}) == 2
    assert {name: len(pairs) for name, pairs in paired.items() if pairs} == {"paludix-contract": 2}
    words = [" ".join(sorted(pair)) for pair in paired["paludix-contract"]]
    assert any("Nobody is buying us" in each and "swallow Verrane" in each for each in words)
    assert any("nine months" in each and "24 months" in each for each in words)
    before = await status(told, (await deals(told))["paludix-contract"], Scope(as_of=date(2026, 3, 1)))
    assert before.status.disagreements == ()  # one side has not spoken yet


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


async def test_what_the_deal_is_called_after_is_nothing_elsewhere(library: Library) -> None:
    text = "Boats were out early. The protocol on the Tesk is back in force, the ministry said. A lease at Corran collapsed."
    await ingest(library, read(Draft(title="Fishing again", text=text, origin="t.txt", published=date(2025, 3, 3))))
    deal = await add_deal(library, "The Tesk protocol", "a protocol that shares out the fish of the river Tesk")
    assert (await status(library, deal, Scope())).status.stage == "in force"
    assert (await status(library, None, Scope())).status.stage is None, "each name stands in one sentence only"
