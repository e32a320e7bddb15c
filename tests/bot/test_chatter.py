"""Which messages are questions for the articles."""

import pytest

from bot.chatter import Sort, asked_in, bare_question, is_small_talk, sort_of

QUESTIONS = (
    "When does the toll agreement start?",
    "is the quota law yet",
    "does anybody know if the pension deal went through?",
    "hey, any idea when the appeal is heard?",
    "Long article today. How much is the buyer paying for the depot?",
    "who signed for the islands?",
    "by when must the bids be in?",
    "has the strike been called off",
    "what did the regulator say about the tunnel",
)
CHATTER = (
    "how are you?", "what do you think?", "can you lend me ten crowns?", "we should meet", "lol", "what a day", "why?", "ok",
    "when the vote comes we will see", "is anyone around?", "who wants coffee?", "should we order?", "where is my coat?",
    "have a good one", "see https://a.example/?when=is", "I wonder", "thanks!", "did you see the match?", "🐟?", "",
)  # fmt: skip


@pytest.mark.parametrize("text", QUESTIONS)
def test_questions(text: str) -> None:
    assert sort_of(text) is Sort.QUESTION


@pytest.mark.parametrize("text", CHATTER)
def test_people_talking(text: str) -> None:
    assert sort_of(text) is Sort.CHATTER


def test_a_few_words_with_a_question_mark_may_be_either() -> None:
    assert sort_of("tunnel toll date?") is Sort.PERHAPS and sort_of("pizza tonight?") is Sort.PERHAPS


def test_the_sentence_that_asks() -> None:
    assert asked_in("So they signed. When does it start? Asking for a friend.") == "When does it start?"
    assert asked_in("They signed. It starts soon.") is None
    assert bare_question("hey, does anyone know when it starts?") == "when it starts?"
    assert bare_question("do we know if they signed?") == "do we know if they signed?"


def test_small_talk() -> None:
    assert is_small_talk("thanks a lot!") and is_small_talk("👍") and not is_small_talk("ok but when?")
    assert not is_small_talk("great, and who signed it")
