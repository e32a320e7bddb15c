"""Articles that people bring: a link, a file, or somebody's message. Owns turning each into readings.

Every link is fetched as ``index.read.fetch`` fetches (public addresses only, unless the operator allows others); no
name that is given here is ever looked for on this machine's disk.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass

import discord

from index.errors import DealwireError, UsageError
from index.models import Failure
from index.read import SIZE_LIMIT, Reading, read_bytes
from index.read.files import ENDINGS
from index.read.reader import too_large
from index.sources import Sources

LINK = re.compile(r"https?://[^\s<>|]+", re.I)
MOST_LINKS = 5  # of one message
FEW_WORDS = 40  # beside its links a message with no more than these only points to articles
NO_LINK = "That is no link; give the address of a page, beginning with https, or attach the article as a file."
NOTHING = "Give a link or attach a file."
NO_ARTICLE = (
    "There is no article in that message: no link, no file that holds text, and hardly any words. Use it on a message "
    "that carries an article."
)


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody brought; nothing of it is read yet."""

    links: tuple[str, ...] = ()
    files: tuple[discord.Attachment, ...] = ()
    text: str = ""
    text_origin: str = ""

    def __len__(self) -> int:
        return len(self.links) + len(self.files) + bool(self.text)

    async def readings(self, *, allow_private: bool) -> AsyncIterator[Reading]:
        """One a document; what cannot be read is a failure in it, with its sentence."""
        async for reading in Sources(self.links, allow_private=allow_private).readings():
            yield reading
        for file in self.files:
            yield await _guarded(file.filename, _of_file(file))
        if self.text:
            yield await _guarded(
                self.text_origin,
                asyncio.to_thread(read_bytes, self.text.encode("utf-8", "replace"), origin=self.text_origin),
            )


def brought(link: str | None, file: discord.Attachment | None) -> Brought:
    """By ``/articles add``. Raises UsageError."""
    if link is None and file is None:
        raise UsageError(NOTHING)
    if link is not None and not LINK.fullmatch(link.strip().strip("<>")):
        raise UsageError(NO_LINK)
    return Brought((link.strip().strip("<>"),) if link else (), (file,) if file else ())


def of_message(message: discord.Message) -> Brought:
    """By the menu of a message: its files, else what its links lead to, else its own words. Raises UsageError."""
    files = tuple(each for each in message.attachments if _holds_text(each))
    words, links = message.content, list(dict.fromkeys(LINK.findall(message.content)))
    for embed in message.embeds:  # an import bot's posts often are one
        told = [embed.title or "", embed.description or "", *(f"{each.name}\n{each.value}" for each in embed.fields)]
        words = "\n\n".join([words, *(part for part in told if part.strip())]).strip()
        if embed.url:
            links.append(embed.url)
    if files:
        return Brought(files=files)
    if len(LINK.sub(" ", words).split()) <= FEW_WORDS and links:
        return Brought(links=tuple(dict.fromkeys(links))[:MOST_LINKS])
    if len(words.split()) > FEW_WORDS // 4:
        return Brought(text=words, text_origin=message.jump_url)
    raise UsageError(NO_ARTICLE)


def _holds_text(file: discord.Attachment) -> bool:
    kind = (file.content_type or "").partition(";")[0]
    return f".{file.filename.rpartition('.')[2].lower()}" in ENDINGS or kind.startswith("text/")


async def _of_file(file: discord.Attachment) -> Reading:
    if file.size > SIZE_LIMIT:
        raise UsageError(too_large(file.size))
    try:
        data = await file.read()
    except discord.HTTPException as error:
        raise UsageError("Discord no longer has that file; attach it again.") from error
    # With its number: two files of one name are two articles; the same words again are found to be the same.
    origin = f"discord://attachments/{file.id}/{file.filename}"
    return await asyncio.to_thread(
        read_bytes, data, origin=origin, name=file.filename, content_type=file.content_type or ""
    )


async def _guarded(origin: str, work: Awaitable[Reading]) -> Reading:
    try:
        return await work
    except DealwireError as error:
        return Reading(failures=(Failure(origin, str(error)),))
