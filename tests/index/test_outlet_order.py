"""Figures such as 03/04/2025 are read as their outlet writes them, where the article does not show it itself."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from index.dates import is_unsettled, order_of_outlet
from index.ingest import ingest
from index.library import Library
from index.models import Draft
from index.store import deadlines as deadline_store
from index.store.schema import deadlines
from index.told import reread
from tests.helpers.look import read

ASKS = "Bids for the ferry licence must be in by 03/04/2025, the harbour board said in its notice to both lines."
EARLIER = "The harbour board heard both lines on 21/02/2025 and asked for their accounts, which nobody had expected."
AMERICAN = "The board heard both lines on 02/21/2025 and asked for their accounts, which nobody had expected at all."
ASKING = Draft(text=ASKS, title="Ferry bids", origin="news/asks.txt", source="The Quay", published=datetime(2025, 3, 5))
TOLD = Draft(text=EARLIER, title="Ferry", origin="news/told.txt", source="The Quay", published=datetime(2025, 2, 22))


def test_what_a_text_and_an_outlet_show() -> None:
    assert is_unsettled(ASKS)
    for settled in (EARLIER, ASKS + " It wrote on 3 March.", "It won 3/4 of the vote.", "It fell on 4/4/2025."):
        assert not is_unsettled(settled)
    assert order_of_outlet([ASKS]) is None
    assert order_of_outlet([ASKS, EARLIER]) == "dmy"
    assert order_of_outlet([ASKS, AMERICAN, "Talks ended on 3 March."]) == "mdy"  # figures say more than names
    assert order_of_outlet([EARLIER, AMERICAN]) is None
    assert order_of_outlet([EARLIER, EARLIER, EARLIER, AMERICAN]) == "dmy"


async def due(library: Library) -> set[date]:
    async with library.database.read() as connection:
        found = await connection.execute(select(deadlines.c.due))
        return {date.fromisoformat(day) for day in found.scalars()}


@pytest.mark.parametrize("together", [True, False])
async def test_the_outlets_other_articles_decide(library: Library, together: bool) -> None:
    if together:
        await ingest(library, read(ASKING, TOLD))
    else:
        await ingest(library, read(TOLD))
        await ingest(library, read(ASKING))
    assert await due(library) == {date(2025, 4, 3)}


async def test_another_outlet_and_another_server_decide_nothing(library: Library) -> None:
    await ingest(library, read(TOLD.model_copy(update={"source": "The Pier"})))
    await ingest(library, read(TOLD), server_id=7)
    await ingest(library, read(ASKING))
    assert await due(library) == set()  # the day nearer to publication, 4 March, is past


async def test_reading_anew_asks_the_outlet_too(library: Library) -> None:
    await ingest(library, read(ASKING))
    await ingest(library, read(TOLD))
    await library.database.transact(lambda connection: deadline_store.set_grammar(connection, 0))
    assert await reread(library) == 2
    assert await due(library) == {date(2025, 4, 3)}
