"""The engine over the sample articles: the real database, the real model, the shipped reader."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from index.answer import ask
from index.deals import add_deal
from index.ingest import ingest
from index.library import Library
from index.models import Answer, Draft, Scope
from index.read import Reading
from index.store.articles import get_articles
from tests.evaluate.sets import Gold
from tests.evaluate.sets import seeds as seed_set

GOLD = seed_set().questions


async def test_the_first_question(seeds: Library) -> None:
    answer = await ask(seeds, "when is the licence deadline?", Scope())
    assert answer.answered
    assert answer.answer == "30 November 2025"
    assert answer.date is not None and answer.date.end == date(2025, 11, 30)
    assert "Negotiators have" in answer.citations[0].quote
    assert any("until the end of November" in each.quote for each in answer.citations)
    assert "30 November" in answer.reading


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold.id)
async def test_quotes_are_slices_and_none_is_from_the_future(seeds: Library, gold: Gold) -> None:
    answer = await ask(seeds, gold.question, Scope(as_of=gold.as_of))
    assert answer.citations, "the nearest sentences are shown even where nothing answers"
    await _assert_proven(seeds, answer)
    assert bool(answer.answer) == answer.answered
    assert answer.date is None or answer.answered


async def _assert_proven(library: Library, answer: Answer) -> None:
    quoted = [*answer.citations, *([answer.superseded] if answer.superseded else [])]
    async with library.database.read() as connection:
        articles = await get_articles(connection, {int(each.article_id) for each in quoted}, Scope())
    for each in quoted:
        article = articles[int(each.article_id)]
        assert each.quote == article.text[each.start : each.end]
        assert each.quote == each.quote.strip() != ""
        assert (each.title, each.source, each.published) == (article.title, article.source, article.published)
        if answer.as_of:
            assert article.day is not None and article.day <= answer.as_of


async def test_a_moved_date_replaces_the_old_one(seeds: Library) -> None:
    question = "when's the markets council ruling on the ferries due?"
    latest = await ask(seeds, question, Scope())
    assert latest.answer == "27 November 2026"
    early = await ask(seeds, question, Scope(as_of=date(2026, 5, 1)))
    assert early.answer == "31 July 2026"


async def test_a_reprint_counts_once(seeds: Library) -> None:
    answer = await ask(seeds, "when is the licence deadline?", Scope())
    told = next(each for each in answer.citations if "until the end of November" in each.quote)
    outlets = [told.source, *told.also]
    assert len(outlets) >= 2, "two outlets carry that story"
    assert len({each.quote for each in answer.citations}) == len(answer.citations)


async def test_both_sides(seeds: Library) -> None:
    answer = await ask(seeds, "will the merger cost any crew jobs?", Scope())
    assert answer.conflict
    both = " ".join(each.quote for each in answer.citations)
    assert "140" in both


async def test_what_is_not_told(seeds: Library) -> None:
    for question in ("what does a tonne of neodymium cost now?", "how much did the ferry lines pay their lawyers?"):
        answer = await ask(seeds, question, Scope())
        assert not answer.answered and answer.answer == "" and answer.date is None, question


async def test_a_near_miss_is_kept_silent(seeds: Library) -> None:
    assert not (await ask(seeds, "who leads the chinese negotiating team?", Scope())).answered


async def test_an_empty_index(library: Library) -> None:
    answer = await ask(library, "when is the licence deadline?", Scope())
    assert not answer.answered and answer.citations == () and answer.confidence == 0


def _draft(name: str, text: str, day: date | None, title: str = "Pier lease") -> Draft:
    return Draft(text=text, title=title, published=day, source="The Quay", origin=f"{name}.txt")


async def _read(*drafts: Draft) -> AsyncIterator[Reading]:
    yield Reading(drafts)


async def test_filters_come_before_the_cut_off(library: Library) -> None:
    """Two hundred newer and likelier sentences do not crowd out the one inside the scope."""
    crowd = [
        _draft(
            f"crowd{n}", f"The pier lease of berth {n} must be signed by {1 + n % 28} March 2026.", date(2026, 2, 1), ""
        )
        for n in range(200)
    ]
    lone = _draft("lone", "The pier lease must be signed by 9 May 2025, the harbour board said.", date(2025, 4, 1))
    await ingest(library, _read(*crowd, lone))
    answer = await ask(library, "by when must the pier lease be signed?", Scope(as_of=date(2025, 12, 31)))
    assert answer.citations[0].origin == "lone.txt"
    assert {each.origin for each in answer.citations} == {"lone.txt"}


async def test_a_deal_narrows(library: Library) -> None:
    await ingest(
        library,
        _read(
            _draft(
                "ferry",
                "The ferry merger must be approved by 3 June 2026, the council said.",
                date(2026, 1, 5),
                "Ferry merger",
            ),
            _draft(
                "bridge",
                "The bridge contract must be approved by 8 July 2026, the mayor said.",
                date(2026, 1, 6),
                "Bridge contract",
            ),
        ),
    )
    deal = await add_deal(library, "bridge", "The contract to build a bridge, awarded by the mayor")
    answer = await ask(library, "when must it be approved?", Scope(deal_id=deal.id))
    assert {each.origin for each in answer.citations} == {"bridge.txt"}


async def test_another_servers_articles_are_never_seen(library: Library) -> None:
    await ingest(library, _read(_draft("ours", "The pier lease ends on 4 May 2026.", date(2026, 1, 5))), server_id=1)
    await ingest(library, _read(_draft("theirs", "The pier lease ends on 5 June 2026.", date(2026, 1, 6))), server_id=2)
    await ingest(library, _read(_draft("shared", "The pier lease began in 2020.", date(2026, 1, 7))))
    for scope, seen in ((Scope(server_id=1), {"ours.txt", "shared.txt"}), (Scope(), {"shared.txt"})):
        answer = await ask(library, "when does the pier lease end?", scope)
        assert {each.origin for each in answer.citations} <= seen


async def test_relative_words_need_a_day(library: Library) -> None:
    await ingest(library, _read(_draft("undated", "The pier lease must be signed by Friday, the board said.", None)))
    answer = await ask(library, "by when must the pier lease be signed?", Scope())
    assert answer.citations[0].origin == "undated.txt"
    assert answer.date is None, "an unknown day is never today's"
    hidden = await ask(library, "by when must the pier lease be signed?", Scope(as_of=date(2030, 1, 1)))
    assert hidden.citations == (), "of unknown day: not known to be from before"


async def test_a_sentence_that_points_back_brings_its_neighbour(library: Library) -> None:
    text = "The board has granted the pier lease to Quill & Sons. It ends in May 2027."
    await ingest(library, _read(_draft("pair", text, date(2026, 1, 5))))
    answer = await ask(library, "when does the lease end?", Scope())
    quotes = [each.quote for each in answer.citations]
    assert text in quotes
