"""Candidates that stand together are read together; nobody is left out."""

from hypothesis import given
from hypothesis import strategies as st

from index.reader import Candidate
from index.reader.windows import LETTERS, SENTENCES, shared
from tests.index.reader.stories import STORIES


def served(candidates: list[Candidate]) -> None:
    windows = shared(candidates)
    places = sorted(n for w in windows for n, _ in w.serves)
    assert places == list(range(len(candidates)))
    for window in windows:
        assert len(window.serves) >= 1
        for n, place in window.serves:
            candidate, sentences = candidates[n], window.window.sentences
            assert window.window.title == candidate.title
            assert sentences[place] == candidate.sentence
            assert place in window.core
            assert not candidate.before or sentences[place - 1] == candidate.before
            assert not candidate.after or sentences[place + 1] == candidate.after


def test_a_whole_article_takes_few_windows() -> None:
    candidates = STORIES["mussels"].candidates()
    served(candidates)
    windows = shared(candidates)
    assert len(windows) <= 3
    assert all(len(w.window.sentences) <= SENTENCES for w in windows)
    assert all(sum(map(len, w.window.sentences)) <= LETTERS for w in windows)


def test_every_other_sentence_shares_too() -> None:
    candidates = [Candidate("t", "a", "b", "c"), Candidate("t", "c", "d", "e")]
    (window,) = shared(candidates)
    assert window.window.sentences == ("a", "b", "c", "d", "e")
    assert window.core == (1, 3)


def test_strangers_do_not_share() -> None:
    assert len(shared([Candidate("t", "a", "b", "c"), Candidate("u", "b", "c", "d")])) == 2
    assert len(shared([Candidate("t", "", "b", ""), Candidate("t", "", "c", "")])) == 2


def test_a_ring_of_repeats_ends() -> None:
    served([Candidate("t", "b", "a", "b"), Candidate("t", "a", "b", "a")])
    served([Candidate("t", "a", "a", "a")] * 3)


def test_order_makes_no_difference() -> None:
    candidates = STORIES["radio"].candidates()
    assert {w.window for w in shared(candidates)} == {w.window for w in shared(candidates[::-1])}


letters = st.sampled_from(["", "a", "b", "c"])


@given(st.lists(st.builds(Candidate, letters, letters, letters, letters), max_size=12))
def test_everybody_is_served_whatever_repeats(candidates: list[Candidate]) -> None:
    served(candidates)
