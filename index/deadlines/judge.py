"""Decides whether one date in one sentence binds anybody. Keeps quiet when in doubt.

Two questions in turn: what stands before the day (a limit such as “by”, or a plain “on”), and which
mood governs it. A limit binds under any mood but hope, rumour and denial; a plain day binds only
where the sentence says that something ends, begins, is decided or is due on it.
"""

from dataclasses import dataclass
from datetime import date

from index.dates import FoundDate
from index.deadlines import cues
from index.deadlines.found import Verdict
from index.deadlines.mood import Mood, governing, negated, wrapped
from index.deadlines.sentence import DATE, Sentence

NO = Verdict(False, "", 0.0, "")
_SKIPPED = frozenset(
    {
        "the",
        "about",
        "around",
        "midnight",
        "noon",
        "end",
        "of",
        "close",
        "business",
        "-",
        "a",
        "“",
        '"',
        "this",
        "next",
        "(",
        "latest",
    }
)
_DEADLINE_NOUNS = frozenset("deadline cutoff cut-off expiry expiration ultimatum".split())

_DATE_KINDS = frozenset(
    "outside closing expiry due stop longstop end final last off cutoff maturity completion termination filing".split()
)


@dataclass(slots=True)
class Lead:
    """What stands before a date: its kind (limit, opener, on, to, for, none) and where it starts."""

    kind: str
    at: int


def lead(s: Sentence, at: int) -> Lead:
    """The preposition of the date at ``at``; “deadline” beside the date counts as a limit."""
    k = at
    while k > 0 and s.words[k - 1] in _SKIPPED and at - k < 4 and not (s.words[k - 1] == "(" and k == 0):
        if s.words[k - 1] == "(":
            break
        k -= 1
    for end in dict.fromkeys((at, k)):
        for phrase in cues.LIMITS:
            if s.has(*phrase, before=end):
                if phrase == ("through",) and s.word(end - 2) == "fall":
                    continue
                return Lead("limit", end - len(phrase))
    if s.word(at + 1) in _DEADLINE_NOUNS or (s.word(at + 1) in ("'s", "-") and s.word(at + 2) in _DEADLINE_NOUNS):
        return Lead("limit", at)
    if _deadline_before(s, at):
        return Lead("limit", at)
    if s.words[at + 1 : at + 4] == ["at", "the", "latest"] or s.words[at + 1 : at + 3] == ["at", "latest"]:
        return Lead("limit", at - 1 if s.word(at - 1) in ("on", "in", "for") else at)
    before = s.word(k - 1)
    if before == "on" or before == "at" or before == "in":
        return Lead("on", k - 1)
    if before == "to":
        return Lead("to", k - 1)
    if before in cues.OPENERS:
        return Lead("opener", k - 1)
    if before == "for":
        return Lead("for", k - 1)
    return Lead("none", k)


def _deadline_before(s: Sentence, at: int) -> bool:
    """“deadline of”, “the deadline for bids is”, “cut-off: ”, but not over another date or a comma far off."""
    for back in range(at - 1, max(-1, at - 12), -1):
        word = s.words[back]
        if word == DATE or word in (";", "which", "who", "that", "after", "when"):
            return False
        if word in _DEADLINE_NOUNS or (word in ("date", "day") and s.word(back - 1) in _DATE_KINDS):
            between = s.words[back + 1 : at]
            if any(w in cues.MOVING or w in ("to",) for w in between):
                return False
            return not between or between[-1] in (
                "of",
                "is",
                "on",
                ":",
                "for",
                "was",
                "at",
                "falls",
                "as",
                "remains",
                "be",
                "the",
                "stays",
                ",",
            )
    return False


def due_day(found: FoundDate) -> date | None:
    """The last day that counts. “Before 5 March” is kept as the 5th, the day that people will look for."""
    return found.limit or found.last


