"""Rivals of one question: which stand in a row, in which order, how the row is laid out, and that they teach."""

import random
from datetime import date
from pathlib import Path

import pytest
import torch

from index.reader.network import POSITIONS
from index.reader.shipped import base_folder
from index.reader.tokens import MARKER, Tokens
from index.reader.training import rivals
from index.reader.training.loop import beginning
from index.reader.training.rivals import Lesson, Said, drawn, later, loss_of, row_of
from index.reader.training.stories import Question, Story, read_story
from tests.index.reader.stories import KORRIN


@pytest.fixture
def story(tmp_path: Path) -> Story:
    (tmp_path / "korrin.txt").write_text(KORRIN, "utf-8")
    return read_story(tmp_path / "korrin.txt")


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return Tokens(base_folder() / "tokenizer.json")


def lesson_of(story: Story, question: Question, *beside: str) -> Lesson:
    offered = rivals._said(0, story)
    return rivals._lesson(story, question, beside, offered, [1 / (n + 1) for n in range(len(offered))])


def asked(*labels: str, as_of: date | None = None) -> Question:
    return Question("when", "til when can halden sign", labels, (), None, as_of)


def test_what_held_before_loses_to_what_holds_and_what_came_later_takes_no_part(story: Story) -> None:
    lesson = lesson_of(story, asked("b1"), "a2", "c1")
    texts = [each.text for each in lesson.said]
    assert [texts[n] for n in lesson.right] == ["Halden now has until the end of September to sign."]
    assert [texts[n] for n in lesson.older] == ["Halden has to sign by the end of June."]
    assert not any("November" in text for text in texts)


def test_where_nothing_answers_what_stands_beside_takes_no_part(story: Story) -> None:
    lesson = lesson_of(story, asked(), "a2")
    assert not lesson.right
    assert not lesson.older
    assert len(lesson.said) == 4


def test_nothing_from_after_the_day_of_the_question(story: Story) -> None:
    lesson = lesson_of(story, asked("a2", as_of=date(2025, 4, 1)))
    assert {each.day for each in lesson.said} == {date(2025, 3, 4)}


def test_a_row_holds_the_answer_among_rivals_in_the_order_in_which_they_were_said(story: Story) -> None:
    lesson = lesson_of(story, asked("b1"), "a2")
    with_answer = without = 0
    for seed in range(200):
        row = drawn(lesson, random.Random(seed))
        assert row == sorted(row, key=lambda n: (lesson.said[n].day, lesson.said[n].place))
        assert len(set(row)) == len(row) <= max(rivals.SIZES)
        if lesson.right.intersection(row):
            with_answer += 1
        else:
            without += 1
            assert not lesson.older.intersection(row)  # with the answer gone, what held before would be the best
    assert 5 <= without <= 40
    assert with_answer + without == 200


def test_a_row_shows_a_title_once_and_how_much_later_the_next_was_said(story: Story, tokens: Tokens) -> None:
    told = rivals._said(0, story)[1:4]
    row = row_of(tokens, "til when", told, titled=True)
    shown = tokens._tokenizer.decode(row.ids, skip_special_tokens=False)
    assert shown.count("port and developer sit down") == 1
    assert "3 months later : more time for halden" in shown
    assert shown.count("more time for halden") == 1
    assert [row.ids[n] for n in row.markers] == [MARKER] * 3
    assert "more time" not in tokens._tokenizer.decode(row_of(tokens, "til when", told, titled=False).ids)


def test_the_longest_row_fits_the_network_and_loses_no_marker(tokens: Tokens) -> None:
    long = "word " * 200
    told = [Said(date(2025, 1 + n, 1), (0, n), 0, long, long) for n in range(max(rivals.SIZES))]
    row = row_of(tokens, long, told, titled=True)
    assert len(row.ids) <= POSITIONS
    assert [row.ids[n] for n in row.markers] == [MARKER] * len(told)


@pytest.mark.parametrize(
    ("days", "told"),
    [(0, "same day:"), (1, "1 day later:"), (13, "13 days later:"), (14, "2 weeks later:"), (800, "2 years later:")],
)
def test_later(days: int, told: str) -> None:
    assert later(date(2025, 1, 1), date.fromordinal(date(2025, 1, 1).toordinal() + days)) == told


def test_rows_teach(story: Story, tokens: Tokens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rivals, "REMOVED", 0.0)
    lessons = [lesson_of(story, asked("b1"), "a2"), lesson_of(story, asked("b2"))]
    network = beginning(base_folder()).train()
    optimiser = torch.optim.SGD([p for p in network.parameters() if p.requires_grad], lr=0.02)
    losses = []
    for _ in range(8):
        loss = loss_of(network, tokens, lessons, random.Random(3))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(float(loss.detach()))
    assert losses[-1] < losses[0] - 0.2


def test_said_is_told_apart_by_article_and_place(story: Story) -> None:
    said = rivals._said(7, story)
    assert said[2] == Said(
        date(2025, 6, 20), (7, 1), 0, "More time for Halden", "Halden now has until the end of September to sign."
    )
    assert len({(each.article, each.place) for each in said}) == len(said)
