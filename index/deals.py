"""Which articles belong to a deal. Owns the likeness between an article and what a deal is about."""

import numpy as np
from sqlalchemy.ext.asyncio import AsyncConnection

from index.embed import Vectors
from index.errors import UsageError
from index.library import Library
from index.store import deals as store
from index.store.articles import changed, check_model, take_turn

# Cosine of the deal's description with the mean of an article's passages.
LIKENESS = 0.45


async def add_deal(library: Library, name: str, about: str, *, server_id: int | None = None) -> store.Deal:
    """Follow a deal; the articles that are there join it at once. Raises UsageError."""
    name, about = " ".join(name.split()), " ".join(about.split())
    if not name or not about:
        raise UsageError('A deal needs a name and what it is about: dealwire deal add NAME --about "what it is about"')
    vector = (await library.embed([deal_text(name, about)]))[0]
    async with library.database.write() as connection:
        await check_model(connection, library.embedding_model)
        if await store.find_deal(connection, name, server_id):
            raise UsageError(f"There is a deal named {name!r} already; remove it first: dealwire deal remove {name!r}")
        deal_id = await store.insert_deal(connection, name, about, vector, server_id)
        await take_turn(connection)  # an article that another process is storing joins by itself, or is there now
        article_ids, vectors = await store.article_vectors(connection, server_id)
        links: list[tuple[int, int, float]] = []
        if article_ids:
            likeness = vectors @ vector
            links = [(deal_id, a, float(x)) for a, x in zip(article_ids, likeness, strict=True) if x >= LIKENESS]
            await store.set_deal_articles(connection, links)
        await changed(connection, model=library.embedding_model)
    return store.Deal(deal_id, name, about, len(links))


def deal_text(name: str, about: str) -> str:
    """What is embedded for a deal."""
    return f"{name}: {about}"


async def remove_deal(library: Library, name: str, *, server_id: int | None = None) -> store.Deal:
    """The deal that was removed. Raises UsageError when there is none of that name."""
    async with library.database.write() as connection:
        deal = await named_deal(connection, name, server_id)
        await store.delete_deal(connection, deal.id)
        await changed(connection)
    return deal


async def named_deal(connection: AsyncConnection, name: str, server_id: int | None = None) -> store.Deal:
    """Raises UsageError, naming the deals that there are."""
    deal = await store.find_deal(connection, name, server_id)
    if deal is None:
        known = ", ".join(each.name for each in await store.list_deals(connection, server_id))
        raise UsageError(f"There is no deal named {name!r}; there are: {known or 'none yet (dealwire deal add)'}.")
    return deal


async def join_deals(
    connection: AsyncConnection, article_id: int, passage_vectors: Vectors, server_id: int | None
) -> None:
    """Put an article that was just stored into the deals that it is about."""
    await store.clear_article(connection, article_id)
    deal_ids, vectors = await store.deal_vectors(connection, server_id)
    if not deal_ids or not len(passage_vectors):
        return
    mean = passage_vectors.mean(axis=0)
    likeness = vectors @ (mean / np.linalg.norm(mean))
    links = [(d, article_id, float(x)) for d, x in zip(deal_ids, likeness, strict=True) if x >= LIKENESS]
    await store.set_deal_articles(connection, links)
