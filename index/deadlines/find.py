"""Finds the deadlines of a text: reads its dates, judges each in its sentence, keeps the plain ones.

Owns the order of the steps and nothing else. Two readers of the same text get the same answer, so a
stored result is only redone when ``GRAMMAR_VERSION`` changes.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

from index.dates import FoundDate, Order, bounds, find_dates, sentence_starts
from index.dates.almanac import add
from index.dates.recur import next_time
from index.deadlines import moves as moving
from index.deadlines.anchors import event_day, lead_day
from index.deadlines.counted import waits
from index.deadlines.found import FoundDeadline, Verdict
from index.deadlines.judge import due_day, judge
from index.deadlines.lasting import end_of_stretch
from index.deadlines.lead import Lead
from index.deadlines.mood import Mood
from index.deadlines.moves import Moves, read_moves
from index.deadlines.phrases import what_is_due, who_must
from index.deadlines.sentence import DATE, Sentence, sentence
from index.deadlines.wrapping import wrapped


def find_deadlines(
    text: str,
    published: date | None,
    dates: Sequence[FoundDate] | None = None,
    *,
    sentences: Sequence[tuple[int, int]] | None = None,
    hoped: bool = False,
    order: Order | None = None,
) -> list[FoundDeadline]:
    """The deadlines that ``text`` tells, left to right.

    ``published`` is the text's day; None where it is unknown, and then only dates that name their
    year count. ``dates`` are what ``find_dates`` found in the same text, ``sentences`` its sentences
    as ``(start, end)``; both are worked out where they are not given. With ``hoped`` the days come too
    that the parties only aim at (“want the text to be signed early next year”), of that kind.
    """
    return [
        deadline
        for _, deadline in mark(text, published, dates, sentences=sentences, hoped=hoped, order=order)
        if deadline
    ]


# Characters; a longer “sentence” is a table or rubbish and is judged in pieces, so that the time stays linear.
_LONGEST_SENTENCE = 1200


def mark(
    text: str,
    published: date | None,
    dates: Sequence[FoundDate] | None = None,
    *,
    sentences: Sequence[tuple[int, int]] | None = None,
    hoped: bool = False,
    order: Order | None = None,
) -> list[tuple[FoundDate, FoundDeadline | None]]:
    """Every date of the text with its deadline, if it is one; then the date's ``last`` is the due day."""
    if isinstance(published, datetime):
        published = published.date()
    starts = [start for start, _ in sentences] if sentences else sentence_starts(text)
    if sentences and starts[0] != 0:
        starts = [0, *starts]
    found = list(dates) if dates is not None else find_dates(text, published, starts=starts, order=order)
    spread = _spread(text, found, starts)
    _resolve_events(found, spread, published)
    told: dict[int, FoundDeadline] = {}
    _link_counts(spread)
    for s in spread:
        told |= {deadline.start: deadline for deadline in _of_sentence(s, published, hoped)}
    marked: list[tuple[FoundDate, FoundDeadline | None]] = []
    for each in found:
        deadline = told.get(each.start)
        marked.append((_as_due(each, deadline.due) if deadline else each, deadline))
    return marked


def _as_due(found: FoundDate, due: date) -> FoundDate:
    return replace(found, first=min(found.first or due, due), last=due)


def _spread(text: str, found: Sequence[FoundDate], starts: list[int]) -> list[Sentence]:
    """The sentences that hold a date, each with its own."""
    by_stretch: dict[tuple[int, int], list[FoundDate]] = {}
    for each in found:
        if each.granularity == "vague":
            continue  # “now” and “recently” are words like any other here
        start, end = bounds(starts, text, each.start)
        if end - start > _LONGEST_SENTENCE:
            start += (each.start - start) // _LONGEST_SENTENCE * _LONGEST_SENTENCE
            end = min(end, start + _LONGEST_SENTENCE)
        by_stretch.setdefault((start, end), []).append(each)
    return [sentence(text, start, max(end, dates[-1].end), dates) for (start, end), dates in by_stretch.items()]


