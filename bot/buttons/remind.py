"""Remind me: first asks how long ahead, then puts the wish down. The reminder itself is ``bot.reminders``'."""

from typing import Any

from discord import ui

from bot.buttons.press import AnswerButton, Press, custom_id
from bot.buttons.row import GREY
from bot.cards.text import line, stamp
from bot.clock import moment
from bot.reminders.leads import parse_lead
from bot.store.reminders import remind_of_answer

AHEAD = {"7d": "7 days ahead", "1d": "1 day ahead", "1h": "1 hour ahead", "0": "At the time"}
ASK = "How long ahead? I will send you a direct message. Press several for several."
DONE = "I will remind you {ahead}; the first comes {when} ({away}) as a direct message."


async def press(press: Press) -> None:
    if press.extra not in AHEAD:
        await press.say(view=_choice(press))
        return
    async with press.bot.library.database.write() as connection:
        reminder = await remind_of_answer(connection, press.asked, press.extra, press.person_id, press.bot.now())
    press.bot.deliverer.wake()
    first = moment(reminder.next_at) if reminder.next_at is not None else press.bot.clock()
    ahead = parse_lead(press.extra).words
    await press.say(text=DONE.format(ahead=line(ahead), when=stamp(first, "f"), away=stamp(first, "R")))


def _choice(press: Press) -> ui.LayoutView:
    row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    for lead, label in AHEAD.items():
        button: ui.Button[Any] = ui.Button(label=label, style=GREY, custom_id=custom_id("remind", press.asked.id, lead))
        row.add_item(AnswerButton(button, "remind", press.asked.id, lead))
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay(ASK))
    view.add_item(row)
    return view
