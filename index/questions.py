"""Where a question goes: to the timelines, where it asks what changed; else to the sentences (``index.answer``).

Owns that choice and nothing of either. It stands above both, since a timeline is made with parts of ``index.answer``.
"""

from datetime import date

from index import answer as sentences
from index.answer.considered import Considered
from index.answer.question import understand
from index.changed import asked_period, what_changed
from index.library import Library
from index.models import Answer, Scope


async def ask(library: Library, question: str, scope: Scope, today: date | None = None) -> Answer:
    """Answer from the articles inside the scope. Raises UsageError, StoreError and ModelError."""
    return (await consider(library, question, scope, today=today)).answer


async def consider(
    library: Library, question: str, scope: Scope, asked_as: str | None = None, *, today: date | None = None
) -> Considered:
    """``today``: the day that “this week” is reckoned from; ``scope.as_of``, else the computer's, unless given."""
    day = scope.as_of or today or date.today()
    period = asked_period(understand(question).text, day)
    if period is not None:
        told = await what_changed(library, understand(question).text, period, scope, day)
        if told is not None:
            return told
    return await sentences.consider(library, question, scope, asked_as)
