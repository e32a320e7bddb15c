"""Every query on questions that wait for an article to answer them. Asks none of them (``bot.waiting`` does)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from index.models import Scope
from index.store.articles import within
from index.store.schema import articles, deals, standing_questions


@dataclass(frozen=True, slots=True)
class Waiting:
    id: int
    server_id: int | None
    deal_id: int | None
    deal: str | None  # its name
    question: str
    whom: str  # as it was given
    kept_at: str  # ISO, UTC
    after_article: int

    @property
    def scope(self) -> Scope:
        return Scope(server_id=self.server_id, deal_id=self.deal_id)


async def keep(connection: AsyncConnection, question: str, scope: Scope, whom: str) -> int:
    """What is there by now is no news to it."""
    newest = select(func.coalesce(func.max(articles.c.id), 0)).scalar_subquery()
    values: dict[str, Any] = {
        "server_id": scope.server_id,
        "deal_id": scope.deal_id,
        "question": question,
        "whom": whom,
        "kept_at": _now(),
        "after_article": newest,
    }
    adding = insert(standing_questions).values(values).returning(standing_questions.c.id)
    return int((await connection.execute(adding)).scalar_one())


async def waiting(connection: AsyncConnection) -> list[Waiting]:
    """All that wait, the oldest first."""
    query = (
        select(standing_questions, deals.c.name.label("deal"))
        .outerjoin(deals, deals.c.id == standing_questions.c.deal_id)
        .where(standing_questions.c.answered_at.is_(None))
        .order_by(standing_questions.c.id)
    )
    return [
        Waiting(row.id, row.server_id, row.deal_id, row.deal, row.question, row.whom, row.kept_at, row.after_article)
        for row in await connection.execute(query)
    ]


async def has_news(connection: AsyncConnection, each: Waiting, since: str) -> bool:
    """Whether an article inside its scope came or was changed since (ISO, UTC)."""
    query = select(articles.c.id).where(within(each.scope), articles.c.updated_at >= max(since, each.kept_at)).limit(1)
    return (await connection.execute(query)).first() is not None


async def first_new(connection: AsyncConnection, each: Waiting, article_ids: list[int]) -> int | None:
    """The first of these articles that came, or was changed, after the question was kept."""
    newer = or_(articles.c.id > each.after_article, articles.c.updated_at >= each.kept_at)
    found = set((await connection.scalars(select(articles.c.id).where(articles.c.id.in_(article_ids), newer))).all())
    return next((article_id for article_id in article_ids if article_id in found), None)


async def newest_change(connection: AsyncConnection) -> str:
    """When an article last came or was changed, ISO, UTC; "" where there is none."""
    return str(await connection.scalar(select(func.max(articles.c.updated_at))) or "")


async def mark_answered(connection: AsyncConnection, standing_id: int, article_id: int) -> bool:
    """Whether it waited until now: of two that answer at once, one does."""
    row = (standing_questions.c.id == standing_id, standing_questions.c.answered_at.is_(None))
    values = {"answered_at": _now(), "answered_by": article_id}
    done = update(standing_questions).where(*row).values(values).returning(standing_questions.c.id)
    return (await connection.execute(done)).one_or_none() is not None


async def drop(connection: AsyncConnection, standing_id: int) -> bool:
    """Whether it still waited; what was answered stays on record."""
    row = (standing_questions.c.id == standing_id, standing_questions.c.answered_at.is_(None))
    gone = delete(standing_questions).where(*row).returning(standing_questions.c.id)
    return (await connection.execute(gone)).one_or_none() is not None


def _now() -> str:
    """By the clock that stamps articles, so that the two compare."""
    return datetime.now(UTC).isoformat(timespec="seconds")
