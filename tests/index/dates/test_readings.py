"""Days by form, direction and order, each with the reason in words."""

from datetime import date

import pytest

from index.dates import FoundDate, find_dates
from index.dates.holidays import HOLIDAYS, easter
from index.dates.recur import next_time

MONDAY = date(2025, 11, 17)


def only(text: str, published: date | None = MONDAY, **rest: object) -> FoundDate:
    found = find_dates(text, published, **rest)  # type: ignore[arg-type]
    assert len(found) == 1, [each.text for each in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("until the end of November", "2025-11-21", "2025-11-30"),
        ("by mid-December", "2025-12-11", "2025-12-20"),
        ("in early 2026", "2026-01-01", "2026-03-31"),
        ("from 3 to 5 March 2026", "2026-03-03", "2026-03-05"),
        ("between 28 May – 3 June 2026", "2026-05-28", "2026-06-03"),
        ("over the winter of 2025/26", "2026-12-01", "2027-02-28"),
        ("by Friday week", "2025-11-28", "2025-11-28"),
        ("a week on Tuesday", "2025-11-25", "2025-11-25"),
        ("on Friday of next week", "2025-11-28", "2025-11-28"),
        ("the Friday before Christmas", "2025-12-19", "2025-12-19"),
        ("the last working day of May 2026", "2026-05-29", "2026-05-29"),
        ("the second Friday of the new year", "2026-01-09", "2026-01-09"),
        ("the third Friday in March 2026", "2026-03-20", "2026-03-20"),
        ("by the 20th of next month", "2025-12-20", "2025-12-20"),
        ("the first half of next month", "2025-12-01", "2025-12-15"),
        ("within 30 days of 3 March 2026", "2026-03-03", "2026-04-02"),
        ("10 working days after 3 March 2026", "2026-03-17", "2026-03-17"),
        ("two months before 30 April 2026", "2026-02-28", "2026-02-28"),
        ("on Easter Monday 2026", "2026-04-06", "2026-04-06"),
        ("on Chinese New Year 2027", "2027-02-06", "2027-02-06"),
        ("by Thanksgiving", "2025-11-27", "2025-11-27"),
        ("the week of 3 March 2026", "2026-03-02", "2026-03-08"),
        ("in Q3 2026", "2026-07-01", "2026-09-30"),
        ("in H1 2026", "2026-01-01", "2026-06-30"),
        ("the 1990s", "1990-01-01", "1999-12-31"),
        ("by 2030", "2030-01-01", "2030-12-31"),
        ("on 2026-03-05", "2026-03-05", "2026-03-05"),
        ("the day after tomorrow", "2025-11-19", "2025-11-19"),
    ],
)
def test_days(text: str, first: str, last: str) -> None:
    found = only(text)
    assert (str(found.first), str(found.last)) == (first, last), found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The licence came into force on Monday.", "2025-11-17"),
        ("The court sat on Friday.", "2025-11-14"),
        ("The firm must answer by Monday.", "2025-11-24"),
        ("The committee will meet on Friday.", "2025-11-21"),
        ("The licence expires on Friday.", "2025-11-21"),
        ("The deal, signed on Friday, will create jobs.", "2025-11-14"),
        ("The minister said the vote would be held on Friday.", "2025-11-21"),
        ("On Friday the court will rule.", "2025-11-21"),
        ("On Friday the court ruled.", "2025-11-14"),
        ("They paid the money on 3 December.", "2024-12-03"),
        ("They will pay the money on 3 December.", "2025-12-03"),
        ("The bridge was supposed to open by 20 September.", "2025-09-20"),
        ("The bridge was supposed to open by 20 February.", "2026-02-20"),
        ("The inquest had been expected to end in July.", "2025-07-31"),
        ("Answers were due by the 12th.", "2025-11-12"),
        ("The choir was meant to leave on Wednesday.", "2025-11-19"),
        ("By Saturday the river had fallen.", "2025-11-15"),
        ("Until noon Sunday, no shop had opened.", "2025-11-16"),
        ("By Saturday the town had to be empty.", "2025-11-22"),
        ("The fee falls due 40 days after 20 October.", "2025-11-29"),
        ("The fee falls due 40 days after 20 January.", "2026-03-01"),
        ("The mill must be sold within eight months of 10 June.", "2026-02-10"),
        ("The warranty lapses 20 days after 1 August.", "2026-08-21"),
        ("9 February has been fixed for the by-election.", "2026-02-09"),
        ("A date of 9 February was chosen for the retrial.", "2026-02-09"),
        ("The treaty of 9 February was agreed in Oslo.", "2025-02-09"),
        ("Both sides agreed that nobody shoots before six on Wednesday.", "2025-11-19"),
        ("She said the time limit for ratification, 9 February, still stood.", "2026-02-09"),
        ("It took eleven pens, but on Friday the treaty was signed.", "2025-11-14"),
        ("The board, which was to have decided by 30 October, met again.", "2025-10-30"),
        ("Rovers won by two on Saturday.", "2025-11-15"),
        ("Crews put out the blaze before nine on Monday.", "2025-11-17"),
        ("The union had agreed, but on Friday the drivers vote.", "2025-11-21"),
        ("Nobody fires a shot until six on Wednesday.", "2025-11-19"),
        ("The board declared the file complete and has ten days from today.", "2025-11-27"),
    ],
)
def test_the_tense_tells_the_direction(text: str, day: str) -> None:
    assert str(only(text).last) == day


