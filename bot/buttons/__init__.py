"""The buttons under an answer. They carry the answer's id, so that they work after a restart.

press.py     what every button has in common: whose answer it is, who may press it
context.py, why.py, votes.py, share.py, pages.py     one job each
row.py       which of them an answer gets
"""

from bot.buttons.press import AnswerButton
from bot.buttons.row import buttons_of

__all__ = ["AnswerButton", "buttons_of"]
