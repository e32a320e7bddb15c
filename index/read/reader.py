"""Owns the way from bytes to articles: limits, characters, shape, and the reader for that shape.

The one door for files, feeds and fetched pages alike. Must not touch the disk or the network.
"""

from index.errors import UnreadableError
from index.models import Draft
from index.read.decode import decode
from index.read.result import Reading
from index.read.sniff import shape_of

SIZE_LIMIT = 10 * 1024 * 1024
EMPTY = "The file is empty; save the article again."


def too_large(size: int, limit: int = SIZE_LIMIT) -> str:
    """The sentence for something over the limit."""
    sizes = f"{_megabytes(size)}, the limit is {_megabytes(limit)}"
    return f"This is larger than an article can be ({sizes}); save only the article."


def read_bytes(
    data: bytes, *, origin: str, name: str = "", content_type: str = "", url: str | None = None, limit: int = SIZE_LIMIT
) -> Reading:
    """The articles in ``data``; the shape is decided by content first, then by name and content type.

    ``origin`` goes into every draft; ``name`` is a file's name and ``url`` the page's address, if known.
    Raises UnreadableError, with a sentence for the person, if there is no article at all in it.
    """
    if len(data) > limit:
        raise UnreadableError(too_large(len(data), limit))
    text = decode(data, content_type)
    if not text.strip("\ufeff \t\r\n\f\v\0"):
        raise UnreadableError(EMPTY)
    if not any(character.isalnum() for character in text):
        raise UnreadableError("There are no words in this; give an article.")
    shape = shape_of(text, name, content_type)
    if shape == "feed":
        from index.read.feed import read_feed

        reading = read_feed(text, origin=origin, url=url)
    else:
        reading = Reading((_article(text, shape, origin, name, url),))
    return reading


def _article(text: str, shape: str, origin: str, name: str, url: str | None) -> Draft:
    if shape == "html":
        from index.read.page import read_page

        return read_page(text, origin=origin, url=url)
    if shape == "markdown":
        from index.read.markdown import read_markdown

        return read_markdown(text, origin=origin, name=name, url=url)
    from index.read.importbot import read_importbot
    from index.read.plain import read_plain

    return read_importbot(text, origin=origin, url=url) or read_plain(text, origin=origin, name=name, url=url)


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MB" if size >= 1024 * 1024 else f"{size / 1024:.0f} kB"
