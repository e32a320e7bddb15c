"""Articles that a test puts into the bot's library."""

from collections.abc import AsyncIterator
from datetime import date

from index.ingest import ingest
from index.library import Library
from index.models import Draft
from index.read import Reading

DAY = date(2026, 6, 2)


async def add(library: Library, text: str, *, server_id: int | None = None, **fields: object) -> None:
    """One article; ``fields`` are those of a Draft."""
    told = {"title": "From the harbour", "source": "The Test Courier", "published": DAY, "origin": "/made/article.md"}
    draft = Draft.model_validate(told | {"text": text} | fields)

    async def readings() -> AsyncIterator[Reading]:
        yield Reading((draft,))

    await ingest(library, readings(), server_id=server_id)
