"""Finds in a text the sentences that say what has happened to a deal. Owns the order of the steps.

Reads one text; whose deal it is (``about``) and what holds in the end (``course``) is judged when
somebody asks. Two readers of the same text get the same answer, so what is stored is only redone when
``STAGE_GRAMMAR`` changes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from index.dates import find_dates
from index.split import Span, sentences
from index.stages.about import is_elsewhere
from index.stages.beside import is_beside
from index.stages.form import Form
from index.stages.forms import FORMS, OPENINGS
from index.stages.found import ASIDE, BACKGROUND, PLAIN, RUMOUR, STAGES, Sighting
from index.stages.mood import judge
from index.stages.words import HEAD_TALKS, plain

STAGE_GRAMMAR = 8  # raise it when a text may be read otherwise than before

_SHORTEST = 4  # words; a sentence of fewer is a headline or a cry
_ENDS = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
# When one sentence says several things plainly, the one that came last in the life of a deal holds.
_RANK = {stage: number for number, stage in enumerate(STAGES)}
_NOT_OF_TALKS = frozenset({"in force", "signed", "agreed in principle"})  # “negotiations on the treaty began”
_LONG_SINCE = 60  # days; what happened earlier than that is told as background


class _Reading(NamedTuple):
    """One thing that a sentence says; ``at``: where its verb stands in the sentence."""

    sighting: Sighting
    at: int
    again: bool


def find_sightings(text: str, published: date | None, title: str = "") -> list[Sighting]:
    """At most one for each sentence, in order. ``published`` is the article's day."""
    found: list[Sighting] = []
    spans = sentences(text)
    for position, span in enumerate(spans):
        words = text[span.start : span.end]
        low = plain(words)
        if not _ENDS.search(words) or len(low.split()) < _SHORTEST:
            continue
        read = list(_read(low, published))
        if read:
            found.append(_best(read, text, span, position, published))
    return [replace(each, elsewhere=_elsewhere(each, text, title, spans)) for each in found]


def _elsewhere(sighting: Sighting, text: str, title: str, spans: Sequence[Span]) -> bool:
    others = [text[span.start : span.end] for span in spans if span.start != sighting.start]
    return is_elsewhere(sighting.cue, text[sighting.start : sighting.end], title, others)


def _read(low: str, published: date | None) -> Iterator[_Reading]:
    year = published.year if published else None
    held = {word for word in OPENINGS if word in low}
    for form in FORMS:
        if form.opens is not None and held.isdisjoint(form.opens):
            continue
        for match in _matches(form, low):
            of_talks = HEAD_TALKS.search(low, 0, match.start())
            if of_talks and form.stage in _NOT_OF_TALKS:
                continue
            begin = of_talks.start() if of_talks else match.start()
            at = match.start("v")
            weight = judge(low, at, match.end(), form=form, year=year)
            if weight is None:
                continue
            yield _Reading(
                Sighting(
                    form.stage,
                    begin,
                    match.end(),
                    weight,
                    low[at : match.end()],
                    None,
                    0,
                    form.soft,
                    form.turns_back,
                ),
                at,
                form.again,
            )
            break


def _matches(form: Form, low: str) -> Iterator[re.Match[str]]:
    """In order; behind one that speaks of something else, the next may begin within it."""
    at = 0
    while match := form.pattern.search(low, at):
        beside = is_beside(low, match, form)
        if not beside:
            yield match
        at = match.start() + 1 if beside else match.end()


def _best(read: list[_Reading], text: str, span: Span, position: int, published: date | None) -> Sighting:
    # “collapsed on Friday, but resumed on Monday”: only behind another turn does such a form match.
    undone = [each for each in read if each.again and each.sighting.weight > RUMOUR]
    sighting, at, _ = max(undone or read, key=lambda each: _rank(each.sighting))
    waits = [each for each in read if each.sighting.stage == "awaiting approval" and each.sighting.weight >= ASIDE]
    settled = any(
        each.sighting.stage in ("signed", "agreed in principle") and each.sighting.weight == PLAIN for each in read
    )
    if waits and settled and sighting.stage in ("signed", "agreed in principle", "awaiting approval"):
        # “signed the text, which now needs the cabinet's consent”
        sighting, at = replace(waits[0].sighting, weight=PLAIN, turns_back=True), waits[0].at
    day, weight = published, sighting.weight
    if published and weight > RUMOUR:
        day = _day(text, span, span.start + at, published)
        if (published - day).days > _LONG_SINCE and weight == PLAIN:
            weight = BACKGROUND
    return Sighting(
        stage=sighting.stage,
        start=span.start,
        end=span.end,
        weight=weight,
        cue=text[span.start + sighting.start : span.start + sighting.end],
        day=day,
        position=position,
        soft=sighting.soft,
        turns_back=sighting.turns_back,
    )


def _rank(sighting: Sighting) -> tuple[int, bool, int]:
    return sighting.weight, not sighting.soft, _RANK[sighting.stage]


def _day(text: str, span: Span, verb: int, published: date) -> date:
    """The day nearest behind the verb that is not ahead; else the article's own."""
    near = [
        each
        for each in find_dates(text[span.start : span.end], published)
        if each.granularity == "day" and each.last and each.last <= published
    ]
    if not near:
        return published
    best = min(near, key=lambda each: abs(span.start + each.start - verb))
    return best.last or published
