"""The little language in which the forms are written, and its matcher. Knows no dates.

    word|word      one of these words, as ``tokens`` lowers them; marks stand for themselves
    {name}         a part, captured under that name
    {name:part}    the same, captured under another name
    ~              no white space here
    ( … )?         may be missing; taken where it can be
    word?          short for ( word )?

A part is a function from a place in the text to its end and its value. Matching goes forward and
tries an optional group first with it, then without, so a form costs at most 2^groups steps and
never depends on the length of the text.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from index.dates.tokens import Tokens

Parts = dict[str, Any]
# From a place to (end, value), or None.
Part = Callable[["Place", int], tuple[int, Any] | None]


@dataclass(slots=True)
class _Step:
    kind: str  # "word", "part", "glued", "maybe", "end"
    words: frozenset[str] = frozenset()
    part: str = ""
    name: str = ""
    then: "_Step | None" = None
    without: "_Step | None" = None


@dataclass(slots=True)
class Form:
    """One row of the table: a name, its pattern, what it means and an example that must match whole."""

    name: str
    pattern: str
    build: Callable[..., Any]
    example: str
    first: _Step = field(init=False)
    pieces: list[Any] = field(init=False)
    # The sets of words of each of which one must stand near, or a little further off, a bit each (``grammar``):
    # a look at two numbers spares most attempts.
    near: int = 0
    far: int = 0

    def __post_init__(self) -> None:
        self.pieces = _parse(iter(self.pattern.split()))
        self.first = _compile(self.pieces, _Step("end"))


NEAR, REACH = 10, 24  # words within which a form's fixed words stand, without and with a long part before them
_LONG = frozenset({"date", "event", "someyear", "holiday", "clock"})


def needs(
    form: Form, closed: dict[str, frozenset[str]]
) -> tuple[tuple[frozenset[str], ...], tuple[frozenset[str], ...]]:
    """The sets of words of which each match holds one, near and further off. ``closed`` are the words of some parts."""
    near: list[frozenset[str]] = []
    far: list[frozenset[str]] = []
    reached = near
    for piece in form.pieces:
        if isinstance(piece, list):
            if any(_is_long(inner) for inner in piece):
                reached = far
        elif piece.startswith("{"):
            part = piece[1:-1].split(":")[-1]
            if part in closed:
                reached.append(closed[part])
            elif part in _LONG:
                reached = far
        elif piece != "~":
            reached.append(frozenset(piece.split("|")))
    return tuple(near), tuple(far)


def _is_long(piece: Any) -> bool:
    return isinstance(piece, list) or piece[1:-1].split(":")[-1] in _LONG


def _parse(pieces: Iterator[str]) -> list[Any]:
    """Nested lists: a list stands for an optional group."""
    out: list[Any] = []
    for piece in pieces:
        if piece == "(":
            out.append(_parse(pieces))
        elif piece == ")?":
            break
        elif piece.endswith("?") and piece != "?":
            out.append([piece[:-1]])
        else:
            out.append(piece)
    return out


def _compile(sequence: list[Any], rest: _Step) -> _Step:
    step = rest
    for piece in reversed(sequence):
        if isinstance(piece, list):
            step = _Step("maybe", then=_compile(piece, step), without=step)
        elif piece == "~":
            step = _Step("glued", then=step)
        elif piece.startswith("{"):
            name, _, part = piece[1:-1].partition(":")
            step = _Step("part", part=part or name, name=name, then=step)
        else:
            step = _Step("word", words=frozenset(piece.split("|")), then=step)
    return step


def openings(form: Form) -> tuple[set[str], set[str]]:
    """The words and the parts that a match of the form can begin with."""
    words: set[str] = set()
    parts: set[str] = set()
    todo: list[_Step | None] = [form.first]
    while todo:
        step = todo.pop()
        if step is None:
            continue
        if step.kind == "word":
            words |= step.words
        elif step.kind == "part":
            if step.part.startswith("_"):  # takes no room: what follows opens the form
                todo.append(step.then)
            else:
                parts.add(step.part)
        elif step.kind == "maybe":
            todo += [step.then, step.without]
    return words, parts


class Place:
    """A text being matched: its words, and what each part was found to be at each place."""

    def __init__(self, tokens: Tokens, parts: dict[str, Part]) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.glued = tokens.glued
        self.word = tokens.word
        self._parts = parts
        self._seen: dict[tuple[str, int], tuple[int, Any] | None] = {}

    def capital(self, at: int) -> bool:
        return 0 <= at < len(self.words) and self.tokens.capital(at)

    def text_of(self, at: int) -> str:
        return self.slice(at, at + 1)

    def slice(self, at: int, end: int) -> str:
        return self.tokens.text[self.tokens.starts[at] : self.tokens.ends[end - 1]]

    def part(self, name: str, at: int) -> tuple[int, Any] | None:
        key = (name, at)
        if key in self._seen:
            return self._seen[key]
        found = self._seen[key] = self._parts[name](self, at)
        return found

    def match(self, form: Form, at: int) -> tuple[int, Parts] | None:
        """The end of the form at ``at`` and what its parts captured."""
        return self._run(form.first, at, {})

    def _run(self, step: _Step, at: int, got: Parts) -> tuple[int, Parts] | None:
        words = self.words
        while step.kind != "end":
            if step.kind == "word":
                if at >= len(words) or words[at] not in step.words:
                    return None
                at += 1
            elif step.kind == "part":
                if at >= len(words) and step.part[0] != "_":
                    return None
                found = self.part(step.part, at)
                if found is None:
                    return None
                at = found[0]
                if step.name[0] != "_":
                    got[step.name] = found[1]
            elif step.kind == "glued":
                if not self.glued(at):
                    return None
            else:
                assert step.then
                taken = self._run(step.then, at, dict(got))
                if taken is not None:
                    return taken
                assert step.without
                step = step.without
                continue
            assert step.then
            step = step.then
        return at, got
