"""Every query on deals and on which articles belong to them. Decides no likeness (``index.deals`` does)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from index.embed import Vectors
from index.store.schema import articles, deal_articles, deals, passages


@dataclass(frozen=True, slots=True)
class Deal:
    id: int
    name: str
    about: str
    articles: int = 0


def _of_server(server_id: int | None) -> ColumnElement[bool]:
    return deals.c.server_id.is_not_distinct_from(server_id)


async def find_deal(connection: AsyncConnection, name: str, server_id: int | None) -> Deal | None:
    """By name, whatever its case; compared here, since SQLite folds the case of ASCII only."""
    wanted = " ".join(name.split()).casefold()
    rows = await connection.execute(select(deals).where(_of_server(server_id)).order_by(deals.c.id))
    return next((Deal(row.id, row.name, row.about) for row in rows if row.name.casefold() == wanted), None)


async def list_deals(connection: AsyncConnection, server_id: int | None) -> list[Deal]:
    count = func.count(deal_articles.c.article_id)
    query = (
        select(deals.c.id, deals.c.name, deals.c.about, count.label("articles"))
        .outerjoin(deal_articles, deal_articles.c.deal_id == deals.c.id)
        .where(_of_server(server_id))
        .group_by(deals.c.id, deals.c.name, deals.c.about)
        .order_by(func.lower(deals.c.name))
    )
    return [Deal(row.id, row.name, row.about, row.articles) for row in await connection.execute(query)]


async def insert_deal(
    connection: AsyncConnection, name: str, about: str, embedding: Vectors, server_id: int | None
) -> int:
    values = {
        "server_id": server_id,
        "name": name,
        "about": about,
        "embedding": embedding.astype("<f4").tobytes(),
        "added_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return int((await connection.execute(insert(deals).values(values).returning(deals.c.id))).scalar_one())


async def delete_deal(connection: AsyncConnection, deal_id: int) -> None:
    await connection.execute(delete(deals).where(deals.c.id == deal_id))


async def deal_vectors(connection: AsyncConnection, server_id: int | None) -> tuple[list[int], Vectors]:
    """The ids and embeddings, shape ``(deals, dim)``, of the deals that a server's article may join."""
    rows = (await connection.execute(select(deals.c.id, deals.c.embedding).where(_of_server(server_id)))).all()
    vectors = np.frombuffer(b"".join(row.embedding for row in rows), "<f4")
    return [row.id for row in rows], vectors.reshape(len(rows), -1) if rows else vectors.reshape(0, 0)


async def article_vectors(connection: AsyncConnection, server_id: int | None) -> tuple[list[int], Vectors]:
    """The ids and mean embeddings, shape ``(articles, dim)``, unit length, of all of a server's articles."""
    return await _means(connection, articles.c.server_id.is_not_distinct_from(server_id))


async def vectors_of(connection: AsyncConnection, article_ids: Collection[int]) -> tuple[list[int], Vectors]:
    """The same of some articles, whosever they are."""
    return await _means(connection, articles.c.id.in_(list(article_ids)))


async def _means(connection: AsyncConnection, inside: ColumnElement[bool]) -> tuple[list[int], Vectors]:
    rows = await connection.execute(
        select(passages.c.article_id, passages.c.embedding)
        .join(articles, articles.c.id == passages.c.article_id)
        .where(inside)
    )
    sums: dict[int, Vectors] = {}
    for row in rows:
        vector = np.frombuffer(row.embedding, "<f4")
        sums[row.article_id] = sums[row.article_id] + vector if row.article_id in sums else vector
    if not sums:
        return [], np.empty((0, 0), np.float32)
    matrix = np.stack(list(sums.values()))
    return list(sums), matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


async def set_deal_articles(connection: AsyncConnection, links: list[tuple[int, int, float]]) -> None:
    """Add ``(deal id, article id, likeness)``."""
    rows = [{"deal_id": d, "article_id": a, "likeness": likeness} for d, a, likeness in links]
    if rows:
        await connection.execute(insert(deal_articles), rows)


async def clear_article(connection: AsyncConnection, article_id: int) -> None:
    """The article leaves all its deals, to be set anew."""
    await connection.execute(delete(deal_articles).where(deal_articles.c.article_id == article_id))
