"""What happened, in order: one event for each report that brought something, each with its sentence.

Owns what counts as an event. Pure: briefs, sightings and deadlines in, events out; ``index.status``
fetches them. Every quote is the stored sentence, with its offsets.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from index.agenda import Deadline
from index.answer.dates import written
from index.models import Citation, Frozen
from index.stages import BACKGROUND, Stage
from index.stages.course import Course, Told, headline
from index.store.sightings import Brief, Seen

EventKind = Literal["stage", "deadline", "moved", "report"]


class Event(Frozen):
    """``day`` is when it happened, or was told where the sentence does not say when."""

    kind: EventKind
    day: date | None
    told: date | None  # the article's day
    stage: Stage | None = None  # of kind “stage”: what it became
    was: str | None = None  # the stage, or the due day, that it replaced
    due: date | None = None  # of kinds “deadline” and “moved”
    what: str = ""
    citation: Citation


def timeline(
    briefs: Sequence[Brief],
    told: Mapping[int, Sequence[Told]],
    seen: Mapping[int, Seen],
    course: Course,
    deadlines: Sequence[Deadline],
) -> list[Event]:
    """By the articles' days. ``briefs``: one for each story; ``told``: by article; ``seen``: by sighting's id."""
    by_id = {brief.id: brief for brief in briefs}
    events: list[Event] = []
    was: Stage | None = None
    changed: set[int] = set()
    for each in course.changes:
        changed.add(each.article)
        sentence = seen[each.id]
        cited = cite(by_id[each.article], each.sighting.start, each.sighting.end, sentence.quote)
        events.append(
            Event(kind="stage", day=each.since, told=each.published, stage=each.tells, was=was, citation=cited)
        )
        was = each.tells
    rest = (_report(brief, told.get(brief.id, ()), seen) for brief in briefs if brief.id not in changed)
    events += [report for report in rest if report]
    events += [made for each in deadlines if (made := _deadline(each, by_id))]
    order = {brief.id: number for number, brief in enumerate(briefs)}
    kinds = ("stage", "report", "moved", "deadline")
    return sorted(
        events, key=lambda each: (order[int(each.citation.article_id)], kinds.index(each.kind), each.due or date.min)
    )


def cite(brief: Brief, start: int, end: int, quote: str, also: tuple[str, ...] = ()) -> Citation:
    return Citation(
        quote=quote,
        start=start,
        end=end,
        article_id=str(brief.id),
        title=brief.title,
        source=brief.source,
        url=brief.url,
        published=brief.published,
        origin=brief.origin,
        also=also,
    )


def _report(brief: Brief, told: Sequence[Told], seen: Mapping[int, Seen]) -> Event | None:
    """What an article without a change of stage brought: its own news of the deal, else its first sentence."""
    start, end, words = brief.lead
    day = brief.day
    plain = [each for each in told if each.sighting.weight > BACKGROUND and not each.sighting.elsewhere]
    if plain:
        best = headline(plain)
        start, end, words, day = best.sighting.start, best.sighting.end, seen[best.id].quote, best.since
    return Event(kind="report", day=day, told=brief.day, citation=cite(brief, start, end, words)) if words else None


def _deadline(each: Deadline, briefs: Mapping[int, Brief]) -> Event | None:
    told = each.told
    if told.article_id not in briefs:
        return None
    before = each.chain[: each.chain.index(each.due)]
    brief = briefs[told.article_id]
    return Event(
        kind="moved" if before else "deadline",
        day=brief.day,
        told=brief.day,
        was=before[-1].isoformat() if before else None,
        due=each.due,
        what=told.found.what,
        citation=cite(brief, told.found.sentence_start, told.found.sentence_end, told.quote),
    )


def label(event: Event) -> str:
    """What an event is, in the fewest words; empty where its sentence says all there is."""
    if event.kind == "stage":
        return f"{event.was} → {event.stage}" if event.was else str(event.stage)
    if event.due is None:
        return ""
    due = written(event.due, event.due)
    if event.kind == "moved" and event.was:
        was = date.fromisoformat(event.was)
        return f"deadline moved from {written(was, was)} to {due}"
    return f"deadline {due}"
