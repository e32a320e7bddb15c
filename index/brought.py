"""What an article brings that was not known: a deadline, another day for one, another stage, a claim against an earlier one.

Each with its quote. Judged against what was stored before it: the articles of its deals, or, for deadlines where it is
in none, the newest ones; always inside the scope. So of two reports of one event that come together the first brings it.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from index.agenda import link_stored
from index.disagree import disagreements
from index.models import Article, Scope
from index.stages.course import course
from index.status import COMPARED, claims_of, seen_of, stories_of, tellings
from index.store import deadlines, passages
from index.store import deals as deal_store
from index.store.deals import Deal
from index.store.sightings import Brief, list_briefs, list_sightings

Kind = Literal["deadline", "moved", "stage", "contradicts"]
KINDS: tuple[Kind, ...] = ("deadline", "moved", "stage", "contradicts")


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


async def brought(
    connection: AsyncConnection, article: Article, scope: Scope, today: date, *, anew: bool = False
) -> list[Brought]:
    """In the text's order, a turn of the deal before its dates. Days that are past are no news.

    ``anew``: the article was changed after others had come, and is compared with them all.
    """
    found = await _turns(connection, article, scope, anew)
    found += await _dates(connection, article, scope, today, anew)
    return list({told_by(each.kind, each.day, each.what): each for each in found}.values())


def told_by(kind: str, day: date | None, what: str) -> tuple[str, date | str]:
    """What makes two pieces of news the same."""
    return kind, day or what


async def _turns(connection: AsyncConnection, article: Article, scope: Scope, anew: bool) -> list[Brought]:
    """Without a deal there is nothing whose stage it could be."""
    theirs = await passages.deals_of_article(connection, article.id, scope.server_id)
    found: list[Brought] = []
    for owner in dict.fromkeys((scope.server_id, None)) if theirs else ():
        deals = {each.id: each for each in await deal_store.list_deals(connection, owner)}
        members = await deal_store.memberships(connection, owner)
        for each in deals.values():
            if each.id in theirs:
                found += await _of_deal(connection, article, each, scope, deals, members, anew)
    return found


async def _of_deal(
    connection: AsyncConnection,
    article: Article,
    deal: Deal,
    scope: Scope,
    deals: dict[int, Deal],
    members: dict[int, tuple[int, ...]],
    anew: bool,
) -> list[Brought]:
    inside = scope.model_copy(update={"deal_id": deal.id})
    briefs = [each for each in await list_briefs(connection, inside) if anew or each.id <= article.id]
    stories = stories_of(briefs)
    if not any(each.id == article.id for each in stories):
        return []  # a reprint tells nothing that its original did not
    seen = seen_of(deal, await list_sightings(connection, inside), members, deals)
    told = tellings(stories, seen)
    now = course(each for brief in stories for each in told[brief.id])
    before = course(each for brief in stories if brief.id != article.id for each in told[brief.id])
    found: list[Brought] = []
    if now.changes and now.changes[-1].article == article.id and now.stage != before.stage:
        set_by = now.changes[-1]
        quotes, sources = {each.id: each.quote for each in seen}, {each.id: each.source for each in stories}
        held = before.changes[-1] if before.changes else None
        found.append(
            Brought(
                kind="stage",
                what=f"{before.stage} → {now.stage}" if before.stage else str(now.stage),
                start=set_by.sighting.start,
                end=set_by.sighting.end,
                earlier=quotes[held.id] if held else "",
                earlier_source=sources[held.article] if held else "",
            )
        )
    return found + await _against(connection, article, deal, stories)


async def _against(
    connection: AsyncConnection, article: Article, deal: Deal, stories: Collection[Brief]
) -> list[Brought]:
    mine = [each for each in stories if each.id == article.id]
    if not (await claims_of(connection, mine))[0]:
        return []
    others = [each for each in stories if each.id != article.id][-COMPARED:]
    claims, vectors = await claims_of(connection, [*others, *mine])
    about = f"{deal.name} {deal.about}"
    pairs = await asyncio.to_thread(disagreements, claims, vectors, about, article.id)
    sources = {each.id: each.source for each in stories}
    found = []
    for pair in pairs:
        ours, theirs = sorted(pair, key=lambda each: each.article_id != article.id)
        found.append(
            Brought(
                kind="contradicts",
                what=ours.words,
                start=ours.start,
                end=ours.end,
                earlier=theirs.words,
                earlier_source=sources[theirs.article_id],
            )
        )
    return found


async def _dates(connection: AsyncConnection, article: Article, scope: Scope, today: date, anew: bool) -> list[Brought]:
    ids = await passages.same_deal(connection, article.id, COMPARED)
    if len(ids) == 1:
        ids += await passages.newest(connection, COMPARED)
    ids = [each for each in ids if anew or each <= article.id]
    stored = await deadlines.list_deadlines(connection, scope, set(ids))
    ours = [number for number, each in enumerate(stored) if each.article_id == article.id]
    if not ours:
        return []
    deals = await deadlines.deals_of(connection, scope.server_id)
    links = await link_stored(connection, stored, deals)
    found: list[Brought] = []
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
    return found


def _moved(chain: tuple[date, ...], due: date) -> bool:
    return due in chain and chain.index(due) > 0