def _resolve_events(found: list[FoundDate], spread: list[Sentence], published: date | None) -> None:
    """Works out “30 days after the licence takes effect” where the text tells the event's day elsewhere."""
    resolved: date | None = None  # where the expression before this one was counted from an event
    for s in spread:
        for at, each in s.dates.items():
            if each.offset is None or each.first is not None:
                if resolved and each.form in ("after that", "later") and each.amount:
                    landed = add(resolved, *each.amount)
                    _put(found, s, at, replace(each, first=landed, last=landed, limit=landed))
                resolved = None
                continue
            day = _apposed(s, at) or event_day(each.offset.event, spread, each)
            day = day or lead_day(each.offset.event, spread, s, published)
            if day is None:
                continue
            landed = add(day, each.offset.sign * each.offset.amount, each.offset.unit)
            first = day if each.offset.within else landed
            reading = f"{' '.join(each.text.split())} → {landed.isoformat()}, from the event's day, {day.isoformat()}"
            known = replace(each, first=min(first, landed), last=landed, limit=landed, reading=reading)
            _put(found, s, at, known)
            resolved = landed


def _apposed(s: Sentence, at: int) -> date | None:
    """“six months from the date of issue, 20 September”, “within two months of the ruling, which was given on 3 May”."""
    if s.word(at + 1) != ",":
        return None
    place = next((k for k in range(at + 2, at + 7) if s.word(k) == DATE), None)
    told = place is not None and (
        place == at + 2 or (s.word(at + 2) == "which" and s.word(at + 3) in ("was", "were", "is"))
    )
    beside = s.dates[place] if told and place is not None else None
    apposed = beside and beside.granularity == "day" and beside.form not in ("later", "after that")
    return beside.last if apposed and beside else None


def _put(found: list[FoundDate], s: Sentence, at: int, known: FoundDate) -> None:
    found[next(k for k, other in enumerate(found) if other is s.dates[at])] = known
    s.dates[at] = known


def _of_sentence(s: Sentence, published: date | None, hoped: bool) -> list[FoundDeadline]:
    moves = read_moves(s)
    out: list[FoundDeadline] = []
    old_date = _old_date(s, moves, published)
    old = (old_date.limit or old_date.last) if old_date else None
    said = _says_moved(s, moves)
    rule = next((found.rule for at, found in s.dates.items() if found.rule and not _describes(s, at)), None)
    for at, found in s.dates.items():
        if at in moves.old or _dateline(s, at, published) or (rule and not found.rule and _starting(s, at)):
            continue
        verdict, how, mood = judge(s, at, published)
        due = due_day(s, at, how)
        if found.granularity == "duration" and found.limit is None:
            due = _given_until(s, at, published) if verdict.binds else end_of_stretch(s, at, published)
            if due and not verdict.binds and (published is None or due >= published):
                verdict = replace(verdict, binds=True, kind="ends", confidence=0.7, why="lasts")
        if found.rule:
            first = _first_time(s, at, found.rule)
            due = first or due
            if first and not verdict.binds and mood.kind in _STILL and wrapped(s, mood, at) is None:
                verdict = replace(verdict, binds=True, kind="must", confidence=0.7, why="repeated from a day on")
        if found.offset and found.first is None and found.offset.sign < 0 and waits(s, at, bare=True) and published:
            due = add(published, found.offset.amount, found.offset.unit)
            verdict = Verdict(True, "begins", 0.75, "wait")
        due = _apposed_day(s, at) or due
        moved = at in moves.new
        if moved and not moving.only_asked(s, at) and mood.kind not in ("hope", "rumour"):
            if found.amount and (old is None or len(moves.new) > 1) and due is None:
                continue  # “by three months”: of what, another date of the sentence says
            due = _moved_day(found, old) or due
            if due and (published is None or due >= published) and not verdict.binds:
                verdict = replace(verdict, binds=True, kind="ends", confidence=0.85, why="moved to")
        if due is None or not (verdict.binds or (hoped and verdict.kind == "hoped")):
            continue
        before = (old_date or _counted_back(s, due)) if said else None
        out.append(_deadline(s, at, how, mood, verdict, due, rule, before, said))
    return _finest(s, out)


