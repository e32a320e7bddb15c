"""Statements of the same matter by others: reprints that count once, older ones that no longer hold,
and sources that contradict. Owns what is compared with what; the evidence says what is worth comparing.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.answer.question import Kind, Question
from index.models import day_of
from index.search.hybrid import Found

SAME_WORDS = 0.7  # of the shorter sentence's terms: one report, told twice
SAME_MATTER = 0.5  # cosine of two passages that speak of one thing

# A claim is somebody's; a fact that an outlet reports in its own voice is not contradicted by a claim.
CLAIMS = re.compile(
    r"[“”\"]|\b(?:said|says|saying|told|tells|claim\w*|insist\w*|argu\w*|den(?:y|ied|ies|ying)|reject\w*|maintain\w*"
    r"|according to|disput\w*|accus\w*|allege\w*|counter\w*|contradict\w*|stood by|stands by|call(?:s|ed))\b",
    re.I,
)
_DENIES = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|without|den(?:y|ied|ies|ying)|reject\w*|dismiss\w*|refus\w*|untrue|false"
    r"|invention|fail(?:s|ed)?|lost|loss|cannot)\b|n[’']t\b",
    re.I,
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def told_by_others(found: Sequence[Found], chosen: Found) -> tuple[str, ...]:
    """The other outlets whose sentence is nearly the same, each once, in the order found."""
    outlets = dict.fromkeys(
        each.candidate.source
        for each in found
        if each.candidate.article_id != chosen.candidate.article_id and is_same(each, chosen)
    )
    return tuple(outlet for outlet in outlets if outlet and outlet != chosen.candidate.source)


def is_same(one: Found, other: Found) -> bool:
    """Nearly the same words: a reprint's sentence, or an outlet that repeats itself."""
    ours, theirs = _words(one.candidate.terms), _words(other.candidate.terms)
    return (
        bool(ours and theirs)
        and len(ours & theirs) >= SAME_WORDS * min(len(ours), len(theirs))
        and (_numbers(one) == _numbers(other) or one.candidate.story == other.candidate.story)
    )


def contradicts(question: Question, one: Found, other: Found) -> bool:
    """Whether two good candidates are claims that cannot both be true.

    Both must be somebody's claim on one matter, from different stories; then one denies what the other
    affirms, or, where a number is asked for, they give different ones.
    """
    if not is_same_matter(one, other):
        return False
    if not (CLAIMS.search(one.candidate.text) and CLAIMS.search(other.candidate.text)):
        return False
    if question.kind in {Kind.HOW_MANY, Kind.HOW_LONG}:
        ours, theirs = _numbers(one), _numbers(other)
        return bool(ours and theirs) and not ours & theirs
    if question.kind is Kind.STATE or question.asks_agreement:
        return bool(_DENIES.search(one.candidate.text)) != bool(_DENIES.search(other.candidate.text))
    return False


def is_same_matter(one: Found, other: Found) -> bool:
    """Two reports of their own on one thing."""
    return one.candidate.story != other.candidate.story and float(one.vector @ other.vector) >= SAME_MATTER


def is_newer(one: Found, other: Found) -> bool:
    ours, theirs = day_of(one.candidate.published), day_of(other.candidate.published)
    return ours is not None and theirs is not None and ours > theirs


@lru_cache(2_048)  # each quote is compared with every candidate
def _words(terms: str) -> frozenset[str]:
    return frozenset(terms.split())


def _numbers(found: Found) -> set[str]:
    return set(_NUMBER.findall(found.candidate.text))
