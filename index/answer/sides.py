"""Statements of the same matter by others: reprints that count once, older ones that no longer hold,
and sources that contradict. Owns what is compared with what; the evidence says what is worth comparing.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.answer.question import Kind, Question
from index.answer.speaker import speaker
from index.figures import figures
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
# The answer of whoever was blamed, in the words in which it is given.
_COUNTERS = re.compile(
    r"\b(?:den(?:y|ied|ies|ying)|contradict\w*|retort\w*|repl(?:y|ied|ies)|respond\w*|disput(?:ed|es)|opposite|no such|never|not so|not one"
    r"|nothing|nobody|none|different (?:tale|story|account)|fairy tale|untrue|false|invention|says? otherwise|for its part)\b",
    re.I,
)
_PUTS = re.compile(
    r"\b(?:puts?|counts?|counted|makes? it|made it|has it that|arrives? at|reckons?|records?|recorded|tally|figures?)\b",
    re.I,
)
_GOES_ON = re.compile(
    r"^[“\"]?(?:he|she|they|it|we|i|his|her|their|its|this|that|these|the (?:two|pair|latter))\b", re.I
)
BESIDE = 2  # sentences between which the answer to a claim stands behind it


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

    They are claims on one matter from different stories; or stand beside each other in one article, where somebody
    else answers. Then one denies what the other affirms, or, where a number is asked for, they give different ones.
    """
    together = one.candidate.article_id == other.candidate.article_id
    if question.kind in {Kind.HOW_MANY, Kind.HOW_LONG}:
        ours, theirs = _numbers(one), _numbers(other)
        opposed = bool(ours and theirs) and not ours & theirs
    elif question.kind is Kind.STATE or question.asks_agreement:
        denied = [_DENIES.search(each.candidate.text) is not None for each in (one, other)]
        later = max(one, other, key=lambda each: each.candidate.position)
        opposed = denied[0] != denied[1] or (together and _COUNTERS.search(later.candidate.text) is not None)
    else:
        return False
    claims = [_is_claim(each) for each in (one, other)]
    if together:
        return opposed and any(claims) and _answers_back(one, other)
    return opposed and all(claims) and is_same_matter(one, other)


def _is_claim(found: Found) -> bool:
    return bool(CLAIMS.search(found.candidate.text) or _PUTS.search(found.candidate.text))


def _answers_back(one: Found, other: Found) -> bool:
    """Whether of two sentences of one article the later one is somebody else's word on the earlier one's."""
    first, second = sorted((one.candidate, other.candidate), key=lambda each: each.position)
    if not 0 < second.position - first.position <= BESIDE:
        return False
    said = speaker(second.text, [first.text])
    if said is None:
        answers = _COUNTERS.search(second.text) or _PUTS.search(second.text)
        return answers is not None and not _GOES_ON.match(second.text)
    spoke = speaker(first.text)
    return said[1] == 0 and (spoke is None or _telling(spoke[0]).isdisjoint(_telling(said[0])))


def _telling(name: str) -> set[str]:
    """Of “the energy minister, Ilse Varn”, what “the minister” has in common with it."""
    return {word.lower() for word in name.split() if len(word) > 3} or {name}


def is_same_matter(one: Found, other: Found) -> bool:
    """Two reports of their own on one thing."""
    return one.candidate.story != other.candidate.story and float(one.vector @ other.vector) >= SAME_MATTER


def is_newer(one: Found, other: Found) -> bool:
    ours, theirs = day_of(one.candidate.published), day_of(other.candidate.published)
    return ours is not None and theirs is not None and ours > theirs


def _numbers(found: Found) -> frozenset[float]:
    return _values(found.candidate.text)


# Each quote is compared with every candidate.
@lru_cache(2_048)
def _values(text: str) -> frozenset[float]:
    return frozenset(each.value for each in figures(text))


@lru_cache(2_048)
def _words(terms: str) -> frozenset[str]:
    return frozenset(terms.split())
