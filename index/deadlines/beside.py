"""Marks beside a date that settle it whatever mood governs: a possessive, “at the earliest”, what was called off.

Looks at words in their places; weighs no obligation, which is ``judge``'s.
"""

from itertools import pairwise

from index.deadlines import cues
from index.deadlines.lead import Lead
from index.deadlines.mood import Mood
from index.deadlines.sentence import DATE, Sentence


def earliest(s: Sentence, at: int) -> bool:
    """“on the third Tuesday of May, at the earliest” says when it may begin, not by when."""
    tail = s.words[at + 1 : at + 5]
    return "earliest" in tail or s.words[at - 3 : at] == ["no", "earlier", "than"]


def just_done(s: Sentence, at: int) -> bool:
    """“has today signed the lease”: the day stands between a helper and what is done."""
    return s.dates[at].form == "today" and s.word(at - 1) in ("has", "have", "had") and s.word(at + 1).isalpha()


def shortly(s: Sentence, how: Lead) -> bool:
    """“minutes before midnight the two signed”: tells how near it was, not by when it must be."""
    return s.word(how.at) in ("before", "ahead", "after") and s.word(how.at - 1) in _NEARLY


_NEARLY = frozenset("shortly just soon long minutes hours days weeks months immediately right".split())


def possessive(s: Sentence, at: int, how: Lead) -> bool:
    """“above Monday's close”, “in Wednesday's register”: the day says which one, not when."""
    weekday = s.dates[at].form == "weekday" and s.word(at - 1) in ("a", "an")  # “a Sunday paper”
    if weekday and s.word(at + 1).isalpha():
        return s.word(at + 1) not in _BESIDE
    if s.dates[at].form == "weekday" and s.word(at - 1) not in _PLACES_A_DAY and _is_things(s.word(at + 1)):
        return True  # “changes to Sunday rosters”
    if s.dates[at].form == "holiday" and s.word(at - 1) == "the" and s.word(at + 1).isalpha():
        return s.word(at + 1) not in _BESIDE  # “before the Easter rising”
    counted = s.dates[at].form.startswith(("within", "after"))  # “within 30 days of yesterday's ruling”
    return s.word(at + 1) in ("'s", "'") and how.kind != "limit" and not counted


def _is_things(word: str) -> bool:
    return word.endswith("s") and word.isalpha() and len(word) > 3 and word not in cues.SCHEDULED | cues.GIVES


_PLACES_A_DAY = frozenset("on by until till before from since next this last coming of after for early late".split())
_BESIDE = frozenset("or and to with as at if unless when so but that which".split())


def years_of(s: Sentence, at: int) -> bool:
    """“The 2026-27 budget must be passed”, “ends the 2026 season”: the figures say which one, not when."""
    found = s.dates[at]
    which = found.form == "two years" or s.word(at - 1) in _OWN or found.text.lower().startswith("the ")
    noun = s.word(at + 1).isalpha() and s.word(at + 1) not in _NO_NOUNS
    return found.granularity == "year" and found.form in _FIGURES and which and noun


_FIGURES = frozenset({"year", "two years", "fiscal year", "FY26", "FY2026"})
_NO_NOUNS = _BESIDE | frozenset("by in on for from until till before after than will must may can shall should would is are was were has have had".split())  # fmt: skip
_OWN = frozenset("the a an its their his her our this that".split())


def had_until(s: Sentence, mood: Mood) -> bool:
    """“The board, which had until February to decide, cleared it yesterday”: what it had time for is done."""
    return s.word(mood.at) == "had" and s.word(mood.at - 1) in ("which", "who")


def called_off(s: Sentence, at: int) -> bool:
    """“a deal that averts the strike due to begin on Tuesday”: it will not."""
    for k in range(max(0, at - 14), at):
        word = s.words[k]
        off = word in ("calls", "called", "calling", "call") and "off" in s.words[k + 1 : k + 3]
        if (off or word in _AVERTS) and not {",", ";", "and", "but"} & set(s.words[k + 1 : at]):
            return bool(
                {"due", "was", "were", "that", "which", "planned", "set", "from", "for"} & set(s.words[k + 1 : at])
            )
    return False


_AVERTS = frozenset("avert averts averted averting cancels cancelled canceled cancelling canceling".split())


def named(s: Sentence, at: int) -> bool:
    """“named 1 September as the new date”, “1 September has been set as the deadline”, “a date of 3 March has been agreed”,
    “the time limit for ratification, 28 May, …”."""
    tail = s.words[at + 1 : at + 9]
    if s.has("date", "of", before=at) and tail[:1] and tail[0] in _MADE and not _CHOSEN.isdisjoint(tail[1:4]):
        return True
    if s.word(at - 1) == "," and _limit(s, at - 1):
        return True
    while tail and tail[0] in _MADE:
        tail = tail[1:]
    tail = tail[:5]
    return tail[:1] == ["as"] and not {"date", "deadline", "cutoff", "day"}.isdisjoint(tail[1:])


_CHOSEN = frozenset("set named fixed agreed chosen pencilled".split())
_MADE = _CHOSEN | {"has", "been", "was", "is", "now"}
_FOR_WHAT = 6  # words: “the time limit for handing in the papers, …”


def _limit(s: Sentence, end: int) -> bool:
    """Whether the words before ``end`` name a limit of time; of a deadline the mood knows already."""
    for at in range(end - 1, max(0, end - 1 - _FOR_WHAT), -1):
        if s.has("time", "limit", before=at + 1) or s.has("cut", "-", "off", before=at + 1):
            return True
        if s.words[at] in (",", ";", "--", "that", "and", "but", DATE):
            return False
    return False


def not_before(s: Sentence, at: int) -> bool:
    """“It will not open in May as promised but on 15 July”: another day stands with the negation."""
    front = s.words[:at]
    return DATE in front and any(word in cues.NEGATIONS or word.endswith("n't") for word in front)


def between(s: Sentence, at: int) -> bool:
    """“can be filed between 25 September and 6 October”: the second day closes a stretch."""
    return s.words[at - 3 : at - 1] == ["between", DATE] and s.word(at - 1) == "and"


def not_after(s: Sentence, how: Lead, mood: Mood) -> bool:
    """“told not to send fish after Wednesday”."""
    return s.word(how.at) == "after" and "not" in s.words[mood.at : how.at] and mood.kind in ("give", "must", "to")


def forbidden(s: Sentence, mood: Mood, limit_at: int) -> bool:
    """“neither may walk away before 30 September”, “have agreed not to call in their loans before 1 October”: from that
    day on it is allowed, and somebody waits for it. Who cannot before a day is not forbidden, but unable."""
    agreed = mood.kind == "give" and ("not", "to") in pairwise(s.words[mood.at : limit_at])
    return agreed or (s.word(mood.at) in ("may", "must") and mood.kind == "must")


def if_missing(s: Sentence, at: int) -> bool:
    """“If either approval is still missing on 31 March, …”."""
    return "if" in s.words[max(0, at - 14) : at] and not _MISSING.isdisjoint(s.words[max(0, at - 3) : at])


_MISSING = frozenset("missing outstanding unsigned unpaid unresolved lacking absent wanting".split())
