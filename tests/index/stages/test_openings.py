"""The words without which no form is tried: they spare time, and hide no match."""

import pytest

from index.reader.training.stories import load_stories
from index.split import sentences
from index.stages.forms import FORMS, OPENINGS
from index.stages.openings import openings
from index.stages.words import plain


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\b(?P<v>signed|signs?|inked) (?:\S+ ){0,4}deal\b", {"signed", "sign", "inked"}),
        (r"\b(?:is|are) (?P<v>(?:still )?under way|(?:has|have) (?:been )?put off)\b", {"still ", "under way", "has", "have"}),
        (r"(?P<v>\b(?!no )canc(?:el)?led)", {"canc"}),
        (r"(?P<v>\w+ed) off\b", None),
        (r"(?P<v>o(?:n|ff))", None),  # one letter stands in every sentence
    ],
)  # fmt: skip
def test_the_words_that_a_verb_begins_with(pattern: str, words: set[str] | None) -> None:
    assert openings(pattern) == words


def test_no_match_is_hidden() -> None:
    """Every form, on every sentence of half of the invented deals: wherever it matches, one of its words stands."""
    matched = 0
    for low in (
        plain(a.text[s.start : s.end])
        for story in load_stories()[::2]
        for a in story.articles
        for s in sentences(a.text)
    ):
        held = {word for word in OPENINGS if word in low}
        for form in FORMS:
            if form.opens is not None and held.isdisjoint(form.opens):
                assert not form.pattern.search(low), (form.pattern.pattern, low)
            else:
                matched += bool(form.pattern.search(low))
    assert matched > 500
