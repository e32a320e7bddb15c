"""One look at a feed or page: fetched once, read once. Owns what an entry is before anybody knows whether it is new."""

import asyncio
import re
from dataclasses import dataclass, replace

import aiohttp

from index.errors import FetchError, UnreadableError
from index.feeds import links
from index.models import Draft, Failure
from index.read import Reading, read_bytes
from index.read.decode import decode
from index.read.feed import NO_ITEMS
from index.read.fetch import Fetched, fetch
from index.read.sniff import shape_of
from index.store.articles import digest

PATIENCE = 10.0  # seconds for an article behind a link; a turn fetches some
TEASER = 300  # characters: a shorter item is only the beginning of what its link leads to
_TOMBSTONE = re.compile(r"<(?:[\w-]+:)?deleted-entry\b[^>]*\bref\s*=\s*[\"']([^\"']{1,1000})[\"']")  # RFC 6721


@dataclass(frozen=True, slots=True)
class Entry:
    """One item. ``draft.text`` is empty where it only links to its article."""

    draft: Draft
    follow: bool = False  # the article stands behind its link; what is here is at best its beginning

    @property
    def digest(self) -> str:
        return digest(self.draft)


@dataclass(frozen=True, slots=True)
class Look:
    kind: str  # feed, page
    title: str
    entries: tuple[Entry, ...] = ()
    withdrawn: tuple[str, ...] = ()  # ids of items that the feed says are gone
    failures: tuple[Failure, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    fresh_for: float | None = None
    not_modified: bool = False
    names: str | None = None  # the feed that this page says is its own


async def look(
    address: str,
    session: aiohttp.ClientSession,
    *,
    allow_private: bool,
    etag: str | None = None,
    last_modified: str | None = None,
) -> Look:
    """Raises FetchError and UnreadableError with a sentence for people."""
    fetched = await fetch(address, etag=etag, last_modified=last_modified, allow_private=allow_private, session=session)
    seen = Look(
        kind="",
        title="",
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        fresh_for=fetched.fresh_for,
        not_modified=fetched.not_modified,
    )
    if fetched.not_modified:
        return replace(seen, etag=fetched.etag or etag, last_modified=fetched.last_modified or last_modified)
    return await asyncio.to_thread(_read, seen, fetched, address)


async def article_behind(entry: Entry, session: aiohttp.ClientSession, *, allow_private: bool) -> Draft:
    """The article that an entry links to, under the entry's own id. Raises FetchError and UnreadableError
    where there is none and the entry has no text of its own."""
    assert entry.draft.url
    try:
        page = await fetch(entry.draft.url, allow_private=allow_private, session=session, seconds=PATIENCE)
        reading = await asyncio.to_thread(
            read_bytes, page.body, origin=entry.draft.origin, content_type=page.content_type, url=page.url
        )
    except (FetchError, UnreadableError):
        if entry.draft.text:
            return entry.draft
        raise
    if len(reading.drafts) != 1:
        if entry.draft.text:
            return entry.draft
        raise UnreadableError("Behind this link is no single article.")
    return _merged(entry.draft, reading.drafts[0])


def _merged(item: Draft, page: Draft) -> Draft:
    """What the feed says of its item counts; the text is whichever is longer."""
    if len(page.text) <= len(item.text):
        return item
    return page.model_copy(
        update={
            "title": item.title if item.text and item.title else page.title or item.title,
            "published": item.published or page.published,
            "source": item.source or page.source,
            "author": item.author or page.author,
            "url": item.url,
            "feed_id": item.feed_id,
            "origin": item.origin,
        }
    )


def _read(seen: Look, fetched: Fetched, address: str) -> Look:
    text = decode(fetched.body, fetched.content_type)
    if shape_of(text, "", fetched.content_type) == "feed":
        return _feed(seen, fetched, address, text)
    if "<" not in text:
        raise UnreadableError("This is neither a feed nor a page that lists articles; give the address of one.")
    return _page(seen, fetched, address, text)


def _feed(seen: Look, fetched: Fetched, address: str, text: str) -> Look:
    try:
        reading = read_bytes(fetched.body, origin=address, content_type=fetched.content_type, url=fetched.url)
    except UnreadableError as error:
        if str(error) != NO_ITEMS:
            raise
        reading = Reading()  # a feed may be empty for a while
    entries = [Entry(_own_link(each, fetched.url), _is_teaser(each)) for each in reading.drafts]
    entries += [Entry(each, follow=True) for each in reading.behind]
    told_of = {each.url for each in reading.behind}
    source = next((each.source for each in (*reading.drafts, *reading.behind) if each.source), "")
    return replace(
        seen,
        kind="feed",
        title=source,
        entries=tuple(entries),
        withdrawn=tuple(_TOMBSTONE.findall(text)),
        failures=tuple(each for each in reading.failures if each.origin not in told_of),
    )


def _page(seen: Look, fetched: Fetched, address: str, text: str) -> Look:
    found = links.links(text, fetched.url)
    named = links.feed_of(text, fetched.url)
    if not found and not named:
        raise UnreadableError("This page lists no articles; give the address of a feed, or of a page with headlines.")
    entries = [Entry(Draft(text="", title=each.words, url=each.url, origin=each.url), follow=True) for each in found]
    return replace(seen, kind="page", title=links.title_of(text), entries=tuple(entries), names=named)


def _is_teaser(draft: Draft) -> bool:
    return bool(draft.url) and len(draft.text) < TEASER


def _own_link(draft: Draft, url: str) -> Draft:
    return draft.model_copy(update={"url": None}) if draft.url == url else draft
