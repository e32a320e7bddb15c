"""Owns the question which entries of a document are new, and which have changed.

Feeds change the ids of their items, or their links, or both; they re-order, repeat and back-date them. So an entry is
known by its id, else by its link, else by its words; and what is known keeps the id it was first stored under, so
that its article stays the same article. One that has no id and shares its link with others is known by its title.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncConnection

from index.feeds.look import Entry
from index.models import Draft
from index.store import feed_items as store
from index.store.articles import title_id
from index.store.feed_items import Item

TRIES = 3  # at an article behind a link

# In place of an item's digest, as long as its article is not read:
UNREAD = ""  # it could not be read yet
LEFT = "-"  # it was there at a beginning, and its turn has not come: nobody's news, whenever it comes


@dataclass(frozen=True, slots=True)
class Known:
    """An entry beside the item that it is, if it was seen before."""

    entry: Entry
    item: Item | None
    marks: tuple[str, ...]
    own_link: bool = True  # no other entry of the document has it

    @property
    def guid(self) -> str | None:
        """Under which the article is stored, whatever the feed calls it today."""
        if self.item is not None:
            return self.item.guid
        draft = self.entry.draft
        return draft.feed_id or (None if draft.url and self.own_link else title_id(draft))

    @property
    def given_up(self) -> bool:
        return self.item is not None and self.item.tries >= TRIES and self.item.digest == self.entry.digest

    def draft(self, draft: Draft | None = None) -> Draft:
        return (draft or self.entry.draft).model_copy(update={"feed_id": self.guid})


@dataclass
class Sorted:
    new: list[Known] = field(default_factory=list)
    changed: list[Known] = field(default_factory=list)
    same: list[Known] = field(default_factory=list)
    left: list[Known] = field(default_factory=list)  # over from a beginning

    @property
    def all(self) -> list[Known]:
        return [*self.new, *self.changed, *self.left, *self.same]


def mark(kind: str, value: str) -> str:
    """One of the ways to know an item again."""
    return hashlib.blake2b(f"{kind}\x1f{value}".encode("utf-8", "replace"), digest_size=12).hexdigest()


async def sort(connection: AsyncConnection, feed_id: int, entries: Sequence[Entry]) -> Sorted:
    """Each entry once, new ones oldest first, as they are to be announced."""
    links = Counter(each.draft.url or "" for each in entries)
    guids = {each.draft.feed_id for each in entries if each.draft.feed_id}
    unique = [links[each.draft.url or ""] == 1 for each in entries]
    marks = [_marks(each.draft, unique=alone) for each, alone in zip(entries, unique, strict=True)]
    known = await store.by_marks(connection, feed_id, {one for each in marks for one in each.values()})
    found = Sorted()
    taken: set[int | str] = set()
    for entry, own, alone in zip(entries, marks, unique, strict=True):
        item = _which(entry.draft, own, known, guids)
        key: int | str = item.id if item else next(iter(own.values()))
        if key in taken:  # repeated within the document
            continue
        taken.add(key)
        one = Known(entry, item, tuple(own.values()), alone)
        if item is None or (item.digest == UNREAD and item.tries < TRIES):
            found.new.append(one)
        elif item.digest == LEFT:
            found.left.append(one)
        elif item.digest != entry.digest:
            found.changed.append(one)
        else:
            found.same.append(one)
    found.new.reverse()  # feeds list the newest first
    return found


def _marks(draft: Draft, *, unique: bool) -> dict[str, str]:
    """Id, link and words, the surest first."""
    found: dict[str, str] = {}
    if draft.feed_id:
        found["id"] = mark("id", draft.feed_id)
    if draft.url and (unique or not draft.feed_id):
        found["link and title"] = mark("link and title", f"{draft.url} {' '.join(draft.title.casefold().split())}")
    if draft.url and unique:
        found["link"] = mark("link", draft.url)
    if draft.text:
        found["words"] = mark("words", f"{draft.title} {draft.text}")
    if not found or (not draft.feed_id and not draft.url):
        found["title"] = mark("title", draft.title)
    return found


def _which(draft: Draft, own: dict[str, str], known: dict[str, Item], guids: set[str]) -> Item | None:
    """A link alone is not enough where both have ids: a page of running news is linked by item after item."""
    for kind, each in own.items():
        item = known.get(each)
        if item is None:
            continue
        if kind == "link" and draft.feed_id and item.guid:
            continue
        if kind != "id" and item.guid and item.guid != draft.feed_id and item.guid in guids:
            continue  # that one is in the document itself
        return item
    return None
