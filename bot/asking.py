"""One question from Discord, from the words to the kept answer. Knows no message and no button."""

from dataclasses import dataclass
from datetime import date

from bot.client import DealwireBot
from bot.store import answers
from index.answer import ask
from index.deals import named_deal
from index.models import Answer, Scope


@dataclass(frozen=True, slots=True)
class Where:
    """Who asks, and where: what the answer may see follows from it."""

    asker_id: int
    channel_id: int
    server_id: int | None  # None: a direct message, which sees the shared articles only


@dataclass(frozen=True, slots=True)
class Kept:
    id: int
    answer: Answer


async def ask_and_keep(
    bot: DealwireBot,
    question: str,
    where: Where,
    *,
    deal: str | None = None,
    as_of: date | None = None,
    private: bool = False,
) -> Kept:
    """Raises UsageError, StoreError, ModelError and BusyError, each with a sentence for the asker."""
    library = bot.library
    async with bot.desk.turn(where.asker_id, where.server_id):
        deal_id = None
        if deal:
            async with library.database.read() as connection:
                deal_id = (await named_deal(connection, deal, where.server_id)).id
        answer = await ask(library, question, Scope(server_id=where.server_id, as_of=as_of, deal_id=deal_id))
        async with library.database.write() as connection:
            answer_id = await answers.keep(
                connection,
                server_id=where.server_id,
                channel_id=where.channel_id,
                asker_id=where.asker_id,
                answer=answer,
                deal_id=deal_id,
                private=private,
                why={},
                asked_at=bot.now(),
            )
    return Kept(answer_id, answer)
