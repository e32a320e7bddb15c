"""Adding a feed: what is there already is read into the index, and nobody is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import aiohttp
from sqlalchemy.ext.asyncio import AsyncConnection

from index.errors import DealwireError, UsageError
from index.feeds.address import host_of, of_url
from index.feeds.items import sort
from index.feeds.look import Look, article_behind, look
from index.feeds.poll import follow, store
from index.library import Library
from index.models import Draft
from index.store import feeds
from index.store.feeds import Feed

MOST = 100  # feeds of one server
SHOWN = 2  # articles of a preview


@dataclass(frozen=True, slots=True)
class Added:
    feed: Feed
    look: Look
    is_new: bool  # to this server
    shared: bool  # the operator has it already: every server may watch it
    left: int = 0  # articles behind links that the next turns read


async def see(address: str, session: aiohttp.ClientSession, *, allow_private: bool) -> tuple[str, Look]:
    """What is at an address: itself, or the feed that the page there names. Raises UsageError, FetchError and
    UnreadableError, each with a sentence for people."""
    address = of_url(address)
    seen = await look(address, session, allow_private=allow_private)
    if seen.names and seen.names != address:
        try:
            named = await look(seen.names, session, allow_private=allow_private)
        except DealwireError:
            return address, seen
        if named.kind == "feed" and named.entries:
            return seen.names, named
    if seen.kind == "page" and not seen.entries:
        raise UsageError("This page lists no articles; give the address of a feed, or of a page with headlines.")
    return address, seen


async def preview(seen: Look, session: aiohttp.ClientSession, *, allow_private: bool) -> Sequence[Draft]:
    """The newest articles in it, as they would be stored."""
    drafts: list[Draft] = []
    for entry in seen.entries[: 2 * SHOWN]:
        if len(drafts) >= SHOWN:
            break
        try:
            followed = entry.follow
            drafts.append(
                await article_behind(entry, session, allow_private=allow_private) if followed else entry.draft
            )
        except DealwireError:
            continue
    return drafts


async def add_feed(
    library: Library,
    address: str,
    seen: Look,
    session: aiohttp.ClientSession,
    *,
    now: float,
    shortest: float,
    server_id: int | None,
    channel_id: int | None = None,
    person_id: int | None = None,
    allow_private: bool = False,
) -> Added:
    """From what ``see`` found. Raises UsageError and StoreError."""
    async with library.database.read() as connection:
        theirs = await feeds.list_feeds(connection, server_id)
        there = await feeds.find(connection, address)
    shared = next((f for f, s in theirs if s.server_id is None and f.address == address), None)
    if shared is not None and server_id is not None:
        return Added(shared, seen, is_new=False, shared=True)
    if sum(s.server_id == server_id for _, s in theirs) >= MOST and server_id is not None:
        raise UsageError(f"This server has {MOST} feeds, which is the most; remove one first: /feeds remove")
    found = followed = None
    if there is None:
        async with library.database.read() as connection:
            found = await sort(connection, -1, seen.entries)
        followed = await follow(found, session, allow_private, ())

    async def commit(connection: AsyncConnection) -> bool:
        known = await feeds.find(connection, address)
        feed_id = await feeds.add(connection, address, seen.kind, host_of(address), seen.title, now)
        is_new = await feeds.subscribe(connection, feed_id, server_id, now, channel_id=channel_id, person_id=person_id)
        if known is None and found is not None and followed is not None:
            wanted = await feeds.subscriptions_of(connection, feed_id)
            await store(connection, feed_id, found, followed, wanted, now)
            tags = (None, None) if followed.left else (seen.etag, seen.last_modified)  # what is left must come again
            await feeds.start(connection, feed_id, now, now + shortest, *tags)
        return is_new

    is_new = await library.database.transact(commit)
    async with library.database.read() as connection:
        feed = await feeds.find(connection, address)
    assert feed is not None
    left = len(followed.left) if followed else 0
    return Added(feed, seen, is_new=is_new, shared=server_id is None, left=left)
