"""Which article told a story first, and which are its reprints. Owns the links between them; likeness
of texts belongs to ``index.duplicates``. Runs inside the transaction that changes an article.
"""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from index import duplicates
from index.store import articles as store


async def link(connection: AsyncConnection, article_id: int) -> int | None:
    """Link a stored article with its reprints; the first of them, which may be itself, or None if there are none.

    The first is the one of the earliest day, whenever it was read; among equals the one read first.
    """
    day, text = await store.day_and_text(connection, article_id)
    mates = await store.bucket_mates(connection, article_id, date.fromisoformat(day) if day else None)
    heads = {int(mate.reprint_of or mate.id) for mate in mates if duplicates.is_reprint(text, mate.text)}
    heads.discard(article_id)
    if not heads:
        return None
    days = {article_id: day} | await store.days(connection, heads)
    first = min(days, key=lambda each: (days[each] is None, days[each] or "", each))
    for other in sorted(days.keys() - {first}):
        await store.link_reprint(connection, other, first)
    return first


async def link_anew(connection: AsyncConnection, followers: list[int]) -> None:
    """Link those whose first article is gone or tells something else now (``store.unlink_followers``)."""
    for each in followers:
        await link(connection, each)
