"""Every query on what a server's answers were not good enough for. Tells no names: who asked is nobody's business."""

from dataclasses import dataclass

from sqlalchemy import and_, exists, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import answers, votes


@dataclass(frozen=True, slots=True)
class Wanting:
    """A question that was not answered, or whose answer somebody found not helpful."""

    question: str
    answered: bool
    helpful: int
    unhelpful: int
    asked_at: float


async def page(connection: AsyncConnection, server_id: int, offset: int, limit: int) -> tuple[list[Wanting], int]:
    """Some of them, newest first, and how many there are."""
    disliked = exists().where(votes.c.answer_id == answers.c.id, not_(votes.c.helpful))
    inside = and_(answers.c.server_id == server_id, or_(not_(answers.c.answered), disliked))
    total = int((await connection.execute(select(func.count()).select_from(answers).where(inside))).scalar_one())
    counted = [
        select(func.count())
        .where(votes.c.answer_id == answers.c.id, votes.c.helpful == helpful)
        .correlate(answers)
        .scalar_subquery()
        for helpful in (True, False)
    ]
    query = (
        select(answers.c.question, answers.c.answered, *counted, answers.c.asked_at)
        .where(inside)
        .order_by(answers.c.asked_at.desc(), answers.c.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [Wanting(row[0], bool(row[1]), row[2], row[3], row[4]) for row in await connection.execute(query)], total