def _finest(s: Sentence, found: list[FoundDeadline]) -> list[FoundDeadline]:
    """“ends this month, on the 29th” is one deadline: the wider span right before a day inside it is dropped.

    So is the day from which a stretch is counted (“has a month to respond, from 21 March”).
    """
    kept = []
    for k, each in enumerate(found):
        following = found[k + 1] if k + 1 < len(found) else None
        wider = following and each.found.granularity not in ("day", "duration") and following.found.granularity == "day"
        inside = wider and following and each.found.first and each.found.first <= following.due <= each.due
        if inside and following and following.start - each.end <= 12:
            continue
        if each.found.form == "duration" and any(
            other is not each
            and other.start > each.start
            and abs((other.due - each.due).days) <= 4
            and other.found.granularity == "day"
            for other in found
        ):
            continue  # “30 days to pay, which gives it until 18 March”
        counted = any(other.found.form.startswith("duration") and other.start < each.start for other in found)
        if counted and s.text[: each.start].rstrip().lower().endswith((" from", " after", " of")):
            continue
        kept.append(each)
    return kept


def _apposed_day(s: Sentence, at: int) -> date | None:
    """“from Friday fortnight, the 28th”, “by mid-April, the 15th”: the number says it exactly."""
    beside = s.dates.get(at + 2)
    told = beside and s.word(at + 1) == "," and beside.form == "the number alone"
    return (
        beside.last if told and beside and s.dates[at].granularity != "duration" and s.word(at + 3) in _CLOSES else None
    )


_CLOSES = frozenset({",", ".", ";", "--", ":", "", "(", ")"})


def _dateline(s: Sentence, at: int, published: date | None) -> bool:
    """“BRUSSELS, May 13 (Agency) - …”: the day on which it was written."""
    day = s.dates[at].last
    return (
        at <= _DATELINE
        and day is not None
        and (published is None or abs((published - day).days) <= 1)
        and s.word(at - 1) in (",", "", "--", "-")
        and s.word(at + 1) in ("(", "--", "-", ":")
    )


_DATELINE = 8  # words


def _link_counts(spread: list[Sentence]) -> None:
    """“The file opens on Monday; the board then has 40 days”: tells each sentence the day told before it."""
    for before, s in pairwise(spread):
        if 0 <= s.start - before.end <= 2:
            s.before = before


def _starting(s: Sentence, at: int) -> bool:
    """“…, beginning in November”: the day from which something is repeated."""
    return any(
        word in ("from", "starting", "beginning", "commencing", "start", "begin")
        for word in s.words[max(0, at - 3) : at]
    )


_STILL = frozenset({"must", "give", "will", "schedule", "to", "may", "none", "past"})


def _describes(s: Sentence, at: int) -> bool:
    """“its monthly bill”: an adjective, which says nothing of when this one falls due."""
    return s.dates[at].form == "adverb" and s.word(at + 1).isalpha() and s.word(at + 1) not in _BESIDE


_BESIDE = frozenset("from by on at in starting beginning until to and or with for as".split())


def _first_time(s: Sentence, at: int, rule: str) -> date | None:
    """The first of the repeated days, from the start that the sentence tells; None where it tells none."""
    for place, other in s.dates.items():
        if place != at and other.first and _starting(s, place):
            if other.granularity == "day" and "INTERVAL" in rule:
                return other.first  # the count starts with it
            return next_time(rule, other.first) or other.first
    return None