def judge(s: Sentence, at: int, published: date | None) -> tuple[Verdict, Lead, Mood]:
    """Whether the date at word ``at`` is a deadline, and by what."""
    found = s.dates[at]
    how = lead(s, at)
    mood = governing(s, at, how.at)
    if found.granularity == "duration" and found.limit is None:
        return _given_time(s, at, mood), how, mood
    due = due_day(found)
    if due is None or found.granularity in ("vague", "decade", "century", "time") or (published and due < published):
        return NO, how, mood
    inside = found.form.startswith(("within", "no later than N")) or (
        how.kind == "for" and found.form.startswith(("after", "the next"))
    )
    if inside or (how.kind == "opener" and found.first != found.last and found.form.startswith("days of")):
        how = Lead("limit", how.at)
    if how.kind == "to" and _range_start(s, how.at):
        how = Lead("limit", how.at)
    around = wrapped(s, mood, at)
    if around in ("rumour", "denial") or mood.kind == "rumour":
        return NO, how, mood
    if mood.kind == "hope" or around == "hope":
        return _hoped(s, at, how, mood), how, mood
    if how.kind == "limit":
        return _limited(s, at, how, mood), how, mood
    return _plain(s, at, how, mood, published), how, mood


_ONLOOKERS = frozenset("analysts analyst economists economist traders trader forecast forecasts observers experts investors bankers dealers markets pundits "
                       "optimists pessimists brokers strategists nobody".split())  # fmt: skip


def _hoped(s: Sentence, at: int, how: Lead, mood: Mood) -> Verdict:
    """A day that the parties themselves aim at: not binding, but the caller may want to see it."""
    words = s.words[:at] + s.words[at + 1 :]
    if not cues.OWN_AIMS & set(words) or _ONLOOKERS & set(words) or negated(s, mood, at):
        return NO
    if (
        _speaks_of_figures(s, mood, at)
        or _occasion(s, mood, at)
        or (how.kind != "limit" and event_kind(s, mood, at) is None)
    ):
        return NO
    return Verdict(False, "hoped", 0.4, s.word(mood.at))


def _range_start(s: Sentence, to_at: int) -> bool:
    """“from 1 June to 15 June”: the second day closes a stretch."""
    return s.word(to_at - 1) == DATE and s.word(to_at - 2) in ("from", "between", "open", "runs", "run", "for")


def _limited(s: Sentence, at: int, how: Lead, mood: Mood) -> Verdict:
    if _speaks_of_figures(s, mood, at) or _occasion(s, mood, at):
        return NO
    if any(word in ("wait", "waits", "waiting") for word in s.words[max(0, at - 6) : at]) or _asked(s, mood):
        return NO
    not_so = negated(s, mood, at)
    starts = {"until", "till", "before", "beyond", "past"}
    opener = s.word(how.at)
    conditional = any(word in ("if", "unless", "should", "failing", "where", "without") for word in s.words[:at])
    if not_so and opener in ("before", "ahead", "prior"):
        return NO  # “not before 5 May” says when it may begin, not by when
    if not_so and opener not in starts and not conditional and mood.kind not in ("must", "past"):
        return NO
    if not_so and mood.kind == "must" and s.word(mood.at - 1) in ("not", "n't") and opener == "by":
        return NO
    if _no_need(s, at):
        return NO
    kinds = {
        "must": ("must", 0.95),
        "give": ("must", 0.9),
        "may": ("may", 0.9),
        "will": ("must", 0.85),
        "schedule": ("must", 0.85),
        "to": ("must", 0.85),
    }
    if mood.kind in kinds:
        kind, confidence = kinds[mood.kind]
        return Verdict(True, event_kind(s, mood, at) or kind, confidence, f"{s.word(mood.at)} … {opener}")
    if (
        mood.kind == "past"
        and not_so
        and any(word in ("who", "which", "that", "those", "if", "unless") for word in s.words[:at])
    ):
        return Verdict(True, event_kind(s, mood, at) or "must", 0.7, "not … " + opener)  # “who have not paid by …”
    if mood.kind == "past":
        lasting = opener in ("until", "till", "through", "up") or how.at == at
        return (
            Verdict(True, event_kind(s, mood, at) or "ends", 0.65, f"{s.word(mood.at)} … {opener}") if lasting else NO
        )
    noun = how.at == at or _imperative(s, at)
    return (
        Verdict(True, event_kind(s, mood, at) or "must", 0.7, opener)
        if noun or opener not in ("by", "before")
        else Verdict(True, "must", 0.55, opener)
    )


