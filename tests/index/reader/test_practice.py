"""Practice questions are in their form, about no deal that is kept apart, and what stands beside an answer never loses."""

import random
from pathlib import Path

import pytest

from index.reader.shipped import base_folder
from index.reader.tokens import Tokens
from index.reader.training.batch import batch
from index.reader.training.data import Asked, Text, cut
from index.reader.training.groups import Maker
from index.reader.training.practice import PRACTICE, read_practice
from index.reader.training.prepare import Example, Pool
from index.reader.training.stories import FOLDER, kept_apart, read_story
from tests.index.reader.stories import KORRIN


@pytest.mark.parametrize("file", sorted(PRACTICE.rglob("*.txt")), ids=lambda file: file.stem)
def test_each_file_is_in_the_form_and_on_a_deal_that_may_be_trained_on(file: Path) -> None:
    assert not kept_apart(file.stem)
    assert len(read_practice(file, read_story(FOLDER / file.name))) > 90


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("when | til when can they sign", "2 fields"),
        ("whence | til when can they sign | b1", "no kind whence"),
        ("when | til when can they sign | c9 | the end of September", "no sentence c9"),
        ("when | til when can they sign | b1 | the end of June", "to the letter"),
        ("unanswerable | what does it cost | a1", "only what nothing answers"),
        ("what | what does it cost | -", "only what nothing answers"),
    ],
)
def test_what_is_not_in_the_form_is_refused_with_its_line(line: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "korrin.txt").write_text(KORRIN, "utf-8")
    (tmp_path / "practice.txt").write_text("# by hand\n\n" + line + "\n", "utf-8")
    with pytest.raises(ValueError, match=rf"practice\.txt:3: .*{told}"):
        read_practice(tmp_path / "practice.txt", read_story(tmp_path / "korrin.txt"))


def test_a_question_with_its_answers_and_what_stands_beside(tmp_path: Path) -> None:
    (tmp_path / "korrin.txt").write_text(KORRIN, "utf-8")
    (tmp_path / "practice.txt").write_text(
        "when | til when can they sign | b1 | the end of September ; September | a2\n", "utf-8"
    )
    (asked,) = read_practice(tmp_path / "practice.txt", read_story(tmp_path / "korrin.txt"))
    assert asked.question.labels == ("b1",)
    assert asked.question.answers == ("the end of September", "September")
    assert asked.beside == ("a2",)


def test_what_stands_beside_an_answer_neither_wins_nor_loses() -> None:
    told = "The port opened talks on Monday. Halden has to sign by the end of June. It now has until September to sign."
    text = Text("story", "Korrin", told, [], cut(told))
    other = Text("story", "Older", told[: text.sentences[1][1]], [], text.sentences[:2])
    example = Example(0, Asked("til when", True, ((0, 0),)), [2], [(1, 0)], frozenset({(0, 1), (1, 1)}))
    maker, dice, tokens = (
        Maker(Pool([text, other], [example])),
        random.Random(3),
        Tokens(base_folder() / "tokenizer.json"),
    )
    shown = 0
    for _ in range(60):
        group = maker.group(example, dice)
        for window in group.windows:
            for place, sentence in enumerate(window.window.sentences):
                beside = "end of June" in sentence
                shown += beside
                assert (place in window.beside) == beside
        made = batch([group], tokens)
        judged = sum(len(w.window.sentences) - len(w.beside) for w in group.windows)
        assert len(made.markers) == len(made.gold) == judged
    assert shown > 20
