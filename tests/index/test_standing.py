"""Questions that wait, on either database: what is news to them, and that of two that answer at once one does."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import answers
from index.deals import add_deal, remove_deal
from index.ingest import ingest, remove_article
from index.library import Library
from index.models import Answer, Citation, Draft, Scope
from index.store import standing
from tests.helpers.look import read

FAR = "2999-01-01T00:00:00+00:00"
PERMIT = Draft(title="Permit", text="The Zorvane permit ends on 7 March 2031, the harbour office said.", origin="p.txt")
OTHER = Draft(title="Mill", text="The mill at Orne is for sale, its owner wrote.", origin="m.txt")


async def test_a_question_waits_for_articles_inside_its_scope_and_is_answered_once(library: Library) -> None:
    await ingest(library, read(OTHER))
    deal = await add_deal(library, "Permits", "the Zorvane permit", must="Zorvane")
    async with library.database.write() as connection:
        number = await standing.keep(connection, "when?", Scope(deal_id=deal.id), "bob")
    async with library.database.read() as connection:
        [waiting] = await standing.waiting(connection)
        assert (waiting.id, waiting.question, waiting.whom, waiting.deal) == (number, "when?", "bob", "Permits")
        assert waiting.after_article == 1 and not await standing.has_news(connection, waiting, "")
    await ingest(library, read(PERMIT))
    async with library.database.read() as connection:
        assert await standing.has_news(connection, waiting, "") and not await standing.has_news(
            connection, waiting, FAR
        )
        assert await standing.first_new(connection, waiting, [2, 1]) == 2
        assert await standing.newest_change(connection) >= waiting.kept_at

    async def mark(connection: AsyncConnection) -> bool:
        return await standing.mark_answered(connection, number, 2)

    marked = await asyncio.gather(*(library.database.transact(mark) for _ in range(4)))
    assert sorted(marked) == [False, False, False, True]
    async with library.database.write() as connection:
        assert await standing.waiting(connection) == [] and not await standing.drop(connection, number)
        another = await standing.keep(connection, "who?", Scope(deal_id=deal.id), "bob")
        third = await standing.keep(connection, "why?", Scope(), "bob")
        assert await standing.drop(connection, third) and not await standing.drop(connection, third)
    await remove_deal(library, "permits")
    async with library.database.read() as connection:
        assert another not in {each.id for each in await standing.waiting(connection)}  # its deal is gone


async def test_quoted_articles_that_went_or_changed_are_found(library: Library) -> None:
    await ingest(library, read(PERMIT, OTHER))
    cited = [
        Citation(quote="q", start=0, end=1, article_id=each, title="", source="", url=None, published=None, origin="o")
        for each in ("1", "2")
    ]
    answer = Answer(question="?", answered=True, answer="a", confidence=0.9, citations=tuple(cited))
    async with library.database.write() as connection:
        await answers.keep(
            connection, server_id=1, channel_id=2, asker_id=3, question="?", answer=answer, deal_id=None, private=False,
            why={}, asked_at=0.0,
        )  # fmt: skip
    async with library.database.read() as connection:
        assert await answers.touched(connection, FAR) == []
        assert sorted(await answers.touched(connection, "")) == [1, 2]
    await remove_article(library, 2)
    async with library.database.read() as connection:
        assert await answers.touched(connection, FAR) == [2]
