"""Owns which links of a web page lead to articles. Follows none of them.

A page that lists articles links each with its headline: some words long, under the same host, once or twice among
many links to sections, tags and the like, which are short.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from index.errors import UsageError
from index.feeds.address import of_url

HEADLINE_WORDS = 4
MOST = 60  # links of one page that are looked at
_FILES = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|zip|mp[34]|css|js|ico|xml|rss|atom|json)$", re.I)
_ASIDE = {"nav", "footer", "aside", "form", "header"}
_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/rdf+xml"}


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    words: str


def links(html: str, page: str) -> list[Link]:
    """In the page's order, each address once, without its fragment."""
    tree = _parsed(html)
    if tree is None:
        return []
    host = _bare(page)
    found: dict[str, Link] = {}
    for anchor in tree.iter("a"):
        words = " ".join("".join(anchor.itertext()).split())
        if len(words.split()) < HEADLINE_WORDS or any(each.tag in _ASIDE for each in anchor.iterancestors()):
            continue
        try:
            url = of_url(urljoin(page, (anchor.get("href") or "").strip()))
        except (UsageError, ValueError):
            continue
        parts = urlsplit(url)
        if _bare(url) != host or url == of_url(page) or parts.path in {"", "/"} or _FILES.search(parts.path):
            continue
        found.setdefault(url, Link(url, words))
        if len(found) >= MOST:
            break
    return list(found.values())


def feed_of(html: str, page: str) -> str | None:
    """The feed that the page itself names, if it does."""
    tree = _parsed(html)
    for each in tree.iter("link") if tree is not None else ():
        if "alternate" in (each.get("rel") or "").lower() and (each.get("type") or "").lower() in _FEED_TYPES:
            try:
                return of_url(urljoin(page, (each.get("href") or "").strip()))
            except (UsageError, ValueError):
                continue
    return None


def title_of(html: str) -> str:
    tree = _parsed(html)
    found = tree.findtext(".//title") if tree is not None else None
    return " ".join((found or "").split())[:200]


def _parsed(html: str) -> Any:
    from lxml import html as parser
    from lxml.etree import ParserError, XMLSyntaxError

    try:
        return parser.document_fromstring(html.encode("utf-8", "replace"), parser.HTMLParser(encoding="utf-8"))
    except (ParserError, XMLSyntaxError, ValueError):
        return None


def _bare(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
