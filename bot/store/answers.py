"""Every query on what was asked and answered, and on who found it helpful.

Whose answer may be seen where is part of every query: another server's is none, whoever names its id.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.servers import upsert
from bot.store.tables import answers, quoted, votes
from index.models import Answer
from index.store.schema import articles, deals


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and its answer, as it was shown."""

    id: int
    server_id: int | None
    channel_id: int
    message_id: int | None
    asker_id: int
    question: str
    deal_id: int | None
    private: bool
    answer: Answer
    why: dict[str, Any]  # what it was chosen from: index.answer.considered.Considered without the answer
    asked_at: float
    deal: str | None = None  # its name

    @property
    def corrections(self) -> dict[str, str]:
        """Of the articles that it quotes, by id: “withdrawn” or “changed” since."""
        told: dict[str, str] = self.why.get("corrections", {})
        return told

    def with_corrections(self, told: dict[str, str]) -> "Asked":
        return replace(self, why=self.why | {"corrections": told})


async def keep(
    connection: AsyncConnection,
    *,
    server_id: int | None,
    channel_id: int,
    asker_id: int,
    question: str,
    answer: Answer,
    deal_id: int | None,
    private: bool,
    why: dict[str, Any],
    asked_at: float,
) -> int:
    """Before it is shown: its buttons carry the id that this returns."""
    values = {
        "server_id": server_id,
        "channel_id": channel_id,
        "asker_id": asker_id,
        "question": question,
        "deal_id": deal_id,
        "private": private,
        "answered": answer.answered,
        "payload": answer.model_dump_json(),
        "why": json.dumps(why),
        "asked_at": asked_at,
    }
    answer_id = int((await connection.execute(insert(answers).values(values).returning(answers.c.id))).scalar_one())
    quotes = [*answer.citations, *([answer.superseded] if answer.superseded else [])]
    rows = [{"answer_id": answer_id, "article_id": each} for each in sorted({int(one.article_id) for one in quotes})]
    if rows:
        await connection.execute(insert(quoted), rows)
    return answer_id


async def shown(connection: AsyncConnection, answer_id: int, message_id: int) -> None:
    """The message that shows it."""
    await connection.execute(update(answers).where(answers.c.id == answer_id).values(message_id=message_id))


async def get(connection: AsyncConnection, answer_id: int, server_id: int | None) -> Asked | None:
    """None also where it is another server's."""
    return await _one(connection, answers.c.id == answer_id, answers.c.server_id.is_not_distinct_from(server_id))


async def of_message(connection: AsyncConnection, message_id: int, server_id: int | None) -> Asked | None:
    return await _one(
        connection, answers.c.message_id == message_id, answers.c.server_id.is_not_distinct_from(server_id)
    )


async def _one(connection: AsyncConnection, *conditions: Any) -> Asked | None:
    query = select(answers, deals.c.name.label("deal")).outerjoin(deals, deals.c.id == answers.c.deal_id)
    row = (await connection.execute(query.where(*conditions).limit(1))).one_or_none()
    return _asked(row) if row is not None else None


def _asked(row: Any) -> Asked:
    return Asked(
        row.id,
        row.server_id,
        row.channel_id,
        row.message_id,
        row.asker_id,
        row.question,
        row.deal_id,
        row.private,
        Answer.model_validate_json(row.payload),
        json.loads(row.why or "{}"),
        row.asked_at,
        row.deal,
    )


async def quoting(connection: AsyncConnection, article_ids: Collection[int] | None, since: float) -> list[Asked]:
    """The public answers that quote any of these articles (None: any at all) and were shown since, oldest first."""
    query = select(answers, deals.c.name.label("deal")).outerjoin(deals, deals.c.id == answers.c.deal_id)
    query = query.where(answers.c.asked_at >= since, answers.c.message_id.is_not(None), answers.c.private.is_(False))
    if article_ids is not None:
        theirs = select(quoted.c.answer_id).where(quoted.c.article_id.in_(list(article_ids)))
        query = query.where(answers.c.id.in_(theirs))
    return [_asked(row) for row in await connection.execute(query.order_by(answers.c.id))]


async def touched(connection: AsyncConnection, since: str) -> list[int]:
    """Of the articles that answers quote: those that are gone, or were changed since (ISO, UTC)."""
    query = (
        select(quoted.c.article_id)
        .outerjoin(articles, articles.c.id == quoted.c.article_id)
        .where(or_(articles.c.id.is_(None), articles.c.updated_at >= since))
        .distinct()
    )
    return list((await connection.scalars(query)).all())


async def set_why(connection: AsyncConnection, asked: Asked) -> None:
    await connection.execute(update(answers).where(answers.c.id == asked.id).values(why=json.dumps(asked.why)))


async def share(connection: AsyncConnection, answer_id: int) -> bool:
    """A private answer becomes everybody's; False where it was already."""
    private = (answers.c.id == answer_id, answers.c.private.is_(True))
    changed = await connection.execute(update(answers).where(*private).values(private=False).returning(answers.c.id))
    return changed.one_or_none() is not None


async def unshare(connection: AsyncConnection, answer_id: int) -> None:
    """It could not be shown after all."""
    await connection.execute(update(answers).where(answers.c.id == answer_id).values(private=True))


async def vote(connection: AsyncConnection, answer_id: int, person_id: int, helpful: bool, at: float) -> None:
    """One a person; a later one replaces it."""
    key = {"answer_id": answer_id, "person_id": person_id}
    await upsert(connection, votes, key, {"helpful": helpful, "voted_at": at})


async def count_votes(connection: AsyncConnection, answer_id: int) -> tuple[int, int]:
    """Helpful and not."""
    query = select(votes.c.helpful, func.count()).where(votes.c.answer_id == answer_id).group_by(votes.c.helpful)
    counts = {bool(helpful): int(count) for helpful, count in (await connection.execute(query)).all()}
    return counts.get(True, 0), counts.get(False, 0)
