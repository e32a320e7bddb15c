"""Short answers are cut at whole words, without loose punctuation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.reader.spans import best, snapped


@pytest.mark.parametrize(
    ("sentence", "start", "end", "cut"),
    [
        ("It ends on 30 June 2025.", 11, 24, "30 June 2025"),
        ("It ends on 30 June 2025.", 12, 16, "30 June"),
        ("It costs $1,200,000 (net).", 10, 13, "$1,200,000"),
        ("A share of 12.5% is theirs.", 11, 13, "12.5%"),
        ("the licence-holder’s fee", 7, 9, "licence-holder’s"),
        ("“Never,” she said.", 0, 8, "Never"),
        ("from 2025–2027 only", 5, 9, "2025–2027"),
        ("e\u0301lan vital", 0, 1, "e\u0301lan"),
    ],
)
def test_snapped(sentence: str, start: int, end: int, cut: str) -> None:
    span = snapped(sentence, start, end)
    assert span is not None
    assert sentence[span[0] : span[1]] == cut


def test_nothing_left() -> None:
    assert snapped("Well… (!)", 4, 9) is None


def test_the_best_span_does_not_run_backwards() -> None:
    assert best([0.0, 5.0, 0.0], [9.0, 0.0, 1.0]) == (0, 0, 9.0)
    assert best([0.0, 9.0, 0.0], [5.0, 0.0, 1.0]) == (1, 2, 10.0)
    assert best([], []) is None


@given(st.text(min_size=1, max_size=30), st.integers(0, 29), st.integers(1, 30))
def test_always_a_slice(sentence: str, start: int, size: int) -> None:
    span = snapped(sentence, min(start, len(sentence) - 1), min(start + size, len(sentence)))
    if span is not None:
        assert 0 <= span[0] < span[1] <= len(sentence)
