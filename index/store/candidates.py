"""Passages with what stands around them, as reading needs them: one query for many."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import FromClause, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from index.models import Published, Scope
from index.store.articles import parse_published, within
from index.store.schema import articles, passages


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may hold the answer. ``text`` is sliced from the article, as are its neighbours."""

    passage_id: int
    article_id: int
    story: int  # the first article that told this; the same for all its reprints
    position: int
    start: int
    end: int
    text: str
    before: str  # the passage before it, "" at the article's head
    after: str
    terms: str
    title: str
    source: str
    url: str | None
    origin: str
    published: Published | None


async def passages_of(connection: AsyncConnection, article_ids: list[int]) -> list[int]:
    """The ids of all passages of some articles, in the order of the text."""
    query = select(passages.c.id).where(passages.c.article_id.in_(article_ids))
    return list((await connection.execute(query.order_by(passages.c.article_id, passages.c.position))).scalars())


async def fetch_candidates(connection: AsyncConnection, passage_ids: list[int], scope: Scope) -> list[Candidate]:
    """In the order of ``passage_ids``; those outside the scope, or deleted meanwhile, are left out."""
    before, after = passages.alias("before"), passages.alias("after")

    def words(part: Any) -> Any:
        return func.substr(articles.c.text, part.c.start + 1, part.c.end - part.c.start)

    def neighbour(part: FromClause, step: int) -> Any:
        return (part.c.article_id == passages.c.article_id) & (part.c.position == passages.c.position + step)

    query = (
        select(
            passages.c.id,
            passages.c.article_id,
            func.coalesce(articles.c.reprint_of, articles.c.id).label("story"),
            passages.c.position,
            passages.c.start,
            passages.c.end,
            words(passages).label("text"),
            words(before).label("before"),
            words(after).label("after"),
            passages.c.terms,
            articles.c.title,
            articles.c.source,
            articles.c.url,
            articles.c.origin,
            articles.c.published,
        )
        .join(articles, articles.c.id == passages.c.article_id)
        .outerjoin(before, neighbour(before, -1))
        .outerjoin(after, neighbour(after, +1))
        .where(passages.c.id.in_(passage_ids), within(scope))
    )
    rows = {row.id: row for row in await connection.execute(query)}
    return [_candidate(rows[each]) for each in passage_ids if each in rows]


def _candidate(row: Any) -> Candidate:
    return Candidate(
        passage_id=row.id,
        article_id=row.article_id,
        story=row.story,
        position=row.position,
        start=row.start,
        end=row.end,
        text=row.text,
        before=row.before or "",
        after=row.after or "",
        terms=row.terms,
        title=row.title,
        source=row.source,
        url=row.url,
        origin=row.origin,
        published=parse_published(row.published),
    )
