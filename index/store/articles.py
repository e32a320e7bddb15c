"""Every query on articles and their passages. Takes a connection inside a transaction; decides nothing
about what is worth storing (``index.ingest`` does) or what answers a question (``index.answer`` does).
"""

import hashlib
import os.path
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, false, func, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from index.duplicates import WINDOW_DAYS
from index.errors import StoreError
from index.models import Article, Draft, Scope
from index.store.queue import notify
from index.store.schema import articles, buckets, deal_articles, passages, state

LONGEST_KEY = 500  # characters of an article's identity
CLAIMS = 400  # locks that one transaction may hold
BY_TITLE = "title:"  # begins the id of an item that its feed gave none, and no link of its own
SCOPES = 64  # whose statements are kept: putting one together takes longer than running it


@dataclass(frozen=True, slots=True)
class NewPassage:
    start: int
    end: int
    terms: str
    embedding: bytes


@dataclass(frozen=True, slots=True)
class State:
    generation: int
    removals: int
    embedding_model: str | None


async def read_state(connection: AsyncConnection) -> State:
    row = (await connection.execute(select(state.c.generation, state.c.removals, state.c.embedding_model))).one()
    return State(row.generation, row.removals, row.embedding_model)


async def changed(connection: AsyncConnection, *, removed: bool = False, model: str | None = None) -> None:
    """Tell every process that articles or passages changed. Belongs into each transaction that does."""
    values: dict[str, Any] = {"generation": state.c.generation + 1}
    if removed:
        values["removals"] = state.c.removals + 1
    if model is not None:
        values["embedding_model"] = model
    await connection.execute(update(state).values(values))
    await notify(connection)


async def check_model(connection: AsyncConnection, ours: str) -> None:
    """Vectors of two models must never meet. Raises StoreError where the stored ones are not of ``ours``."""
    theirs = (await read_state(connection)).embedding_model
    if theirs not in {None, ours}:
        raise StoreError(
            f"The index was embedded with {theirs!r}, this process runs {ours!r}; set DEALWIRE_EMBEDDING_MODEL alike "
            "everywhere, and to change it for good run: dealwire ingest PATH"
        )


def within(scope: Scope) -> ColumnElement[bool]:
    """The condition on ``articles`` that keeps a query inside its scope."""
    shared: ColumnElement[bool] = articles.c.server_id.is_(None)
    inside = shared if scope.server_id is None else or_(shared, articles.c.server_id == scope.server_id)
    if scope.as_of is not None:
        inside = and_(inside, articles.c.day <= scope.as_of.isoformat())
    if scope.deal_id is not None:
        told = select(deal_articles.c.article_id).where(deal_articles.c.deal_id == scope.deal_id)
        inside = and_(inside, articles.c.id.in_(told))
    return inside


def identity(draft: Draft, *, alone: bool = True) -> str:
    """What makes a later reading the same article: its feed's id, else its address, else its file.

    Not ``alone`` in its file, as the items of a feed are, it needs its title beside. Files count by their
    full path: the same relative one may be another file tomorrow.
    """
    place = _place(draft.origin)
    if draft.feed_id:
        return _indexable(f"feed:{place}#{draft.feed_id}")
    if draft.url:
        return _indexable(f"url:{draft.url}")
    return _indexable(f"file:{place}" if alone else f"file:{place}#{draft.title}")


def _place(origin: str) -> str:
    return origin if "://" in origin else os.path.abspath(origin)  # noqa: PTH100 - no disk is read


def title_id(draft: Draft) -> str:
    """What tells an item apart that has neither an id nor a link of its own."""
    title = f"title\x1f{draft.title}".encode("utf-8", "replace")
    return f"{BY_TITLE}{hashlib.blake2b(title, digest_size=12).hexdigest()}"


def _indexable(key: str) -> str:
    """No longer than an index on PostgreSQL can take, and still one of its kind."""
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[:64]}…{hashlib.blake2b(key.encode(), digest_size=16).hexdigest()}"


