"""From a question to a cited answer, or to an honest “the articles don't say”.

question.py   what is asked for
evidence.py   how well each candidate answers it
dates.py      which day the words mean
sides.py      reprints, older statements that no longer hold, and sources that contradict
decide.py     the ranking and the probability
compose.py    the answer with its citations
considered.py what it was chosen from, and what the nearest sentence lacks
ask.py        all of it, in order
followup.py   a question that leans on an earlier answer; about.py: one about its quote
"""

from index.answer.ask import ask, consider
from index.answer.compose import NOT_TOLD

__all__ = ["NOT_TOLD", "ask", "consider"]
