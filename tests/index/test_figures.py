"""Figures in running text as values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.figures import figures

READ = [
    ("The fund holds 2,140 shares.", [2140]),
    ("It costs $1.3bn, or 1.05 billion euros at most.", [1.3e9, 1.05e9]),
    ("He put the hole at 210 mn marks; she says 340m.", [210e6, 340e6]),
    ("Four hundred and twelve of our people are there.", [412]),
    ("It keeps for nine months, not twenty-four.", [9, 24]),
    ("A dozen ships and two hundred thousand tonnes.", [12, 200_000]),
    ("Some 38 per cent voted, 61 to 52.", [38, 61, 52]),
    ("On 21 April 2024 and May 3 they met at 7 p.m. and at 16:45.", []),
    ("One of them left on the 21st.", []),
    ("The 2019 treaty names 14 harbours.", [14]),
    ("GEL-7 lists 34 plants.", [34]),
    ("Nobody counted.", []),
]


@pytest.mark.parametrize(("text", "values"), READ)
def test_read(text: str, values: list[float]) -> None:
    assert [each.value for each in figures(text)] == pytest.approx(values)


@given(st.integers(1, 10**9))
def test_with_and_without_commas(number: int) -> None:
    for text in (f"{number:,}", str(number)):
        found = figures(f"It has {text} members.")
        assert [each.value for each in found] == ([] if text == str(number) and 1900 <= number < 2100 else [number])


@given(st.text(max_size=200))
def test_spans_are_slices(text: str) -> None:
    for each in figures(text):
        assert 0 <= each.start < each.end <= len(text) and each.value >= 0
