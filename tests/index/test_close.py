"""A database that is closed while a statement was given up leaves no thread behind that tells a loop which is gone."""

import asyncio
import threading
from pathlib import Path

from sqlalchemy import text

from index.embed import DEFAULT_MODEL
from index.library import NO_READER, open_library

SLOW = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2000000) SELECT max(x) FROM n"


def workers() -> set[threading.Thread]:
    return {each for each in threading.enumerate() if "_connection_worker" in each.name}


async def test_no_driver_thread_outlives_its_database(tmp_path: Path) -> None:
    before = workers()
    async with open_library(data_dir=tmp_path, embedding_model=DEFAULT_MODEL, reader=NO_READER) as library:

        async def work() -> None:
            async with library.database.read() as connection:
                await connection.execute(text(SLOW))

        going = [asyncio.ensure_future(work()) for _ in range(3)]
        await asyncio.sleep(0.1)
        assert workers() - before
        for _ in range(2):  # the first interrupts the statement, the second the giving back of its connection
            for each in going:
                each.cancel()
            await asyncio.sleep(0)
        await asyncio.gather(*going, return_exceptions=True)
    assert not workers() - before
