"""What a person is told when the server cannot be used; never a password, never a traceback."""

import pytest
from sqlalchemy import text

from index.errors import StoreError
from index.store.articles import read_state
from index.store.database import open_database
from tests.helpers.postgres_server import PostgresServer


async def refusal(url: str) -> str:
    with pytest.raises(StoreError) as error:
        async with open_database(url):
            pass
    told = str(error.value)
    assert "hunter2" not in told and "\n" not in told
    return told


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql://bot:hunter2@127.0.0.1:1/dealwire", "does not answer"),
        ("postgresql://bot:hunter2@no-such-host.invalid/dealwire", "does not answer"),
        ("mysql://bot:hunter2@127.0.0.1/dealwire", "postgresql+asyncpg://"),
        ("not an address hunter2", "postgresql+asyncpg://"),
        ("postgresql://bot:hunter2@127.0.0.1:port/dealwire", "postgresql+asyncpg://"),
    ],
)
async def test_addresses_that_lead_nowhere(url: str, told: str) -> None:
    assert told in await refusal(url)


@pytest.mark.parametrize("scheme", ["postgresql+asyncpg", "postgresql", "postgres", "postgresql+psycopg2"])
async def test_each_spelling_of_the_scheme_opens(postgres_url: str, scheme: str) -> None:
    async with open_database(postgres_url.replace("postgresql", scheme, 1)) as database, database.read() as connection:
        assert (await read_state(connection)).generation == 0


async def test_a_database_that_is_not_there(postgres: PostgresServer) -> None:
    url = postgres.url.set(database="nowhere").render_as_string(hide_password=False)
    assert "createdb" in await refusal(url)


async def test_a_database_of_another_encoding(postgres: PostgresServer) -> None:
    postgres.run("DROP DATABASE IF EXISTS latin", "CREATE DATABASE latin TEMPLATE template0 ENCODING LATIN1 LOCALE 'C'")
    try:
        assert "createdb -E UTF8" in await refusal(
            postgres.url.set(database="latin").render_as_string(hide_password=False)
        )
    finally:
        postgres.run("DROP DATABASE latin WITH (FORCE)")


async def test_a_user_who_may_not_create_the_extension(postgres: PostgresServer, postgres_url: str) -> None:
    name = postgres_url.partition("?")[0].rpartition("/")[2]
    postgres.run("DROP ROLE IF EXISTS plain", "CREATE ROLE plain LOGIN PASSWORD 'hunter2'")
    postgres.run("GRANT ALL ON SCHEMA public TO plain", database=name)
    url = postgres.url.set(database=name, username="plain", password="hunter2").render_as_string(hide_password=False)
    try:
        assert "CREATE EXTENSION vector" in await refusal(url)
        postgres.run("CREATE EXTENSION vector", database=name)
        async with open_database(url) as database, database.read() as connection:
            assert (await read_state(connection)).generation == 0
    finally:
        postgres.drop_all()
        postgres.run("DROP ROLE plain")


async def test_a_user_who_may_not_make_tables(postgres: PostgresServer, postgres_url: str) -> None:
    name = postgres_url.partition("?")[0].rpartition("/")[2]
    postgres.run("CREATE EXTENSION vector", database=name)
    postgres.run("DROP ROLE IF EXISTS reader", "CREATE ROLE reader LOGIN")
    try:
        told = await refusal(postgres.url.set(database=name, username="reader").render_as_string())
        assert "does not let this user do that" in told
    finally:
        postgres.drop_all()
        postgres.run("DROP ROLE reader")


async def test_a_newer_schema(postgres_url: str) -> None:
    async with open_database(postgres_url) as database, database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "pip install -U dealwire" in await refusal(postgres_url)
