"""Every query on deals and on which articles belong to them. Decides no likeness (``index.deals`` does)."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, delete, func, insert, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from index.embed import Vectors
from index.store.schema import articles, corrections, deal_articles, deals, passages


@dataclass(frozen=True, slots=True)
class Deal:
    id: int
    name: str
    about: str
    articles: int = 0
    must: str = ""  # words or phrases that an article needs, separated by commas
    must_not: str = ""
    server_id: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a deal."""

    id: int
    title: str
    source: str
    day: str | None  # ISO
    by_hand: bool


def _of_server(server_id: int | None) -> ColumnElement[bool]:
    return deals.c.server_id.is_not_distinct_from(server_id)


async def find_deal(connection: AsyncConnection, name: str, server_id: int | None) -> Deal | None:
    """By name, whatever its case; compared here, since SQLite folds the case of ASCII only."""
    wanted = " ".join(name.split()).casefold()
    rows = await connection.execute(select(deals).where(_of_server(server_id)).order_by(deals.c.id))
    return next((_deal(row) for row in rows if row.name.casefold() == wanted), None)


async def get_deal(connection: AsyncConnection, deal_id: int) -> Deal | None:
    row = (await connection.execute(select(deals).where(deals.c.id == deal_id))).one_or_none()
    return _deal(row) if row else None


async def list_deals(connection: AsyncConnection, server_id: int | None) -> list[Deal]:
    count = func.count(deal_articles.c.article_id)
    query = (
        select(*(each for each in deals.c if each is not deals.c.embedding), count.label("articles"))
        .outerjoin(deal_articles, deal_articles.c.deal_id == deals.c.id)
        .where(_of_server(server_id))
        .group_by(*(each for each in deals.c if each is not deals.c.embedding))
        .order_by(func.lower(deals.c.name))
    )
    return [_deal(row, row.articles) for row in await connection.execute(query)]


def _deal(row: Any, count: int = 0) -> Deal:
    return Deal(row.id, row.name, row.about, count, row.must, row.must_not, row.server_id)


async def deals_for(connection: AsyncConnection, server_id: int | None) -> tuple[list[Deal], Vectors]:
    """The deals that an article of that server may join, with their embeddings, shape ``(deals, dim)``.

    A shared article, of no server, may join every server's deals.
    """
    inside = true() if server_id is None else _of_server(server_id)
    rows = (await connection.execute(select(deals).where(inside).order_by(deals.c.id))).all()
    vectors = np.frombuffer(b"".join(row.embedding for row in rows), "<f4")
    return [_deal(row) for row in rows], vectors.reshape(len(rows), -1) if rows else vectors.reshape(0, 0)


