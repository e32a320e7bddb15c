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
from index.feeds.items import TRIES, Known, Sorted, sort
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
    articles_found = await follow(found, session, allow_private, first=any(not each.primed for each in wanted))
    await _withdraw(library, feed, seen.withdrawn, wanted)

    async def commit(connection: AsyncConnection) -> None:
        more = any(each.entry.follow for each in found.new[FOLLOWED:])
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
        await store(connection, feed.id, found, articles_found, wanted, now)

    await library.database.transact(commit)
    for failure in seen.failures:
        log.info("%s: %s", failure.origin, failure.error)
    return Told(feed, len(found.new), len(found.changed))


async def follow(found: Sorted, session: aiohttp.ClientSession, allow_private: bool, *, first: bool) -> list[Found]:
    """The articles of what is new or has changed, a few of those behind links; with ``first`` of the same, too."""
    had: list[Found] = []
    left = FOLLOWED
    for each in [*found.new, *found.changed, *(found.same if first else ())]:
        if not each.entry.follow:
            had.append(Found(each, each.draft()))
        elif left and not each.given_up:
            left -= 1
            try:
                draft = await article_behind(each.entry, session, allow_private=allow_private)
            except (FetchError, UnreadableError) as error:
                log.info("%s: %s", each.entry.draft.url, error)
                had.append(Found(each, None))
            else:
                had.append(Found(each, each.draft(draft)))
    return had


async def store(
    connection: AsyncConnection,
    feed_id: int,
    found: Sorted,
    had: Sequence[Found],
    wanted: Sequence[Subscription],
    now: float,
) -> None:
    """What was seen, and each subscriber's articles into the queue. Belongs into the transaction that ends the turn."""
    beginning = not any(each.primed for each in wanted)
    followed = {id(each.known) for each in had}
    for each in [*found.new, *found.changed]:
        if id(each) in followed:
            continue
        if beginning:  # what stood behind the links that were too many at the start is nobody's news
            await _see(connection, feed_id, each, now, read=True)
    for one in had:
        if one.known.item is None or one.known in found.changed or one.known.item.digest == "":
            await _see(connection, feed_id, one.known, now, read=one.draft is not None)
    await feed_items.seen(connection, [each.item.id for each in found.same if each.item], now)
    await feed_items.forget_before(connection, feed_id, now - FORGOTTEN)
    fresh = {id(each) for each in (*found.new, *found.changed)}
    shared = any(each.server_id is None and not each.paused for each in wanted)
    for subscriber in wanted:
        if subscriber.paused or (shared and subscriber.server_id is not None):
            continue  # what the operator shares, every server has already
        for one in had:
            if one.draft is None or (subscriber.primed and id(one.known) not in fresh):
                continue
            row = (one.draft.origin, to_json(Reading((one.draft,))))
            await queue.enqueue(connection, [row], subscriber.server_id, feed_id=feed_id, announced=subscriber.primed)
    await feeds.prime(connection, [each.id for each in wanted if not each.primed and not each.paused])


async def _see(connection: AsyncConnection, feed_id: int, known: Known, now: float, *, read: bool) -> None:
    tries = (known.item.tries if known.item else 0) + (not read)
    digest = known.entry.digest if read or tries >= TRIES else ""
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
