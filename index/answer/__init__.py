"""From a question to a cited answer, or to an honest “the articles don't say”.

question.py   what is asked for
evidence.py   how well each candidate answers it
dates.py      which day the words mean
sides.py      reprints, older statements that no longer hold, and sources that contradict
decide.py     the ranking and the probability
compose.py    the answer with its citations
ask.py        all of it, in order
"""

from index.answer.ask import ask
from index.answer.compose import NOT_TOLD

__all__ = ["NOT_TOLD", "ask"]