def digest(draft: Draft) -> str:
    """Of everything that people see: equal digests mean that nothing changed."""
    published = draft.published.isoformat() if draft.published else ""
    parts = (draft.title, draft.text, published, draft.source, draft.author)
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


async def claim(connection: AsyncConnection, readings: Sequence[tuple[Draft, bool]], server_id: int | None) -> None:
    """Before ``find_same``: make other writers of the same articles wait until this transaction ends.

    ``readings``: each draft, and whether it is alone in its file. SQLite's writers take turns anyway. Locks
    are taken in one order, so that two writers cannot wait for each other.
    """
    if connection.dialect.name == "sqlite":
        return
    keys = set()
    for draft, alone in readings:
        said = (identity(draft, alone=alone), digest(draft), *([f"url:{draft.url}"] if draft.url else []))
        keys |= {f"{server_id} {each}" for each in said}
    if len(keys) > CLAIMS:  # the server's table of locks is small: take its one gate instead
        await connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('dealwire articles'))"))
        return
    await connection.execute(text("SELECT pg_advisory_xact_lock_shared(hashtext('dealwire articles'))"))
    numbers = sorted({int.from_bytes(hashlib.blake2b(k.encode(), digest_size=8).digest(), signed=True) for k in keys})
    await connection.execute(
        text("SELECT pg_advisory_xact_lock(number) FROM unnest(CAST(:numbers AS bigint[])) AS number"),
        {"numbers": numbers},
    )


async def take_turn(connection: AsyncConnection) -> None:
    """From here to the commit one writer at a time: what is read now is all there is to be linked with.

    So that two reprints stored at the same moment find each other. Late in the transaction, since all writers
    wait for it; SQLite's took their turn when they began.
    """
    if connection.dialect.name != "sqlite":
        await connection.execute(select(state.c.id).with_for_update())


async def find_same(
    connection: AsyncConnection, draft: Draft, server_id: int | None, *, alone: bool = True
) -> Any | None:
    """The stored article that this draft is, or is a new version of, unless there is ``nothing_new`` in it."""
    key, content = identity(draft, alone=alone), digest(draft)
    same_url = and_(articles.c.url == draft.url, _not_another_item(draft)) if draft.url else false()
    server = articles.c.server_id.is_(None) if server_id is None else articles.c.server_id == server_id
    found = await connection.execute(
        select(
            articles.c.id,
            articles.c.digest,
            articles.c.identity,
            articles.c.origin,
            func.length(articles.c.text).label("length"),
        )
        .where(server, or_(articles.c.identity == key, same_url, articles.c.digest == content))
        .order_by(articles.c.id)
    )
    rows = found.all()
    for fits in (lambda row: row.identity == key, lambda row: row.digest == content, lambda row: True):
        for row in rows:
            if fits(row):
                return row
    return None


def nothing_new(same: Any, draft: Draft, *, alone: bool = True) -> bool:
    """Whether the article that ``find_same`` found stays as it is: it says the same; or only its address is the same,
    and it says at least as much. So no feed's teaser takes the place of the article that it leads to, whichever is
    read first. A new version from the same file, feed or page counts however short it is.
    """
    if same.digest == digest(draft):
        return True
    key = identity(draft, alone=alone)
    only_address = same.identity != key or key.startswith("url:")
    return only_address and _place(same.origin) != _place(draft.origin) and int(same.length) >= len(draft.text)


async def texts_of_outlet(connection: AsyncConnection, source: str, server_id: int | None, limit: int) -> list[str]:
    """The newest articles of an outlet that the server stored itself: for how it writes, not for what it tells."""
    server = articles.c.server_id.is_(None) if server_id is None else articles.c.server_id == server_id
    query = select(articles.c.text).where(articles.c.source == source, server).order_by(articles.c.id.desc())
    return list((await connection.execute(query.limit(limit))).scalars())


