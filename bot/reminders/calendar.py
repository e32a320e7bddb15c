"""Deadlines as an iCalendar file (RFC 5545). Pure: plain data in, bytes out; asks nobody and stores nothing.

An entry's UID is made of the sentence that told the deadline first, so it stays when a later article moves the day:
a calendar that reads a newer file moves what it has. Its SEQUENCE only ever goes up; what was removed or is disputed
is told as cancelled, since a calendar keeps whatever a newer file merely leaves out.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vRecur

from bot.reminders import repeats
from bot.reminders.subject import Subject, of_deadline
from bot.reminders.times import due_moment, read_time, zone_in, zone_named
from index.agenda import Deadline
from index.answer.dates import written
from index.errors import UsageError
from index.store.deadlines import StoredDeadline

PRODUCT = "-//Dealwire//Deadlines//EN"
FILE = "deadlines.ics"
REFRESH = timedelta(hours=1)  # for calendars that fetch it from somewhere


@dataclass(frozen=True, slots=True)
class Dated:
    """One entry of the calendar. ``chain`` are all days that held; the subject's is the last of them."""

    uid: str
    subject: Subject
    sequence: int = 0
    chain: tuple[date, ...] = ()
    cancelled: bool = False


def of_article(
    deadline: Deadline, tellings: Sequence[StoredDeadline], sequence: int = 0, *, cancelled: bool = False
) -> Dated:
    """``tellings``: all of its thread, the first one first; ``sequence``: what happened to it besides its moves."""
    first = tellings[0]
    subject = of_deadline(deadline)
    if len(deadline.chain) > 1:  # later sentences tell mostly of the moving
        subject = replace(subject, what=first.found.what or subject.what)
    uid = _uid(f"article {first.article_id} {deadline.chain[0]} {first.quote}")
    return Dated(uid, subject, len(deadline.chain) - 1 + sequence, deadline.chain, cancelled)


def of_own(own_id: int, place: int, subject: Subject, version: int, *, cancelled: bool = False) -> Dated:
    """``place``: Discord's id of the server, or of the person in direct messages; it tells installations apart."""
    return Dated(_uid(f"own {own_id} {place}"), subject, version, cancelled=cancelled)


def _uid(words: str) -> str:
    return f"{hashlib.sha256(words.encode()).hexdigest()[:32]}@dealwire"


def write(entries: Iterable[Dated], now: datetime, zone: str | None, name: str = "Deadlines") -> bytes:
    """The whole file. ``zone``: whose clock times without a zone are on; None: of whoever reads it."""
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", name)
    calendar.add("REFRESH-INTERVAL", REFRESH, {"VALUE": "DURATION"})
    for each in entries:
        calendar.add_component(_event(each, now, zone))
    calendar.add_missing_timezones()
    made: bytes = calendar.to_ical()
    return made


def _event(entry: Dated, now: datetime, zone: str | None) -> Event:
    subject = entry.subject
    event = Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", now.astimezone(UTC))
    event.add("SEQUENCE", entry.sequence)
    event.add("SUMMARY", subject.what or "A deadline")
    start = _start(subject, zone)
    event.add("DTSTART", start)  # no end: a day lasts a day, and a moment none
    if subject.rule is not None:
        event.add("RRULE", _rule(subject, start))
    event.add("STATUS", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT")  # nobody is busy because something is due
    event.add("DESCRIPTION", "\n".join(_told(subject, entry.chain)))
    if subject.deal:
        event.add("CATEGORIES", [subject.deal])
    if subject.url:
        event.add("URL", subject.url)
    return event


def _start(subject: Subject, zone: str | None) -> date | datetime:
    """A day where only a day is told (or its midnight, which calendars show on the next); else the moment."""
    day = _first(subject)
    told = read_time(subject.time) if subject.time else None
    if subject.time is None or told is None or told[0] == 24:
        return day
    if zone_in(subject.time) is None and zone is None:
        return datetime.combine(day, time(*told))
    moment = due_moment(day, subject.time, zone or "UTC")
    if subject.rule is None:
        return moment.astimezone(UTC)
    there = zone_in(subject.time) or zone_named(zone or "UTC")  # its clock's changes count for the times to come
    return moment.astimezone(there) if isinstance(there, ZoneInfo) else moment.astimezone(UTC)


def _first(subject: Subject) -> date:
    """Of what repeats its first time, which the rule must hit; else calendars add a time too many."""
    if subject.rule is None:
        return subject.day
    try:
        return repeats.on_or_after(subject.rule, subject.day, subject.day) or subject.day
    except UsageError:
        return subject.day


def _rule(subject: Subject, start: date | datetime) -> vRecur:
    rule: vRecur = vRecur.from_ical(subject.rule or "")
    if subject.until is not None:
        if not isinstance(start, datetime):
            rule["UNTIL"] = [subject.until]
        elif start.tzinfo is None:
            rule["UNTIL"] = [datetime.combine(subject.until, time(23, 59, 59))]
        else:  # always in UTC where the start has a zone
            rule["UNTIL"] = [datetime.combine(subject.until, time(23, 59, 59), start.tzinfo).astimezone(UTC)]
    return rule


def _told(subject: Subject, chain: Sequence[date]) -> list[str]:
    lines = []
    if subject.quote:
        lines.append(f"“{subject.quote}”")
        day = written(subject.published, subject.published) if subject.published else "day unknown"
        lines.append(", ".join(part for part in (subject.source, day) if part))
    if subject.time:
        lines.append(f"Time as told: {subject.time}")
    if len(chain) > 1:
        lines.append("Moved: " + " → ".join(written(day, day) for day in chain))
    return lines
