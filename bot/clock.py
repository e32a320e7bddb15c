"""The time, from one place that tests and the demo can turn. Owns no timer.

Moments in the database are seconds since 1970 by this clock; a step back or forth of it is an error to be
lived with, not a reason to send anything twice.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

import discord

Clock: TypeAlias = Callable[[], datetime]  # now, aware, in UTC


def system_clock() -> datetime:
    """Now. By discord.py's helper, which an offline Discord winds forward."""
    return discord.utils.utcnow()


def moment(seconds: float) -> datetime:
    """The time of day that stands in a row."""
    return datetime.fromtimestamp(seconds, UTC)
