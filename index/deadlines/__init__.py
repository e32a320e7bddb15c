"""The language of obligation on top of the grammar of dates: which days bind somebody.

Pure, on the standard library. Knows no database and no Discord; articles are texts with a day.
"""

from index.dates import GRAMMAR_VERSION
from index.deadlines.find import find_deadlines, mark
from index.deadlines.found import FoundDeadline
from index.deadlines.link import Link, Told, link

__all__ = ["GRAMMAR_VERSION", "FoundDeadline", "Link", "Told", "find_deadlines", "link", "mark"]
