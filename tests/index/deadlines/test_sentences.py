"""Over ``sentences.txt``: each sentence yields exactly its deadlines, and the plain others none."""

from datetime import date
from pathlib import Path

import pytest

from index.deadlines import find_deadlines


def rows() -> list[tuple[date, str, str]]:
    out, published = [], date.min
    for line in Path(__file__).with_name("sentences.txt").read_text("utf-8").splitlines():
        if line.startswith("@"):
            _, day, name = line.split()
            published = date.fromisoformat(day)
            assert f"{published:%A}" == name
        elif line.strip() and not line.startswith("#"):
            due, text = line.split(" | ", 1)
            out.append((published, due, text))
    return out


def test_the_table_is_as_large_as_it_should_be() -> None:
    assert len(rows()) >= 250
    assert sum(due == "-" for _, due, _ in rows()) >= 60
    assert len({text for _, _, text in rows()}) == len(rows())


@pytest.mark.parametrize(("published", "due", "text"), rows())
def test_sentence(published: date, due: str, text: str) -> None:
    found = find_deadlines(text, published)
    assert {str(each.due) for each in found} == (set() if due == "-" else set(due.split(",")))
    for each in found:
        assert text[each.start : each.end] == each.found.text
        assert text[each.sentence_start : each.sentence_end] == text
        assert each.what and 0 < each.confidence <= 1
