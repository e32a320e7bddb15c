"""A wish to be reminded, from its words to its row, and how a reminder is told of in words.

Knows what is wanted; whether somebody may want it there the cogs ask Discord.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.cards.text import line, stamp
from bot.clock import moment
from bot.reminders.entries import Entries
from bot.reminders.leads import Lead, parse_leads, said
from bot.reminders.plan import Clock, due_of
from bot.reminders.subject import Subject
from bot.reminders.times import due_moment
from bot.reminders.words import last_day, read_when
from bot.store import reminders as store
from bot.store.deliveries import Delivery
from bot.store.reminders import Reminder
from index.errors import UsageError

USUAL = "1 day, at the time"
OF_WORDS = "For a reminder in your own words give “on” as well: /remind on"
ONLY_OWN = "The deadline of that choice has a day of its own; leave “on” out, or write your own words as the deadline."
MOVED = "That deadline was moved; choose the day that holds now."
LISTED_FOR = 7 * 86_400.0  # seconds after its last time
OF_ANOTHER = (
    "That reminder rests on an article or a deadline of the server where it was set, so it cannot come in a channel of "
    "this one; set one here with /remind instead."
)
ONCE = "That deadline comes only once; leave “until” out."


@dataclass(frozen=True, slots=True)
class Wish:
    subject: Subject
    leads: tuple[Lead, ...]
    own_id: int | None = None


def wished(found: Entries, deadline: str, ahead: str | None, on: str | None, until: str | None, zone: str) -> Wish:
    """Raises UsageError. ``on``: a time of somebody's own, and then ``deadline`` is only their words."""
    if on is not None:
        if any(each.key == deadline.strip() for each in found.all):
            raise UsageError(ONLY_OWN)
        when = read_when(on, found.now, zone, until=until)
        what = " ".join(deadline.split())[:300]
        return Wish(
            Subject(when.day, what, when.time, rule=when.rule, until=when.until), parse_leads(ahead or "at the time")
        )
    try:
        entry = found.named(deadline)
    except UsageError as error:
        raise UsageError(f"{error} {OF_WORDS}") from error
    if entry.moved:
        raise UsageError(MOVED)
    return Wish(
        ending(entry.subject, until, found.now.date()), parse_leads(ahead or USUAL), entry.own.id if entry.own else None
    )


def ending(subject: Subject, until: str | None, today: date) -> Subject:
    """What repeats, with its last day. Raises UsageError."""
    if until is None:
        return subject
    if subject.rule is None:
        raise UsageError(ONCE)
    return replace(subject, until=last_day(until, today))


def placed(reminder: Reminder, channel_id: int | None, server_id: int | None) -> Reminder:
    """As it is to come in that channel of that server, or (None) directly; then its own server's articles still count.

    Raises UsageError where another server would be told what only its own may see. What was set in direct messages
    rests on shared articles or on the person's own words.
    """
    if channel_id is None or server_id == reminder.server_id:
        return replace(reminder, channel_id=channel_id)
    if reminder.server_id is not None and (reminder.subject.article_id, reminder.own_id) != (None, None):
        raise UsageError(OF_ANOTHER)
    return replace(reminder, channel_id=channel_id, server_id=server_id, role_id=None)  # a role is of one server


def over(subject: Subject, leads: Sequence[Lead], clock: Clock, now: float) -> list[Lead]:
    """The times ahead that have passed already; of what repeats none."""
    if subject.rule is not None:
        return []
    due = due_moment(subject.day, subject.time, clock.zone, clock.due_hour)
    return [each for each in leads if each.before(due).timestamp() <= now]


def lies_behind(reminder: Reminder, now: float) -> bool:
    """All of it has come, some days ago: not worth a line any more."""
    return reminder.state == store.ACTIVE and reminder.next_at is None and reminder.fired_until < now - LISTED_FOR


def place_of(reminder: Reminder) -> str:
    where = "you, directly" if reminder.channel_id is None else f"<#{reminder.channel_id}>"
    return where + (f" and <@&{reminder.role_id}>" if reminder.role_id is not None else "")


def confirmed(reminder: Reminder, clock: Clock, now: float) -> str:
    """What was understood, after it was set or changed."""
    subject = reminder.subject
    due = moment(due_of(subject, clock, now))
    lines = [f"I will remind {place_of(reminder)} of **{line(subject.what, 200)}**, {said(reminder.leads)}."]
    if subject.rule is not None:
        end = f", the last time on {stamp(subject.until, 'D')} at the latest" if subject.until else ""
        lines.append(f"It repeats; next due {stamp(due, 'F')} ({stamp(due, 'R')}){end}.")
    else:
        lines.append(f"Due {stamp(due, 'F')} ({stamp(due, 'R')}).")
    if reminder.next_at is not None:
        first = moment(reminder.next_at)
        lines.append(f"The first comes {stamp(first, 'f')} ({stamp(first, 'R')}).")
    gone = over(subject, reminder.leads, clock, now)
    if gone:
        lines.append(f"-# {said(gone)} is over already.")
    if reminder.acknowledge:
        lines.append("-# It is repeated every half hour until somebody presses Seen.")
    return "\n".join(lines)


def row(reminder: Reminder, clock: Clock, now: float, failed: Delivery | None) -> str:
    """One line of a list, and what troubles it."""
    subject = reminder.subject
    due = moment(due_of(subject, clock, now))
    parts = [f"`{reminder.id}` **{line(subject.what, 120)}** due {stamp(due, 'f')} ({stamp(due, 'R')})"]
    small = [place_of(reminder), said(reminder.leads)]
    if subject.rule is not None:
        small.append("repeats" + (f" until {stamp(subject.until, 'D')}" if subject.until else ""))
    if reminder.acknowledge:
        small.append("until seen")
    if reminder.state == store.PAUSED:
        small.append("**paused**")
    elif reminder.next_at is None:
        small.append("has come")
    elif reminder.next_at > 0:
        small.append(f"next {stamp(moment(reminder.next_at), 'R')}")
    parts.append("-# " + " · ".join(small))
    if reminder.pending is not None:
        parts.append(f"-# a newer report says {stamp(reminder.pending.day, 'D')}; both come until somebody confirms it")
    if failed is not None:
        parts.append(f"-# ⚠️ could not be delivered: {line(failed.error or 'for an unknown reason', 150)}")
    return "\n".join(parts)


def label(reminder: Reminder) -> str:
    """For a list of choices."""
    day = reminder.subject.day
    where = "" if reminder.channel_id is None else ", in a channel"
    paused = ", paused" if reminder.state == store.PAUSED else ""
    head = f"{reminder.id}: {day.day} {day:%b}: "
    what = " ".join(reminder.subject.what.split())
    return head + what[: 100 - len(head) - len(where + paused)] + where + paused