def _not_another_item(draft: Draft) -> ColumnElement[bool]:
    """Items of one feed that all link to the same page are still different articles. Where they are told apart by their
    titles, the page is theirs only under the same title."""
    by_id = articles.c.feed_id
    titled = articles.c.title == _storable(draft.title)
    if not draft.feed_id or not draft.feed_id.startswith(BY_TITLE):
        titled = or_(titled, by_id.is_(None), ~by_id.startswith(BY_TITLE))
    if not draft.feed_id:
        return titled
    return and_(titled, or_(by_id.is_(None), by_id == draft.feed_id, articles.c.origin != draft.origin))


async def insert_article(
    connection: AsyncConnection,
    draft: Draft,
    made: Sequence[NewPassage],
    server_id: int | None,
    *,
    alone: bool = True,
) -> int:
    now = _now()
    values = _columns(draft, alone) | {"server_id": server_id, "added_at": now, "updated_at": now}
    added = await connection.execute(insert(articles).values(values).returning(articles.c.id))
    article_id = int(added.scalar_one())
    await _insert_passages(connection, article_id, made)
    return article_id


async def replace_article(
    connection: AsyncConnection, article_id: int, draft: Draft, made: Sequence[NewPassage], *, alone: bool = True
) -> None:
    """A new version: the id stays, the passages are new ones."""
    values = _columns(draft, alone) | {"updated_at": _now(), "reprint_of": None}
    await connection.execute(update(articles).where(articles.c.id == article_id).values(values))
    await connection.execute(delete(passages).where(passages.c.article_id == article_id))
    await connection.execute(delete(buckets).where(buckets.c.article_id == article_id))
    await _insert_passages(connection, article_id, made)


async def delete_article(connection: AsyncConnection, article_id: int) -> None:
    """Passages, buckets and deals' links go with it (ON DELETE CASCADE); call ``changed(removed=True)``."""
    await connection.execute(delete(articles).where(articles.c.id == article_id))


async def get_article(connection: AsyncConnection, article_id: int, scope: Scope) -> Article | None:
    found = await connection.execute(select(articles).where(articles.c.id == article_id, within(scope)))
    row = found.one_or_none()
    return _article(row) if row else None


async def get_articles(connection: AsyncConnection, ids: Iterable[int], scope: Scope) -> dict[int, Article]:
    """By id; those outside the scope, or deleted, are missing."""
    found = await connection.execute(select(articles).where(articles.c.id.in_(list(ids)), within(scope)))
    return {row.id: _article(row) for row in found}


async def list_articles(connection: AsyncConnection, scope: Scope) -> list[Article]:
    """Newest first; those of unknown day last."""
    newest = (articles.c.day.is_(None), articles.c.published.desc(), articles.c.id)
    return [_article(row) for row in await connection.execute(select(articles).where(within(scope)).order_by(*newest))]


async def holds_more(connection: AsyncConnection, scope: Scope, than: int) -> bool:
    """Whether more articles than that are inside the scope; looks at no more of them."""
    some = select(articles.c.id).where(within(scope)).limit(than + 1).subquery()
    return int((await connection.execute(select(func.count()).select_from(some))).scalar_one()) > than


async def article_ids(connection: AsyncConnection, scope: Scope) -> list[int]:
    return list((await connection.execute(select(articles.c.id).where(within(scope)))).scalars())


async def set_buckets(connection: AsyncConnection, article_id: int, numbers: Iterable[int]) -> None:
    """The article's buckets become these."""
    await connection.execute(delete(buckets).where(buckets.c.article_id == article_id))
    rows = [{"article_id": article_id, "bucket": number} for number in numbers]
    if rows:
        await connection.execute(insert(buckets), rows)


async def bucket_mates(connection: AsyncConnection, article_id: int, day: date | None) -> list[Any]:
    """Articles of the same server and fortnight that share a bucket: ``id, day, text, reprint_of``."""
    mine = select(buckets.c.bucket).where(buckets.c.article_id == article_id)
    mates = select(buckets.c.article_id).where(buckets.c.bucket.in_(mine))
    same_server = select(articles.c.server_id).where(articles.c.id == article_id).scalar_subquery()
    query = select(articles.c.id, articles.c.day, articles.c.text, articles.c.reprint_of).where(
        articles.c.id.in_(mates), articles.c.id != article_id, articles.c.server_id.is_not_distinct_from(same_server)
    )
    if day is not None:
        span = timedelta(days=WINDOW_DAYS)
        query = query.where(articles.c.day.between((day - span).isoformat(), (day + span).isoformat()))
    return list((await connection.execute(query.order_by(articles.c.id))).all())


