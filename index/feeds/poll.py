"""One turn of one feed: looked at, compared with what was seen, put into the queue, given back.

All that a turn finds is committed at once (see ``index.store.feed_tables``), and only while the lease is still ours.
Owns what is announced: what is new to a subscriber who has read what was there at the start.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
from sqlalchemy.ext.asyncio import AsyncConnection

from index.errors import FetchError, UnreadableError
from index.feeds.items import LEFT, TRIES, UNREAD, Known, Sorted, sort
from index.feeds.look import article_behind, look
from index.feeds.turns import after_failure, after_success
from index.ingest import remove_article
from index.library import Library
from index.models import Draft
from index.read import Reading
from index.store import articles, feed_items, feeds, queue
from index.store.feeds import Feed, Subscription
from index.work import to_json

FOLLOWED = 8  # articles behind links that one turn fetches
FORGOTTEN = 120 * 86400.0  # seconds after which an item that is in the feed no more is forgotten

log = logging.getLogger(__name__)


class LostError(Exception):
    """The lease ended before we did; another has the feed now, and nothing of ours counts."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a turn came to, for the log and for tests."""

    feed: Feed
    new: int = 0
    changed: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An entry with the article that is to be stored; None where it could not be had."""

    known: Known
    draft: Draft | None


@dataclass(frozen=True, slots=True)
class Followed:
    """What a turn came to, oldest first, and what was too much for it."""

    had: list[Found]
    left: list[Known]


async def take_turn(
    library: Library,
    feed: Feed,
    worker: str,
    session: aiohttp.ClientSession,
    *,
    now: float,
    shortest: float,
    allow_private: bool,
) -> Told:
    """Raises LostError, and StoreError: nothing has happened then."""
    try:
        seen = await look(
            feed.address, session, allow_private=allow_private, etag=feed.etag, last_modified=feed.last_modified
        )
    except (FetchError, UnreadableError) as error:
        return await _failed(library, feed, worker, error, now, shortest)
    async with library.database.read() as connection:
        found = await sort(connection, feed.id, seen.entries)
        wanted = await feeds.subscriptions_of(connection, feed.id)
    followed = await follow(found, session, allow_private, readers(wanted))
    await _withdraw(library, feed, seen.withdrawn, wanted)

    async def commit(connection: AsyncConnection) -> None:
        more = bool(followed.left) or _beginning_waits(found, followed, readers(wanted))
        turn = after_success(feed, now, shortest=shortest, fresh_for=seen.fresh_for, new=len(found.new), more=more)
        values: dict[str, Any] = {
            "due": turn.due,
            "failures": 0,
            "error": None,
            "polled_at": now,
            "rhythm": turn.rhythm,
            "etag": None if more else seen.etag,  # what is left over must come again
            "last_modified": None if more else seen.last_modified,
            "title": seen.title or feed.title,
            "items": feed.items + len(found.new),
            "new_at": now if found.new or feed.new_at is None else feed.new_at,
        } | _health(feed, turn.health, now)
        if not await feeds.release(connection, worker, feed.id, **values):
            raise LostError(feed.address)
        await store(connection, feed.id, found, followed, wanted, now)

    await library.database.transact(commit)
    for failure in seen.failures:
        log.info("%s: %s", failure.origin, failure.error)
    return Told(feed, len(found.new), len(found.changed))


def readers(wanted: Sequence[Subscription]) -> list[Subscription]:
    """Who is given what is found. What the operator shares, every server has already."""
    shared = any(each.server_id is None and not each.paused for each in wanted)
    return [each for each in wanted if not each.paused and not (shared and each.server_id is not None)]


async def follow(
    found: Sorted, session: aiohttp.ClientSession, allow_private: bool, reading: Sequence[Subscription]
) -> Followed:
    """The articles of what is new, has changed or was left over, and of what is there already where somebody begins;
    a few of those behind links: first what is to be announced, as it came, then what is not, the newest first."""
    quiet = not any(each.primed for each in reading)
    same = [] if all(each.primed for each in reading) else found.same
    wanted = [*(found.new[::-1] if quiet else found.new), *found.changed, *found.left, *same]
    too_many = [each for each in wanted if each.entry.follow and not each.given_up][FOLLOWED:]
    later = {id(each) for each in too_many}
    had: list[Found] = []
    for each in [*found.new, *found.changed, *found.left[::-1], *same[::-1]]:
        if not each.entry.follow:
            had.append(Found(each, each.draft()))
        elif id(each) not in later and not each.given_up:
            try:
                draft = await article_behind(each.entry, session, allow_private=allow_private)
            except (FetchError, UnreadableError) as error:
                log.info("%s: %s", each.entry.draft.url, error)
                had.append(Found(each, None))
            else:
                had.append(Found(each, each.draft(draft)))
    return Followed(had, too_many)


def _beginning_waits(found: Sorted, followed: Followed, reading: Sequence[Subscription]) -> bool:
    """Whether who begins must go on doing so: others' news of this document is not read yet, and will be theirs too
    when it is; but it was there at their beginning."""
    if all(each.primed for each in reading) or not any(each.primed for each in reading):
        return False
    news = {id(each) for each in found.new}
    unread = [*followed.left, *(one.known for one in followed.had if one.draft is None and _tries(one) < TRIES)]
    return any(id(each) in news for each in unread)


async def store(
    connection: AsyncConnection,
    feed_id: int,
    found: Sorted,
    followed: Followed,
    wanted: Sequence[Subscription],
    now: float,
) -> None:
    """What was seen, and each subscriber's articles into the queue. Belongs into the transaction that ends the turn."""
    reading = readers(wanted)
    quiet = not any(each.primed for each in reading)
    waits = _beginning_waits(found, followed, reading)
    news = {id(each) for each in (*found.new, *found.changed)}
    same = {id(each) for each in found.same}
    await feed_items.seen(connection, [each.item.id for each in found.all if each.item], now)
    for each in followed.left:
        if (quiet and id(each) in news) or (not waits and id(each) in same):
            await _see(connection, feed_id, each, now, LEFT, each.item.tries if each.item else 0)
    for one in followed.had:
        if one.draft is not None and id(one.known) in same:
            continue
        tries = _tries(one)
        unread = LEFT if quiet or id(one.known) not in news else UNREAD
        digest = one.known.entry.digest if one.draft is not None or tries >= TRIES else unread
        await _see(connection, feed_id, one.known, now, digest, tries)
    await feed_items.forget_before(connection, feed_id, now - FORGOTTEN)
    for subscriber in reading:
        for one in followed.had:
            if one.draft is None or (subscriber.primed and id(one.known) in same):
                continue
            row = (one.draft.origin, to_json(Reading((one.draft,))))
            loud = subscriber.primed and id(one.known) in news
            await queue.enqueue(connection, [row], subscriber.server_id, feed_id=feed_id, announced=loud)
    if not waits:
        await feeds.prime(connection, [each.id for each in wanted if not each.primed and not each.paused])


