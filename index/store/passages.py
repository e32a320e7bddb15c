"""Queries on the passages of one article, and on how alike articles are. Decides nothing about likeness."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from index.embed import Vectors
from index.models import Scope
from index.store.articles import within
from index.store.deals import vectors_of
from index.store.schema import articles, deal_articles, deals, passages


@dataclass(frozen=True, slots=True)
class Said:
    """One passage with its words. ``number``: of its article in the order that was asked for."""

    id: int
    article_id: int
    story: int
    number: int
    start: int
    end: int
    words: str


async def of_articles(connection: AsyncConnection, wanted: Collection[tuple[int, int]]) -> list[Said]:
    """All passages of ``(article id, story)``, in that order."""
    order = {article_id: (number, story) for number, (article_id, story) in enumerate(wanted)}
    words = func.substr(articles.c.text, passages.c.start + 1, passages.c.end - passages.c.start)
    query = (
        select(passages.c.id, passages.c.article_id, passages.c.start, passages.c.end, words.label("words"))
        .join(articles, articles.c.id == passages.c.article_id)
        .where(passages.c.article_id.in_(list(order)))
        .order_by(passages.c.article_id, passages.c.position)
    )
    found = [
        Said(row.id, row.article_id, order[row.article_id][1], order[row.article_id][0], row.start, row.end, row.words)
        for row in await connection.execute(query)
    ]
    return sorted(found, key=lambda each: (each.number, each.start))


async def embeddings_of(connection: AsyncConnection, passage_ids: Collection[int]) -> dict[int, Vectors]:
    query = select(passages.c.id, passages.c.embedding).where(passages.c.id.in_(list(passage_ids)))
    return {row.id: np.frombuffer(row.embedding, "<f4") for row in await connection.execute(query)}


async def of_article(connection: AsyncConnection, article_id: int) -> list[tuple[int, int, bytes]]:
    """``(start, end, embedding)`` in the text's order."""
    query = select(passages.c.start, passages.c.end, passages.c.embedding)
    rows = await connection.execute(query.where(passages.c.article_id == article_id).order_by(passages.c.position))
    return [(row.start, row.end, row.embedding) for row in rows]


async def deal_vector(connection: AsyncConnection, deal_id: int) -> Vectors | None:
    stored = await connection.scalar(select(deals.c.embedding).where(deals.c.id == deal_id))
    return np.frombuffer(stored, "<f4") if stored else None


async def deals_of_article(
    connection: AsyncConnection, article_id: int, server_id: int | None = None
) -> dict[int, str]:
    """The deals that it belongs to, likeliest first: id to name. A server sees its own deals and the shared ones."""
    theirs = or_(deals.c.server_id.is_(None), deals.c.server_id == server_id)
    query = (
        select(deals.c.id, deals.c.name)
        .join(deal_articles, deal_articles.c.deal_id == deals.c.id)
        .where(deal_articles.c.article_id == article_id, theirs)
        .order_by(deal_articles.c.likeness.desc())
    )
    return {row.id: row.name for row in await connection.execute(query)}


async def all_deals_of_article(connection: AsyncConnection, article_id: int) -> set[int]:
    """Of every server: for finding out whose watches want it, never for showing."""
    query = select(deal_articles.c.deal_id).where(deal_articles.c.article_id == article_id)
    return set((await connection.scalars(query)).all())


async def likeness(connection: AsyncConnection, article_id: int, others: Collection[int]) -> dict[int, float]:
    """The cosine of the article's mean with each of the others'."""
    ids, vectors = await vectors_of(connection, {article_id, *others})
    if article_id not in ids:
        return {}
    ours = vectors[ids.index(article_id)]
    return {each: float(vectors[n] @ ours) for n, each in enumerate(ids) if each != article_id}


async def family(connection: AsyncConnection, article_id: int) -> set[int]:
    """The article, the one that it is a reprint of, and that one's other reprints."""
    head = await connection.scalar(select(articles.c.reprint_of).where(articles.c.id == article_id))
    first = head or article_id
    query = select(articles.c.id).where((articles.c.reprint_of == first) | (articles.c.id == first))
    return {article_id, *(await connection.scalars(query)).all()}


async def same_deal(connection: AsyncConnection, article_id: int, limit: int) -> list[int]:
    """The newest articles that share a deal with this one, itself too."""
    mine = select(deal_articles.c.deal_id).where(deal_articles.c.article_id == article_id)
    query = (
        select(articles.c.id)
        .join(deal_articles, deal_articles.c.article_id == articles.c.id)
        .where(deal_articles.c.deal_id.in_(mine))
        .distinct()
        .order_by(articles.c.id.desc())
        .limit(limit)
    )
    return [article_id, *(await connection.scalars(query)).all()]


async def newest(connection: AsyncConnection, limit: int) -> list[int]:
    """The articles that were stored last."""
    return list((await connection.scalars(select(articles.c.id).order_by(articles.c.id.desc()).limit(limit))).all())


async def added_since(connection: AsyncConnection, moment: str, scope: Scope) -> list[int]:
    """The articles inside the scope that were stored since (ISO, UTC), the newest first; reprints are left out."""
    query = (
        select(articles.c.id)
        .where(within(scope), articles.c.added_at >= moment, articles.c.reprint_of.is_(None))
        .order_by(articles.c.day.desc(), articles.c.id.desc())
    )
    return list((await connection.scalars(query)).all())


async def newer_on_the_matter(
    connection: AsyncConnection, article_id: int, since: date, scope: Scope, alike: float, limit: int
) -> list[int]:
    """Articles inside the scope from after ``since``, the newest first, without reprints.

    Those that share a deal with the article; where it is in none, those whose means are as ``alike`` as that.
    """
    newer = (
        select(articles.c.id)
        .where(within(scope), articles.c.day > since.isoformat(), articles.c.reprint_of.is_(None))
        .where(articles.c.id != article_id)
        .order_by(articles.c.day.desc(), articles.c.id.desc())
        .limit(limit)
    )
    mine = select(deal_articles.c.deal_id).where(deal_articles.c.article_id == article_id)
    if (await connection.execute(mine.limit(1))).first() is not None:
        sharing = select(deal_articles.c.article_id).where(deal_articles.c.deal_id.in_(mine))
        return list((await connection.scalars(newer.where(articles.c.id.in_(sharing)))).all())
    found = list((await connection.scalars(newer)).all())
    near = await likeness(connection, article_id, found) if found else {}
    return [each for each in found if near.get(each, 0.0) >= alike]