async def link_reprint(connection: AsyncConnection, article_id: int, first_id: int) -> None:
    """``first_id`` becomes the one that ``article_id``, and all that pointed to that, are reprints of."""
    followers = or_(articles.c.id == article_id, articles.c.reprint_of == article_id)
    await connection.execute(update(articles).where(followers, articles.c.id != first_id).values(reprint_of=first_id))
    await connection.execute(update(articles).where(articles.c.id == first_id).values(reprint_of=None))


async def unlink_followers(connection: AsyncConnection, article_id: int) -> list[int]:
    """The reprints of an article, which from now on are nobody's; see ``index.reprints.link_anew``."""
    followers = articles.c.reprint_of == article_id
    ids = list((await connection.execute(select(articles.c.id).where(followers).order_by(articles.c.id))).scalars())
    await connection.execute(update(articles).where(followers).values(reprint_of=None))
    return ids


async def day_and_text(connection: AsyncConnection, article_id: int) -> tuple[str | None, str]:
    row = (await connection.execute(select(articles.c.day, articles.c.text).where(articles.c.id == article_id))).one()
    return row.day, row.text


async def server_of(connection: AsyncConnection, article_id: int) -> int | None:
    """Whose it is; None: shared (or not there)."""
    found: int | None = await connection.scalar(select(articles.c.server_id).where(articles.c.id == article_id))
    return found


async def of_feed(
    connection: AsyncConnection, origin: str, feed_ids: Sequence[str], server_id: int | None
) -> list[int]:
    """The articles that a server has from a feed under these ids."""
    theirs = (articles.c.origin == origin, articles.c.server_id.is_not_distinct_from(server_id))
    query = select(articles.c.id).where(*theirs, articles.c.feed_id.in_(list(feed_ids)[:500]))
    return list((await connection.execute(query)).scalars())


async def days(connection: AsyncConnection, ids: Iterable[int]) -> dict[int, str | None]:
    found = await connection.execute(select(articles.c.id, articles.c.day).where(articles.c.id.in_(list(ids))))
    return {row.id: row.day for row in found}


async def count_passages(connection: AsyncConnection) -> int:
    return int((await connection.execute(select(func.count()).select_from(passages))).scalar_one())


async def _insert_passages(connection: AsyncConnection, article_id: int, made: Sequence[NewPassage]) -> None:
    rows = [
        {
            "article_id": article_id,
            "position": position,
            "start": passage.start,
            "end": passage.end,
            "terms": passage.terms,
            "embedding": passage.embedding,
        }
        for position, passage in enumerate(made)
    ]
    if rows:
        await connection.execute(insert(passages), rows)


def _columns(draft: Draft, alone: bool) -> dict[str, Any]:
    told = draft.model_dump(exclude={"published"})
    values: dict[str, Any] = {name: told[name] and _storable(told[name]) for name in told}
    day = draft.day
    return values | {
        "published": draft.published.isoformat() if draft.published else None,
        "day": day.isoformat() if day else None,
        "identity": identity(draft, alone=alone),
        "digest": digest(draft),
    }


def _storable(words: str) -> str:
    """PostgreSQL stores no NUL; its stand-in is as long, so that offsets stay what they were."""
    return words.replace("\0", "\ufffd")


def _article(row: Row[Any]) -> Article:
    fields = {name: getattr(row, name) for name in Article.model_fields}
    # Not validated again: a question reads dozens, and what is stored was a Draft.
    return Article.model_construct(**(fields | {"published": parse_published(row.published)}))


def parse_published(stored: str | None) -> datetime | date | None:
    if stored is None:
        return None
    return date.fromisoformat(stored) if len(stored) == len("2025-11-17") else datetime.fromisoformat(stored)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
