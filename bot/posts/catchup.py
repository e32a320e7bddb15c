"""What happened in a deal since somebody last looked: each story once, the newest first."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.posts.content import Content
from bot.store import posts
from index.highlights import highlights
from index.models import Scope
from index.store.articles import get_articles
from index.store.passages import added_since

if TYPE_CHECKING:
    from bot.client import DealwireBot

FIRST_LOOK = 14 * 86400.0  # seconds back, for who never looked
MOST = 12


@dataclass(frozen=True, slots=True)
class Caught:
    since: float
    looked_before: bool
    number: int  # of all that there were
    articles: tuple[Content, ...]  # the newest of them


async def catch_up(bot: "DealwireBot", person_id: int, server_id: int, deal_id: int) -> Caught:
    """From now on, that person has looked. Raises StoreError."""
    now = bot.now()
    async with bot.library.database.write() as connection:
        before = await posts.look(connection, person_id, deal_id, now)
    since = before if before is not None else now - FIRST_LOOK
    contents: list[Content] = []
    async with bot.library.database.read() as connection:
        added = datetime.fromtimestamp(since, UTC).isoformat(timespec="seconds")
        scope = Scope(server_id=server_id, deal_id=deal_id)
        ids = await added_since(connection, added, scope)
        found = await get_articles(connection, ids[:MOST], scope)
        for each in (found[one] for one in ids[:MOST] if one in found):
            quotes = await highlights(connection, each, deal_id)
            contents.append(
                Content(
                    article_id=each.id,
                    title=each.title,
                    source=each.source,
                    published=each.published,
                    url=each.url,
                    quotes=tuple(one.quote for one in quotes),
                )
            )
    return Caught(since, before is not None, len(ids), tuple(contents))