def test_the_order_of_figures_is_the_callers_then_the_texts() -> None:
    assert only("due on 3/4/2026", order="dmy").last == date(2026, 4, 3)
    assert only("due on 3/4/2026", order="mdy").last == date(2026, 3, 4)
    assert [each.last for each in find_dates("from 25/3/2026 to 3/4/2026", MONDAY)][-1] == date(2026, 4, 3)
    undecided = only("due on 3/4/2026")
    assert {undecided.last, undecided.candidates[0].last} == {date(2026, 4, 3), date(2026, 3, 4)}


def test_figures_without_a_year_prove_the_order_too() -> None:
    found = find_dates("Tolls will rise on 3/2, the port said on 10/29.", MONDAY)
    assert found[0].last == date(2026, 3, 2)
    found = find_dates("Tolls will rise on 3/2, the port said on 29/10, open on 24/7.", MONDAY)
    assert found[0].last == date(2026, 2, 3)


def test_a_clause_behind_a_semicolon_has_its_own_verb() -> None:
    found = find_dates("Bread has been dearer since 1 March; from 1 March it will be rationed.", MONDAY)
    assert [each.last for each in found] == [date(2025, 3, 1), date(2026, 3, 1)]
    found = find_dates("The court heard the baker on 3 June; the miller on 5 June.", MONDAY)
    assert [each.last for each in found] == [date(2025, 6, 3), date(2025, 6, 5)]


def test_that_day_is_the_day_told_last_not_the_month_between() -> None:
    text = "The permit was issued on 6 November, and September was dry. An appeal is open within 20 days of that {}."
    for noun in ("day", "date"):
        assert find_dates(text.format(noun), MONDAY)[-1].last == date(2025, 11, 26)


def test_a_weekday_beside_a_date_tells_its_year() -> None:
    assert only("Friday, 5 March", date(2026, 6, 1)).last == date(2027, 3, 5)


def test_a_range_lends_its_year() -> None:
    found = find_dates("between 1 June and 15 July 2027", MONDAY)
    assert [each.last for each in found] == [date(2027, 6, 1), date(2027, 7, 15)]


def test_without_a_day_of_publication_only_what_names_its_year_resolves() -> None:
    assert only("on 5 March 2026", None).last == date(2026, 3, 5)
    for text in ("by Friday", "next month", "on 5 March", "tomorrow", "in three weeks"):
        assert only(text, None).last is None


def test_the_reading_shows_its_reason() -> None:
    assert only("the end of November").reading == (
        "the end of November → 21–30 November 2025, from the article's day, 17 November 2025"
    )


def test_clock_and_zone_are_kept_as_printed() -> None:
    found = only("by noon (Brussels time) on 5 December")
    assert found.time and (found.time.hour, found.time.zone) == (12, "Brussels time")
    found = only("the offer expires on 5 December at 5 p.m. EST")
    assert found.time and (found.time.hour, found.time.zone) == (17, "EST")


def test_an_event_waits_for_its_day() -> None:
    found = only("within 30 days of the licence taking effect")
    assert found.last is None and found.offset and found.offset.event == "the licence taking effect"
    known = only("within 30 days of the licence taking effect", anchors=lambda event: date(2026, 1, 1))
    assert (known.first, known.last) == (date(2026, 1, 1), date(2026, 1, 31))


def test_vague_words_stay_vague() -> None:
    for text in ("recently", "He now works here", "for several months", "in the near future"):
        assert only(text).last is None


@pytest.mark.parametrize(
    "text",
    ["The court may rule against it.", "Protesters plan to march.", "Some 2,010 workers", "Section 12.11.2 applies", "Mr. April",
     "2000 tonnes of grain", "a 10/90 split", "the 20th amendment", "It cost $2025.", "Theresa May resigned", "1.5 cents"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert [each.text for each in find_dates(text, MONDAY) if each.first] == []


def test_repetitions_carry_their_rule_and_the_next_time() -> None:
    found = only("every second Monday")
    assert (found.rule, found.limit) == ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", date(2025, 11, 24))
    assert next_time("FREQ=MONTHLY;BYDAY=-1FR", MONDAY) == date(2025, 11, 28)
    assert next_time("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", MONDAY) == date(2028, 2, 29)
    assert next_time("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", MONDAY) == date(2025, 11, 28)
    assert next_time("FREQ=MONTHLY", MONDAY) is None


def test_holidays_fall_where_the_calendar_has_them() -> None:
    assert [easter(year) for year in (2024, 2025, 2026)] == [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5)]
    for name, rule in HOLIDAYS.items():
        assert rule(2026) is not None, name