def _asked(s: Sentence, mood: Mood) -> bool:
    """“nobody had been told who would pay by Christmas” asks; it sets no day."""
    if mood.kind != "must" and "whether" in s.words[max(0, mood.at - 5) : mood.at]:
        return True
    if s.word(mood.at - 1) not in ("who", "whether", "what", "how") and s.word(mood.at - 2) not in (
        "whether",
        "how",
        "what",
    ):
        return False
    before = s.words[max(0, mood.at - 8) : mood.at]
    return any(
        word
        in ("told", "know", "knows", "unclear", "say", "says", "ask", "asked", "asks", "question", "unsure", "doubt")
        for word in before
    )


def _imperative(s: Sentence, at: int) -> bool:
    return at > 3


def _no_need(s: Sentence, at: int) -> bool:
    text = s.words[:at]
    return any(
        text[k : k + 2]
        in (
            ["no", "deadline"],
            ["no", "need"],
            ["no", "obligation"],
            ["no", "plans"],
            ["not", "have"],
            ["needn't", "be"],
            ["not", "need"],
            ["no", "longer"],
        )
        for k in range(len(text))
    )


_SET_FOR = frozenset(
    "set scheduled fixed planned due called slated convened billed listed down rescheduled earmarked booked timed".split()
)


def _plain(s: Sentence, at: int, how: Lead, mood: Mood, published: date | None) -> Verdict:
    """“on”, “from”, “in”, “as of” or nothing before the day: something must happen to it that counts."""
    if mood.kind == "none" and how.kind == "opener" and s.word(how.at) in ("effective", "starting", "beginning"):
        return Verdict(True, "begins", 0.7, s.word(how.at))
    starts = mood.kind == "may" and s.word(mood.at + 1) in ("begin", "start", "resume", "open", "reopen", "proceed")
    if mood.kind in ("past", "none", "may") and not (mood.kind == "may" and (how.kind == "opener" or starts)):
        return NO
    exact = s.dates[at].granularity == "day" and mood.kind == "schedule"
    if (_speaks_of_figures(s, mood, at) and not exact) or _occasion(s, mood, at):
        return NO
    if how.kind == "to" and mood.kind not in ("give", "must", "schedule"):
        return NO
    if how.kind == "for" and s.word(how.at - 1) not in _SET_FOR:
        return NO
    if due_day(s.dates[at]) == published and (mood.kind == "schedule" or how.kind == "on"):
        return NO
    if negated(s, mood, at) and mood.kind != "must":
        return NO
    if (
        how.kind == "opener"
        and s.word(how.at) == "from"
        and s.word(at + 1) in ("to", "until", "till")
        and s.word(at + 2) == DATE
    ):
        return NO  # “valid from 21 November to 20 May”: the end is what counts
    kind = event_kind(s, mood, at) or ("must" if mood.kind == "must" else None)
    if kind is None:
        told = (
            s.dates[at].granularity == "day"
            and how.kind in ("on", "opener")
            and mood.kind in ("will", "schedule", "to")
        )
        if not told or _ordinary(s, mood, at):
            return NO
        return Verdict(True, "begins", 0.6, f"{s.word(mood.at)} … {s.word(how.at)}")
    if how.kind == "opener" and s.word(how.at) in ("after", "since", "between", "of"):
        return NO
    confidence = {"must": 0.9, "schedule": 0.85, "will": 0.8, "to": 0.8, "give": 0.7, "may": 0.7}[mood.kind]
    return Verdict(True, kind, confidence, f"{s.word(mood.at)} … {s.word(how.at)}")


