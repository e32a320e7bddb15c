"""Claims about one deal that cannot both be true: one denies what the other says, or gives another figure for it.

Owns what counts as a disagreement between two sentences that nobody asked about; ``index.answer.sides`` judges
those that answer a question. Precise rather than complete: a wrong “they disagree” blames an outlet. So both
must be somebody's claim, from different stories, and the words that are denied must be the other's own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.answer.sides import CLAIMS
from index.embed import Vectors
from index.store.passages import Said
from index.terms import terms

MOST = 3
SAME_MATTER = 0.45  # cosine of two sentences; lower than for an answer, since the denied words must be shared too
SAME_FIGURE = 0.55
DENIED = 9  # words behind a denial that it is about
SHARED = 2  # of them that the other sentence must hold
COMMON = 0.6  # a word that more of the deal's stories than that hold tells nothing

_DENIES = re.compile(
    r"\b(?:no|not(?! (?:yet|only|just))|never|none|nobody|nothing|neither|without|den(?:y|ied|ies|ying)|dismiss\w*|untrue"
    r"|false|invention)\b|n[’']t\b",
    re.I,
)
_SUPPOSES = re.compile(r"\b(?:if|whether|unless|until|till|could|may|might)\b(?:\W+\w+){0,2}\W*$", re.I)
_TELLING = "said says told tells claims within"
_SPEAKER = re.compile(r"[”\"]|, (?:said|says|told)\b")
_NUMBERS = dict(
    zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True)
)
_FIGURE = re.compile(rf"\b(\d+(?:[.,]\d+)*|{'|'.join(_NUMBERS)})[ -](per cent|percent|[a-z]+)", re.I)


@dataclass(frozen=True, slots=True)
class _Claim:
    said: Said
    words: frozenset[str]
    denied: frozenset[str]  # empty: it denies nothing
    denies: bool
    figures: dict[str, set[str]]  # by what is counted


def is_claim(words: str) -> bool:
    return CLAIMS.search(words) is not None


def disagreements(
    claims: Sequence[Said], vectors: Vectors, about: str, article_id: int | None = None
) -> list[tuple[Said, Said]]:
    """Pairs, the newer claim first, the likeliest pair first, each claim once. ``about``: words that all share.

    ``article_id``: only pairs in which that article has a part.
    """
    made = [_claim(each) for each in claims]
    common = _common(made, about)
    found: list[tuple[float, int, int]] = []
    alike = vectors @ vectors.T if len(made) else np.empty((0, 0), np.float32)
    for one, other in zip(*np.nonzero(np.triu(alike >= SAME_MATTER, 1)), strict=True):
        first, second = made[one], made[other]
        if article_id is not None and article_id not in (first.said.article_id, second.said.article_id):
            continue
        if first.said.story != second.said.story:
            likeness = float(alike[one, other])
            if _denies(first, second, common) or _denies(second, first, common):
                found.append((likeness + 1, int(one), int(other)))
            elif likeness >= SAME_FIGURE and _counts_otherwise(first, second, common):
                found.append((likeness, int(one), int(other)))
    pairs: list[tuple[Said, Said]] = []
    told: set[Said] = set()
    for _, one, other in sorted(found, reverse=True):
        pair = sorted((made[one].said, made[other].said), key=lambda each: each.number, reverse=True)
        if told.isdisjoint(pair) and len(pairs) < MOST:
            told.update(pair)
            pairs.append((pair[0], pair[1]))
    return pairs


def _claim(said: Said) -> _Claim:
    denial = _DENIES.search(said.words)
    if denial and _SUPPOSES.search(said.words[: denial.start()]):
        denial = None
    denied = _SPEAKER.split(said.words[denial.end() :])[0].split()[:DENIED] if denial else []
    return _Claim(
        said, frozenset(terms(said.words)), frozenset(terms(" ".join(denied))), denial is not None, _figures(said.words)
    )


def _figures(words: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for match in _FIGURE.finditer(words):
        unit = terms(match[2])
        if unit:
            number = match[1].lower().replace(",", "")
            found.setdefault(unit[-1], set()).add(str(_NUMBERS.get(number, number)))
    return found


def _common(claims: Iterable[_Claim], about: str) -> set[str]:
    stories: dict[int, set[str]] = {}
    for each in claims:
        stories.setdefault(each.said.story, set()).update(each.words)
    counts = Counter(word for words in stories.values() for word in words)
    often = max(3.0, COMMON * len(stories))
    often_told = {word for word, count in counts.items() if count > often or len(word) < 3}
    return often_told | set(terms(f"{about} {_TELLING}"))


def _denies(one: _Claim, other: _Claim, common: set[str]) -> bool:
    return one.denies and not other.denies and len((one.denied & other.words) - common) >= SHARED


def _counts_otherwise(one: _Claim, other: _Claim, common: set[str]) -> bool:
    shared = (one.words & other.words) - common
    return any(
        one.figures[unit].isdisjoint(other.figures[unit]) and len(shared - {unit}) >= SHARED
        for unit in one.figures.keys() & other.figures.keys()
    )
