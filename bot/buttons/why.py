"""Why this? The passages that were weighed, privately."""

from bot.buttons.press import Press
from bot.cards.why import why_card


async def press(press: Press) -> None:
    await press.say(view=why_card(press.asked))
