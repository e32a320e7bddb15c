"""Terms: whatever people and outlets write comes to the same word, and anything at all comes to something."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.terms import STOP_WORDS, terms


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=120))
def test_any_text_gives_terms_that_both_databases_take(text: str) -> None:
    for term in terms(text):
        assert term and " " not in term
        # What FTS5's and tsvector's queries would read as an operator cannot stand in one.
        assert not set(term) & set("\"'()*:&|!<>\\^+-\0\n")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from("licences ministers signed talks harbour metres 1,340 U.S. café’s EU’s".split())))
def test_case_marks_and_normal_forms_make_no_difference(words: list[str]) -> None:
    text = " ".join(words)
    assert terms(text) == terms(text.upper()) == terms(text.replace("’", "'"))
    assert terms(unicodedata.normalize("NFC", text)) == terms(text)
    assert terms(" — ".join(words)) == terms(text)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("licence", "licenses"),
        ("the programme", "programs"),
        ("organisation", "Organizations"),
        ("harbour", "HARBORS"),
        ("cancelled", "canceling"),
        ("1,340", "1340"),
        ("U.S.", "US"),
        ("café", "cafe"),
        ("Nov", "November"),
        ("tonnes", "ton"),
        ("$3bn", "3 billion"),
        ("Beijing’s", "Beijing"),
    ],
)
def test_spellings_that_mean_the_same(ours: str, theirs: str) -> None:
    assert terms(ours) == terms(theirs) != []


@pytest.mark.parametrize(
    ("one", "other"), [("may", "march"), ("3.5", "35"), ("sat", "saturday"), ("ruling", "rule book")]
)
def test_words_that_stay_apart(one: str, other: str) -> None:
    assert terms(one) != terms(other)


def test_stop_words_carry_nothing() -> None:
    assert terms(" ".join(STOP_WORDS)) == []
    assert terms("What’s it about, and who’s in?") == []
