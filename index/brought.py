"""What an article brings that was not known: a new deadline, or another day for one that was. Each with its quote.

Judged against the articles of its deals, or, where it is in none, against the newest ones; always inside the scope.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from index.agenda import link_stored
from index.models import Article, Scope
from index.store import deadlines, passages

Kind = Literal["deadline", "moved", "stage", "contradicts"]
KINDS: tuple[Kind, ...] = ("deadline", "moved", "stage", "contradicts")
COMPARED = 150  # articles


@dataclass(frozen=True, slots=True)
class Brought:
    kind: Kind
    what: str
    start: int  # of its sentence in the article's text
    end: int
    day: date | None = None
    was: date | None = None  # the day that held before
    deadline_id: int | None = None
    earlier: str = ""  # what was reported before
    earlier_source: str = ""


async def brought(connection: AsyncConnection, article: Article, scope: Scope, today: date) -> list[Brought]:
    """In the text's order. Days that are past are no news."""
    ids = await passages.same_deal(connection, article.id, COMPARED)
    if len(ids) == 1:
        ids += await passages.newest(connection, COMPARED)
    stored = await deadlines.list_deadlines(connection, scope, set(ids))
    ours = [number for number, each in enumerate(stored) if each.article_id == article.id]
    if not ours:
        return []
    deals = await deadlines.deals_of(connection, scope.server_id)
    links = await link_stored(connection, stored, deals)
    found = []
    for number in ours:
        each, linked = stored[number], links[number]
        known = any(
            links[other].thread == linked.thread and stored[other].found.due == each.found.due and other not in ours
            for other in range(len(stored))
        )
        if known or not linked.holds or each.found.due < today:
            continue
        before = linked.chain[linked.chain.index(each.found.due) - 1] if _moved(linked.chain, each.found.due) else None
        older = next(
            (s for s, li in zip(stored, links, strict=True) if li.thread == linked.thread and s.found.due == before),
            None,
        )
        told_before = older is not None and older.article_id != article.id
        found.append(
            Brought(
                kind="moved" if before else "deadline",
                what=each.found.what,
                start=each.found.sentence_start,
                end=each.found.sentence_end,
                day=each.found.due,
                was=before,
                deadline_id=each.id,
                earlier=older.quote if older and told_before else "",
                earlier_source=older.source if older and told_before else "",
            )
        )
    return list({(each.kind, each.day): each for each in found}.values())


def _moved(chain: tuple[date, ...], due: date) -> bool:
    return due in chain and chain.index(due) > 0
