"""A day that a person names: “2026-01-31”, “last Friday”, “the end of March”. Owns the refusal; the grammar reads."""

from datetime import date

from index.dates import find_dates
from index.errors import UsageError


def day_named(words: str, today: date) -> date:
    """The last day that the words mean, seen from ``today``. Raises UsageError, saying how to write it."""
    words = words.strip()
    try:
        return date.fromisoformat(words)
    except ValueError:
        pass
    found = [each for each in find_dates(words[:100], today) if each.last is not None]
    if len(found) != 1 or found[0].last is None:
        raise UsageError(f"“{words[:100]}” is not a day that I can read; write it as 2026-01-31, or say “last Friday”.")
    return found[0].last
