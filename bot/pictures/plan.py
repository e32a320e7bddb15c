"""What is on the picture of a timeline, before anything is drawn. Owns the choice and the order of what is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from index.agenda import Deadline
from index.stages import Stage
from index.status import Standing
from index.timeline import Event

MOST_EVENTS = 12
MOST_DEADLINES = 6
LEAST_SPAN = timedelta(days=21)
AHEAD = 0.8  # of what lies behind: how far the picture looks ahead at most
LEAST_AHEAD = timedelta(days=75)


@dataclass(frozen=True, slots=True)
class Band:
    stage: Stage
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline: all days that held, in that order; the last one holds."""

    days: tuple[date, ...]
    what: str
    told: date | None
    ahead: bool


@dataclass(frozen=True, slots=True)
class Plan:
    title: str
    stage: Stage | None
    since: date | None
    today: date
    first: date
    last: date
    bands: tuple[Band, ...]
    events: tuple[Event, ...]  # numbered from 1, as in the list of quotes
    deadlines: tuple[Due, ...]


def planned(standing: Standing, today: date) -> Plan:
    """``today``: the day that the picture is of, which is ``as_of`` where the clock was turned back."""
    status = standing.status
    bands = _bands(status.timeline, today)
    events = chosen(status.timeline)
    deadlines = _deadlines(standing, today)
    days = [each.first for each in bands] + [day for each in events if (day := day_of_event(each))]
    first = min([*days, today])
    behind = [day for each in deadlines for day in each.days if day >= first]
    furthest = max([today, *behind, *days])
    most = today + max(LEAST_AHEAD, (today - first) * AHEAD)
    last = max(min(furthest, most), today)
    first = min(first, last - LEAST_SPAN)
    return Plan(
        title=status.deal or "all articles",
        stage=status.stage,
        since=status.since,
        today=today,
        first=first,
        last=last,
        bands=bands,
        events=events,
        deadlines=deadlines,
    )


def chosen(timeline: Sequence[Event]) -> tuple[Event, ...]:
    """What set a stage or moved a deadline before what was told beside; among equals the newest. In their order."""
    ranks = {"stage": 0, "moved": 0, "report": 1, "deadline": 2}
    numbered = [(ranks[each.kind], -number) for number, each in enumerate(timeline)]
    kept = sorted(-number for _, number in sorted(numbered)[:MOST_EVENTS])
    return tuple(timeline[number] for number in kept)


def day_of_event(event: Event) -> date | None:
    return event.day or event.told


def _bands(timeline: Sequence[Event], today: date) -> tuple[Band, ...]:
    """From one change of stage to the next, the last one until today."""
    changes = [(each.stage, day) for each in timeline if each.stage and (day := day_of_event(each)) and day <= today]
    found = []
    for number, (stage, begun) in enumerate(changes):
        ended = min([day for _, day in changes[number + 1 :]], default=today)
        if ended > begun or number == len(changes) - 1:  # a later sentence may say that it was so before
            found.append(Band(stage, begun, max(ended, begun)))
    return tuple(found)


def _deadlines(standing: Standing, today: date) -> tuple[Due, ...]:
    """Those ahead, then those that moved, then the newest that are past; in the order of their days."""
    held = [each for each in standing.everything if each.moved_to is None]
    ahead = [each for each in held if each.due >= today]
    past = [each for each in held if each.due < today]
    moved = [each for each in reversed(past) if len(each.chain) > 1]
    rest = [each for each in reversed(past) if len(each.chain) < 2]
    kept: dict[date, Deadline] = {}
    for each in [
        *ahead,
        *moved,
        *rest,
    ]:  # one a day: two articles may tell one deadline in words too unlike to be linked
        kept.setdefault(each.due, each)
    picked = sorted(list(kept.values())[:MOST_DEADLINES], key=lambda each: each.due)
    return tuple(Due(each.chain or (each.due,), each.told.found.what, _day(each), each.due >= today) for each in picked)


def _day(deadline: Deadline) -> date | None:
    published = deadline.told.published
    return date.fromisoformat(published.isoformat()[:10]) if published else None
