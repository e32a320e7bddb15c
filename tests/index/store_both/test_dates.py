"""The dates of an article are kept as they were read, and only for the text that they were read from."""

from datetime import date

from sqlalchemy import update

from index.models import Article, Scope
from index.store import articles as store
from index.store.database import Database
from index.store.dates import get_dates
from index.store.schema import article_dates
from index.told import read_days, set_days
from tests.index.store_both import made

TEXT = (
    "Arvena must sign by the end of November. The vote, put back from 3 December to 10 December 2025, is open. "
    "It has been said since spring, and within 30 days of the vote it ends."
)


async def stored(database: Database) -> Article:
    draft = made.draft(text=TEXT, published=date(2025, 11, 17))
    async with database.write() as connection:
        number = await store.insert_article(connection, draft, made.passages(TEXT), None)
        await set_days(connection, number, read_days(draft.text, draft.day))
        await store.changed(connection, model="words")
    async with database.read() as connection:
        return (await store.get_articles(connection, [number], Scope()))[number]


async def test_what_was_read_comes_back(database: Database) -> None:
    article = await stored(database)
    told = read_days(article.text, article.day).dates
    assert {each.due for each in told} > {date(2025, 11, 30)} and any(each.moved_from for each in told)
    async with database.read() as connection:
        assert await get_dates(connection, [article]) == {article.id: tuple(told)}
        other = article.model_copy(update={"text": TEXT.replace("November", "September")})
        later = article.model_copy(update={"published": date(2025, 11, 18)})
        assert await get_dates(connection, [other]) == await get_dates(connection, [later]) == {}
    async with database.write() as connection:
        await connection.execute(update(article_dates).values(grammar=-1))
    async with database.read() as connection:
        assert await get_dates(connection, [article]) == {}


async def test_they_go_with_the_article(database: Database) -> None:
    article = await stored(database)
    async with database.write() as connection:
        await store.delete_article(connection, article.id)
    async with database.read() as connection:
        assert await get_dates(connection, [article]) == {}
