"""“What changed this week?”: which questions ask that, the days they mean, and the cited events that answer."""

import shutil
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from index.changed import CITED, CONFIDENCE, KIND, asked_period
from index.deals import add_deal
from index.embed import Embedder
from index.library import Library
from index.models import Scope
from index.questions import ask, consider
from index.store.articles import get_articles
from tests.conftest import opened

THURSDAY = date(2026, 7, 16)
FERRY = "The merger of the ferry lines Pellow Steam Packet and Norrey Line"
HERRING = "The herring treaty between Ondrea and Kelmarch for the Ruan Bank"


@pytest.mark.parametrize(
    ("question", "first", "last", "about"),
    [
        ("what changed this week?", "2026-07-13", "2026-07-16", ""),
        ("What’s new since Monday?", "2026-07-13", "2026-07-16", ""),
        ("whats new", "2026-07-09", "2026-07-16", ""),
        ("hey, anything new today?", "2026-07-16", "2026-07-16", ""),
        ("what happened last week", "2026-07-06", "2026-07-12", ""),
        ("what has changed in the last 3 days?", "2026-07-13", "2026-07-16", ""),
        ("what has happened over the past two weeks", "2026-07-02", "2026-07-16", ""),
        ("what moved yesterday?", "2026-07-15", "2026-07-15", ""),
        ("anything new in the ferry merger since 1 July?", "2026-07-01", "2026-07-16", "ferry merger"),
        ("what changed since tuesday in the ferry merger", "2026-07-14", "2026-07-16", "ferry merger"),
        ("what is new with the herring treaty this month", "2026-07-01", "2026-07-16", "herring treaty"),
        ("what happened last month", "2026-06-01", "2026-06-30", ""),
        ("has anything changed since 2026-05-02", "2026-05-02", "2026-07-16", ""),
    ],
)
def test_what_is_asked_and_of_which_days(question: str, first: str, last: str, about: str) -> None:
    period = asked_period(question, THURSDAY)
    assert period is not None
    assert (period.first.isoformat(), period.last.isoformat(), period.about) == (first, last, about)


@pytest.mark.parametrize(
    "question",
    [
        "what changed in the terms?",
        "what happened?",
        "what happened to the crews",
        "when is the deadline this week?",
        "what's new in the merger",
        "who moved since monday?",
        "what did the council decide this week?",
        "what's the latest?",
        "is there anything new about why the vote was put off since the talks",
    ],
)
def test_other_questions_are_left_to_the_sentences(question: str) -> None:
    assert asked_period(question, THURSDAY) is None


@pytest.fixture
async def followed(seeds_dir: Path, tmp_path: Path, embedder: Embedder) -> AsyncIterator[Library]:
    """The sample articles with two deals."""
    async with opened(Path(shutil.copytree(seeds_dir, tmp_path / "seeds")), embedder) as library:
        await add_deal(library, "Ferries", FERRY)
        await add_deal(library, "Herring", HERRING)
        yield library


async def test_the_timeline_answers_with_quotes(followed: Library) -> None:
    today = date(2026, 9, 25)
    told = await ask(followed, "what changed this week?", Scope(), today)
    assert told.answered and told.confidence == CONFIDENCE and 1 <= len(told.citations) <= CITED
    assert "Ferries: deadline moved from 30 September 2026 to 27 November 2026" in told.answer
    async with followed.database.read() as connection:
        articles = await get_articles(connection, {int(each.article_id) for each in told.citations}, Scope())
    for each in told.citations:
        assert articles[int(each.article_id)].text[each.start : each.end] == each.quote
        assert "2026-09-21" <= str(each.published)[:10] <= "2026-09-25"
    assert len({(each.article_id, each.start) for each in told.citations}) == len(told.citations)

    august = await ask(
        followed, "what's new with the herring treaty this month?", Scope(as_of=date(2026, 8, 15)), today
    )
    assert august.answered and "→ suspended" in august.answer
    assert all("ferr" not in each.quote.lower() for each in august.citations)
    one = await consider(followed, "what happened since 1 September", Scope(deal_id=1), today=today)
    assert one.kind == KIND and "Ferries:" not in one.answer.answer and one.answer.answered


async def test_nothing_new_is_said_with_the_newest_before(followed: Library) -> None:
    quiet = await consider(followed, "what's new since monday?", Scope(), today=date(2027, 3, 18))
    assert not quiet.answer.answered and quiet.answer.answer == "" and len(quiet.answer.citations) == 1
    assert quiet.falls_short == "It was told before 15 March 2027; nothing is newer."
    before = await ask(followed, "anything new today?", Scope(as_of=date(1999, 1, 1)))
    assert not before.answered and before.citations == ()


async def test_a_matter_that_is_no_deal_is_asked_of_the_sentences(followed: Library) -> None:
    told = await consider(followed, "what changed with the town clock this week?", Scope(), today=THURSDAY)
    assert told.kind != KIND


async def test_without_a_deal_all_articles_are_one_story(seeds_library: Library) -> None:
    told = await ask(seeds_library, "what changed this week?", Scope(), date(2026, 9, 25))
    assert told.answered and "deadline moved" in told.answer
