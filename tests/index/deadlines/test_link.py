"""One thing due is one thread; only a newer article that says so moves its day."""

from datetime import date

from index.deadlines import Link, Told, find_deadlines, link

FIRST, SECOND, THIRD = date(2025, 11, 3), date(2025, 11, 10), date(2025, 11, 17)


def tell(*stories: tuple[date, str]) -> tuple[list[Told], list[Link]]:
    told = [
        Told(found, f"article {k}", published, text[found.sentence_start : found.sentence_end])
        for k, (published, text) in enumerate(stories)
        for found in find_deadlines(text, published)
    ]
    return told, link(told)


BIDS = "Bids for the harbour cranes must be lodged by 28 November."


def test_the_same_day_told_twice_is_one() -> None:
    _, links = tell((FIRST, BIDS), (SECOND, "The deadline for bids for the harbour cranes is 28 November."))
    assert [each.thread for each in links] == [0, 0]
    assert [each.first for each in links] == [0, 0]


def test_a_later_article_moves_it_and_the_chain_is_kept() -> None:
    told, links = tell(
        (FIRST, BIDS),
        (SECOND, "The agency extended the deadline for bids for the cranes from 28 November to 12 December."),
        (THIRD, "Bids for the harbour cranes will now be due on 19 December instead of 12 December."),
    )
    assert {each.thread for each in links} == {0}
    assert [each.moved_to for each in links] == [date(2025, 12, 12), date(2025, 12, 19), None]
    assert links[0].chain == tuple(each.deadline.due for each in told)
    assert [each.holds for each in links] == [False, False, True]


def test_so_much_later_than_planned_tells_which_day_was_moved() -> None:
    """The likelier words are another thing's; the day that was planned is told by the difference."""
    _, links = tell(
        (FIRST, "The vote of the harbour workers closes on 14 November."),
        (FIRST, "The offer for the harbour closes on 28 November."),
        (THIRD, "The harbour said that it will now close on 12 December, two weeks later than planned."),
    )
    assert [each.moved_to for each in links] == [None, date(2025, 12, 12), None]


def test_an_older_article_read_later_changes_nothing() -> None:
    moved = (SECOND, "The deadline for bids for the harbour cranes was moved from 28 November to 12 December.")
    _, links = tell(moved, (FIRST, BIDS))
    assert [each.moved_to for each in links] == [None, date(2025, 12, 12)]


def test_two_days_that_merely_differ_stay_two() -> None:
    _, links = tell((FIRST, BIDS), (SECOND, "Bids for the school buses must be lodged by 12 December."))
    assert [each.moved_to for each in links] == [None, None]
    assert len({each.thread for each in links}) == 2


def test_what_begins_is_not_what_ends() -> None:
    _, links = tell(
        (FIRST, "The crane licence takes effect on 1 December."), (SECOND, "The crane licence now ends on 8 December.")
    )
    assert links[0].moved_to is None


def test_the_callers_likeness_counts() -> None:
    stories = ((FIRST, BIDS), (SECOND, "Tenders have been put off until 12 December."))
    told, without = tell(*stories)
    assert without[0].moved_to is None
    assert link(told, similarity=lambda a, b: 0.9)[0].moved_to == date(2025, 12, 12)
