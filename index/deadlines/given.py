"""A stretch of time that somebody has from the day of the report on: “has three weeks to reply”, “has 75 days left to run”.

Judges durations alone; whether the stretch can be counted from the report at all is ``counted``'s.
"""

import re
from datetime import date

from index.deadlines import cues
from index.deadlines.counted import may_count, waits
from index.deadlines.found import NO, Verdict
from index.deadlines.mood import Mood
from index.deadlines.sentence import DATE, Sentence
from index.deadlines.wrapping import wrapped

_HOLDERS = frozenset(
    "has have had gave gives give given giving gets get got granted grants allows allowed allow leaves leaving with".split()
)


_IDLE = frozenset({"spare", "live", "think", "sit", "be"})


def given_time(s: Sentence, at: int, mood: Mood, published: date | None) -> Verdict:
    """“has three weeks to reply”, “gave them 48 hours to”: a duration that somebody has from now on."""
    if _remains(s, at, mood) and wrapped(s, mood, at) not in ("rumour", "denial", "hope"):
        to = next((k for k in range(at + 1, at + 4) if s.word(k) == "to"), None)
        acts = to is not None and s.word(to + 1) not in ("run", "go")
        return Verdict(True, "must" if acts else "ends", 0.8, s.word(at + 1))
    if not may_count(s, at, mood, published) and not _counted_from_a_day(s, at):
        return NO
    if waits(s, at) and mood.kind in ("must", "will", "to", "schedule", "give"):
        return Verdict(True, "begins", 0.75, f"{s.word(mood.at)} … wait")
    if _prolongs(s, at) or (s.word(at + 1) in ("to", "until", "till") and s.word(at + 2) == DATE):
        return NO  # “pushed back two weeks to 12 December”: the day says it
    if (
        s.words[max(0, at - 6) : at].count("which")
        and s.word(mood.at) in ("has", "have")
        and s.word(at + 1) in _COUNTED
    ):
        return Verdict(True, "must", 0.8, "for which … has")
    behind = [word for word in s.words[at + 1 : at + 4] if word not in ("left", "more", "'s")]
    if s.words[at + 1 : at + 4] == [",", "counted", "from"] or s.words[at + 1 : at + 4] == [",", "starting", "from"]:
        behind = s.words[at + 6 : at + 8]
    if behind[:1] == ["from"] and s.word(at + 2) == DATE:
        behind = s.words[at + 3 : at + 5]
    if behind[:1] == ["under"] and "to" in s.words[at + 3 : at + 8]:
        behind = ["to"]  # “has 28 days under the takeover code to …”
    if (behind[:1] != ["to"] or (behind[1:2][:1] and behind[1] in _IDLE)) and behind[:2] != ["in", "which"]:
        return NO
    if not held(s, at):
        return NO
    if wrapped(s, mood, at) in ("rumour", "denial", "hope"):
        return NO
    return Verdict(True, "must", 0.85, f"{s.word(mood.at)} … to")


_REMAINING = (["left"], ["remaining"], ["to", "run"], ["to", "go"])
_THERE = frozenset({"is", "are", "with"})
_OVER = frozenset("lapses expires ends closes runs deadline expiry cutoff closing lapse expire end close".split())
_SHORT = re.compile(r"\b(?:hour|minute|second)", re.IGNORECASE)
_NOT_NOW = frozenset("had were was if when gave will would unless believed thought said".split())
_CLOSES = frozenset({"", ".", ",", ";", ":", "--", "and", "but", "before", "until", "to", "on", "in"})


def _remains(s: Sentence, at: int, mood: Mood) -> bool:
    """“The stopgap has another 75 days to run”, “with six days left to file”: what is left is counted from today."""
    after = at + (2 if s.word(at + 1) == "more" else 1)
    words = next((words for words in _REMAINING if s.words[after : after + len(words)] == words), None)
    behind = after + len(words or ())
    if words is None or s.word(behind) not in _CLOSES or _SHORT.search(s.text, s.starts[at], s.ends[at]):
        return False  # “has a month to run the tender”; “two minutes left”
    if mood.kind == "past" and mood.at != after:  # “left” itself looks like a verb of the past
        return False
    front = s.words[max(0, at - 4) : at]
    # Of “there are ten days left” one has to know for what: the time before an election binds nobody.
    over = not _OVER.isdisjoint(s.words[behind : behind + 8])
    if s.word(behind + 1) in _IDLE or (s.word(behind) == "before" and not over):
        return False
    acts = s.word(behind) == "to" and s.word(behind + 1) not in ("run", "go")
    meant = acts or over
    here = not {"has", "have"}.isdisjoint(front) or (meant and (not front or not _THERE.isdisjoint(front)))
    roughly = s.word(at - 1) == "than" or not _ROUGHLY.isdisjoint(front[-2:])
    return here and not roughly and (_NOT_NOW | cues.NEGATIONS).isdisjoint(front)


def held(s: Sentence, at: int) -> bool:
    """Somebody has the stretch, or was given it."""
    front = s.words[max(0, at - 6) : at]
    if _HOLDERS.isdisjoint(front) or not cues.NEGATIONS.isdisjoint(front):
        return False
    return "had" not in front or not {"gave", "given"}.isdisjoint(front)


def _prolongs(s: Sentence, at: int) -> bool:
    """“gave them another two weeks to decide”: counted from the end of what they had, not from today.

    Nor is a day told by “just over three weeks”.
    """
    words = [*s.words[max(0, at - 2) : at], *s.text[s.starts[at] : s.ends[at]].lower().split()]
    roughly = s.words[max(0, at - 2) : at]
    return not _MORE.isdisjoint(words) or not _ROUGHLY.isdisjoint(roughly)


_ROUGHLY = frozenset({"over", "nearly", "almost", "about", "roughly", "around", "barely"})
_COUNTED = frozenset({"counted", "from", "."})
_MORE = frozenset({"extra", "another", "further", "more", "additional"})


def _counted_from_a_day(s: Sentence, at: int) -> bool:
    """“had been given 30 days from 3 March to …”: the sentence tells the day itself."""
    return any(place > at and s.word(place - 1) in ("from", "of", "after") for place in s.dates)
