"""“What changed this week?”, “what's new since monday?”: answered from the timelines, not from one sentence.

Owns which questions ask for that, the days they mean, and which events answer. An event counts by the day on which it
was told: what happened before and is told now is new to whoever asks. Every citation is an event's own sentence.
"""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from index.answer.considered import Considered
from index.answer.dates import written
from index.answer.decide import AT_LEAST, THRESHOLD
from index.dates import GRAMMAR_VERSION, find_dates
from index.library import Library
from index.models import Answer, Citation, Scope
from index.status import status
from index.store import deals as deal_store
from index.store.articles import read_state
from index.store.deals import Deal
from index.terms import terms
from index.timeline import Event, label

CITED = 6
DEALS = 8  # whose timelines are read where no deal is named
KIND = "what changed"
# How often the stage on a day is right on deals that no rule was made on (docs/quality.md): an answer that lists what
# happened is no surer than that.
CONFIDENCE = 0.75

_ASKS = re.compile(
    r"(?:(?:so|and|ok|okay|hey|hi)[, ]+)*"
    r"(?:what(?:'s| is| has| have|s)?(?: been| there)?|anything|did anything|has anything|is there anything|was there anything)"
    r"(?: that)? (?:new|changed?|happened|happen(?:ing|s)?|moved?|going on|different)\b"
    r"(?P<rest>.*)$"
)
_SINCE = re.compile(r"\b(?:since|from|after)\b (?P<day>.+?)(?= (?:in|with|about|for)\b|$)")
_LAST = re.compile(
    r"\b(?:in|over|during|for)?\s*(?:the )?(?:last|past|previous) (?P<n>\d{1,3}|few|couple of|two|three|four|five|six|seven)? ?(?P<unit>day|week|month)s?\b"
)
_NAMED = re.compile(r"\b(?P<name>(?:so far )?(?:this|last) (?:week|month)|today|yesterday|lately|recently)\b")
_ABOUT = re.compile(r"^\s*(?:in|with|on|about|for|to|at|around)\b (?:the )?(?P<about>.*?)\s*$")
_WORDS = {"few": 3, "couple of": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_DAYS = {"day": 1, "week": 7, "month": 30}


@dataclass(frozen=True, slots=True)
class Period:
    first: date
    last: date
    about: str  # the words that name a matter; "" where none are


def asked_period(question: str, today: date) -> Period | None:
    """None where something else is asked. “What's new?” alone means the last seven days."""
    plain = " ".join(question.lower().replace("’", "'").split()).rstrip(" ?!.")
    asks = _ASKS.fullmatch(plain)
    if asks is None:
        return None
    rest = asks["rest"].strip()
    first, last, words = _period(rest, today)
    about = _ABOUT.fullmatch(words)
    if words and about is None:
        return None  # “what's new about it is …”: more than this can read
    if first is None:
        if rest and about is None:
            return None
        first = today - timedelta(days=7)
        if re.match(r"(?:what(?:'s| is| has|s)?) (?:happen|going|moved?\b)", plain) and not words:
            return None  # “what happened?” leans on something that was said before
        if words:
            return None  # “what changed in the terms?” asks for a sentence
    return Period(first, last, about["about"] if about else "")


def _period(rest: str, today: date) -> tuple[date | None, date, str]:
    """First and last day, and the words that are left."""
    if found := _LAST.search(rest):
        number = found["n"] or "1"
        days = int(number) if number.isdecimal() else _WORDS[number]
        if found["n"] is None and found["unit"] != "day" and "last" in found.group():
            return (*_named(f"last {found['unit']}", today), _without(rest, found))
        return today - timedelta(days=days * _DAYS[found["unit"]]), today, _without(rest, found)
    if found := _NAMED.search(rest):
        return (*_named(found["name"].removeprefix("so far "), today), _without(rest, found))
    if found := _SINCE.search(rest):
        named = [each.first for each in find_dates(_capital(found["day"]), today) if each.first]
        if len(named) == 1:
            begun = named[0]
            while begun > today:  # a weekday or a month that the grammar sees ahead
                begun -= timedelta(days=7 if (begun - today).days < 8 else 365)
            return begun, today, _without(rest, found)
    return None, today, rest


def _named(name: str, today: date) -> tuple[date, date]:
    monday = today - timedelta(days=today.weekday())
    if name == "today":
        return today, today
    if name == "yesterday":
        return today - timedelta(days=1), today - timedelta(days=1)
    if name == "this week":
        return monday, today
    if name == "last week":
        return monday - timedelta(days=7), monday - timedelta(days=1)
    if name == "this month":
        return today.replace(day=1), today
    if name == "last month":
        ended = today.replace(day=1) - timedelta(days=1)
        return ended.replace(day=1), ended
    return today - timedelta(days=14), today  # lately, recently


def _capital(words: str) -> str:
    """“monday” as the grammar of news knows it."""
    return " ".join(each.capitalize() if each.isalpha() and len(each) > 2 and each not in {"the", "last", "end"} else each for each in words.split())  # fmt: skip


def _without(rest: str, found: re.Match[str]) -> str:
    return " ".join(f"{rest[: found.start()]} {rest[found.end() :]}".split())


async def what_changed(library: Library, question: str, period: Period, scope: Scope, today: date) -> Considered | None:
    """None where the words name a matter that is no deal: then it is a question like any other."""
    began = time.perf_counter()
    async with library.database.read() as connection:
        generation = (await read_state(connection)).generation
        known = await deal_store.list_deals(connection, scope.server_id)
        if scope.server_id is not None:
            known += await deal_store.list_deals(connection, None)
    deals: Sequence[Deal | None]
    if scope.deal_id is not None:
        deals = [each for each in known if each.id == scope.deal_id]
    elif period.about and period.about not in {"it", "this", "deal", "here", "the deal"}:
        deals = _meant(period.about, known)
        if not deals:
            return None
    else:
        deals = known[:DEALS] or [None]
    events: list[tuple[Event, str]] = []
    latest: Event | None = None
    until = min(today, scope.as_of) if scope.as_of else None
    for each in deals:
        told = await status(library, each, scope.model_copy(update={"as_of": until}), today)
        name = each.name if each is not None and len(deals) > 1 else ""
        for event in told.status.timeline:
            day = event.told or event.day
            if day is not None and period.first <= day <= period.last:
                events.append((event, name))
            elif day is not None and day < period.first:
                latest = event if latest is None or day >= (latest.told or date.min) else latest
    answer = _answer(question, scope.as_of, _each_once(events), latest)
    answer = answer.model_copy(update={"took_ms": round(1000 * (time.perf_counter() - began), 1)})
    return Considered(
        answer=answer,
        kind=KIND,
        weighed=(),
        falls_short="" if answer.answered else f"It was told before {written(period.first, period.first)}; nothing is newer." if latest else "",
        threshold=THRESHOLD,
        at_least=AT_LEAST,
        model=library.embedding_model,
        generation=generation,
        grammar=GRAMMAR_VERSION,
    )  # fmt: skip


def _meant(about: str, known: Sequence[Deal]) -> list[Deal]:
    """The deals whose name or description holds all of the words."""
    wanted = set(terms(about))
    return [each for each in known if wanted and wanted <= set(terms(f"{each.name} {each.about}"))]


def _each_once(events: Sequence[tuple[Event, str]]) -> list[tuple[Event, str]]:
    """What sets a stage or moves a deadline first, then the newest; a sentence once, whatever it is an event of."""
    ranks = {"stage": 0, "moved": 1, "deadline": 2, "report": 3}
    ordered = sorted(events, key=lambda each: (ranks[each[0].kind], -(each[0].told or date.min).toordinal()))
    found: dict[tuple[str, int], tuple[Event, str]] = {}
    for each in ordered:
        found.setdefault((each[0].citation.article_id, each[0].citation.start), each)
    return list(found.values())


def _answer(question: str, as_of: date | None, events: Sequence[tuple[Event, str]], latest: Event | None) -> Answer:
    """``latest``: the newest event before the period, shown where there is none in it."""
    cited: list[Citation] = [each.citation for each, _ in events[:CITED]]
    if not cited:
        nearest = (latest.citation,) if latest else ()
        return Answer(question=question, as_of=as_of, answered=False, answer="", confidence=0.0, citations=nearest)
    return Answer(
        question=question,
        as_of=as_of,
        answered=True,
        answer=_short(events),
        confidence=CONFIDENCE,
        citations=tuple(cited),
    )


def _short(events: Sequence[tuple[Event, str]]) -> str:
    """“in talks → signed; deadline moved from … to …; 2 more reports”."""
    told = [
        f"{name}: {said}" if name else said
        for event, name in events
        if (said := label(event)) and event.kind != "report"
    ]
    shown = list(dict.fromkeys(told))[:4]
    more = len(events) - len(shown)
    rest = f"{more} more" if shown else f"{more} report{'s' if more != 1 else ''}"
    return "; ".join([*shown, *([rest] if more else [])])
