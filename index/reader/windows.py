"""Which sentences are read together: candidates that stand beside each other share one window.

Owns the merging. Knows articles only by their texts, because that is all a candidate brings; must not
score anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from index.reader.shape import Candidate
from index.reader.tokens import Window

SENTENCES = 5  # in one window, as in training
LETTERS = 560  # about 125 tokens: with question and title this fits the row, so that nothing is cut


@dataclass(frozen=True, slots=True)
class Shared:
    """A window, the sentences in it that are asked about, and whom each serves: (candidate, sentence)."""

    window: Window
    core: tuple[int, ...]
    serves: tuple[tuple[int, int], ...]


def shared(candidates: Sequence[Candidate]) -> list[Shared]:
    """Windows that hold every candidate with its neighbours, as few as chaining by text gives.

    Depends on which candidates there are, not on their order; a reprint of the same context is read once.
    """
    same: dict[Candidate, list[int]] = {}
    for n, candidate in enumerate(candidates):
        same.setdefault(candidate, []).append(n)
    distinct = sorted(same, key=lambda c: (c.title, c.sentence, c.before, c.after))
    return [_window(run, same) for chain in _chains(distinct) for run in _runs(chain)]


def _chains(distinct: list[Candidate]) -> list[list[Candidate]]:
    """Candidates of one article in reading order, each the next of the one before it or the next but one."""
    next_one = {(c.title, c.before, c.sentence): c for c in reversed(distinct)}
    next_but_one = {(c.title, c.before): c for c in reversed(distinct) if c.before}

    def after(c: Candidate) -> Candidate | None:
        if not c.after:
            return None
        return next_one.get((c.title, c.sentence, c.after)) or next_but_one.get((c.title, c.after))

    followers = {after(c) for c in distinct}
    chains: list[list[Candidate]] = []
    done: set[Candidate] = set()
    # A text that repeats itself may chain in a ring without a head; going over all enters it anywhere.
    for head in [*(c for c in distinct if c not in followers), *distinct]:
        chain: list[Candidate] = []
        at: Candidate | None = head
        while at is not None and at not in done:
            done.add(at)
            chain.append(at)
            at = after(at)
        if chain:
            chains.append(chain)
    return chains


def _runs(chain: list[Candidate]) -> list[list[Candidate]]:
    """The chain in pieces that fit a window."""
    runs = [[chain[0]]]
    for candidate in chain[1:]:
        longer = [*runs[-1], candidate]
        sentences, _ = _laid_out(longer)
        if len(sentences) <= SENTENCES and sum(map(len, sentences)) <= LETTERS:
            runs[-1] = longer
        else:
            runs.append([candidate])
    return runs


def _laid_out(run: list[Candidate]) -> tuple[list[str], list[int]]:
    """The sentences of a window and the places of the candidates among them."""
    sentences = [run[0].before] if run[0].before else []
    places = []
    for n, candidate in enumerate(run):
        if n and (run[n - 1].sentence, run[n - 1].after) != (candidate.before, candidate.sentence):
            sentences.append(candidate.before)
        places.append(len(sentences))
        sentences.append(candidate.sentence)
    return sentences + ([run[-1].after] if run[-1].after else []), places


def _window(run: list[Candidate], same: dict[Candidate, list[int]]) -> Shared:
    sentences, places = _laid_out(run)
    serves = tuple((n, place) for place, c in zip(places, run, strict=True) for n in same[c])
    return Shared(Window(run[0].title, tuple(sentences)), tuple(places), serves)