def _tries(one: Found) -> int:
    """At this version of it, in vain."""
    return 0 if one.draft is not None else 1 + (one.known.item.tries if one.known.item else 0)


async def _see(connection: AsyncConnection, feed_id: int, known: Known, now: float, digest: str, tries: int) -> None:
    if known.item is None:
        draft = known.entry.draft
        item_id = await feed_items.insert_item(connection, feed_id, digest, known.guid, draft.url, now, tries)
    else:
        item_id = known.item.id
        await feed_items.update_item(connection, item_id, digest, tries, now)
    await feed_items.add_marks(connection, feed_id, item_id, known.marks)


async def _failed(
    library: Library, feed: Feed, worker: str, error: FetchError | UnreadableError, now: float, shortest: float
) -> Told:
    retry_after = error.retry_after if isinstance(error, FetchError) else None
    turn = after_failure(feed, now, shortest=shortest, retry_after=retry_after)
    values = {"due": turn.due, "failures": turn.failures, "error": str(error)} | _health(feed, turn.health, now)
    await library.database.transact(lambda connection: feeds.release(connection, worker, feed.id, **values))
    log.info("%s: %s", feed.address, error)
    return Told(feed, error=str(error))


def _health(feed: Feed, health: str, now: float) -> dict[str, Any]:
    return {"health": health, "health_at": now} if health != feed.health else {}


async def _withdraw(library: Library, feed: Feed, guids: Sequence[str], wanted: Sequence[Subscription]) -> None:
    """The feed says that these are gone: so they are from the index, of everybody who has them from it."""
    if not guids:
        return
    async with library.database.read() as connection:
        ids = [
            article_id
            for server_id in {each.server_id for each in wanted}
            for article_id in await articles.of_feed(connection, feed.address, guids, server_id)
        ]
    for article_id in ids:
        await remove_article(library, article_id)
