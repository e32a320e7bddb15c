"""Values as TimeML writes them, over ``newswire.txt``."""

from datetime import date
from pathlib import Path

import pytest

from index.dates import find_dates


def rows() -> list[tuple[date, str, str, str]]:
    out, published = [], date.min
    for line in Path(__file__).with_name("newswire.txt").read_text("utf-8").splitlines():
        if line.startswith("@"):
            published = date.fromisoformat(line.split()[1])
        elif line.strip() and not line.startswith("#"):
            wanted, text = line.split(" | ", 1)
            out += [(published, text, *pair.rsplit("=", 1)) for pair in wanted.split("; ")]
    return out


@pytest.mark.parametrize(("published", "text", "words", "value"), rows())
def test_value(published: date, text: str, words: str, value: str) -> None:
    found = find_dates(text, published)
    near = [each for each in found if words.lower() in each.text.lower() or each.text in words]
    assert value in [each.value for each in near], [(each.text, each.value) for each in found]