def _old_date(s: Sentence, moves: Moves, published: date | None) -> FoundDate | None:
    """The date that no longer holds; in “put back by six weeks from 30 August” it stands inside the new one."""
    told = [s.dates[at] for at in sorted(moves.old) if s.dates[at].last]
    if told or not moves.moving:
        return told[0] if told else None
    for found in s.dates.values():
        counted = found.form == "after" and " from " in found.text
        inner = find_dates(found.text.split(" from ", 1)[1], published) if counted else []
        if inner and inner[0].last:
            return inner[0]
    return None


def _counted_back(s: Sentence, due: date) -> FoundDate | None:
    """“…, three months later than first agreed” tells the day that held before ``due``."""
    for at, found in s.dates.items():
        if found.amount and s.word(at + 1) in ("later", "earlier") and s.word(at + 2) == "than":
            sign = -1 if s.word(at + 1) == "later" else 1
            day = add(due, sign * found.amount[0], found.amount[1])
            return replace(found, first=day, last=day, limit=None, granularity="day")
    return None


_NOW = frozenset({"now", "instead", "rescheduled"})


def _says_moved(s: Sentence, moves: Moves) -> bool:
    """A cue that a day is another than before, even where the old one is not told."""
    pairs = list(zip(s.words, s.words[1:], strict=False))
    later = any(
        pair in (("later", "than"), ("earlier", "than"), ("after", "all"), ("longer", "than"))
        and s.word(k - 1) not in ("no", "not")
        for k, pair in enumerate(pairs)
    )
    return bool(moves.new or moves.old or moves.moving or later or _NOW & set(s.words))


def _moved_day(found: FoundDate, old: date | None) -> date | None:
    """“extended by two weeks”: so long after the old day, where the sentence tells it."""
    return None if found.granularity != "duration" or found.first else old and _after(found, old)


def _given_until(s: Sentence, at: int, published: date | None) -> date | None:
    """“has two weeks to reply”: from the day that the same sentence tells for the giving, else from publication."""
    base = published
    front = s.words[max(0, at - 8) : at]
    if not _AFTERWARDS.isdisjoint(front) or ("after" in front and "which" in front):
        return _after_then(s, at)
    for place, found in s.dates.items():
        told = found.granularity == "day" and found.last is not None
        from_it = s.word(place - 1) in ("from", "after", "of", "since") or s.words[place - 2 : place] == [
            "counted",
            "from",
        ]
        given = place < at and found.tense == "past"
        if told and found.last and (from_it or given) and (given or from_it):
            base = found.last
    return _after(s.dates[at], base) if base else None


_AFTERWARDS = frozenset({"then", "thereafter", "whereupon", "afterwards"})


def _after_then(s: Sentence, at: int) -> date | None:
    """“… will then have eight weeks”: from the day told last before it, in this sentence or the one before."""
    front = [found for place, found in s.dates.items() if place < at]
    told = [*(s.before.dates.values() if s.before and not front else ()), *front]
    days = [found.last for found in told if found.granularity == "day" and found.last and found.tense != "past"]
    return _after(s.dates[at], days[-1]) if days else None


def _after(found: FoundDate, old: date) -> date | None:
    return add(old, found.amount[0], found.amount[1]) if found.amount else None


def _deadline(
    s: Sentence,
    at: int,
    how: Lead,
    mood: Mood,
    verdict: Verdict,
    due: date,
    rule: str | None,
    old: FoundDate | None,
    moves: bool,
) -> FoundDeadline:
    found = s.dates[at]
    if old is found or (old and (old.limit or old.last) == due):
        old = None
    return FoundDeadline(
        found=_as_due(found, due),
        due=due,
        kind=verdict.kind,
        what=what_is_due(s, at, how, mood),
        who=who_must(s, mood, at),
        start=found.start,
        end=found.end,
        sentence_start=s.start,
        sentence_end=s.end,
        confidence=verdict.confidence,
        rule=found.rule or rule,
        moved_from=(old.limit or old.last) if old else None,
        moved_span=(old.first, old.last) if old and old.first and old.last else None,
        moves=moves,
        time=found.time.words if found.time else None,
    )
