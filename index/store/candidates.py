"""Passages with what stands around them, as reading needs them, each with its article.

The text of an article is fetched once, however many of its passages are wanted, and sliced here.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from index.models import Article, Published, Scope
from index.store.articles import SCOPES, get_articles, within
from index.store.schema import articles, passages

_before, _after = passages.alias("before"), passages.alias("after")


def _is_next(other: FromClause, step: int) -> ColumnElement[bool]:
    return (other.c.article_id == passages.c.article_id) & (other.c.position == passages.c.position + step)


# Put together once: a question asks twice, and making the statement took longer than running it.
_WITH_NEIGHBOURS = (
    select(
        passages.c.id,
        passages.c.article_id,
        passages.c.position,
        passages.c.start,
        passages.c.end,
        passages.c.terms,
        _before.c.start.label("before_start"),
        _before.c.end.label("before_end"),
        _after.c.start.label("after_start"),
        _after.c.end.label("after_end"),
    )
    .join(articles, articles.c.id == passages.c.article_id)
    .outerjoin(_before, _is_next(_before, -1))
    .outerjoin(_after, _is_next(_after, +1))
    .order_by(passages.c.article_id, passages.c.position)
)

REMEMBERED = 8_000_000  # characters of the articles whose passages are remembered: some fifty megabytes


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may hold the answer. ``text`` is sliced from the article, as are its neighbours."""

    passage_id: int
    position: int
    start: int
    end: int
    text: str
    before: str  # the passage before it, "" at the article's head
    after: str
    terms: str
    article: Article

    @property
    def article_id(self) -> int:
        return self.article.id

    @property
    def story(self) -> int:
        """The first article that told this; the same for all its reprints."""
        return self.article.reprint_of or self.article.id

    @property
    def title(self) -> str:
        return self.article.title

    @property
    def source(self) -> str:
        return self.article.source

    @property
    def published(self) -> Published | None:
        return self.article.published


async def fetch_candidates(
    connection: AsyncConnection, passage_ids: list[int], scope: Scope, told: dict[int, Article] | None = None
) -> list[Candidate]:
    """In the order of ``passage_ids``; those outside the scope, or deleted meanwhile, are left out.

    ``told``: articles that are known already; those that have to be read are added.
    """
    rows = {row.id: row for row in await connection.execute(_inside(scope, "id"), {"wanted": passage_ids})}
    told = {} if told is None else told
    unknown = {row.article_id for row in rows.values()} - told.keys()
    if unknown:
        told.update(await get_articles(connection, unknown, scope))
    return [_candidate(rows[each], told[rows[each].article_id]) for each in passage_ids if each in rows]


async def candidates_of(connection: AsyncConnection, told: Collection[Article], scope: Scope) -> list[Candidate]:
    """All passages of some articles that this transaction has read, by article and in the order of the text."""
    by_id = {article.id: article for article in told}
    rows = await connection.execute(_inside(scope, "article_id"), {"wanted": list(by_id)})
    return [_candidate(row, by_id[row.article_id]) for row in rows]


@lru_cache(SCOPES)
def _inside(scope: Scope, by: str) -> Select[Any]:
    """The passages inside the scope whose column ``by`` is one of ``:wanted``."""
    return _WITH_NEIGHBOURS.where(passages.c[by].in_(bindparam("wanted", expanding=True)), within(scope))


def _candidate(row: Any, article: Article) -> Candidate:
    return Candidate(
        passage_id=row.id,
        position=row.position,
        start=row.start,
        end=row.end,
        text=article.text[row.start : row.end],
        before=article.text[row.before_start : row.before_end] if row.before_start is not None else "",
        after=article.text[row.after_start : row.after_end] if row.after_start is not None else "",
        terms=row.terms,
        article=article,
    )


@dataclass(slots=True)
class Known:
    """Passages that questions have met at one generation of the index: the next question need not read them again.

    Which of them a scope may see holds as long, and is asked of the database for each scope.
    """

    generation: int
    passages: dict[int, Candidate] = field(default_factory=dict)
    inside: dict[Scope, dict[int, bool]] = field(default_factory=dict)  # by passage, as far as it was asked for
    whole: dict[int, list[Candidate]] = field(default_factory=dict)  # by article, all of its passages
    articles: dict[int, Article] = field(default_factory=dict)
    size: int = 0  # characters of these articles

    async def fetch(self, connection: AsyncConnection, passage_ids: list[int], scope: Scope) -> list[Candidate]:
        """As ``fetch_candidates``, in a transaction at this generation."""
        inside = self._asked_in(scope)
        unknown = [each for each in passage_ids if each not in inside]
        if unknown:
            held = len(self.articles)
            read = {each.passage_id: each for each in await fetch_candidates(connection, unknown, scope, self.articles)}
            self.size += sum(len(each.text) for each in list(self.articles.values())[held:])
            for each in unknown:
                if each in read:
                    self.passages.setdefault(each, read[each])
                inside[each] = each in read
        return [self.passages[each] for each in passage_ids if inside[each]]

    def _asked_in(self, scope: Scope) -> dict[int, bool]:
        if scope not in self.inside and len(self.inside) >= SCOPES:
            self.inside.pop(
                next(iter(tuple(self.inside))), None
            )  # several threads ask: a bare iterator could be outrun
        return self.inside.setdefault(scope, {})

    async def of(self, connection: AsyncConnection, told: Sequence[Article], scope: Scope) -> list[Candidate]:
        """As ``candidates_of``, of articles that are inside the scope."""
        unknown = [article for article in told if article.id not in self.whole]
        if unknown:
            made: dict[int, list[Candidate]] = {article.id: [] for article in unknown}
            for candidate in await candidates_of(connection, unknown, scope):
                made[candidate.article_id].append(self.passages.setdefault(candidate.passage_id, candidate))
            self.whole.update(made)
        return [each for article in told for each in self.whole[article.id]]


class Recent:
    """What is known at the present generation; another one, or too much, and it begins anew."""

    def __init__(self) -> None:
        self._known = Known(-1)

    def at(self, generation: int) -> Known:
        known = self._known
        if known.generation != generation or known.size > REMEMBERED:
            known = self._known = Known(generation)  # who still uses the other one goes on with it
        return known