def event_kind(s: Sentence, mood: Mood, at: int) -> str | None:
    """Which kind of event the clause tells: the one whose word stands nearest to the day."""
    low, high = min(mood.at, at), max(mood.at, at)
    clause_start = _clause_start(s, low)
    clause_end = _clause_end(s, high if mood.right else at)
    best: tuple[int, str] | None = None
    for place in range(clause_start, clause_end):
        if place == at:
            continue
        word = s.words[place]
        for kind, words in cues.EVENTS.items():
            if word in words and not (
                word in ("change", "force", "order")
                and s.word(place + 1) not in (DATE, "on", "from", "by", ",", "", "at", "in", ".")
            ):
                distance = abs(place - at) + (3 if place > at and not mood.right else 0)
                if best is None or distance < best[0]:
                    best = distance, kind
    return best[1] if best else None


_NEW_CLAUSE = frozenset("as when where after because since so although with saying adding giving".split())


def _clause_start(s: Sentence, at: int) -> int:
    while at > 0 and s.words[at - 1] not in (";", ":", "--", "but", "while"):
        if s.words[at - 1] == "," and s.words[at] in _NEW_CLAUSE:
            break
        at -= 1
    return at


def _clause_end(s: Sentence, at: int) -> int:
    while at < len(s.words) and s.words[at] not in (
        ";",
        ",",
        "--",
        "but",
        "while",
        "after",
        "which",
        "who",
        "said",
        ".",
    ):
        at += 1
    return at


def _speaks_of_figures(s: Sentence, mood: Mood, at: int) -> bool:
    """“will rise 3 per cent by 2027” forecasts; nobody has to do anything."""
    low, high = (mood.at, at) if mood.at < at else (at, mood.at + 3)
    return mood.kind != "must" and any(word in cues.STATISTICS for word in s.words[low:high])


def _occasion(s: Sentence, mood: Mood, at: int) -> bool:
    low, high = (mood.at, at) if mood.at < at else (mood.at, mood.at + 4)
    return mood.kind != "must" and any(word in cues.OCCASIONS for word in s.words[low:high])


# What merely takes place on a day binds nobody, even though it lies ahead.
_ORDINARY = frozenset(
    "meet meets meeting meetings talk talks summit conference visit visits speak speaks travel travels fly flies arrive arrives play plays "
    "host hosts perform broadcast interview dine tour match game concert rain snow forecast talks discuss discusses discussion "
    "congress session gather gathers brief briefs attend attends celebrate celebrates air screened held hold holds place".split()
)


def _ordinary(s: Sentence, mood: Mood, at: int) -> bool:
    return any(
        word in _ORDINARY for word in s.words[_clause_start(s, min(mood.at, at)) : _clause_end(s, max(mood.at, at) + 1)]
    )


_HOLDERS = frozenset(
    "has have had gave gives give given giving gets get got granted grants allows allowed allow leaves leaving with".split()
)


def _given_time(s: Sentence, at: int, mood: Mood) -> Verdict:
    """“has three weeks to reply”, “gave them 48 hours to”: a duration that somebody has from now on."""
    behind = [word for word in s.words[at + 1 : at + 4] if word not in ("left", "more", "'s")]
    if behind[:1] != ["to"] and behind[:2] != ["in", "which"]:
        return NO
    front = s.words[max(0, at - 6) : at]
    if not any(word in _HOLDERS for word in front) or any(word in cues.NEGATIONS for word in front):
        return NO
    if any(word in ("had",) for word in front) and not any(word in ("gave", "given") for word in front):
        return NO
    if wrapped(s, mood, at) in ("rumour", "denial", "hope"):
        return NO
    return Verdict(True, "must", 0.85, f"{s.word(mood.at)} … to")
