"""Which reminders are due at a moment, and when the next one is. Pure: plain data in, plain data out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.reminders import repeats
from bot.reminders.leads import Lead
from bot.reminders.subject import Subject
from bot.reminders.times import DUE_HOUR, due_moment

LOOKED_AHEAD = 400  # times of a repetition


@dataclass(frozen=True, slots=True)
class Clock:
    """Whose time counts: an IANA zone, and the hour at which a deadline that names only a day falls due."""

    zone: str = "UTC"
    due_hour: int = DUE_HOUR


@dataclass(frozen=True, slots=True)
class Firing:
    at: float  # seconds since 1970
    lead: Lead
    due: float
    day: date


def upcoming(subject: Subject, leads: Sequence[Lead], clock: Clock, after: float) -> Firing | None:
    """The next one after a moment."""
    best: Firing | None = None
    for ones in _by_day(subject, leads, clock, after):
        if best is not None and ones and ones[0].at > best.at:
            break  # of later days all is later still
        for each in ones:
            if each.at > after and (best is None or each.at < best.at):
                best = each
    return best


def due_now(subject: Subject, leads: Sequence[Lead], clock: Clock, after: float, now: float) -> list[Firing]:
    """Those later than ``after`` and not later than ``now``, in their order."""
    found: list[Firing] = []
    for ones in _by_day(subject, leads, clock, after):
        if ones and ones[0].at > now:
            break
        found += [each for each in ones if after < each.at <= now]
    return sorted(found, key=lambda each: each.at)


def due_of(subject: Subject, clock: Clock, now: float) -> float:
    """The moment at which it is due; of a repetition the next such moment."""
    last = 0.0
    for day in _days(subject, now):
        last = due_moment(day, subject.time, clock.zone, clock.due_hour).timestamp()
        if last >= now:
            break
    return last


def _by_day(subject: Subject, leads: Sequence[Lead], clock: Clock, after: float) -> Iterator[list[Firing]]:
    for day in _days(subject, after):
        due = due_moment(day, subject.time, clock.zone, clock.due_hour)
        ones = [Firing(lead.before(due).timestamp(), lead, due.timestamp(), day) for lead in leads]
        yield sorted(ones, key=lambda each: each.at)


def _days(subject: Subject, after: float) -> Iterator[date]:
    """The days on which it is due, from about ``after`` on."""
    if subject.rule is None:
        yield subject.day
        return
    day = datetime.fromtimestamp(max(0.0, after), UTC).date() - timedelta(1)
    for _ in range(LOOKED_AHEAD):
        found = repeats.on_or_after(subject.rule, subject.day, max(day, subject.day), subject.until)
        if found is None:
            return
        yield found
        day = found + timedelta(1)
