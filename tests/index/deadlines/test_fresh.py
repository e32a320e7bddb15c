"""The fresh sets once the grammar was mended by them: what was reached must not be lost again."""

import pytest

from tests.index.deadlines import fresh


@pytest.mark.parametrize("name", ["first", "second", "third"])
def test_sentences(name: str) -> None:
    score = fresh.score_sentences(name)
    assert score.gold > 40
    assert score.precision >= 0.95 and score.recall >= 0.93, score.misses


@pytest.mark.parametrize("name", ["first", "second"])
def test_articles(name: str) -> None:
    score = fresh.score_articles(name)
    assert score.precision >= 0.94 and score.recall >= 0.83, score.misses


@pytest.mark.parametrize("name", ["first", "second", "third"])
def test_newswire(name: str) -> None:
    values, days = fresh.score_newswire(name)
    assert values.precision >= 0.95 and values.recall >= 0.95, values.misses
    assert days.recall >= 0.95
