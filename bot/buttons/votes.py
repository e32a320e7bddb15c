"""Helpful, or not: one vote a person, which may be changed."""

from bot.buttons.press import Press
from bot.store import answers

SAID = {
    "helpful": "Thank you; noted as helpful. Press the other one to change that.",
    "unhelpful": "Thank you; noted as not helpful. Whoever looks after me here sees it. Press the other one to change that.",
}


async def press(press: Press) -> None:
    async with press.bot.library.database.write() as connection:
        await answers.vote(connection, press.asked.id, press.person_id, press.extra == "helpful", press.bot.now())
    await press.say(text=SAID[press.extra])
