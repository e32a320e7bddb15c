"""Deals that nobody follows yet: articles that belong together and to no deal. Owns when they do, and what to call it.

Alike is not enough: articles of one page of a newspaper are alike. Most of a group must share a name, too.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from index.embed import Vectors
from index.library import Library
from index.membership import names
from index.models import Scope
from index.store import deals as store
from index.store.sightings import Brief, list_briefs

ALIKE = 0.5  # cosine of two articles' means
TOGETHER = 0.45  # the mean over a group's pairs
LEAST = 3  # stories: what a reprint tells was told before
SHARE = 0.6  # of a group's stories, that must name what gives it its name
NEWEST = 500  # stories that are looked at
MOST = 5

_CALENDAR = re.compile(
    r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|^(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b|^(?:Mr|Mrs|Ms|Dr|I|The|A)\b"
)


@dataclass(frozen=True, slots=True)
class Kin:
    id: int
    title: str
    source: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``name`` and ``about`` are a beginning that a person may change; ``about`` is an article's own title and names."""

    name: str
    about: str
    articles: tuple[Kin, ...]  # the most typical one first


async def suggest_deals(library: Library, server_id: int | None = None) -> list[Suggestion]:
    """The largest groups first; of the articles that the server sees."""
    scope = Scope(server_id=server_id)
    async with library.database.read() as connection:
        taken = set(await store.memberships(connection, None))
        if server_id is not None:
            taken |= set(await store.memberships(connection, server_id))
        briefs = await list_briefs(connection, scope)
        free = [each for each in briefs if each.id not in taken and each.story == each.id][-NEWEST:]
        ids, vectors = await store.vectors_of(connection, [each.id for each in free])
        texts = await store.texts_of(connection, ids)
    by_id = {each.id: each for each in free}
    return await asyncio.to_thread(_groups, [by_id[each] for each in ids], vectors, texts)


def _groups(briefs: Sequence[Brief], vectors: Vectors, texts: dict[int, tuple[str, str]]) -> list[Suggestion]:
    if len(briefs) < LEAST:
        return []
    alike = vectors @ vectors.T
    named = [_names(*texts[each.id]) - {each.source} for each in briefs]
    everywhere = Counter(name for each in named for name in each)
    found = []
    free = set(range(len(briefs)))
    while free:
        order = sorted(free)
        # Around the article that most others are like; each joins whom it is like, and most of the group.
        seed = max(order, key=lambda one: (sum(alike[one, other] >= ALIKE for other in order), -one))
        group = [seed]
        for other in sorted(order, key=lambda one: -alike[seed, one]):
            if other != seed and alike[seed, other] >= ALIKE and np.mean(alike[other, group]) >= TOGETHER:
                group.append(other)
        shared = Counter(name for each in group for name in named[each])
        titled = Counter(name for each in group for name in named[each] if name in briefs[each].title)
        telling = sorted(
            (
                name
                for name, count in shared.items()
                if count >= max(2, SHARE * len(group)) and everywhere[name] - count <= count / 2
            ),
            key=lambda name: (-titled[name], -shared[name], -len(name), name),  # by name last: a set has no order
        )
        group = [each for each in group if not named[each].isdisjoint(telling)]
        if len(group) >= LEAST:
            free -= set(group)
            found.append(_suggestion([briefs[each] for each in group], telling))
        else:
            free.discard(seed)
    return sorted(found, key=lambda each: -len(each.articles))[:MOST]


def _suggestion(group: Sequence[Brief], telling: Sequence[str]) -> Suggestion:
    shown: list[str] = []
    for name in telling:
        if not any(name in other or other in name for other in shown):
            shown.append(name)
    name = " and ".join(shown[:2])
    about = f"{' '.join(group[0].title.split())}: {', '.join(shown[:4])}"
    return Suggestion(name[:100], about[:300], tuple(Kin(each.id, each.title, each.source, each.day) for each in group))


def _names(title: str, text: str) -> set[str]:
    return {each for each in names(f"{title}. {text}") if not _CALENDAR.match(each) and not each.isupper()}
