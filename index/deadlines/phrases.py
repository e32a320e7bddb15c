"""Cuts out of a sentence what is due and who has to see to it. Only slices and trims; writes nothing new."""

import re

from index.deadlines.lead import Lead
from index.deadlines.mood import Mood
from index.deadlines.sentence import DATE, Sentence

_LONGEST = 110  # characters
_CLAUSE_MARKS = frozenset({";", ":", "--", "but", "while", "although", "(", ")"})
_SPEAKERS = frozenset("said says told added announced confirmed stated wrote reported noted explained".split())
_PRONOUNS = frozenset(
    "it they he she we this that which who there these those anyone everyone wants want i you".split()
)
_HELPERS = frozenset(
    "has have had been be is are was were will would now not also still then only to being must may can shall only".split()
)
_SUBJECT_ENDS = frozenset(
    {",", ";", ":", "--", "that", "and", "but", "if", "when", "while", "because", "until", "“", '"', "(", ")", DATE}
)
_TIDY = re.compile(r"\s+")


def what_is_due(s: Sentence, at: int, how: Lead, mood: Mood) -> str:
    """Subject and verb of the clause, without the day; after “has until …” what is to be done."""
    after = _cut(s, at + 1, _clause_end(s, at + 1))
    if after.lower().startswith("to ") and (mood.at >= how.at - 4 or s.word(how.at - 1) in ("has", "have", "had")):
        return _trim(after[3:])
    if mood.right or mood.at >= how.at:
        return _trim(after) or _trim(_cut(s, _clause_start(s, how.at), how.at)) or _trim(s.text[s.start : s.end])
    verb = mood.at
    while verb > 0 and s.words[verb - 1] in _HELPERS:
        verb -= 1
    subject, doing = _subject(s, verb), _cut(s, verb, how.at)
    if not subject or subject[1] == verb:
        return _trim(s.text[s.starts[subject[0] if subject else verb] : s.ends[how.at - 1]])
    return _trim(f"{_cut(s, *subject)} {doing}")


def who_must(s: Sentence, mood: Mood, at: int) -> str | None:
    """The subject before “must”, “has until”, “may”: a noun of a few words, never a pronoun."""
    if mood.kind not in ("must", "may") or s.word(mood.at) in (
        "deadline",
        "due",
        "payable",
        "cutoff",
        "ultimatum",
        "mandatory",
    ):
        return None
    end = mood.at
    while end > 0 and s.words[end - 1] in _HELPERS:
        end -= 1
    subject = _subject(s, end)
    if (
        subject is None
        or subject[1] - subject[0] > 8
        or any(word in _PRONOUNS for word in s.words[subject[0] : subject[1]])
    ):
        return None
    return _trim(_cut(s, *subject)) or None


def _subject(s: Sentence, verb: int) -> tuple[int, int] | None:
    """The words before the verb; a clause between commas right before it is passed over."""
    end = verb
    if s.word(end - 1) == ",":
        end = next((k for k in range(end - 2, max(-1, end - 30), -1) if s.words[k] == ","), end - 1)
    start = end
    while start > 0 and s.words[start - 1] not in _SUBJECT_ENDS and s.words[start - 1] not in _SPEAKERS:
        start -= 1
    if start == end and s.word(end - 1) in ("and", ",", DATE):
        # “takes effect on 15 March and expires …”: the sentence's own subject stands further left.
        low = _clause_start(s, end)
        stop = low
        while stop < end and s.words[stop] not in (",", DATE) and s.words[stop] not in _HELPERS and stop - low < 8:
            stop += 1
        return (low, stop) if stop > low else None
    return (start, end) if start < end else None


def _clause_start(s: Sentence, at: int) -> int:
    k = at
    while (
        k > 0 and s.words[k - 1] not in _CLAUSE_MARKS and not (s.words[k - 1] == "that" and s.word(k - 2) in _SPEAKERS)
    ):
        k -= 1
    return k


def _clause_end(s: Sentence, at: int) -> int:
    k = at
    if s.word(k) == ",":
        k += 1
    while k < len(s.words) and s.words[k] not in _CLAUSE_MARKS and s.words[k] not in (".", "!", "?", ",", DATE):
        k += 1
    return k


def _cut(s: Sentence, start: int, end: int) -> str:
    while start < end and s.words[start] in (",", ".", "“", '"', "'", "and", "or", "that"):
        start += 1
    return s.text[s.starts[start] : s.ends[end - 1]] if start < end else ""


def _trim(words: str) -> str:
    words = _TIDY.sub(" ", words).strip(" ,.;:–—-“”\"'")
    if len(words) <= _LONGEST:
        return words
    return words[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
