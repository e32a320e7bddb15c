"""What must hold for any text: spans are slices, days are in order, neighbours do not disturb, time is linear."""

import random
import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dates import find_dates
from index.dates.words import MONTH_NAMES, WEEKDAY_NAMES

PUBLISHED = date(2024, 6, 12)
WORDS = (
    "the a of in on by until before after from to and - – , . / : ' 's January May March Nov. Sept 1 3 17 31 2024 2025-11-17 5/6/2025 "
    "first third last next this that end beginning half quarter week month year days weeks two thirty within ago later early mid "
    "Friday Monday Easter Christmas noon midnight 5 p.m. GMT fiscal Q3 spring every each working day old signed will said must"
).split()
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
days = st.dates(date(1, 1, 1), date(9999, 12, 31))


@given(texts, st.one_of(st.none(), days))
@settings(max_examples=300, deadline=None)
def test_spans_are_slices_in_order_and_first_is_not_after_last(text: str, published: date | None) -> None:
    at = 0
    for found in find_dates(text, published):
        assert text[found.start : found.end] == found.text
        assert at <= found.start < found.end
        at = found.end
        assert (found.first is None) == (found.last is None)
        if found.first and found.last:
            assert found.first <= found.last


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), st.sampled_from(["before", "behind"]))
@settings(max_examples=200, deadline=None)
def test_an_irrelevant_sentence_changes_nothing(text: str, where: str) -> None:
    idle = "Nobody at the harbour had an opinion about it."
    alone = find_dates(f"The text: {text} stands.", PUBLISHED)
    if where == "before":
        joined, shift = f"{idle}\n\nThe text: {text} stands.", len(idle) + 2
    else:
        joined, shift = f"The text: {text} stands.\n\n{idle}", 0
    with_it = find_dates(joined, PUBLISHED)
    assert [(f.start - shift, f.text, f.first, f.last) for f in with_it] == [
        (f.start, f.text, f.first, f.last) for f in alone
    ]


def _ordinal(n: int) -> str:
    return f"{n}{'th' if 10 <= n % 100 <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"


WRITTEN = {
    "British": lambda d: f"{d.day} {MONTH_NAMES[d.month - 1]} {d.year}",
    "British, ordinal": lambda d: f"the {_ordinal(d.day)} of {MONTH_NAMES[d.month - 1]}, {d.year}",
    "American": lambda d: f"{MONTH_NAMES[d.month - 1]} {d.day}, {d.year}",
    "American, short": lambda d: f"{MONTH_NAMES[d.month - 1][:3]}{'' if d.month == 5 else '.'} {d.day}, {d.year}",
    "weekday": lambda d: f"{WEEKDAY_NAMES[d.weekday()]}, {d.day} {MONTH_NAMES[d.month - 1]} {d.year}",
    "ISO": lambda d: d.isoformat(),
    "slashes": lambda d: f"{d.day:02d}/{d.month:02d}/{d.year}",
    "full stops": lambda d: f"{d.day}.{d.month}.{d.year}",
    "hyphens": lambda d: f"{d.day}-{d.month}-{d.year}",
    "two-figure year": lambda d: f"{d.day:02d}/{d.month:02d}/{d.year % 100:02d}",
    "after another": lambda d: (
        f"one day after {(d - timedelta(1)).day} {MONTH_NAMES[(d - timedelta(1)).month - 1]} {(d - timedelta(1)).year}"
    ),
    "no year": lambda d: f"{d.day} {MONTH_NAMES[d.month - 1]}",
}


@pytest.mark.parametrize("form", WRITTEN)
def test_every_day_of_a_leap_year_comes_back(form: str) -> None:
    for k in range(366):
        day = date(2024, 1, 1) + timedelta(k)
        found = find_dates(f"It is due by {WRITTEN[form](day)}.", min(day, date(2024, 12, 1)), order="dmy")
        assert [each.last for each in found] == [day], (form, day)


@pytest.mark.parametrize(
    "words", ["1", "January 1 ", "the end of ", "30 days after the ", "12/", ". ", "May ", "every ", "next "]
)
def test_no_input_hangs_it(words: str) -> None:
    def seconds(size: int) -> float:
        text = (words * (size // len(words) + 1))[:size]
        start = time.process_time()
        find_dates(text, PUBLISHED)
        return time.process_time() - start

    seconds(1000)
    # Linear: four times the text takes about four times as long; eight leaves room for a busy machine.
    assert min(seconds(100_000), seconds(100_000)) < 8 * max(seconds(25_000), 0.05)


def test_a_hundred_kilobytes_of_digits_and_months() -> None:
    rng = random.Random(7)
    text = " ".join(rng.choice(WORDS) for _ in range(25_000))
    start = time.process_time()
    find_dates(text, PUBLISHED)
    assert time.process_time() - start < 10
