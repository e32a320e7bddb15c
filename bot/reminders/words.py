"""A deadline of somebody's own, out of their words: “Friday noon”, “in 2 hours”, “every Monday at 10 until 30 June”.

Pure. The grammar of the articles' dates reads the days; a person looks ahead, and means their own clock. What was
understood is always shown back to them before it counts.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.reminders import repeats
from bot.reminders.times import due_moment, read_time, zone_in, zone_named
from index.dates import FoundDate
from index.dates.recur import next_time
from index.deadlines import FoundDeadline, mark
from index.errors import UsageError

HOW = "such as: Friday noon, 30 June 17:00, in 2 hours, or every Monday at 10 until 30 June"
NOT_READ = "“{words}” is no time that I can read; write it " + HOW + "."
TWO_DAYS = "“{words}” names more than one day; name the one that counts, " + HOW + "."
PAST = "“{words}” is over already; name a time that lies ahead."
ENDS_BEFORE = "It would end before it first comes; name a later last day."
LONGEST_YEARS = 20
TOO_FAR = f"That is more than {LONGEST_YEARS} years away; name a nearer day."
_FRAME = "It must be done by {}."
_SOON = re.compile(r"in (?:about )?(\d{1,4}|an?|half an) ?(m|mins?|minutes?|h|hrs?|hours?)\b", re.I)
_UNTIL = re.compile(r"\b(?:until|till|through|up to|ending(?: on)?|ends(?: on)?)\b(.*)$", re.I)
_AT = re.compile(r"(?:\bat |@ ?)(\d{1,2})(?:[:.](\d\d))?(?! ?(?:[ap]\.?m\b|o.clock|:|\d))", re.I)
_EVENING = re.compile(r"\b(?:tonight|evening|afternoon)\b", re.I)


@dataclass(frozen=True, slots=True)
class When:
    """``time`` is told with its zone, so that it stays the same whoever looks at it; None: only the day was named."""

    day: date
    time: str | None = None
    rule: str | None = None
    until: date | None = None


def read_when(words: str, now: datetime, zone: str, *, until: str | None = None) -> When:
    """Raises UsageError, saying how to write it. ``zone``: whose clock; ``until``: the last day, in words."""
    said = " ".join(words.split())[:200]
    home = zone_named(zone)
    here = now.astimezone(home)
    if soon := _SOON.fullmatch(said):
        return _soon(soon, here)
    repeating = _repeats(said, here.date())
    end = _UNTIL.search(said) if repeating else None
    if end:
        until, said = until or end[1], said[: end.start()].strip()
    found = _days(said, here.date())
    days = [(each, deadline) for each, deadline in found if _counts(each, deadline)]
    time = _time(said, [each for each, _ in found], zone)
    if not days:
        if time is None:
            raise UsageError(NOT_READ.format(words=words[:100]))
        today = When(here.date(), time)
        ahead = due_moment(today.day, time, zone) > here
        return today if ahead else When(here.date() + timedelta(1), time)
    when = _when(days, time, here.date(), words)
    return _checked(when, here, zone, until, words)


def last_day(words: str, today: date) -> date:
    """The day that ends a repetition. Raises UsageError."""
    for each, deadline in _days(" ".join(words.split())[:100], today):
        if deadline is not None and deadline.rule is None:
            return deadline.due
        if each.last is not None:
            return each.last
    raise UsageError(NOT_READ.format(words=words.strip()[:100]))


def _days(words: str, today: date) -> list[tuple[FoundDate, FoundDeadline | None]]:
    """Read as the deadline of a sentence: so “Friday” is the next one, and no past one."""
    return mark(_FRAME.format(words), today)


def _counts(found: FoundDate, deadline: FoundDeadline | None) -> bool:
    return deadline is not None or found.rule is not None or (found.last is not None and found.granularity != "time")


def _repeats(words: str, today: date) -> bool:
    return any(each.rule or (deadline and deadline.rule) for each, deadline in _days(words, today))


def _when(days: list[tuple[FoundDate, FoundDeadline | None]], time: str | None, today: date, words: str) -> When:
    rules = [deadline.rule if deadline and deadline.rule else each.rule for each, deadline in days]
    rule = next((each for each in rules if each), None)
    named = [
        deadline.due if deadline else each.last
        for each, deadline in days
        if each.rule is None and (deadline is not None or each.last is not None)
    ]
    if rule is None:
        if len({*named}) != 1 or named[0] is None:
            raise UsageError(TWO_DAYS.format(words=words[:100]))
        return When(named[0], time)
    start = named[0] if named and named[0] is not None else next_time(rule, today) or today
    first = repeats.on_or_after(rule, start, start)
    return When(first or start, time, rule)


def _checked(when: When, here: datetime, zone: str, until: str | None, words: str) -> When:
    last = last_day(until, here.date()) if until else None
    if last is not None and when.rule is None:
        raise UsageError("Only what repeats has a last day; say how often, such as: every Monday.")
    if when.day.year > here.year + LONGEST_YEARS:
        raise UsageError(TOO_FAR)
    day: date | None = when.day
    # The last moment of a day for which no time is told is its end, not the hour at which it is due.
    if due_moment(when.day, when.time or "midnight", zone) <= here:
        day = repeats.after(when.rule, when.day, here.date(), last) if when.rule else None
        if day is None:
            raise UsageError(PAST.format(words=words[:100]))
    if day is None or (last is not None and day > last):
        raise UsageError(ENDS_BEFORE)
    return When(day, when.time, when.rule, last)


def _soon(match: re.Match[str], here: datetime) -> When:
    amount = {"a": 1.0, "an": 1.0, "half an": 0.5}.get(match[1].lower()) or float(match[1])
    minutes = amount if match[2].lower().startswith("m") else amount * 60
    if not 1 <= minutes <= 60 * 24 * 30:
        raise UsageError(NOT_READ.format(words=match[0]))
    there = here.astimezone(UTC) + timedelta(minutes=minutes)  # where no hour comes twice
    if there.second or there.microsecond:
        there = there.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return When(there.date(), f"{there:%H:%M} UTC")


def _time(words: str, found: list[FoundDate], zone: str) -> str | None:
    """As it is kept: “17:00 Europe/Berlin”; with the zone that was printed, where one was."""
    printed = next((each.time for each in found if each.time is not None), None)
    if printed is not None:
        hour, minute = printed.hour, printed.minute
        if zone_in(printed.words) is not None:
            return printed.words
        if hour < 24:
            return f"{hour:02}:{minute:02} {zone}"
        return f"midnight {zone}"
    if told := read_time(words):
        return f"{told[0]:02}:{told[1]:02} {zone}" if told[0] < 24 else f"midnight {zone}"
    if (at := _AT.search(words)) and int(at[1]) < 24 and int(at[2] or 0) < 60:
        hour = int(at[1]) + (12 if _EVENING.search(words) and int(at[1]) < 12 else 0)
        return f"{hour:02}:{int(at[2] or 0):02} {zone}"
    return None
