"""The words of which a form's verb begins with one, read off its pattern: where none stands, no form need be tried.

A sentence has few of all the forms' verbs in it, and looking for words is a hundred times quicker than a pattern.
"""

import re

_SHORTEST = 2  # letters; fewer stand in every sentence
_LITERAL = re.compile(r"[a-z' -]+")
_LOOKING = re.compile(r"\\b|\(\?[!=]")  # takes no room


def openings(pattern: str) -> frozenset[str] | None:
    """Strings of which each match holds one; None where that cannot be told. ``pattern`` has a group ``v``."""
    start = pattern.index("(?P<v>") + len("(?P<v>")
    found = _starts(pattern[start : _closing(pattern, start)])
    return frozenset(found) if found and min(map(len, found)) >= _SHORTEST else None


def _starts(source: str) -> set[str] | None:
    found: set[str] = set()
    for each in _alternatives(source):
        starts = _starts_of_one(each)
        if starts is None:
            return None
        found |= starts
    return found


def _starts_of_one(source: str) -> set[str] | None:
    while look := _LOOKING.match(source):
        end = look.end() if look.group() == r"\b" else _closing(source, look.end()) + 1
        source = source[end:]
    if source.startswith("(?:"):
        end = _closing(source, 3)
        inner, rest = _starts(source[3:end]), source[end + 1 :]
        if rest[:1] not in ("?", "*"):
            return inner
        follows = _starts_of_one(rest.lstrip("?*"))
        return inner | follows if inner is not None and follows is not None else None
    literal = _LITERAL.match(source)
    if literal is None:
        return None
    may_lack = source[literal.end() : literal.end() + 1] in ("?", "*", "{")
    word = literal.group()[:-1] if may_lack else literal.group()
    return {word} if word else None


def _alternatives(source: str) -> list[str]:
    parts, depth, last = [], 0, 0
    for at, sign in enumerate(source):
        depth += (sign in "([") - (sign in ")]")
        if sign == "|" and depth == 0:
            parts.append(source[last:at])
            last = at + 1
    return [*parts, source[last:]]


def _closing(source: str, start: int) -> int:
    """Where the group that opened before ``start`` closes."""
    depth = 1
    for at in range(start, len(source)):
        depth += (source[at] == "(") - (source[at] == ")")
        if depth == 0:
            return at
    raise ValueError(f"a group is not closed: {source}")
