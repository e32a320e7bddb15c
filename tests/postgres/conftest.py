from collections.abc import AsyncIterator

import pytest

from index.store.database import Database, open_database


@pytest.fixture
async def database(postgres_url: str) -> AsyncIterator[Database]:
    async with open_database(postgres_url) as opened:
        yield opened
