"""Over ``sentences.txt``: each sentence tells exactly its stage, and the plain others none."""

from datetime import date
from pathlib import Path

import pytest

from index.stages import find_sightings

DAY = date(2025, 3, 12)


def rows() -> list[tuple[str, str]]:
    lines = Path(__file__).with_name("sentences.txt").read_text("utf-8").splitlines()
    return [tuple(line.split(" | ", 1)) for line in lines if line.strip() and not line.startswith("#")]  # type: ignore[misc]


def test_the_table_is_as_large_as_it_should_be() -> None:
    assert len(rows()) >= 250
    assert sum(stage == "-" for stage, _ in rows()) >= 60
    assert len({text for _, text in rows()}) == len(rows())


@pytest.mark.parametrize(("stage", "text"), rows())
def test_sentence(stage: str, text: str) -> None:
    found = find_sightings(text, DAY)
    assert [each.tells for each in found] == ([] if stage == "-" else [stage])
    for each in found:
        assert text[each.start : each.end] == text
        assert each.cue in text
