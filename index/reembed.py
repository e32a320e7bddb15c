"""Another embedding model: every stored passage and deal is embedded anew from its stored text.

Owns the change of model. All vectors are made first, then put in place with the model's name in one
transaction: a kill at any moment leaves the old state whole or the new one. It is the only place that
changes passages in place; whoever holds vectors of the old model sees by its name that they are void.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from index.deals import deal_text, gather
from index.embed import Vectors, with_context
from index.library import Library
from index.store import articles as store
from index.store import deals as deal_store
from index.store.schema import articles, deals, passages

AT_ONCE = 256  # passages embedded between two steps of the progress bar


async def reembed(library: Library, on_progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Bring the index to the library's model; the number of passages embedded, 0 where it has that already.

    ``on_progress`` gets passages done and passages there are. Raises StoreError and ModelError.
    """
    async with library.database.read() as connection:
        if (await store.read_state(connection)).embedding_model in {None, library.embedding_model}:
            return 0
    made: dict[int, bytes] = {}
    made_deals: dict[int, bytes] = {}
    while True:  # other processes may add passages meanwhile; those are embedded too before the change is made
        async with library.database.read() as connection:
            missing = await _missing_passages(connection, made)
            missing_deals = await _missing_deals(connection, made_deals)
        total = len(made) + len(missing)
        on_progress(len(made), total)
        for start in range(0, len(missing), AT_ONCE):
            part = missing[start : start + AT_ONCE]
            vectors = await library.embed(await _texts(library, part))
            made |= zip(part, _bytes(vectors), strict=True)
            on_progress(len(made), total)
        if missing_deals:
            vectors = await library.embed([text for _, text in missing_deals])
            made_deals |= zip((each for each, _ in missing_deals), _bytes(vectors), strict=True)

        change = partial(_change, model=library.embedding_model, made=made, made_deals=made_deals)
        if await library.database.transact(change):
            return len(made)


async def _change(
    connection: AsyncConnection, *, model: str, made: dict[int, bytes], made_deals: dict[int, bytes]
) -> bool:
    """Put all vectors in place; False where something was stored meanwhile that has none yet."""
    if await _missing_passages(connection, made) or await _missing_deals(connection, made_deals):
        return False
    if (await store.read_state(connection)).embedding_model != model:
        await _put(connection, made, made_deals)
        await store.changed(connection, removed=True, model=model)
    return True


async def _missing_passages(connection: AsyncConnection, made: dict[int, bytes]) -> list[int]:
    """Longest first, so that a batch of equally long ones has no padding."""
    ids = (await connection.execute(select(passages.c.id).order_by(passages.c.start - passages.c.end))).scalars()
    return [each for each in ids if each not in made]


async def _missing_deals(connection: AsyncConnection, made: dict[int, bytes]) -> list[tuple[int, str]]:
    rows = await connection.execute(select(deals.c.id, deals.c.name, deals.c.about))
    return [(row.id, deal_text(row.name, row.about)) for row in rows if row.id not in made]


async def _texts(library: Library, ids: Sequence[int]) -> list[str]:
    """In the order of ``ids``; a passage that is gone meanwhile is an empty text."""
    words = func.substr(articles.c.text, passages.c.start + 1, passages.c.end - passages.c.start)
    query = (
        select(passages.c.id, words.label("words"), articles.c.title, articles.c.day)
        .join(articles, articles.c.id == passages.c.article_id)
        .where(passages.c.id.in_(ids))
    )
    async with library.database.read() as connection:
        rows = (await connection.execute(query)).all()
    texts = {r.id: with_context(r.words, r.title, date.fromisoformat(r.day) if r.day else None) for r in rows}
    return [texts.get(each, "") for each in ids]


def _bytes(vectors: Vectors) -> list[bytes]:
    return [vector.astype("<f4").tobytes() for vector in vectors]


async def _put(connection: AsyncConnection, made: dict[int, bytes], made_deals: dict[int, bytes]) -> None:
    for table, vectors in ((passages, made), (deals, made_deals)):
        change = update(table).where(table.c.id == bindparam("key")).values(embedding=bindparam("vector"))
        rows = [{"key": key, "vector": vector} for key, vector in vectors.items()]
        if rows:
            await connection.execute(change, rows)
    known, about = await deal_store.deals_for(connection, None)
    for deal, vector in zip(known, about, strict=True):
        await gather(connection, deal, vector)
