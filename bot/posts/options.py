"""What people type into ``/watch``, made into values and back. Pure; each refusal is one sentence that says what to do."""

import re
from typing import Any

from bot.store.watches import Watch
from index.brought import KINDS
from index.errors import UsageError

MOST_WORDS = 20
_SPAN = re.compile(r"(\d{1,2})(?::(\d\d))?\s*(?:-|–|to|until)\s*(\d{1,2})(?::(\d\d))?")
_TIME = re.compile(r"(\d{1,2})(?::(\d\d))?")
_NONE = {"none", "no", "off", "-", "nothing"}


def listed(words: str) -> tuple[str, ...]:
    """Separated by commas; “none” empties the list. Raises UsageError."""
    if words.strip().casefold() in _NONE:
        return ()
    found = tuple(dict.fromkeys(each for part in words.split(",") if (each := " ".join(part.split()))))
    if len(found) > MOST_WORDS:
        raise UsageError(f"These are too many; give at most {MOST_WORDS}, separated by commas.")
    return found


def kinds(words: str) -> tuple[str, ...]:
    """Kinds of news. Raises UsageError."""
    found = tuple(each.casefold() for each in listed(words))
    if wrong := [each for each in found if each not in KINDS]:
        raise UsageError(f"“{wrong[0][:50]}” is no kind of news; there are: {', '.join(KINDS)}.")
    return found


def quiet(words: str) -> tuple[int | None, int | None]:
    """“22:00-07:00” in minutes of the day. Raises UsageError."""
    if words.strip().casefold() in _NONE:
        return None, None
    match = _SPAN.fullmatch(words.strip())
    if not match:
        raise UsageError(f"“{words[:50]}” are no hours; write them as 22:00-07:00, or: none")
    return _minute(match[1], match[2], words), _minute(match[3], match[4], words)


def minute(words: str) -> int:
    """“18:00” in minutes of the day. Raises UsageError."""
    match = _TIME.fullmatch(words.strip())
    if not match:
        raise UsageError(f"“{words[:50]}” is no time of day; write it as 18:00")
    return _minute(match[1], match[2], words)


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def described(watch: Watch) -> str:
    """Its settings in a line, for people."""
    parts: list[str] = []
    parts += [f"with {', '.join(watch.words)}"] if watch.words else []
    parts += [f"without {', '.join(watch.without)}"] if watch.without else []
    parts += [f"by {', '.join(watch.outlet)}"] if watch.outlet else []
    parts += ["only what brings a new date or changes the state"] if watch.only_news else []
    if watch.digest:
        parts.append(f"as a digest at {clock(watch.digest_at)}")
    else:
        parts.append(f"at most {watch.daily_cap} a day, the rest at {clock(watch.digest_at)}")
    if watch.quiet_from is not None and watch.quiet_to is not None:
        parts.append(f"quiet {clock(watch.quiet_from)}–{clock(watch.quiet_to)}")
    return "; ".join(parts)


def given(options: dict[str, Any]) -> dict[str, Any]:
    """The columns of those options that were given (not None). Raises UsageError."""
    made: dict[str, Any] = {}
    for name in ("words", "without", "outlet"):
        if options.get(name) is not None:
            made[name] = listed(options[name])
    if options.get("ping_for") is not None:
        made["ping_for"] = kinds(options["ping_for"])
    if options.get("quiet") is not None:
        made["quiet_from"], made["quiet_to"] = quiet(options["quiet"])
    if options.get("digest_at") is not None:
        made["digest_at"] = minute(options["digest_at"])
    made |= {n: options[n] for n in ("only_news", "digest", "daily_cap", "role_id") if options.get(n) is not None}
    return made


def _minute(hour: str, minutes: str | None, words: str) -> int:
    found = int(hour) * 60 + int(minutes or 0)
    if int(minutes or 0) > 59 or found > 24 * 60:
        raise UsageError(f"“{words[:50]}” is no time of day; write it as 18:00")
    return found % (24 * 60)
