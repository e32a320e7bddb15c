"""Whether two sentences contradict each other for a question: in two articles, and beside each other in one."""

import numpy as np
import pytest

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


BESIDE = [
    (
        "did the mill owner promise new jobs",
        "The mayor says that the mill's owner gave her its word in May on forty new jobs.",
        "A spokesman for the owner says that no such promise was given, in May or in any other month.",
        True,
    ),
    (
        "how many houses were flooded",
        "“We counted four hundred and twelve flooded houses,” said Ottoline Marsh, the mayor.",
        "The ministry in Port Sarre put the number at 260 and said that the rest were sheds.",
        True,
    ),
    (
        "was the bridge checked or not",
        "The railway said that the bridge had been checked in March.",
        "It said that it had not found a single crack.",  # the same voice goes on
        False,
    ),
    (
        "how many houses were flooded",
        "The ministry said that 260 houses were flooded.",
        "It will pay 4,000 marks for each, the ministry said.",
        False,
    ),
    (
        "how many houses were flooded",
        "Two hundred and sixty houses were flooded, the ministry said.",
        "The mayor, Ottoline Marsh, said that 260 it was.",
        False,
    ),
    (
        "who built the bridge",  # neither a number nor a state of affairs
        "The mayor says that the bridge was built by her grandfather.",
        "The railway denied that and said that its own men built it.",
        False,
    ),
]


@pytest.mark.parametrize(("question", "one", "other", "wanted"), BESIDE)
def test_beside_each_other_in_one_article(question: str, one: str, other: str, wanted: bool) -> None:
    asked, first, second = understand(question), found(one), found(other, position=1, vector=UNLIKE)
    assert contradicts(asked, first, second) == contradicts(asked, second, first) == wanted


def test_far_apart_in_one_article_they_are_of_different_things() -> None:
    asked = understand("did the mill owner promise new jobs")
    first, second = found(BESIDE[0][1]), found(BESIDE[0][2], position=9, vector=UNLIKE)
    assert not contradicts(asked, first, second)


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


def test_figures_in_words_and_in_digits_are_the_same() -> None:
    asked = understand("how long does it keep?")
    one = found("“It keeps for nine months,” the maker said.", article=1)
    assert not contradicts(asked, one, found("It keeps for 9 months, the office said.", article=2))
    assert contradicts(asked, one, found("It keeps for 24 months, the office said.", article=2))
