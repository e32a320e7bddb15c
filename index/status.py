"""Where a deal stands: its stage with the sentence that says so, what is open, what happened, who disagrees.

Owns what a status holds. Everything in it is quoted; an empty field says that no article tells. Works on
what was read at ingestion (``index.told``), inside a scope: so ``as_of`` turns the clock back here as well.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from sqlalchemy.ext.asyncio import AsyncConnection

from index.agenda import Deadline, agenda
from index.disagree import disagreements, is_claim
from index.embed import Vectors
from index.library import Library
from index.models import Citation, Frozen, Scope
from index.parties import Party, parties
from index.stages import RUMOUR, Stage
from index.stages.about import belongs, names
from index.stages.course import Course, Told, course
from index.store import deals as deal_store
from index.store import passages as passage_store
from index.store import sightings as store
from index.store.deals import Deal
from index.store.passages import Said
from index.store.sightings import Brief, Seen
from index.timeline import Event, cite, timeline

AGAINST = 5  # contrary claims that are shown, the newest of them
SUPPORT = 2  # sentences of other articles that tell the same stage
COMPARED = 150  # the newest stories, among whose claims disagreements are looked for


class Contrary(Frozen):
    """A sentence that tells another stage, and did not count: it is older, or weaker."""

    stage: Stage
    rumour: bool
    citation: Citation


class Status(Frozen):
    deal: str | None
    as_of: date | None
    stage: Stage | None = None
    since: date | None = None
    citations: tuple[Citation, ...] = ()  # the first is the sentence that the stage rests on
    against: tuple[Contrary, ...] = ()
    disagreements: tuple[tuple[Citation, Citation], ...] = ()  # claims that cannot both be true
    parties: tuple[Party, ...] = ()
    newest: Event | None = None
    sources: int = 0  # independent outlets: a reprint counts as its original
    articles: int = 0
    timeline: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """A status with the deadlines that lie ahead, soonest first, and all that were told."""

    status: Status
    ahead: list[Deadline]
    everything: list[Deadline]


async def status(library: Library, deal: Deal | None, scope: Scope, today: date | None = None) -> Standing:
    """Where ``deal`` stands inside the scope; without a deal all articles are taken as one story.

    ``today`` decides which deadlines are ahead; it is ``scope.as_of``, else the computer's, unless given.
    """
    scope = scope.model_copy(update={"deal_id": deal.id if deal else scope.deal_id})
    now = today or scope.as_of or date.today()
    async with library.database.read() as connection:
        briefs = await store.list_briefs(connection, scope)
        seen = await store.list_sightings(connection, scope)
        stories = stories_of(briefs)
        claims, vectors = await claims_of(connection, stories[-COMPARED:])
        owner = deal.server_id if deal else scope.server_id  # a server may look at a deal that all share
        deals = {each.id: each for each in await deal_store.list_deals(connection, owner)}
        members = await deal_store.memberships(connection, owner) if deal else {}
    everything = await agenda(library, scope, since=now, everything=True)
    if deal:
        seen = seen_of(deal, seen, members, deals)
    about = f"{deal.name} {deal.about}" if deal else ""
    pairs = await asyncio.to_thread(disagreements, claims, vectors, about)
    made = _status(deal, scope.as_of, briefs, seen, everything, pairs)
    ahead = [each for each in everything if each.moved_to is None and (each.due >= now or each.told.found.rule)]
    return Standing(made, ahead, everything)


async def claims_of(connection: AsyncConnection, stories: Sequence[Brief]) -> tuple[list[Said], Vectors]:
    said = await passage_store.of_articles(connection, [(each.id, each.story) for each in stories])
    claims = [each for each in said if is_claim(each.words)]
    vectors = await passage_store.embeddings_of(connection, [each.id for each in claims])
    return claims, np.stack([vectors[each.id] for each in claims]) if claims else np.empty((0, 0), np.float32)


def seen_of(
    deal: Deal, seen: Sequence[Seen], members: dict[int, tuple[int, ...]], deals: dict[int, Deal]
) -> list[Seen]:
    """Those that speak of the deal. What it is called after is nothing elsewhere, though an article names it only once."""
    about = f"{deal.name} {deal.about}"
    ours = []
    for each in seen:
        others = [deals[other] for other in members.get(each.article_id, ()) if other != deal.id and other in deals]
        if belongs(each.quote, about, [f"{other.name} {other.about}" for other in others]):
            elsewhere = each.sighting.elsewhere and not names(each.quote) & names(f" {about}")
            ours.append(replace(each, sighting=replace(each.sighting, elsewhere=elsewhere)))
    return ours


def _status(
    deal: Deal | None,
    as_of: date | None,
    briefs: Sequence[Brief],
    seen: Sequence[Seen],
    deadlines: list[Deadline],
    pairs: Sequence[tuple[Said, Said]],
) -> Status:
    stories = stories_of(briefs)
    told = tellings(stories, seen)
    by_id = {each.id: each for each in seen}
    found = course(each for brief in stories for each in told[brief.id])
    events = timeline(stories, told, by_id, found, deadlines)
    also = _also(briefs)
    return Status(
        deal=deal.name if deal else None,
        as_of=as_of,
        stage=found.stage,
        since=found.changes[-1].since if found.changes else None,
        citations=_citations(found, stories, by_id, also),
        against=_against(found, stories, by_id),
        disagreements=tuple((_said(one, stories), _said(other, stories)) for one, other in pairs),
        parties=parties(
            [by_id[each.id] for each in (*found.changes, *found.repeats)], seen, deal.about if deal else ""
        ),
        newest=next((each for each in reversed(events) if each.kind != "deadline"), None),
        sources=len({brief.source or brief.origin for brief in stories}),
        articles=len(briefs),
        timeline=tuple(events),
    )


def tellings(stories: Sequence[Brief], seen: Sequence[Seen]) -> dict[int, list[Told]]:
    """The sightings of each story, by its article."""
    by_article: dict[int, list[Seen]] = {}
    for each in seen:
        by_article.setdefault(each.article_id, []).append(each)
    return {
        brief.id: [
            Told(each.sighting, brief.id, brief.story, brief.day, each.id) for each in by_article.get(brief.id, ())
        ]
        for brief in stories
    }


def _said(said: Said, stories: Sequence[Brief]) -> Citation:
    brief = next(each for each in stories if each.id == said.article_id)
    return cite(brief, said.start, said.end, said.words)


def stories_of(briefs: Sequence[Brief]) -> list[Brief]:
    """One article of each story, in the order of ``briefs``: the original, or where it is out of sight the first."""
    originals = {brief.id for brief in briefs}
    first: dict[int, int] = {}
    for brief in briefs:
        first.setdefault(brief.story, brief.story if brief.story in originals else brief.id)
    return [brief for brief in briefs if first[brief.story] == brief.id]


def _also(briefs: Sequence[Brief]) -> dict[int, tuple[str, ...]]:
    """The other outlets that carry a story, by story."""
    found: dict[int, tuple[str, ...]] = {}
    for brief in briefs:
        if brief.id != brief.story and brief.source:
            found[brief.story] = tuple(dict.fromkeys((*found.get(brief.story, ()), brief.source)))
    return found


def _citations(
    found: Course, stories: Sequence[Brief], seen: dict[int, Seen], also: dict[int, tuple[str, ...]]
) -> tuple[Citation, ...]:
    if not found.changes:
        return ()
    briefs = {brief.id: brief for brief in stories}
    last = found.changes[-1]
    same = [each for each in found.repeats if each.tells == last.tells and _after(each, last)]
    return tuple(
        cite(
            briefs[each.article],
            each.sighting.start,
            each.sighting.end,
            seen[each.id].quote,
            tuple(
                outlet for outlet in also.get(briefs[each.article].story, ()) if outlet != briefs[each.article].source
            ),
        )
        for each in (last, *reversed(same[-SUPPORT:]))
    )


def _after(each: Told, last: Told) -> bool:
    return each.published is None or last.published is None or each.published >= last.published


def _against(found: Course, stories: Sequence[Brief], seen: dict[int, Seen]) -> tuple[Contrary, ...]:
    briefs = {brief.id: brief for brief in stories}
    return tuple(
        Contrary(
            stage=each.sighting.stage,
            rumour=each.sighting.weight == RUMOUR,
            citation=cite(briefs[each.article], each.sighting.start, each.sighting.end, seen[each.id].quote),
        )
        for each in reversed(found.against[-AGAINST:])
    )
