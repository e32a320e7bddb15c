"""Cuts out of a sentence what is due and who has to see to it. Only slices and trims; writes nothing new."""

import re

from index.deadlines import cues
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
    given = mood.at >= how.at - 4 or s.word(how.at - 1) in ("has", "have", "had")
    if given and mood.kind in ("must", "give"):
        to_at = next(
            (k for k in range(at + 1, min(at + 8, len(s.words))) if s.words[k] == "to" and s.word(k + 1).isalpha()),
            None,
        )
        if to_at is not None and not {",", ";", DATE, "."} & set(s.words[at + 1 : to_at]):
            doing, who = _cut(s, to_at, _clause_end(s, to_at)), who_must(s, mood, at)
            return _trim(f"{who} {doing}" if who else doing[3:])
    if mood.right or mood.at >= how.at:
        return _trim(after) or _trim(_cut(s, _clause_start(s, how.at), how.at)) or _trim(s.text[s.start : s.end])
    verb = mood.at
    while verb > 0 and s.words[verb - 1] in _HELPERS:
        verb -= 1
    subject, doing = _subject(s, verb), _cut(s, verb, how.at)
    if subject:
        subject = _whole_subject(s, *subject)
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
    if subject and (s.word(subject[0] - 1) in _RELATIVES or s.word(subject[0]) in _RELATIVES):
        subject = _whole_subject(s, *subject)
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
    while start > 0 and not _ends_subject(s, start - 1) and s.words[start - 1] not in _SPEAKERS:
        start -= 1
    if start == end and s.word(end - 1) in ("and", ",", DATE):
        # “takes effect on 15 March and expires …”: the sentence's own subject stands further left.
        low = _clause_start(s, end)
        stop = low
        while stop < end and s.words[stop] not in (",", DATE) and s.words[stop] not in _VERBS and stop - low < 8:
            stop += 1
        return (low, stop) if stop > low else None
    return (start, end) if start < end else None


def _ends_subject(s: Sentence, at: int) -> bool:
    if s.words[at] == "," and s.word(at - 1).isdigit() and s.ends[at - 1] == s.starts[at]:
        return not s.word(at + 1).isdigit()  # “100,000 doses”
    return s.words[at] in _SUBJECT_ENDS


_VERBS = _HELPERS | cues.SCHEDULED | frozenset("on by in from until at".split())
_RELATIVES = frozenset("who which that whose".split())
_NOUN_STARTS = frozenset("the a an its their his her each every all any of to for with by from said says".split())


def _whole_subject(s: Sentence, start: int, end: int) -> tuple[int, int]:
    """“whose agreement lapses”, “who wish to bid must register”: with the noun that the pronoun stands for."""
    if s.word(start - 1) in ("if", "unless"):
        return start - 1, end
    relative = start if s.word(start) in _RELATIVES else start - 1
    if s.word(relative) not in _RELATIVES or s.word(relative - 1) in _SPEAKERS:
        return start, end
    first = relative - 1 if s.word(relative - 1) != "," else relative - 2
    while (
        first > 0
        and relative - first < 7
        and s.words[first] not in _NOUN_STARTS
        and s.words[first - 1] not in _SUBJECT_ENDS
    ):
        first -= 1
    return (first, end) if 0 <= first < relative and s.words[first] not in _SUBJECT_ENDS else (start, end)


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
