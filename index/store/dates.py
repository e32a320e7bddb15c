"""The dates of each article as the grammar read them, kept so that a question need not read the article anew.

One row an article, in one piece: they are only ever wanted together. What was read by an older grammar, or out
of another version of the article, counts as not there; whoever asks reads such an article itself.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from index.dates import GRAMMAR_VERSION, FoundDate
from index.deadlines import FoundDeadline
from index.models import Article
from index.store.schema import article_dates

_KEPT = select(article_dates.c.article_id, article_dates.c.fingerprint, article_dates.c.dates).where(
    article_dates.c.article_id.in_(bindparam("told", expanding=True)), article_dates.c.grammar == GRAMMAR_VERSION
)


@dataclass(frozen=True, slots=True)
class MarkedDate:
    """A date of an article, ``text[start:end]``, that resolves to a day or a span."""

    start: int
    end: int
    first: date
    last: date
    granularity: str
    reading: str
    due: date | None  # where the words are a deadline
    moved_from: date | None  # the day that this deadline's sentence says no longer holds


def marked_dates(marked: Sequence[tuple[FoundDate, FoundDeadline | None]]) -> list[MarkedDate]:
    """What is kept of ``index.deadlines.mark``: the dates that resolve."""
    return [
        MarkedDate(
            found.start,
            found.end,
            found.first,
            found.last,
            found.granularity,
            found.reading,
            deadline.due if deadline else None,
            deadline.moved_from if deadline else None,
        )
        for found, deadline in marked
        if found.first is not None and found.last is not None
    ]


def fingerprint(text: str, day: date | None) -> str:
    """Of all that the reading depends on, beside the grammar."""
    return hashlib.blake2b(f"{day} {text}".encode(), digest_size=8).hexdigest()


async def set_dates(connection: AsyncConnection, article_id: int, of: str, dates: Sequence[MarkedDate]) -> None:
    """In place of what was kept of the article. ``of`` is the ``fingerprint`` of what was read."""
    await connection.execute(delete(article_dates).where(article_dates.c.article_id == article_id))
    row = {"article_id": article_id, "grammar": GRAMMAR_VERSION, "fingerprint": of, "dates": _to_json(dates)}
    await connection.execute(insert(article_dates), [row])


async def get_dates(connection: AsyncConnection, told: Iterable[Article]) -> dict[int, Sequence[MarkedDate]]:
    """By article; those are missing of whose very text and day no reading by this grammar is kept."""
    wanted = {article.id: fingerprint(article.text, article.day) for article in told}
    rows = await connection.execute(_KEPT, {"told": list(wanted)})
    return {row.article_id: _from_json(row.dates) for row in rows if row.fingerprint == wanted[row.article_id]}


def _to_json(dates: Sequence[MarkedDate]) -> str:
    rows = [
        (
            each.start,
            each.end,
            each.first.isoformat(),
            each.last.isoformat(),
            each.granularity,
            each.reading,
            each.due and each.due.isoformat(),
            each.moved_from and each.moved_from.isoformat(),
        )
        for each in dates
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


@lru_cache(1_024)  # the articles that questions keep meeting
def _from_json(stored: str) -> tuple[MarkedDate, ...]:
    return tuple(
        MarkedDate(
            start,
            end,
            date.fromisoformat(first),
            date.fromisoformat(last),
            granularity,
            reading,
            due and date.fromisoformat(due),
            moved_from and date.fromisoformat(moved_from),
        )
        for start, end, first, last, granularity, reading, due, moved_from in json.loads(stored)
    )
