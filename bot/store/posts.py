"""Every query on what was posted, what it told, and why. Decides nothing; sends nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.posts.content import Content
from bot.store.post_tables import decisions, looked, post_articles, posts
from bot.store.servers import upsert

LOGGED = 14 * 86400.0  # seconds that the log of decisions is kept


@dataclass(frozen=True, slots=True)
class Post:
    id: int
    server_id: int
    channel_id: int
    watch_id: int | None
    article_id: int
    content: Content
    digest_due: float | None
    muted: bool
    version: int
    at: float


@dataclass(frozen=True, slots=True)
class Decision:
    server_id: int
    channel_id: int
    article_id: int
    title: str
    outcome: str
    why: str
    at: float


async def take_turn(connection: AsyncConnection) -> None:
    """From here to the commit nobody else writes posts: two reports of one story find each other."""
    if connection.dialect.name != "sqlite":
        await connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('dealwire posts'))"))


async def add(
    connection: AsyncConnection,
    *,
    server_id: int,
    channel_id: int,
    watch_id: int,
    content: Content,
    digest_due: float | None,
    at: float,
) -> int:
    values = {
        "server_id": server_id,
        "channel_id": channel_id,
        "watch_id": watch_id,
        "article_id": content.article_id,
        "payload": content.model_dump_json(),
        "digest_due": digest_due,
        "at": at,
    }
    post_id = int((await connection.execute(insert(posts).values(values).returning(posts.c.id))).scalar_one())
    await add_article(connection, post_id, content.article_id, content.source)
    return post_id


async def add_article(connection: AsyncConnection, post_id: int, article_id: int, outlet: str) -> bool:
    """Whether the story did not have it yet."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    adding = dialect.insert(post_articles).values(post_id=post_id, article_id=article_id, outlet=outlet)
    adding = adding.on_conflict_do_nothing(index_elements=["post_id", "article_id"])
    return (await connection.execute(adding.returning(post_articles.c.post_id))).one_or_none() is not None


async def set_content(connection: AsyncConnection, post: Post, content: Content) -> int:
    """Its new version."""
    query = (
        update(posts)
        .where(posts.c.id == post.id)
        .values(payload=content.model_dump_json(), version=posts.c.version + 1)
    )
    return int((await connection.execute(query.returning(posts.c.version))).scalar_one())


async def mute(connection: AsyncConnection, post_id: int, muted: bool) -> None:
    await connection.execute(update(posts).where(posts.c.id == post_id).values(muted=muted))


async def get(connection: AsyncConnection, post_id: int, server_id: int | None = None) -> Post | None:
    """None also where it is another server's."""
    query = select(posts).where(posts.c.id == post_id)
    if server_id is not None:
        query = query.where(posts.c.server_id == server_id)
    row = (await connection.execute(query)).one_or_none()
    return _post(row) if row else None


async def of_article(connection: AsyncConnection, article_id: int) -> list[Post]:
    """The posts, anywhere, that quote it or name it as a further report."""
    told = select(post_articles.c.post_id).where(post_articles.c.article_id == article_id)
    return await _select(connection, posts.c.id.in_(told))


async def recent(connection: AsyncConnection, channel_id: int, since: float) -> list[tuple[Post, set[int]]]:
    """The channel's newest posts, each with all the articles of its story."""
    found = await _select(connection, (posts.c.channel_id == channel_id) & (posts.c.at >= since))
    query = select(post_articles).where(post_articles.c.post_id.in_([each.id for each in found]))
    told: dict[int, set[int]] = {}
    for row in await connection.execute(query):
        told.setdefault(row.post_id, set()).add(row.article_id)
    return [(each, told.get(each.id, set())) for each in found]


async def count_since(connection: AsyncConnection, watch_id: int, since: float) -> int:
    """Messages of its own that a watch has posted; what went into a digest does not count."""
    mine = (posts.c.watch_id == watch_id, posts.c.digest_due.is_(None), posts.c.at >= since)
    return int(await connection.scalar(select(func.count()).select_from(posts).where(*mine)) or 0)


async def of_digest(connection: AsyncConnection, watch_id: int, due: float) -> list[Post]:
    return await _select(connection, (posts.c.watch_id == watch_id) & (posts.c.digest_due == due))


async def log(connection: AsyncConnection, rows: Collection[Decision]) -> None:
    if rows:
        names = Decision.__dataclass_fields__
        await connection.execute(insert(decisions), [{name: getattr(each, name) for name in names} for each in rows])
        await connection.execute(delete(decisions).where(decisions.c.at < max(each.at for each in rows) - LOGGED))


async def log_of(connection: AsyncConnection, channel_id: int, words: str = "", limit: int = 200) -> list[Decision]:
    """The newest first. ``words`` of the title are compared here, since SQLite folds the case of ASCII only."""
    query = select(decisions).where(decisions.c.channel_id == channel_id).order_by(decisions.c.id.desc())
    rows = await connection.execute(query if words else query.limit(limit))
    wanted = (row for row in rows if words.casefold() in row.title.casefold())
    names = Decision.__dataclass_fields__
    return [Decision(*[getattr(row, name) for name in names]) for row in islice(wanted, limit)]


async def look(connection: AsyncConnection, person_id: int, deal_id: int, now: float) -> float | None:
    """When this person last looked at the deal; from now on that is now."""
    key = {"person_id": person_id, "deal_id": deal_id}
    before: float | None = await connection.scalar(
        select(looked.c.at).where(looked.c.person_id == person_id, looked.c.deal_id == deal_id)
    )
    await upsert(connection, looked, key, {"at": now})
    return before


async def _select(connection: AsyncConnection, inside: ColumnElement[bool]) -> list[Post]:
    return [_post(row) for row in await connection.execute(select(posts).where(inside).order_by(posts.c.id))]


def _post(row: Any) -> Post:
    return Post(
        id=row.id,
        server_id=row.server_id,
        channel_id=row.channel_id,
        watch_id=row.watch_id,
        article_id=row.article_id,
        content=Content.model_validate_json(row.payload),
        digest_due=row.digest_due,
        muted=row.muted,
        version=row.version,
        at=row.at,
    )
