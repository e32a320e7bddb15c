"""The days of events that an article tells elsewhere: “within 30 days of the licence taking effect”.

Finds, for an event's words, the date in the same text that is told of it. Says nothing rather than
guess: most of the event's words must stand close to the date.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from index.dates import FoundDate
from index.dates.tense import IRREGULAR_PAST
from index.deadlines.moves import read_moves
from index.deadlines.sentence import Sentence

_REACH = 14  # words between the event's words and its day
_ENOUGH = 0.6
_ENOUGH_WITH_ACTION = 0.5  # where the deed itself is told, its subject may go by another name
_IRREGULAR = {
    "took": "take", "taken": "take", "taking": "take", "came": "come", "coming": "come", "began": "begin", "begun": "begin", "gave": "give",
    "given": "give", "made": "make", "sent": "send", "paid": "pay", "went": "go", "gone": "go", "left": "leave", "won": "win", "met": "meet",
    "sold": "sell", "bought": "buy", "held": "hold", "brought": "bring", "force": "effect", "operation": "effect", "start": "begin",
    "starts": "begin", "restart": "begin", "restarts": "begin", "restarted": "begin", "resume": "begin", "resumes": "begin", "resumed": "begin",
    "resumption": "begin", "publication": "publish", "reopening": "open", "reopens": "open", "reopened": "open", "appeared": "publish", "appears": "publish", "notified": "notice",
    "notification": "notice", "notifying": "notice", "initialled": "sign", "initialed": "sign", "voted": "vote", "named": "appoint", "completes": "complete", "started": "begin", "starting": "begin", "commences": "begin", "commencement": "begin", "beginning": "begin",
    "licence": "licence", "license": "licence", "lodge": "file", "lodged": "file", "lodging": "file", "submitted": "file", "filing": "file", "filed": "file", "signature": "sign", "signs": "signboard", "expiry": "expire", "expiration": "expire", "ruling": "rule",
}  # fmt: skip
_EMPTY = frozenset(
    "the a an of to in on at by for from its their his her it they this that is are was were be been being has have had "
    "with as and or into take come go enter enters entered entering make formally official officially date day "
    "comes takes will would that's when which who".split()
)
_ENDINGS = ("ations", "ation", "itions", "ition", "ingly", "ments", "ment", "ature", "tions", "tion", "ions", "ion", "ings", "ing", "als", "al", "ies",
            "ied", "ed", "es", "s", "y", "e")  # fmt: skip


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """A light stem, only good for telling whether two words are of one family."""
    word = _IRREGULAR.get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:6]


_ACTIONS = frozenset(
    stem(word)
    for word in "effect expire sign publish close begin order rule decision filing file handover notice approve ratify deliver "
    "open completion closing merger end announce vote publication notice appointment meeting start".split()
)


def content(words: Sequence[str]) -> set[str]:
    plain = [_IRREGULAR.get(word, word) for word in words]
    return {stem(word) for word in plain if word.isalpha() and word not in _EMPTY and len(word) > 2}


def event_day(event: str, sentences: Sequence[Sentence], beside: FoundDate) -> date | None:
    """The day told for ``event`` in these sentences, or None. ``beside`` is the expression that asks, never its own answer."""
    wanted = content([word.strip("“”\"'’,.") for word in event.lower().split()])
    return _told(wanted, sentences, beside) or _told({_KIN[word] for word in wanted & _KIN.keys()}, sentences, beside)


_KIN = {stem("meeting"): stem("vote"), stem("vote"): stem("election"), stem("election"): stem("vote")}


def _told(wanted: set[str], sentences: Sequence[Sentence], beside: FoundDate) -> date | None:
    if not wanted:
        return None
    best: tuple[tuple[float, int, int], date] | None = None
    for s in sentences:
        old: set[int] | None = None
        for at, found in s.dates.items():
            if found is beside or found.first is None or found.last is None or found.granularity != "day":
                continue
            if found.form.startswith(("within", "after a")):
                continue  # itself counted from something
            if not _SUPPOSED.isdisjoint(s.words[max(0, at - 7) : at]):
                continue  # “if nothing is signed before 1 June”
            around = s.words[max(0, at - _REACH) : at + _REACH]
            score = len(wanted & content(around)) / len(wanted)
            # Of two days in one sentence the deed's own is the one it stands next to.
            apart = min(
                (abs(k - at) for k, word in enumerate(s.words) if stem(word) in wanted & _ACTIONS), default=_REACH
            )
            rank = (score, -apart, -abs(found.start - beside.start))
            enough = _ENOUGH if not wanted & _ACTIONS & content(around) else _ENOUGH_WITH_ACTION
            if score >= enough and (best is None or rank > best[0]):
                old = read_moves(s).old if old is None else old
                if at in old:
                    continue
                best = rank, found.last
    return best[1] if best else None


_SUPPOSED = frozenset({"if", "unless", "nothing"})
_NEWS = frozenset(
    "ruling decision order judgment judgement verdict filing notice announcement signing signature award vote opening meeting restart "
    "publication completion appointment approval launch closing conviction decree resolution settlement notification referral".split()
)
_FRESH = 10  # days
_BEFORE = 1500  # characters in which the news of a text is told
_WORDS = re.compile(r"[^\W\d_]+")


def lead_day(event: str, sentences: Sequence[Sentence], asking: Sentence, published: date | None) -> date | None:
    """“30 days from the ruling”, where the ruling is the news: the past day last told before it, if it is fresh.

    Where no day is told before it, the day of publication, if the text says that the thing was done. Only for
    a bare “the ruling”: an event of more words is told in words of its own somewhere, or not at all.
    """
    words = event.lower().split()
    if published is None or len(words) > 2 or words[-1] not in _NEWS:
        return None
    fresh = None
    for s in sentences:
        if s.start > asking.start:
            break
        for found in s.dates.values():
            told = found.granularity == "day" and found.last is not None
            past = told and (found.tense == "past" or found.form in ("yesterday", "last night"))
            if past and found.last and 0 <= (published - found.last).days <= _FRESH:
                fresh = (fresh or found.last) if words[-1] in _OFTEN_AHEAD else found.last
    if words == ["publication"]:
        return fresh or published
    wanted = content(words)
    done = _told_done(wanted | {_KIN[word] for word in wanted & _KIN.keys()}, asking)
    if words[-1] in _OFTEN_AHEAD:
        return (fresh or published) if done else None
    return fresh or (published if done else None)


# Deeds that news speaks of before they are done; a ruling is only spoken of when it is there.
_OFTEN_AHEAD = frozenset("signing signature approval completion closing settlement appointment".split())
_NOT_DONE = frozenset("none not no never yet if unless until once nothing".split())
_STILL_AHEAD = frozenset("would will before to be can may".split())


def _told_done(wanted: set[str], asking: Sentence) -> bool:
    """“A judge has ruled …” stands before “within 30 days of the ruling”."""
    told = [m.group().lower() for m in _WORDS.finditer(asking.text, max(0, asking.start - _BEFORE), asking.start)]
    return any(
        (word.endswith("ed") or word in IRREGULAR_PAST)
        and stem(word) in wanted
        and _NOT_DONE.isdisjoint(told[max(0, k - 8) : k])
        and _STILL_AHEAD.isdisjoint(told[max(0, k - 3) : k])
        for k, word in enumerate(told)
    )
