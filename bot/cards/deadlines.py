"""Deadlines as cards: the list in pages, one of them, a draft shown back, a dispute. Owns words and order."""

from collections.abc import Sequence
from datetime import datetime

from bot.cards.reminder import since_words, source_line
from bot.cards.text import length, line, quoted, stamp
from bot.reminders.entries import Entry
from bot.reminders.since import Since
from bot.reminders.subject import Subject
from bot.store.disputes import Dispute

PAGE = 8
MOST_TEXT = 3_700
NONE_AHEAD = (
    "No deadline lies ahead here. `/deadlines add` adds one of your own; with `all` you see those that are over."
)


def listing(entries: Sequence[Entry], number: int, now: datetime, deal: str | None, *, everything: bool) -> str:
    """Page ``number``, counted from 0."""
    if not entries:
        return NONE_AHEAD if not everything else "There is no deadline here yet."
    pages = (len(entries) + PAGE - 1) // PAGE
    head = f"### {len(entries)} deadline{'s' if len(entries) != 1 else ''}{'' if everything else ' ahead'}"
    head += f" of {line(deal, 100)}" if deal else ""
    lines = [head + (f", page {number + 1} of {pages}" if pages > 1 else "")]
    for each in entries[number * PAGE : (number + 1) * PAGE]:
        told = _row(each, now)
        if sum(map(length, lines)) + length(told) < MOST_TEXT:
            lines.append(told)
    return "\n".join(lines)


def _row(entry: Entry, now: datetime) -> str:
    subject = entry.subject
    day = stamp(entry.due, "D")
    what = line(subject.what, 150) or "a deadline"
    first = f"- ~~{day}~~ {what}" if entry.moved else f"- **{day}** ({stamp(entry.due, 'R')}) {what}"
    notes = []
    if entry.deadline is not None and entry.deadline.moved_to is not None:
        notes.append(f"moved to {stamp(entry.deadline.moved_to, 'D')}")
    elif entry.deadline is not None and len(entry.deadline.chain) > 1:
        before = entry.deadline.chain[entry.deadline.chain.index(entry.deadline.due) - 1]
        notes.append(f"moved from {stamp(before, 'D')}" if before != entry.deadline.due else "moved")
    if subject.rule is not None:
        notes.append("repeats" + (f" until {stamp(subject.until, 'D')}" if subject.until else ""))
    if entry.dispute is not None:
        notes.append("⚠️ disputed")
    if entry.own is not None:
        notes.append(f"added by <@{entry.own.person_id}>")
    elif subject.source:
        notes.append(line(subject.source, 60))
    if subject.deal:
        notes.append(line(subject.deal, 60))
    small = f"\n-# {' · '.join(notes)}" if notes else ""
    quote = f"\n-# “{line(subject.quote, 160)}”" if subject.quote else ""
    return first + quote + small


def one(entry: Entry, since: Since | None) -> str:
    subject = entry.subject
    told = [f"### {line(subject.what, 250) or 'A deadline'}", due_line(subject, entry.due)]
    if entry.deadline is not None:
        told.append(f"{quoted(subject.quote, 1_200)}\n{source_line(subject)}")
        if len(entry.deadline.chain) > 1:
            days = " → ".join(
                stamp(day, "D") if day == entry.deadline.chain[-1] else f"~~{stamp(day, 'D')}~~"
                for day in entry.deadline.chain
            )
            told.append(f"It was moved: {days}")
        if entry.deadline.articles > 1:
            told.append(f"-# told by {entry.deadline.articles} articles")
    elif entry.own is not None:
        told.append(f"-# added by <@{entry.own.person_id}> as “{line(entry.own.words, 150)}”")
    if since is not None:
        told.append(since_words(since))
    if entry.dispute is not None:
        told.append(dispute_words(entry.dispute))
    return "\n".join(told)


def due_line(subject: Subject, due: datetime) -> str:
    said = f"Due {stamp(due, 'F')} ({stamp(due, 'R')})"
    if subject.rule is not None:
        said += ", and then again" + (f" until {stamp(subject.until, 'D')}" if subject.until else "")
    if subject.time is None:
        said += "\n-# Only the day is told; the hour is this server's (/settings server due_hour)."
    return said


def draft(subject: Subject, due: datetime, words: str) -> str:
    return f"### {line(subject.what, 250)}\n{due_line(subject, due)}\n-# I read “{line(words, 150)}” so. Is that right?"


def dispute_words(dispute: Dispute) -> str:
    return f"⚠️ <@{dispute.person_id}> disputes it: {line(dispute.why, 300)}"


def disputed(subject: Subject, dispute: Dispute) -> str:
    return (
        f"### Disputed: {line(subject.what, 200)}\n{quoted(subject.quote, 800)}\n{source_line(subject)}\n"
        f"{dispute_words(dispute)}\nIt is hidden here until somebody who manages the server decides; reminders of it go on "
        "until then."
    )
