"""Sentences that people read in more than one place: the terminal and Discord say the same words."""

from datetime import date

from index.answer.dates import written
from index.models import Answer
from index.status import Status

NO_ARTICLES = "There is no article on it in the index yet."
NOT_TOLD_STAGE = "The articles don't say where it stands."
NOTHING_TOLD = "no article tells"  # what an empty field of a status says


def in_days(day: date, today: date) -> str:
    """“in 7 days”, “today”, “3 days ago”."""
    days = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def nearest_intro(answer: Answer) -> str:
    """What stands between “the articles don't say” and the nearest quotes."""
    return "The nearest they come:" if answer.citations else NO_ARTICLES


def sources_words(status: Status) -> str:
    """“3 independent sources, 5 articles”: reprints count as articles, not as sources."""
    outlets = "one source" if status.sources == 1 else f"{status.sources} independent sources"
    return f"{outlets}, {status.articles} article{'s' if status.articles > 1 else ''}"


def since_words(since: date | None, today: date) -> str:
    """What stands behind a stage: “ since 3 May 2026, 12 days ago”."""
    return f"  since {written(since, since)} ({in_days(since, today)})" if since else ""
