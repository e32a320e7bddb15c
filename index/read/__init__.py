"""From bytes to articles: files, folders, pages, feeds, Markdown and import bots' posts.

    read_bytes   one document's bytes         → Reading (drafts and failures)
    find_files   paths and folders            → Found (files to read, what was skipped, what is amiss)
    read_path    one file                     → Reading
    fetch        an address, guarded          → Fetched; then read_bytes   (index.read.fetch: needs aiohttp)

Must not know of the database, and never guesses a day. Heavy libraries are imported by the reader that
needs them, when it does.
"""

from index.models import Failure
from index.read.clean import clean_line, clean_text
from index.read.files import ENDINGS, Found, find_files, read_path
from index.read.reader import SIZE_LIMIT, read_bytes
from index.read.result import Reading

__all__ = [
    "ENDINGS",
    "SIZE_LIMIT",
    "Failure",
    "Found",
    "Reading",
    "clean_line",
    "clean_text",
    "find_files",
    "read_bytes",
    "read_path",
]
