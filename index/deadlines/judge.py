"""Decides whether one date in one sentence binds anybody. Keeps quiet when in doubt.

Two questions in turn: what stands before the day (a limit such as “by”, or a plain “on”), and which
mood governs it. A limit binds under any mood but hope, rumour and denial; a plain day binds only
where the sentence says that something ends, begins, is decided or is due on it.
"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from index.deadlines import cues
from index.deadlines.beside import (
    between,
    called_off,
    earliest,
    forbidden,
    had_until,
    if_missing,
    just_done,
    named,
    not_after,
    not_before,
    possessive,
    shortly,
    years_of,
)
from index.deadlines.counted import USUALLY, from_the_report, may_count
from index.deadlines.events import event_kind, is_natural, is_occasion, is_ordinary, speaks_of_figures
from index.deadlines.found import NO, Verdict
from index.deadlines.given import given_time, held
from index.deadlines.lead import Lead, lead
from index.deadlines.mood import Mood, before_aside, governing, negated
from index.deadlines.sentence import DATE, Sentence
from index.deadlines.wrapping import wrapped


def due_day(s: Sentence, at: int, how: Lead) -> date | None:
    """The last day that counts. “Before 5 March” is kept as the 5th, the day that people will look for.

    “Before October” ends with September; “before the summit in October” does not.
    """
    found = s.dates[at]
    wide = found.granularity in ("month", "quarter", "half", "season", "year") and found.form not in _EDGES
    before = s.word(how.at) in ("before", "ahead", "prior") and s.word(at - 1) != "in"
    if before and wide and found.first:
        return found.first - timedelta(1)
    return found.limit or found.last


_EDGES = frozenset({"end of", "end of a month", "year-end", "year's end", "end year", "month-end", "rest of", "early", "mid", "late",
                    "beginning of", "middle of", "midyear", "the new year", "the unit is out", "a month is out", "the unit's end"})  # fmt: skip


# A clock time alone has no day of its own: the day beside it is the deadline.
_LONGEST = 800  # days; “for the next 25 years” describes a contract
_NO_DAY = frozenset({"vague", "decade", "century", "time"})


def judge(s: Sentence, at: int, published: date | None) -> tuple[Verdict, Lead, Mood]:
    """Whether the date at word ``at`` is a deadline, and by what."""
    found = s.dates[at]
    how = lead(s, at)
    mood = governing(s, at, how.at)
    if found.granularity == "duration" and found.limit is None:
        return given_time(s, at, mood, published), how, mood
    due = due_day(s, at, how)
    if due is None or found.granularity in _NO_DAY or found.form == "clock" or (published and due < published):
        return NO, how, mood
    if (
        earliest(s, at)
        or just_done(s, at)
        or shortly(s, how)
        or possessive(s, at, how)
        or years_of(s, at)
        or called_off(s, at)
        or (mood.kind == "must" and had_until(s, mood))
    ):
        return NO, how, mood
    if from_the_report(found) and not may_count(s, at, mood, published):
        return NO, how, mood
    inside = found.form.startswith(("within", "no later than N")) or (
        how.kind == "for" and found.form.startswith(("after", "the next", "from today"))
    )
    if inside or (how.kind == "opener" and found.first != found.last and found.form.startswith("days of")):
        how = Lead("limit", how.at)
    if found.form == "the next units" and published and (due - published).days > _LONGEST:
        return NO, how, mood  # “a foothold for the next 25 years”
    longer = how.kind == "to" and (_stretched(s, how.at) or _moved_past_aside(s, how.at, mood))
    holds = how.kind == "to" and s.word(how.at - 1) in _HOLDS
    if holds or (how.kind == "to" and _range_start(s, how.at)):
        how = Lead("limit", how.at)
    if between(s, at) or not_after(s, how, mood):
        how = Lead("limit", how.at)
    around = wrapped(s, mood, at)
    if around in ("rumour", "denial") or mood.kind == "rumour":
        return NO, how, mood
    if mood.kind == "hope" or around == "hope":
        return _hoped(s, at, how, mood), how, mood
    if longer and mood.kind != "may" and not negated(s, mood, at):
        return Verdict(True, event_kind(s, mood, at) or "ends", 0.8, "longer, to"), how, mood
    if found.form.startswith("after") and s.word(at + 1) == "to" and held(s, at):
        return Verdict(True, "must", 0.85, f"{s.word(mood.at)} … to"), how, mood  # “has ten days from 3 May to object”
    if named(s, at):
        return Verdict(True, "must", 0.75, "named as the date"), how, mood
    if how.kind == "on" and s.word(how.at - 1) == "but" and not_before(s, how.at - 1):
        return Verdict(True, event_kind(s, mood, at) or "begins", 0.7, "not … but on"), how, mood
    if how.kind == "limit":
        verdict = _limited(s, at, how, mood)
        return replace(verdict, kind="ends") if holds and verdict.binds else verdict, how, mood
    return _plain(s, at, how, mood, published), how, mood


_ONLOOKERS = frozenset("analysts analyst economists economist traders trader forecast forecasts observers experts investors bankers dealers markets pundits "
                       "optimists pessimists brokers strategists nobody".split())  # fmt: skip


def _hoped(s: Sentence, at: int, how: Lead, mood: Mood) -> Verdict:
    """A day that the parties themselves aim at: not binding, but the caller may want to see it."""
    words = s.words[:at] + s.words[at + 1 :]
    if s.dates[at].tense == "past":
        return NO
    if not cues.OWN_AIMS & set(words) or _ONLOOKERS & set(words) or negated(s, mood, at):
        return NO
    if (
        speaks_of_figures(s, mood, at)
        or is_occasion(s, mood, at)
        or (how.kind != "limit" and event_kind(s, mood, at) is None)
    ):
        return NO
    return Verdict(False, "hoped", 0.4, s.word(mood.at))


_HOLDS = frozenset("holds hold runs lasts extends good valid".split())
_LONGER = frozenset({"by", "for"})


def _stretched(s: Sentence, to_at: int) -> bool:
    """“has stretched the lease by three months, to 30 June”, “holds its price for four weeks longer, to 12 June”."""
    end = to_at - 1 if s.word(to_at - 1) == "," else to_at
    end -= s.word(end - 1) == "longer"
    found = s.dates.get(end - 1)
    stretch = found is not None and found.granularity == "duration" and s.word(end - 2) in _LONGER
    return stretch and _lengthens(s, end)


def _moved_past_aside(s: Sentence, to_at: int, mood: Mood) -> bool:
    """“has extended its offer, which would have lapsed on 29 November, to 31 January”."""
    aside = s.word(to_at - 1) == "," and before_aside(s, to_at - 1) < to_at - 1
    return aside and s.word(mood.at) in _LENGTHENED and _lengthens(s, to_at)


_LENGTHENED = frozenset("extended prolonged lengthened stretched renewed".split())
_LENGTHENS = _LENGTHENED | set(
    "pushed moved granted kept extend extends extending prolong prolongs prolonging stretch stretching hold holds run runs keep keeps".split()
)
_REFUSES = frozenset(
    "refused declined rejected rejects asked asks request requests sought seeks wants want reports false untrue".split()
)


def _lengthens(s: Sentence, end: int) -> bool:
    """Somebody does lengthen it, and does not only ask to, or refuse."""
    front = s.words[:end]
    return (
        not _LENGTHENS.isdisjoint(front) and _REFUSES.isdisjoint(front) and not {"false", "untrue"} & set(s.words[end:])
    )


def _range_start(s: Sentence, to_at: int) -> bool:
    """“from 1 June to 15 June”: the second day closes a stretch."""
    return s.word(to_at - 1) == DATE and s.word(to_at - 2) in ("from", "between", "open", "runs", "run", "for")


# What kind of deadline each mood makes before a limit, and how plainly.
_BINDING = {
    "must": ("must", 0.95),
    "give": ("must", 0.9),
    "may": ("may", 0.9),
    "will": ("must", 0.85),
    "schedule": ("must", 0.85),
    "to": ("must", 0.85),
}
_WHOEVER = frozenset({"who", "which", "that", "those", "if", "unless"})
_CONDITIONS = frozenset({"if", "unless", "should", "failing", "where", "without"})
_LASTING = frozenset({"until", "till", "before", "beyond", "past"})


_HOLDING = frozenset(
    "halted suspended closed barred banned frozen blocked stopped shut put paused postponed delayed extended adjourned deferred kept held prolonged renewed granted".split()
)


def _limited(s: Sentence, at: int, how: Lead, mood: Mood) -> Verdict:
    if speaks_of_figures(s, mood, at) or is_occasion(s, mood, at):
        return NO
    if _awaited(s, at) or _asked(s, mood):
        return NO
    not_so = negated(s, mood, at)
    opener = s.word(how.at)
    conditional = not _CONDITIONS.isdisjoint(s.words[:at])
    if not_so and opener in ("before", "ahead", "prior") and not (conditional and mood.kind == "past"):
        if forbidden(s, mood, how.at):
            return Verdict(True, "begins", 0.7, f"{s.word(mood.at)} not … {opener}")
        return NO  # “not before 5 May” says when it may begin, not by when
    if not_so and opener not in _LASTING and not conditional and mood.kind not in ("must", "past"):
        return NO
    if not_so and mood.kind == "must" and s.word(mood.at - 1) in ("not", "n't") and opener == "by":
        return NO
    if _no_need(s, at) or any(pair == ("even", "if") for pair in pairwise(s.words[:at])):
        return NO
    event = event_kind(s, mood, at)
    why = f"{s.word(mood.at)} … {opener}"
    if mood.kind in _BINDING:
        kind, confidence = _BINDING[mood.kind]
        return Verdict(True, event or kind, confidence, why)
    if mood.kind == "past":
        if opener in ("no", "not") and not {"must", "shall"}.isdisjoint(s.words[:at]):
            return Verdict(True, event or "must", 0.75, why)  # “must tell how the talks have ended no later than …”
        failed = not {"failed", "fails"}.isdisjoint(s.words[:at]) and not _CONDITIONS.isdisjoint(s.words[:at])
        if failed or (not_so and not _WHOEVER.isdisjoint(s.words[:at])):
            return Verdict(True, event or "must", 0.7, why)  # “members who have not paid by …”
        # “was halted until Monday” holds on; “carried the gas until September” is over.
        holds = (
            s.dates[at].granularity == "day"
            or s.word(mood.at) in _HOLDING
            or {"has", "have"} & set(s.words[max(0, mood.at - 3) : mood.at])
        )
        lasting = (opener in ("until", "till", "through", "up") and holds) or how.at == at
        return Verdict(True, event or "ends", 0.65, why) if lasting else NO
    return Verdict(True, event or "must", 0.6, opener)


def _awaited(s: Sentence, at: int) -> bool:
    """“will wait for the court until May”; a “waiting berth” waits for nothing."""
    return any(
        word in ("wait", "waits") or (word == "waiting" and s.word(k + 1) in ("for", "until", "till", DATE))
        for k, word in enumerate(s.words[max(0, at - 6) : at], start=max(0, at - 6))
    )


_ASKING = frozenset("told know knows unclear say says ask asked asks question unsure doubt".split())


def _asked(s: Sentence, mood: Mood) -> bool:
    """“nobody had been told who would pay by Christmas” asks; it sets no day."""
    if mood.kind != "must" and "whether" in s.words[max(0, mood.at - 5) : mood.at]:
        return True
    asks = s.word(mood.at - 1) in ("who", "whether", "what", "how") or s.word(mood.at - 2) in ("whether", "how", "what")
    return asks and not _ASKING.isdisjoint(s.words[max(0, mood.at - 8) : mood.at])


_NO_NEED = frozenset({("no", "deadline"), ("no", "need"), ("no", "obligation"), ("no", "plans"), ("no", "longer"), ("not", "have"),
                      ("not", "need"), ("needn't", "be")})  # fmt: skip


def _no_need(s: Sentence, at: int) -> bool:
    # “no longer has until June but must pay by May”: what stands before the last “but” is another matter.
    start = max((k for k, word in enumerate(s.words[:at]) if word in ("but", ";")), default=0)
    return any(
        pair in _NO_NEED and (pair != ("not", "have") or s.word(k + 2) == "to")
        for k, pair in enumerate(pairwise(s.words[start:at]), start=start)
    )


_SET_FOR = frozenset(
    "set scheduled fixed planned due called slated convened billed listed down rescheduled rebooked earmarked booked timed".split()
)


_OPEN = frozenset("open available offer sale valid force effective free closed shut banned barred allowed".split())


def _is_open(s: Sentence, from_at: int) -> bool:
    """“tests are on offer from 1 July”."""
    return any(
        word in _OPEN and not {"is", "are"}.isdisjoint(s.words[max(0, k - 3) : k])
        for k, word in enumerate(s.words[max(0, from_at - 4) : from_at], start=max(0, from_at - 4))
    )


def _called_in(s: Sentence, for_at: int) -> bool:
    """“has called both sides in for Tuesday”."""
    return not {"called", "summoned", "invited", "convened"}.isdisjoint(s.words[max(0, for_at - 6) : for_at])


def _plain(s: Sentence, at: int, how: Lead, mood: Mood, published: date | None) -> Verdict:
    """“on”, “from”, “in”, “as of” or nothing before the day: something must happen to it that counts."""
    if how.kind == "on" and s.dates[at].granularity == "day" and if_missing(s, at):
        return Verdict(True, "must", 0.75, "if missing on")
    if mood.kind == "none" and how.kind == "opener" and s.word(how.at) in ("effective", "starting", "beginning"):
        return Verdict(True, "begins", 0.7, s.word(how.at))
    if mood.kind == "none" and s.word(how.at - 1) in ("is", "are"):
        # “The hearing is on Tuesday”, “tests are free from 1 July”.
        kind = event_kind(s, mood, at) if how.kind == "on" and s.dates[at].granularity == "day" else None
        if how.kind == "on" and kind and how.at > 2 and not is_ordinary(s, mood, at):
            return Verdict(True, kind, 0.7, "is on")
    if mood.kind == "none" and s.word(how.at) == "from" and _is_open(s, how.at):
        return Verdict(True, "begins", 0.65, "from")
    if (
        is_natural(s, mood)
        or not USUALLY.isdisjoint(_clause(s, at))
        or (s.dates[at].form == "season alone" and "in" in s.words[max(0, at - 2) : at])
    ):
        return NO
    if (
        s.dates[at].granularity != "day"
        and how.kind == "none"
        and ("being" in s.words[:at] or is_ordinary(s, mood, at))
    ):
        return NO
    starts = mood.kind == "may" and s.word(mood.at + 1) in ("begin", "start", "resume", "open", "reopen", "proceed")
    if mood.kind in ("past", "give") and how.kind == "opener" and _announced(s, at, how, mood, published):
        return Verdict(True, event_kind(s, mood, at) or "begins", 0.65, f"{s.word(mood.at)} … {s.word(how.at)}")
    if mood.kind in ("past", "none", "may") and not (mood.kind == "may" and (how.kind == "opener" or starts)):
        return NO
    exact = (s.dates[at].granularity == "day" or s.dates[at].form == "beginning of") and mood.kind == "schedule"
    if (speaks_of_figures(s, mood, at) and not exact) or is_occasion(s, mood, at):
        return NO
    if how.kind == "to" and mood.kind not in ("give", "must", "schedule"):
        return NO
    if how.kind == "for" and s.word(how.at - 1) not in _SET_FOR and not _called_in(s, how.at):
        return NO
    if due_day(s, at, how) == published and (mood.kind in ("schedule", "give") or how.kind == "on"):
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
    if kind is None and mood.kind == "may" and how.kind == "opener":
        kind = "may"  # “can claim the aid from 1 October”
    if kind is None:
        after_that = s.dates[at].form in ("after that", "later", "tomorrow", "the day after tomorrow")
        told = (
            s.dates[at].granularity == "day"
            and (
                how.kind in ("on", "opener")
                or (how.kind == "for" and (s.word(how.at - 1) in _SET_FOR or _called_in(s, how.at)))
                or after_that
            )
            and (
                mood.kind in ("will", "schedule", "to")
                or (mood.kind == "give" and (how.kind == "for" or _are_from(s, how, mood)))
            )
        )
        if not told or is_ordinary(s, mood, at):
            return NO
        return Verdict(True, "begins", 0.6, f"{s.word(mood.at)} … {s.word(how.at)}")
    if how.kind == "opener" and s.word(how.at) in ("after", "since", "between", "of"):
        return NO
    confidence = {"must": 0.9, "schedule": 0.85, "will": 0.8, "to": 0.8, "give": 0.7, "may": 0.7}[mood.kind]
    return Verdict(True, kind, confidence, f"{s.word(mood.at)} … {s.word(how.at)}")


def _clause(s: Sentence, at: int) -> list[str]:
    """The words before ``at``, from the last colon or semicolon on."""
    start = max((k + 1 for k, word in enumerate(s.words[:at]) if word in (":", ";")), default=0)
    return s.words[start:at]


def _announced(s: Sentence, at: int, how: Lead, mood: Mood, published: date | None) -> bool:
    """“announced a strike from Monday”, “gave notice of a stoppage from 29 April”."""
    found = s.dates[at]
    ahead = published is not None and found.first is not None and found.first > published
    return (
        ahead
        and found.granularity == "day"
        and s.word(how.at) in ("from", "starting", "beginning", "effective")
        and (s.word(mood.at) in ("announced", "declared", "imposed", "gave") or "notice" in s.words[mood.at : how.at])
    )


def _are_from(s: Sentence, how: Lead, mood: Mood) -> bool:
    """“From Monday, heavy lorries are barred”."""
    return s.word(how.at) == "from" and s.word(mood.at - 1) in ("is", "are")
