"""Context: what stands around a quote in its article, privately; one page a quote."""

from typing import Any

from discord import ui

from bot.buttons.press import AnswerButton, Press, custom_id
from bot.buttons.row import GREY
from bot.cards.context import context_card
from index.models import Citation, Scope
from index.store.articles import get_article


async def press(press: Press) -> None:
    quotes = quotes_of(press)
    number = min(int(press.extra), len(quotes) - 1) if press.extra.isdecimal() else 0
    citation = quotes[number]
    async with press.bot.library.database.read() as connection:
        article = await get_article(connection, int(citation.article_id), Scope(server_id=press.asked.server_id))
    after: list[ui.Item[Any]] = []
    if number + 1 < len(quotes):
        name = custom_id("context", press.asked.id, str(number + 1))
        button: ui.Button[Any] = ui.Button(label="The next quote's", style=GREY, custom_id=name)
        after.append(AnswerButton(button, "context", press.asked.id, str(number + 1)))
    await press.say(view=context_card(citation, article, number, len(quotes), after))


def quotes_of(press: Press) -> list[Citation]:
    answer = press.asked.answer
    return [*answer.citations, *([answer.superseded] if answer.superseded else [])]
