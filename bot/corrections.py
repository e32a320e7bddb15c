"""Answers whose article was changed or withdrawn after they were given: their messages say so.

``correct(bot, article_ids)`` is called by whoever stored or removed the articles; it is safe to call twice. What cannot
be shown now (Discord is away, the bot was down) is found again by ``correct(bot)``, which looks at all that is recent.
Private answers cannot be edited by a bot for longer than minutes, and are left.
"""

import logging
from collections.abc import Collection
from typing import TYPE_CHECKING

import discord

from bot.buttons import buttons_of
from bot.cards.answer import answer_card
from bot.store import answers
from bot.store.answers import Asked
from index.models import Article, Citation, Scope
from index.store.articles import get_articles

if TYPE_CHECKING:
    from bot.client import DealwireBot

RECENT = 30 * 86_400.0  # seconds: older answers are history
WITHDRAWN, CHANGED = "withdrawn", "changed"

log = logging.getLogger(__name__)


async def correct(bot: "DealwireBot", article_ids: Collection[int] | None = None) -> int:
    """How many messages say now what they did not before. Raises StoreError."""
    async with bot.library.database.read() as connection:
        given = await answers.quoting(connection, article_ids, bot.now() - RECENT)
    corrected = 0
    for asked in given:
        told = await _corrections(bot, asked)
        if told != asked.corrections and await _show(bot, asked, told):
            corrected += 1
    return corrected


async def _corrections(bot: "DealwireBot", asked: Asked) -> dict[str, str]:
    quotes = [*asked.answer.citations, *([asked.answer.superseded] if asked.answer.superseded else [])]
    async with bot.library.database.read() as connection:
        found = await get_articles(
            connection, {int(each.article_id) for each in quotes}, Scope(server_id=asked.server_id)
        )
    told = {each.article_id: _state(each, found.get(int(each.article_id))) for each in quotes}
    return {article_id: state for article_id, state in told.items() if state}


def _state(citation: Citation, article: Article | None) -> str:
    if article is None:
        return WITHDRAWN
    return "" if article.text[citation.start : citation.end] == citation.quote else CHANGED


async def _show(bot: "DealwireBot", asked: Asked, told: dict[str, str]) -> bool:
    """The message first: a row that says so while the message does not would never be looked at again."""
    assert asked.message_id is not None
    corrected = asked.with_corrections(told)
    channel = bot.get_partial_messageable(asked.channel_id, guild_id=asked.server_id)
    view = answer_card(corrected, buttons_of(corrected, bot.clock().date()))
    try:
        await channel.get_partial_message(asked.message_id).edit(view=view)
    except (discord.NotFound, discord.Forbidden):  # nobody can read it any more, or we may not touch it: it is done
        log.info("The message of answer %d is gone", asked.id)
    except discord.HTTPException as error:
        log.warning("Answer %d could not be corrected, and will be later: %s", asked.id, error)
        return False
    async with bot.library.database.write() as connection:
        await answers.set_why(connection, corrected)
    return True