async def insert_deal(
    connection: AsyncConnection,
    name: str,
    about: str,
    embedding: Vectors,
    server_id: int | None,
    *,
    must: str = "",
    must_not: str = "",
) -> int:
    values = {
        "server_id": server_id,
        "name": name,
        "about": about,
        "must": must,
        "must_not": must_not,
        "embedding": embedding.astype("<f4").tobytes(),
        "added_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return int((await connection.execute(insert(deals).values(values).returning(deals.c.id))).scalar_one())


async def update_deal(connection: AsyncConnection, deal: Deal, embedding: Vectors) -> None:
    """The deal of that id becomes this."""
    values = {
        "name": deal.name,
        "about": deal.about,
        "must": deal.must,
        "must_not": deal.must_not,
        "embedding": embedding.astype("<f4").tobytes(),
    }
    await connection.execute(update(deals).where(deals.c.id == deal.id).values(values))


async def delete_deal(connection: AsyncConnection, deal_id: int) -> None:
    await connection.execute(delete(deals).where(deals.c.id == deal_id))


async def article_vectors(connection: AsyncConnection, server_id: int | None) -> tuple[list[int], Vectors]:
    """The ids and mean embeddings, shape ``(articles, dim)``, unit length, of a server's articles and the shared ones."""
    shared = articles.c.server_id.is_(None)
    return await _means(connection, shared if server_id is None else or_(shared, articles.c.server_id == server_id))


async def vectors_of(connection: AsyncConnection, article_ids: Collection[int]) -> tuple[list[int], Vectors]:
    """The same of some articles, whosever they are."""
    return await _means(connection, articles.c.id.in_(list(article_ids)))


async def _means(connection: AsyncConnection, inside: ColumnElement[bool]) -> tuple[list[int], Vectors]:
    rows = await connection.execute(
        select(passages.c.article_id, passages.c.embedding)
        .join(articles, articles.c.id == passages.c.article_id)
        .where(inside)
    )
    return await asyncio.to_thread(_mean_of_each, [(row.article_id, row.embedding) for row in rows])


def _mean_of_each(rows: list[tuple[int, bytes]]) -> tuple[list[int], Vectors]:
    sums: dict[int, Vectors] = {}
    for article_id, embedding in rows:
        vector = np.frombuffer(embedding, "<f4")
        sums[article_id] = sums[article_id] + vector if article_id in sums else vector
    if not sums:
        return [], np.empty((0, 0), np.float32)
    matrix = np.stack(list(sums.values()))
    return list(sums), matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


async def memberships(connection: AsyncConnection, server_id: int | None) -> dict[int, tuple[int, ...]]:
    """The ids of the deals that each article belongs to, likeliest first, by article id."""
    query = (
        select(deal_articles.c.article_id, deal_articles.c.deal_id)
        .join(deals, deals.c.id == deal_articles.c.deal_id)
        .where(_of_server(server_id))
        .order_by(deal_articles.c.likeness.desc())
    )
    found: dict[int, tuple[int, ...]] = {}
    for row in await connection.execute(query):
        found[row.article_id] = (*found.get(row.article_id, ()), row.deal_id)
    return found


async def set_deal_articles(connection: AsyncConnection, links: list[tuple[int, int, float]]) -> None:
    """Add ``(deal id, article id, likeness)``."""
    rows = [{"deal_id": d, "article_id": a, "likeness": likeness} for d, a, likeness in links]
    if rows:
        await connection.execute(insert(deal_articles), rows)


async def clear_article(connection: AsyncConnection, article_id: int) -> None:
    """The article leaves all its deals, to be set anew."""
    await connection.execute(delete(deal_articles).where(deal_articles.c.article_id == article_id))


async def clear_deal(connection: AsyncConnection, deal_id: int) -> None:
    """All articles leave the deal, to be set anew."""
    await connection.execute(delete(deal_articles).where(deal_articles.c.deal_id == deal_id))


async def unlink(connection: AsyncConnection, deal_id: int, article_id: int) -> None:
    this = (deal_articles.c.deal_id == deal_id) & (deal_articles.c.article_id == article_id)
    await connection.execute(delete(deal_articles).where(this))


async def correct(connection: AsyncConnection, deal_id: int, article_id: int, belongs: bool | None) -> None:
    """Note what a person said; None takes it back."""
    this = (corrections.c.deal_id == deal_id) & (corrections.c.article_id == article_id)
    await connection.execute(delete(corrections).where(this))
    if belongs is not None:
        values = {"deal_id": deal_id, "article_id": article_id, "belongs": belongs}
        await connection.execute(insert(corrections).values(values))


async def members(connection: AsyncConnection, deal_id: int, server_id: int | None, limit: int) -> list[Member]:
    """A deal's articles, the newest first."""
    query = (
        select(articles.c.id, articles.c.title, articles.c.source, articles.c.day, corrections.c.belongs)
        .join(deal_articles, deal_articles.c.article_id == articles.c.id)
        .outerjoin(
            corrections,
            (corrections.c.article_id == articles.c.id) & (corrections.c.deal_id == deal_articles.c.deal_id),
        )
        .where(deal_articles.c.deal_id == deal_id)
        .where(articles.c.server_id.is_(None) | articles.c.server_id.is_not_distinct_from(server_id))
        .order_by(articles.c.day.desc(), articles.c.id.desc())
        .limit(limit)
    )
    rows = await connection.execute(query)
    return [Member(row.id, row.title, row.source, row.day, bool(row.belongs)) for row in rows]


async def corrections_of(
    connection: AsyncConnection, *, deal_id: int | None = None, article_id: int | None = None
) -> dict[tuple[int, int], bool]:
    """By ``(deal id, article id)``: whether a person said that it belongs."""
    inside = corrections.c.deal_id == deal_id if deal_id is not None else corrections.c.article_id == article_id
    rows = await connection.execute(select(corrections).where(inside))
    return {(row.deal_id, row.article_id): row.belongs for row in rows}


async def texts_of(connection: AsyncConnection, article_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Title and text by article id."""
    query = select(articles.c.id, articles.c.title, articles.c.text).where(articles.c.id.in_(list(article_ids)))
    return {row.id: (row.title, row.text) for row in await connection.execute(query)}
