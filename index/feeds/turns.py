"""Owns when a feed is looked at again: politely, not all at once, and less often where it fails or hardly changes.
Also when its silence or its failures are worth a word.
"""

import random
from dataclasses import dataclass

from index.store.feeds import FAILING, OK, SILENT, Feed

SLOWEST = 3600.0  # seconds between two looks at a feed that works
BACK_OFF = 6 * 3600.0  # at one that fails
WAITED = 86400.0  # the longest that a server's word (Retry-After, max-age) makes us wait
FAILURES = 3  # in a row, before anybody is told
SILENCE = (3 * 86400.0, 8.0)  # at least so long, and so many times its rhythm
KNOWN = 5  # new items before a feed has a rhythm
LEARNED = 0.25  # of the rhythm is the newest interval's


@dataclass(frozen=True, slots=True)
class Turn:
    """What a look leaves in the feed's row."""

    due: float
    failures: int
    health: str
    rhythm: float | None = None


def after_success(feed: Feed, now: float, *, shortest: float, fresh_for: float | None, new: int, more: bool) -> Turn:
    """``new`` items were found; ``more`` are known to wait (a page's links are followed a few at a time)."""
    rhythm = _rhythm(feed, now, new)
    wait = min(max(shortest, (rhythm or 0.0) / 8), max(SLOWEST, shortest))
    if fresh_for:
        wait = max(wait, min(fresh_for, WAITED))
    if more:
        wait, fresh_for = shortest, None
    return Turn(now + _scattered(wait, asked=bool(fresh_for)), 0, _health(feed, now, new, rhythm), rhythm)


def after_failure(feed: Feed, now: float, *, shortest: float, retry_after: float | None) -> Turn:
    failures = feed.failures + 1
    wait = min(shortest * 2.0 ** min(failures, 20), max(BACK_OFF, shortest))
    if retry_after:
        wait = max(wait, min(retry_after, WAITED))
    health = FAILING if failures >= FAILURES else feed.health
    return Turn(now + _scattered(wait, asked=bool(retry_after)), failures, health, feed.rhythm)


def _health(feed: Feed, now: float, new: int, rhythm: float | None) -> str:
    """Silent where nothing came for much longer than usual."""
    if new or rhythm is None or feed.items < KNOWN or feed.new_at is None:
        return OK
    least, times = SILENCE
    return SILENT if now - feed.new_at > max(least, times * rhythm) else OK


def _rhythm(feed: Feed, now: float, new: int) -> float | None:
    if not new or feed.new_at is None:
        return feed.rhythm
    between = max(1.0, (now - feed.new_at) / new)
    return between if feed.rhythm is None else feed.rhythm + LEARNED * (between - feed.rhythm)


def _scattered(seconds: float, *, asked: bool) -> float:
    """So that feeds that were added together are not fetched together for ever; never sooner than a server ``asked``."""
    return seconds * random.uniform(1.0 if asked else 0.9, 1.1)  # noqa: S311
