"""Finds in a text the sentences that say what has happened to a deal. Owns the order of the steps.

Reads one text; whose deal it is (``about``) and what holds in the end (``course``) is judged when
somebody asks. Two readers of the same text get the same answer, so what is stored is only redone when
``STAGE_GRAMMAR`` changes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from index.dates import find_dates
from index.split import Span, sentences
from index.stages.about import is_elsewhere
from index.stages.forms import FORMS, OPENINGS
from index.stages.found import ASIDE, BACKGROUND, PLAIN, RUMOUR, STAGES, Sighting
from index.stages.mood import judge
from index.stages.words import HEAD_TALKS, plain

STAGE_GRAMMAR = 5  # raise it when a text may be read otherwise than before

_SHORTEST = 4  # words; a sentence of fewer is a headline or a cry
_ENDS = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
# When one sentence says several things plainly, the one that came last in the life of a deal holds.
_RANK = {stage: number for number, stage in enumerate(STAGES)}
_NOT_OF_TALKS = frozenset({"in force", "signed", "agreed in principle"})  # “negotiations on the treaty began”
_LONG_SINCE = 60  # days; what happened earlier than that is told as background


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


def _read(low: str, published: date | None) -> Iterator[tuple[Sighting, int]]:
    year = published.year if published else None
    held = {word for word in OPENINGS if word in low}
    for form in FORMS:
        if form.opens is not None and held.isdisjoint(form.opens):
            continue
        for match in form.pattern.finditer(low):
            of_talks = HEAD_TALKS.search(low, 0, match.start())
            if of_talks and form.stage in _NOT_OF_TALKS:
                continue
            begin = of_talks.start() if of_talks else match.start()
            at = match.start("v")
            weight = judge(low, at, match.end(), form=form, year=year)
            if weight is None:
                continue
            yield (
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
            )
            break


def _best(read: list[tuple[Sighting, int]], text: str, span: Span, position: int, published: date | None) -> Sighting:
    sighting, at = max(read, key=lambda each: (each[0].weight, not each[0].soft, _RANK[each[0].stage]))
    waits = [each for each in read if each[0].stage == "awaiting approval" and each[0].weight >= ASIDE]
    settled = any(each.stage in ("signed", "agreed in principle") and each.weight == PLAIN for each, _ in read)
    if waits and settled and sighting.stage in ("signed", "agreed in principle", "awaiting approval"):
        # “signed the text, which now needs the cabinet's consent”
        sighting, at = replace(waits[0][0], weight=PLAIN, turns_back=True), waits[0][1]
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
