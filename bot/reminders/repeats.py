"""Deadlines that come round again: the next time of an iCalendar rule. Owns no rule; ``index.dates`` writes them."""

from datetime import date, datetime, timedelta

from dateutil.rrule import rrulestr

from index.errors import UsageError


def on_or_after(rule: str, start: date, day: date, until: date | None = None) -> date | None:
    """The first time on or after ``day`` of what repeats since ``start``; None after its end."""
    midnight = datetime(start.year, start.month, start.day)
    wanted = datetime(day.year, day.month, day.day)
    try:
        found = rrulestr(rule, dtstart=midnight).after(wanted, inc=True)
    except ValueError as error:
        raise UsageError("That repetition cannot be read; say it like “every Monday” or “monthly”.") from error
    if found is None or (until is not None and found.date() > until):
        return None
    next_one: date = found.date()
    return next_one


def after(rule: str, start: date, day: date, until: date | None = None) -> date | None:
    """The first time after ``day``."""
    return on_or_after(rule, start, day + timedelta(1), until)
