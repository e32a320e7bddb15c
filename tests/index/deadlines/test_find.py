"""What a deadline carries besides its day, and what it takes from the rest of its article."""

import cProfile
import pstats
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.deadlines import find_deadlines, mark

MONDAY = date(2025, 11, 17)


def test_what_and_who_are_the_sentences_own_words() -> None:
    (found,) = find_deadlines("The two ferry lines have until 5 December to share their routes.", MONDAY)
    assert (found.who, found.what, found.kind) == (
        "The two ferry lines",
        "The two ferry lines to share their routes",
        "must",
    )
    (found,) = find_deadlines("The fishing licence expires on 5 December.", MONDAY)
    assert (found.who, found.what, found.kind) == (None, "The fishing licence expires", "ends")


def test_an_event_is_looked_up_in_the_same_article() -> None:
    text = (
        "The permit takes effect on 1 December and ends on 30 June. The mill is old.\n\n"
        "The owner must pay the deposit within 30 days of the permit taking effect."
    )
    assert [each.due for each in find_deadlines(text, MONDAY)] == [
        date(2025, 12, 1),
        date(2026, 6, 30),
        date(2025, 12, 31),
    ]


def test_an_event_whose_day_nobody_tells_is_no_deadline() -> None:
    assert find_deadlines("The owner must pay within 30 days of the permit taking effect.", MONDAY) == []


def test_the_ruling_that_is_the_news_counts_from_its_own_day() -> None:
    text = "A court on Friday dismissed the suit. The harbour has 28 days from the ruling to appeal."
    assert [each.due for each in find_deadlines(text, MONDAY)] == [date(2025, 12, 12)]


def test_a_moving_sentence_tells_both_days() -> None:
    (found,) = find_deadlines("The deadline for bids was pushed back from 28 November to 12 December.", MONDAY)
    assert (found.due, found.moved_from, found.moves) == (date(2025, 12, 12), date(2025, 11, 28), True)
    (found,) = find_deadlines("The agency has put back the deadline by two weeks from 28 November.", MONDAY)
    assert (found.due, found.moved_from) == (date(2025, 12, 12), date(2025, 11, 28))


def test_a_repetition_carries_its_rule_from_its_first_time() -> None:
    (found,) = find_deadlines("The cap must be reviewed every second Monday, starting on 1 December.", MONDAY)
    assert (found.due, found.rule) == (date(2025, 12, 1), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO")
    (found,) = find_deadlines(
        "The mill has to settle its bills by the fifth day of each month, beginning in January.", MONDAY
    )
    assert found.due == date(2026, 1, 5)


def test_hoped_days_come_only_where_they_are_asked_for() -> None:
    text = "Both lines still hope to close the merger by 5 December."
    assert find_deadlines(text, MONDAY) == []
    (found,) = find_deadlines(text, MONDAY, hoped=True)
    assert (found.kind, found.due) == ("hoped", date(2025, 12, 5))
    assert find_deadlines("Analysts expect prices to rise by 5 December.", MONDAY, hoped=True) == []


def test_marking_keeps_every_date_and_ends_a_deadline_on_its_due_day() -> None:
    marked = mark("The pact was signed on Friday. Objections are due by mid-December.", MONDAY)
    assert [(found.text, bool(deadline), found.last) for found, deadline in marked] == [
        ("Friday", False, date(2025, 11, 14)),
        ("mid-December", True, date(2025, 12, 15)),
    ]


def test_without_a_day_of_publication_only_full_dates_count() -> None:
    text = "The port must reply by Friday. The licence expires on 5 December 2031."
    assert [each.due for each in find_deadlines(text, None)] == [date(2031, 12, 5)]


def test_the_callers_sentences_are_used() -> None:
    text = "Offers close on 5 December. The rest is silence."
    (found,) = find_deadlines(text, MONDAY, sentences=[(0, 27), (28, len(text))])
    assert text[found.sentence_start : found.sentence_end] == "Offers close on 5 December."


PLACES = st.sampled_from(["before", "behind"])
SENTENCES = st.sampled_from(
    [
        "The lender must report by 5 December.",
        "The truce ends on Sunday.",
        "The hearing was moved from 1 December to 8 December.",
        "The council has two weeks to decide.",
        "The tariff took effect on Friday.",
        "She hopes to be back by Monday.",
    ]
)


@given(SENTENCES, PLACES)
@settings(deadline=None)
def test_an_irrelevant_sentence_changes_nothing(text: str, where: str) -> None:
    idle = "The harbour was quiet."
    joined = f"{idle} {text}" if where == "before" else f"{text} {idle}"
    assert [(d.due, d.what, d.kind) for d in find_deadlines(joined, MONDAY)] == [
        (d.due, d.what, d.kind) for d in find_deadlines(text, MONDAY)
    ]


@pytest.mark.parametrize("words", ["by Friday ", "must sign by 3 May, ", "January 1 to 2 ", "30 days after the vote "])
def test_a_sentence_without_end_takes_linear_work(words: str) -> None:
    """Counted in calls, which no other process on the machine can change; that patterns do not hang is for dates."""

    def calls(size: int) -> int:
        profile = cProfile.Profile()
        profile.runcall(mark, (words * (size // len(words) + 1))[:size], MONDAY)
        return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]

    calls(1000)
    assert calls(20_000) < 6 * calls(5_000)
