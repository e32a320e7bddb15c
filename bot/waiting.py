"""Questions that the articles did not answer, kept until one does, and answered once.

Owns whose they are, how many, and the moment of answering: the row is marked, the answer kept and its delivery owed in
one transaction, so that a kill at any moment leads to neither two answers nor none. Sends nothing itself.
"""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import answers
from bot.store.answers import Asked
from bot.store.deliveries import Owed, owe
from index.answer.considered import Considered
from index.errors import UsageError
from index.models import Scope
from index.questions import consider
from index.store import standing
from index.store.standing import Waiting

if TYPE_CHECKING:
    from bot.client import DealwireBot

KIND = "answer"
MOST = 20  # of one person
SURE = 0.5  # it is told once and unasked: it must be likelier right than wrong
TOO_MANY = f"You have {MOST} questions that wait for an answer, which is the most; drop one: /questions drop"
NO_DAY = "A question about an earlier day gets no new answer; ask without as_of to be told."


@dataclass(frozen=True, slots=True)
class Whom:
    person_id: int
    channel_id: int | None  # None: a direct message

    @classmethod
    def of(cls, waiting: Waiting) -> "Whom":
        return cls(**json.loads(waiting.whom))

    def written(self) -> str:
        return json.dumps({"person_id": self.person_id, "channel_id": self.channel_id})


async def of_person(connection: AsyncConnection, person_id: int) -> list[Waiting]:
    """Wherever they were asked; who lists them shows a server only its own."""
    return [each for each in await standing.waiting(connection) if Whom.of(each).person_id == person_id]


async def check_room(bot: "DealwireBot", person_id: int, as_of: date | None) -> None:
    """Whether one more may wait; asked before anything is shown. Raises UsageError."""
    if as_of is not None:
        raise UsageError(NO_DAY)
    async with bot.library.database.read() as connection:
        if len(await of_person(connection, person_id)) >= MOST:
            raise UsageError(TOO_MANY)


async def keep_waiting(bot: "DealwireBot", asked: Asked) -> Asked:
    """Until an article answers it; the same question of the same person waits once. The card says so."""
    whom = Whom(asked.asker_id, None if asked.private or asked.server_id is None else asked.channel_id)
    told = replace(asked, why=asked.why | {"waits": True})

    async def put(connection: AsyncConnection) -> None:
        theirs = await of_person(connection, asked.asker_id)
        same = (asked.question.casefold(), asked.server_id, asked.deal_id)
        if not any((each.question.casefold(), each.server_id, each.deal_id) == same for each in theirs):
            scope = Scope(server_id=asked.server_id, deal_id=asked.deal_id)
            await standing.keep(connection, asked.question, scope, whom.written())
        await answers.set_why(connection, told)

    await bot.library.database.transact(put)
    return told


async def answer_waiting(bot: "DealwireBot", since: str = "") -> int:
    """Ask those for which an article came or changed since (ISO, UTC) again; how many are answered now.

    Raises StoreError and ModelError; whoever comes next finds the rest still waiting.
    """
    async with bot.library.database.read() as connection:
        kept = await standing.waiting(connection)
        kept = [each for each in kept if await standing.has_news(connection, each, since)]
    answered = 0
    for each in kept:
        async with bot.desk.turns:  # behind the people who wait for theirs
            found = await consider(bot.library, each.question, each.scope, today=bot.clock().date())
        if found.answer.answered and found.answer.confidence >= SURE and await _answer(bot, each, found):
            answered += 1
    if answered:
        bot.deliverer.wake()
    return answered


async def _answer(bot: "DealwireBot", waiting: Waiting, found: Considered) -> bool:
    whom, now = Whom.of(waiting), bot.now()
    quoted = [int(each.article_id) for each in found.answer.citations]

    async def commit(connection: AsyncConnection) -> bool:
        article_id = await standing.first_new(connection, waiting, quoted)
        if article_id is None or not await standing.mark_answered(connection, waiting.id, article_id):
            return False
        why: dict[str, Any] = found.model_dump(mode="json", exclude={"answer"})
        answer_id = await answers.keep(
            connection,
            server_id=waiting.server_id,
            channel_id=whom.channel_id or 0,
            asker_id=whom.person_id,
            question=waiting.question,
            answer=found.answer,
            deal_id=waiting.deal_id,
            private=whom.channel_id is None and waiting.server_id is not None,
            why=why,
            asked_at=now,
        )
        return await owe(
            connection,
            Owed(
                key=f"answer:{waiting.id}",
                kind=KIND,
                payload={"answer_id": answer_id, "kept_at": waiting.kept_at},
                due=now,
                server_id=waiting.server_id,
                channel_id=whom.channel_id,
                person_id=whom.person_id,
                about=f"question {waiting.id}",
            ),
        )

    return await bot.library.database.transact(commit)
