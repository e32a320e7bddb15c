"""Every query on deadlines. Stores what ``index.deadlines`` found and gives it back; links nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from index.dates import FoundDate
from index.deadlines import FoundDeadline
from index.models import Published, Scope
from index.store.articles import SCOPES, parse_published, within
from index.store.schema import articles, deadlines, deal_articles, deals, state


@dataclass(frozen=True, slots=True)
class StoredDeadline:
    """One deadline as one article tells it."""

    id: int
    found: FoundDeadline
    quote: str  # its sentence
    article_id: int
    story: int  # the first article that told this; the same for all its reprints
    title: str
    source: str
    url: str | None
    origin: str
    published: Published | None


async def set_deadlines(connection: AsyncConnection, article_id: int, found: Sequence[FoundDeadline]) -> None:
    """What an article tells, in place of what it told."""
    await connection.execute(delete(deadlines).where(deadlines.c.article_id == article_id))
    if found:
        await connection.execute(insert(deadlines), [{"article_id": article_id} | _columns(each) for each in found])


async def list_deadlines(
    connection: AsyncConnection, scope: Scope, article_ids: Collection[int] | None = None
) -> list[StoredDeadline]:
    """All of them inside the scope, or those of some articles, in the order of their articles' days."""
    inside = within(scope)
    if article_ids is not None:
        inside = and_(inside, articles.c.id.in_(list(article_ids)))
    quote = func.substr(articles.c.text, deadlines.c.start + 1, deadlines.c.end - deadlines.c.start)
    words = func.substr(articles.c.text, deadlines.c.date_start + 1, deadlines.c.date_end - deadlines.c.date_start)
    rows = await connection.execute(
        select(
            deadlines,
            quote.label("quote"),
            words.label("words"),
            func.coalesce(articles.c.reprint_of, articles.c.id).label("story"),
            articles.c.title,
            articles.c.source,
            articles.c.url,
            articles.c.origin,
            articles.c.published,
        )
        .join(articles, articles.c.id == deadlines.c.article_id)
        .where(inside)
        .order_by(articles.c.day, articles.c.id, deadlines.c.id)
    )
    return [_stored(row) for row in rows]


async def tells_moves(connection: AsyncConnection, scope: Scope, article_ids: Collection[int]) -> bool:
    """Whether any deadline of these articles says that a day was moved: else ``index.deadlines.link`` moves none."""
    return (await connection.execute(_moves(scope), {"told": list(article_ids)})).first() is not None


@lru_cache(SCOPES)
def _moves(scope: Scope) -> Select[Any]:
    return (
        select(deadlines.c.id)
        .join(articles, articles.c.id == deadlines.c.article_id)
        .where(deadlines.c.article_id.in_(bindparam("told", expanding=True)), deadlines.c.moves, within(scope))
        .limit(1)
    )


async def deals_of(
    connection: AsyncConnection, server_id: int | None, article_ids: Collection[int] | None = None
) -> dict[int, tuple[str, ...]]:
    """The names of the deals, likeliest first, that each article belongs to, by article id.

    Of some articles, or of all that tell a deadline.
    """
    wanted = select(deadlines.c.article_id) if article_ids is None else list(article_ids)
    query = (
        select(deal_articles.c.article_id, deals.c.name)
        .join(deals, deals.c.id == deal_articles.c.deal_id)
        .where(
            deal_articles.c.article_id.in_(wanted),
            deals.c.server_id.is_not_distinct_from(server_id),
        )
        .order_by(deal_articles.c.likeness.desc())
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in await connection.execute(query):
        found[row.article_id] = (*found.get(row.article_id, ()), row.name)
    return found


@dataclass(frozen=True, slots=True)
class ToRead:
    """What reading an article anew takes."""

    id: int
    text: str
    day: date | None
    title: str
    source: str
    server_id: int | None


async def articles_after(connection: AsyncConnection, last_id: int, limit: int) -> list[ToRead]:
    """The next articles by id, of every server: for reading them all anew."""
    columns = (
        articles.c.id,
        articles.c.text,
        articles.c.day,
        articles.c.title,
        articles.c.source,
        articles.c.server_id,
    )
    query = select(*columns).where(articles.c.id > last_id)
    rows = await connection.execute(query.order_by(articles.c.id).limit(limit))
    return [
        ToRead(row.id, row.text, date.fromisoformat(row.day) if row.day else None, row.title, row.source, row.server_id)
        for row in rows
    ]


async def count_articles(connection: AsyncConnection) -> int:
    return int((await connection.execute(select(func.count()).select_from(articles))).scalar_one())


async def read_grammar(connection: AsyncConnection) -> int | None:
    grammar: int | None = (await connection.execute(select(state.c.grammar))).scalar_one()
    return grammar


async def set_grammar(connection: AsyncConnection, version: int) -> None:
    await connection.execute(update(state).values(grammar=version))


def _columns(found: FoundDeadline) -> dict[str, Any]:
    return {
        "start": found.sentence_start,
        "end": found.sentence_end,
        "date_start": found.start,
        "date_end": found.end,
        "due": found.due.isoformat(),
        "kind": found.kind,
        "what": found.what,
        "who": found.who,
        "reading": found.found.reading,
        "confidence": found.confidence,
        "rule": found.rule,
        "moved_from": found.moved_from.isoformat() if found.moved_from else None,
        "moved_span": "/".join(day.isoformat() for day in found.moved_span) if found.moved_span else None,
        "moves": found.moves,
        "time": found.time,
    }


def _stored(row: Any) -> StoredDeadline:
    due = date.fromisoformat(row.due)
    day = FoundDate(row.date_start, row.date_end, row.words, due, due, "day", row.reading, "stored")
    found = FoundDeadline(
        found=day,
        due=due,
        kind=row.kind,
        what=row.what,
        who=row.who,
        start=row.date_start,
        end=row.date_end,
        sentence_start=row.start,
        sentence_end=row.end,
        confidence=row.confidence,
        rule=row.rule,
        moved_from=date.fromisoformat(row.moved_from) if row.moved_from else None,
        moved_span=_span(row.moved_span),
        moves=row.moves,
        time=row.time,
    )
    return StoredDeadline(
        id=row.id,
        found=found,
        quote=row.quote,
        article_id=row.article_id,
        story=row.story,
        title=row.title,
        source=row.source,
        url=row.url,
        origin=row.origin,
        published=parse_published(row.published),
    )


def _span(stored: str | None) -> tuple[date, date] | None:
    if stored is None:
        return None
    first, last = stored.split("/")
    return date.fromisoformat(first), date.fromisoformat(last)
