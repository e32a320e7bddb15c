"""One question from Discord, from the words to the kept answer. Knows no message and no button."""

import asyncio
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.client import DealwireBot
from bot.store import answers, servers
from bot.store.answers import Asked
from index.answer.about import about_quote
from index.answer.considered import Considered
from index.answer.followup import About, Followed, follow
from index.answer.question import understand
from index.errors import UsageError
from index.models import Answer, Scope
from index.questions import consider
from index.store.articles import get_articles
from index.store.deals import Deal, find_deal, list_deals


@dataclass(frozen=True, slots=True)
class Where:
    """Who asks, and where: what the answer may see follows from it."""

    asker_id: int
    channel_id: int
    server_id: int | None  # None: a direct message, which sees the shared articles only
    parent_id: int | None = None  # of a thread: the channel or forum that it is in


def parent_of(channel: object) -> int | None:
    """The channel or forum that a thread is in; None for anything else."""
    return getattr(channel, "parent_id", None)


async def ask_and_keep(
    bot: DealwireBot,
    question: str,
    where: Where,
    *,
    deal: str | None = None,
    as_of: date | None = None,
    private: bool = False,
    following: Asked | None = None,
) -> Asked:
    """Raises UsageError, StoreError, ModelError and BusyError; ``bot.failures`` has the sentence for each.

    ``deal`` left out is the one that the channel is bound to; ``following`` is the answer that was replied to.
    """
    understand(question)  # refused before it counts
    followed = follow(question, following.question) if following else Followed(question)
    async with bot.desk.admitted(where.asker_id, where.server_id):
        if followed.about is None:
            _embed_early(bot, followed.text)
        async with bot.desk.turns:
            deal_id, deal_name = await _deal(bot, deal, where, following)
            as_of = as_of or (following.answer.as_of if following else None)
            scope = Scope(server_id=where.server_id, as_of=as_of, deal_id=deal_id)
            answer, considered = await _answer(bot, question, followed, following, scope)
            why = considered.model_dump(mode="json", exclude={"answer"}) if considered else {}
            asked_at = bot.now()
            async with bot.library.database.write() as connection:
                answer_id = await answers.keep(
                    connection,
                    server_id=where.server_id,
                    channel_id=where.channel_id,
                    asker_id=where.asker_id,
                    question=followed.text,
                    answer=answer,
                    deal_id=deal_id,
                    private=private,
                    why=why,
                    asked_at=asked_at,
                )
    return Asked(
        answer_id, where.server_id, where.channel_id, None, where.asker_id, followed.text, deal_id, private, answer, why,
        asked_at, deal_name,
    )  # fmt: skip


def _embed_early(bot: DealwireBot, text: str) -> None:
    """While it waits for its turn, together with the others that wait; retrieval then finds it done."""
    early = asyncio.ensure_future(bot.library.embed_question(" ".join(text.split())))
    early.add_done_callback(lambda done: done.cancelled() or done.exception())  # retrieval raises it again


async def _answer(
    bot: DealwireBot, question: str, followed: Followed, following: Asked | None, scope: Scope
) -> tuple[Answer, Considered | None]:
    if followed.about is not None and following is not None:
        told = await _about(bot, followed.about, question, following, scope)
        if told is not None:
            return told, None
    considered = await consider(bot.library, followed.text, scope, followed.asked_as, today=bot.clock().date())
    if followed.about is About.EVENT_DAY and following is not None and not considered.answer.answered:
        reported = await _about(bot, About.REPORT_DAY, question, following, scope)
        if reported is not None:
            said = (
                f"The sentence names no day; it was reported on {reported.answer}" if reported.date else reported.answer
            )
            return reported.model_copy(update={"answer": said, "date": None}), None
    return considered.answer, considered


async def _about(bot: DealwireBot, about: About, question: str, following: Asked, scope: Scope) -> Answer | None:
    """From the quote that is on the screen; None where it is gone, or does not hold what is asked."""
    if not following.answer.citations:
        return None
    citation = following.answer.citations[0]
    async with bot.library.database.read() as connection:
        found = await get_articles(connection, [int(citation.article_id)], scope)
    article = found.get(int(citation.article_id))
    if article is None or article.text[citation.start : citation.end] != citation.quote:
        return None
    return await asyncio.to_thread(about_quote, about, " ".join(question.split()), following.answer, article)


async def _deal(
    bot: DealwireBot, name: str | None, where: Where, following: Asked | None
) -> tuple[int | None, str | None]:
    async with bot.library.database.read() as connection:
        if name:
            deal = await deal_named(connection, name, where.server_id)
            return deal.id, deal.name
        if following is not None:
            return following.deal_id, following.deal
        if where.server_id is None:
            return None, None
        channel = await servers.get_place(connection, where.channel_id, where.parent_id)
        return (channel.deal_id, channel.deal) if channel else (None, None)


async def deals_seen(connection: AsyncConnection, server_id: int | None) -> list[Deal]:
    """The server's own deals, then the shared ones, each name once."""
    own = await list_deals(connection, server_id) if server_id is not None else []
    names = {each.name.casefold() for each in own}
    return own + [each for each in await list_deals(connection, None) if each.name.casefold() not in names]


async def deal_named(connection: AsyncConnection, name: str, server_id: int | None) -> Deal:
    """The server's own of that name, else the shared one. Raises UsageError, naming the deals that there are."""
    own = await find_deal(connection, name, server_id) if server_id is not None else None
    deal = own or await find_deal(connection, name, None)
    if deal is None:
        known = ", ".join(each.name for each in (await deals_seen(connection, server_id))[:20])
        hint = f"there are: {known}." if known else "nobody follows a deal here yet; ask without one."
        raise UsageError(f"There is no deal named “{name[:100]}”; {hint}")
    return deal
