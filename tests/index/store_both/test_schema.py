import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.engine import Connection

from bot.store import post_tables as _post_tables  # noqa: F401
from bot.store import reminder_tables as _reminder_tables  # noqa: F401
from bot.store import tables as _tables  # noqa: F401
from index.store.articles import read_state
from index.store.database import Database
from index.store.schema import metadata
from tests.index.store_both.conftest import Open

# Made by the migration alone, since one database has it and the other has not.
APART = {"passages_fts", "passages_words", "lexemes", "ix_passages_lexemes"}


@pytest.mark.filterwarnings(
    "ignore:Skipped unsupported reflection", "ignore:Did not recognize type 'vector'", "ignore:autogenerate skipping"
)
async def test_the_migrations_make_the_tables_of_the_schema(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        def ours(_: object, name: str | None, *__: object) -> bool:
            return not any(str(name).startswith(each) for each in APART)

        return compare_metadata(MigrationContext.configure(connection, opts={"include_object": ours}), metadata)

    async with database.read() as connection:
        found = await connection.run_sync(differences)
    assert not found


async def test_opening_at_once_makes_one_schema(open_one: Open) -> None:
    async def look() -> int:
        async with open_one() as opened, opened.read() as connection:
            return (await read_state(connection)).generation

    assert await asyncio.gather(look(), look(), look()) == [0, 0, 0]
