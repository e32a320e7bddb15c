"""Owns the hours: when a post may go out, which day it counts for, and when a digest does. Pure."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MARGIN = 60.0  # seconds: what comes so shortly before a digest goes into the next one


def zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def after_quiet(now: float, quiet_from: int | None, quiet_to: int | None, where: ZoneInfo) -> float:
    """Now, or the end of the quiet hours that it falls into. Minutes of the day; they may cross midnight."""
    if quiet_from is None or quiet_to is None or quiet_from == quiet_to:
        return now
    local = datetime.fromtimestamp(now, where)
    minute = local.hour * 60 + local.minute
    inside = quiet_from <= minute < quiet_to if quiet_from < quiet_to else minute >= quiet_from or minute < quiet_to
    return _next(local, quiet_to) if inside else now


def next_digest(now: float, digest_at: int, where: ZoneInfo) -> float:
    return _next(datetime.fromtimestamp(now + MARGIN, where), digest_at)


def day_began(now: float, where: ZoneInfo) -> float:
    local = datetime.fromtimestamp(now, where)
    return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC).timestamp()


def _next(local: datetime, minute: int) -> float:
    """The next moment at which the clock there shows that minute of the day."""
    clock = time(minute // 60 % 24, minute % 60)
    moment = datetime.combine(local.date(), clock, local.tzinfo)
    if moment <= local:
        moment = datetime.combine(local.date() + timedelta(days=1), clock, local.tzinfo)
    return moment.astimezone(UTC).timestamp()
