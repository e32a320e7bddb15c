"""The next page of a long answer, in the same message."""

from bot.buttons.press import Press
from bot.buttons.row import buttons_of
from bot.cards.answer import answer_card, pages_of


async def press(press: Press) -> None:
    last = len(pages_of(press.asked)) - 1
    page = min(int(press.extra), last) if press.extra.isdecimal() else 0
    buttons = buttons_of(press.asked, press.bot.clock().date(), page)
    await press.interaction.response.edit_message(view=answer_card(press.asked, buttons, page))
