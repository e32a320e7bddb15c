"""Whether two sentences of two articles contradict each other for a question."""

import numpy as np

from index.answer.question import understand
from index.answer.sides import contradicts
from index.models import Article
from index.search.hybrid import Found
from index.store.candidates import Candidate

ALIKE = np.array([1.0, 0.0], np.float32)
UNLIKE = np.array([0.0, 1.0], np.float32)


def found(text: str, *, article: int = 1, position: int = 0, vector: np.ndarray = ALIKE) -> Found:  # type: ignore[type-arg]
    whole = Article(id=article, text=text, origin=f"{article}.txt")
    candidate = Candidate(article * 100 + position, position, 0, len(text), text, "", "", "", whole)
    return Found(candidate, 0.5, vector, 0.5)


def test_in_two_articles_on_one_matter() -> None:
    asked = understand("has the union signed the deal?")
    yes = found("The union has signed the deal, the owner said.", article=1)
    no = found("The union said that it had not signed the deal.", article=2)
    assert contradicts(asked, yes, no) and contradicts(asked, no, yes)
    assert not contradicts(
        asked, yes, found("The union said that it had not signed the deal.", article=2, vector=UNLIKE)
    )
    plain = found("The union has not signed the deal.", article=2)  # the outlet's own voice, which may be newer
    assert not contradicts(asked, yes, plain)


def test_two_figures_for_one_thing() -> None:
    asked = understand("how long does it keep?")
    one = found("“It keeps for 9 months,” the maker said.", article=1)
    assert not contradicts(asked, one, found("It keeps for 9 months, the office said.", article=2))
    assert contradicts(asked, one, found("It keeps for 24 months, the office said.", article=2))
    assert not contradicts(
        understand("who makes it?"), one, found("It keeps for 24 months, the office said.", article=2)
    )
