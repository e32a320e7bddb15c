"""Lists of articles for people who look for one: without their texts, in pages. Decides no order but newest first."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from index.models import Scope
from index.store.articles import within
from index.store.schema import articles

_NEWEST = (articles.c.day.is_(None), articles.c.published.desc(), articles.c.id.desc())
_COLUMNS = (
    articles.c.id,
    articles.c.title,
    articles.c.source,
    articles.c.day,
    articles.c.url,
    articles.c.origin,
    articles.c.server_id,
    articles.c.reprint_of,
)


@dataclass(frozen=True, slots=True)
class Listed:
    id: int
    title: str
    source: str
    day: str | None  # ISO
    url: str | None
    origin: str
    server_id: int | None  # None: shared by the operator
    reprint_of: int | None


async def page(
    connection: AsyncConnection, scope: Scope, offset: int, limit: int, *, own: bool = False
) -> tuple[list[Listed], int]:
    """Some of the articles inside the scope, newest first, and how many there are; ``own``: the server's alone."""
    inside = _inside(scope, own)
    total = int((await connection.execute(select(func.count()).select_from(articles).where(inside))).scalar_one())
    rows = await connection.execute(select(*_COLUMNS).where(inside).order_by(*_NEWEST).offset(offset).limit(limit))
    return [Listed(*row) for row in rows], total


async def titled(
    connection: AsyncConnection, scope: Scope, words: str, limit: int, *, own: bool = False
) -> list[Listed]:
    """Those whose title or outlet has these words, newest first."""
    inside = _inside(scope, own)
    for word in words.casefold().split():
        text = func.lower(articles.c.title + " " + articles.c.source)
        inside = inside & text.contains(word, autoescape=True)
    rows = await connection.execute(select(*_COLUMNS).where(inside).order_by(*_NEWEST).limit(limit))
    return [Listed(*row) for row in rows]


async def one(connection: AsyncConnection, scope: Scope, article_id: int) -> Listed | None:
    """None also where it is outside the scope."""
    row = (await connection.execute(select(*_COLUMNS).where(within(scope), articles.c.id == article_id))).one_or_none()
    return Listed(*row) if row else None


def _inside(scope: Scope, own: bool) -> ColumnElement[Any]:
    inside: ColumnElement[Any] = within(scope)
    return inside & (articles.c.server_id == scope.server_id) if own else inside
