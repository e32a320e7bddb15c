"""What every reading must hold to, whatever the weights say."""

import random
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.reader import Candidate, Reader, Reading, load_reader
from tests.index.reader.stories import STORIES, everything


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


def words_are_whole(sentence: str, span: tuple[int, int]) -> bool:
    start, end = span
    cut_left = start > 0 and sentence[start - 1].isalnum() and sentence[start].isalnum()
    cut_right = end < len(sentence) and sentence[end - 1].isalnum() and sentence[end].isalnum()
    return not (cut_left or cut_right)


def check(candidates: list[Candidate], readings: list[Reading]) -> None:
    assert len(readings) == len(candidates)
    for candidate, reading in zip(candidates, readings, strict=True):
        if reading.span is not None:
            start, end = reading.span
            assert 0 <= start < end <= len(candidate.sentence)
            assert words_are_whole(candidate.sentence, reading.span), candidate.sentence[start:end]


def test_no_candidates(reader: Reader) -> None:
    assert reader.read("when does it end?", []) == []


def test_every_span_is_a_slice_of_whole_words(reader: Reader) -> None:
    candidates = everything()
    for question in ("when does it expire?", "who signed?", "how much?", ""):
        check(candidates, reader.read(question, candidates))


def test_order_makes_no_difference(reader: Reader) -> None:
    candidates = everything()
    told = dict(zip(candidates, reader.read("who challenges the radio licence?", candidates), strict=True))
    shuffled = list(candidates)
    random.Random(3).shuffle(shuffled)
    for candidate, reading in zip(shuffled, reader.read("who challenges the radio licence?", shuffled), strict=True):
        assert reading.span == told[candidate].span
        assert reading.evidence == pytest.approx(told[candidate].evidence, abs=0.02)
        assert reading.answerable == pytest.approx(told[candidate].answerable, abs=0.02)


def test_a_reprint_gets_the_same_reading(reader: Reader) -> None:
    story = STORIES["bakery"].candidates()
    readings = reader.read("how many shops are there?", [*story, *story])
    assert readings[: len(story)] == readings[len(story) :]


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        " ",
        "…",
        "🎉🎉🎉",
        "The 🐟 licence ends on 3 May 🎉👩‍👩‍👧.",
        "İstanbul’da “anlaşma” imzalandı; ﬁnal tarih 3 Mayıs.",
        "契約は5月3日に失効する。",
        "a" * 9_000,
        "The licence " + "and the annex and the schedule " * 400 + "end on 3 May.",
        "e\u0301lan expires on the 3\u0301 of May",
        "\u200bzero\u200bwidth\u00a0space",
    ],
)
def test_odd_sentences(reader: Reader, sentence: str) -> None:
    candidates = [Candidate("A title", "Before.", sentence, "After."), Candidate("", "", sentence, "")]
    check(candidates, reader.read("when does the licence end?", candidates))


def test_long_questions_and_titles(reader: Reader) -> None:
    candidates = [Candidate("title " * 500, "before " * 500, "It ends on 3 May.", "after " * 500)]
    readings = reader.read("when does it end " * 500, candidates)
    check(candidates, readings)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.lists(st.tuples(*[st.text(max_size=40)] * 4), max_size=6))
def test_any_text(reader: Reader, question: str, rows: list[tuple[str, str, str, str]]) -> None:
    candidates = [Candidate(*row) for row in rows]
    check(candidates, reader.read(question, candidates))


def test_the_command_line_can_start_without_torch() -> None:
    code = "import sys, index.reader; sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_reading_needs_no_transformers() -> None:
    code = (
        "import sys; from index.reader import Candidate, load_reader; "
        "load_reader().read('when?', [Candidate('', '', 'On 3 May.', '')]); sys.exit('transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
