"""Sentences and passages: every character in its place, none changed, none lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.split import FRAGMENT_WORDS, LONGEST, Span, passages, sentences

# Texts as articles are: words, marks that may end a sentence, paragraphs; and anything else that Unicode has.
_NEWSLIKE = st.lists(
    st.sampled_from(
        "The deal Mr. Smith No. 5 U.S. e.g. licence 3.5 per cent “quoted.” ‘so’ – (aside) Nov. 30 ends. Why? No! … "
        "a.m. St. \n\n \n   ü 日本。 x".split(" ")
    ),
    max_size=80,
).map(" ".join)
_TEXTS = _NEWSLIKE | st.text(max_size=400)


def check(text: str, spans: list[Span]) -> None:
    """In order, apart, trimmed, and together all that is not white space."""
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        assert not text[end : span.start].strip()
        said = text[span.start : span.end]
        assert said == said.strip() and said
        end = span.end
    assert not text[end:].strip()


@settings(max_examples=400, deadline=None)
@given(_TEXTS)
def test_every_character_is_in_exactly_one_sentence_and_one_passage(text: str) -> None:
    check(text, sentences(text))
    check(text, passages(text))


@settings(max_examples=200, deadline=None)
@given(_TEXTS)
def test_a_passage_holds_whole_sentences_of_one_paragraph(text: str) -> None:
    starts, ends = {span.start for span in sentences(text)}, {span.end for span in sentences(text)}
    for span in passages(text):
        assert span.start in starts and span.end in ends
        assert "\n\n" not in text[span.start : span.end]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("abc ,;", min_size=1, max_size=30), min_size=100, max_size=200).map("".join))
def test_no_passage_is_longer_than_a_model_reads(text: str) -> None:
    found = passages(text)
    check(text, found)
    assert all(span.end - span.start <= LONGEST for span in found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dr. Ames met Mr. Bo. They spoke.", ["Dr. Ames met Mr. Bo.", "They spoke."]),
        ("Art. 5 of the deal binds. No. 7 does not.", ["Art. 5 of the deal binds.", "No. 7 does not."]),
        ("Who won? nobody knows.", ["Who won?", "nobody knows."]),
        ("It costs 3.5 million. It was 2.", ["It costs 3.5 million.", "It was 2."]),
        ("A heading\n\nThe text begins here.", ["A heading", "The text begins here."]),
        ("“We agree.” She left.", ["“We agree.”", "She left."]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_sentences_of_news(text: str, wanted: list[str]) -> None:
    assert [text[span.start : span.end] for span in sentences(text)] == wanted


def test_a_fragment_is_read_with_its_neighbour_but_not_across_a_paragraph() -> None:
    text = "Ministers signed the treaty at noon on Monday. Finally. The first ships sail in spring."
    assert [text[s.start : s.end] for s in passages(text)] == [
        "Ministers signed the treaty at noon on Monday. Finally.",
        "The first ships sail in spring.",
    ]
    assert len("Finally.".split()) < FRAGMENT_WORDS
    apart = "Ministers signed the treaty at noon on Monday.\n\nFinally."
    assert len(passages(apart)) == 2


def test_a_sentence_too_long_is_cut_between_clauses() -> None:
    clause = "the second party shall deliver the goods named in the annex, "
    text = "Whereas " + clause * 40 + "they sign."
    found = passages(text)
    check(text, found)
    assert len(found) > 2 and all(text[span.start : span.end].endswith(",") for span in found[:-1])
