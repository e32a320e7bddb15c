"""Every query on sightings: stores what ``index.stages`` found and gives it back with its article. Weighs nothing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from index.models import Published, Scope, day_of
from index.stages import Sighting
from index.store.articles import parse_published, within
from index.store.schema import articles, passages, sightings, state


@dataclass(frozen=True, slots=True)
class Brief:
    """An article without its text, and its first sentence that is one."""

    id: int
    story: int  # the first article that told this; the same for all its reprints
    title: str
    source: str
    author: str
    url: str | None
    origin: str
    published: Published | None
    lead: tuple[int, int, str]  # start, end, words; empty for an article without passages

    @property
    def day(self) -> date | None:
        return day_of(self.published)


@dataclass(frozen=True, slots=True)
class Seen:
    """One sighting with its sentence."""

    id: int
    article_id: int
    sighting: Sighting
    quote: str


async def set_sightings(connection: AsyncConnection, article_id: int, found: Sequence[Sighting]) -> None:
    """What an article tells, in place of what it told."""
    await connection.execute(delete(sightings).where(sightings.c.article_id == article_id))
    if found:
        rows = [{"article_id": article_id} | _columns(each) for each in found]
        await connection.execute(insert(sightings), rows)


async def list_briefs(connection: AsyncConnection, scope: Scope) -> list[Brief]:
    """The articles inside the scope, by day; those of unknown day first."""
    first = (
        select(passages.c.article_id, func.min(passages.c.position).label("position"))
        .where(passages.c.end - passages.c.start >= _A_SENTENCE)
        .group_by(passages.c.article_id)
        .subquery()
    )
    lead = (
        select(passages.c.article_id, passages.c.start, passages.c.end)
        .join(first, (first.c.article_id == passages.c.article_id) & (first.c.position == passages.c.position))
        .subquery()
    )
    query = (
        select(
            articles.c.id,
            func.coalesce(articles.c.reprint_of, articles.c.id).label("story"),
            articles.c.title,
            articles.c.source,
            articles.c.author,
            articles.c.url,
            articles.c.origin,
            articles.c.published,
            lead.c.start,
            lead.c.end,
            func.substr(articles.c.text, lead.c.start + 1, lead.c.end - lead.c.start).label("words"),
        )
        .outerjoin(lead, lead.c.article_id == articles.c.id)
        .where(within(scope))
        .order_by(articles.c.day.is_not(None), articles.c.day, articles.c.published, articles.c.id)
    )
    return [
        Brief(
            id=row.id,
            story=row.story,
            title=row.title,
            source=row.source,
            author=row.author,
            url=row.url,
            origin=row.origin,
            published=parse_published(row.published),
            lead=(row.start or 0, row.end or 0, row.words or ""),
        )
        for row in await connection.execute(query)
    ]


_A_SENTENCE = 30  # characters; a shorter passage is a kicker or a cry


async def list_sightings(connection: AsyncConnection, scope: Scope) -> list[Seen]:
    """Inside the scope, by article and place."""
    quote = func.substr(articles.c.text, sightings.c.start + 1, sightings.c.end - sightings.c.start)
    query = (
        select(sightings, quote.label("quote"))
        .join(articles, articles.c.id == sightings.c.article_id)
        .where(within(scope))
        .order_by(sightings.c.article_id, sightings.c.start)
    )
    return [_seen(row) for row in await connection.execute(query)]


async def read_stage_grammar(connection: AsyncConnection) -> int | None:
    version: int | None = (await connection.execute(select(state.c.stage_grammar))).scalar_one()
    return version


async def set_stage_grammar(connection: AsyncConnection, version: int) -> None:
    await connection.execute(update(state).values(stage_grammar=version))


async def quotes(connection: AsyncConnection, spans: Iterable[tuple[int, int, int]]) -> dict[tuple[int, int, int], str]:
    """The words of ``(article id, start, end)``."""
    wanted = list(spans)
    ids: Collection[int] = {each for each, _, _ in wanted}
    rows = await connection.execute(select(articles.c.id, articles.c.text).where(articles.c.id.in_(ids)))
    texts = {row.id: row.text for row in rows}
    return {(a, start, end): texts[a][start:end] for a, start, end in wanted if a in texts}


def _columns(found: Sighting) -> dict[str, Any]:
    return {
        "stage": found.stage,
        "start": found.start,
        "end": found.end,
        "weight": found.weight,
        "cue": found.cue,
        "day": found.day.isoformat() if found.day else None,
        "position": found.position,
        "soft": found.soft,
        "turns_back": found.turns_back,
        "elsewhere": found.elsewhere,
    }


def _seen(row: Any) -> Seen:
    sighting = Sighting(
        stage=row.stage,
        start=row.start,
        end=row.end,
        weight=row.weight,
        cue=row.cue,
        day=date.fromisoformat(row.day) if row.day else None,
        position=row.position,
        soft=row.soft,
        turns_back=row.turns_back,
        elsewhere=row.elsewhere,
    )
    return Seen(row.id, row.article_id, sighting, row.quote)
