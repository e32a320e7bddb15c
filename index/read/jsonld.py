"""Owns the schema.org data in a page's head. Must not trust it: every field may be missing or of any type."""

import json
import re
from collections.abc import Iterator
from typing import Any

from index.read.clean import clean_line, squeeze

_ARTICLE = re.compile(r"(?:article|blogposting|liveblogposting|report|newsitem|pressrelease|socialmediaposting)$", re.I)
_PAGE = re.compile(r"(?:webpage|itempage|creativework)$", re.I)
_DEPTH = 12


def article_data(tree: Any, title: str = "") -> dict[str, Any]:
    """The object that describes the page's article: the one with its headline, else the first; or {}."""
    articles: list[dict[str, Any]] = []
    pages: list[dict[str, Any]] = []
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        for thing in _things(_parse(script.text or ""), 0):
            kinds = thing.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in kinds):
                articles.append(thing)
            elif any(isinstance(kind, str) and _PAGE.search(kind) for kind in kinds):
                pages.append(thing)
    wanted = squeeze(title)
    for thing in articles:
        headline = squeeze(text_of(thing.get("headline") or thing.get("name")))
        if wanted and headline and (headline in wanted or wanted in headline):
            return thing
    dated = [thing for thing in articles if thing.get("datePublished")]
    # Several that all bear other headlines are a list of related stories.
    if len(articles) == 1 or (dated and not wanted):
        return (dated or articles)[0]
    if dated and "articleBody" in dated[0]:
        return dated[0]
    if len(articles) > 1:
        return dated[0] if dated and len(dated) == 1 else {}
    return next((thing for thing in pages if thing.get("datePublished")), {})


def text_of(value: Any) -> str:
    """A string out of whatever stands there: a string, an object with a name, the first of a list."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or ""
    return clean_line(_plain(value)) if isinstance(value, str) else ""


def texts_of(value: Any) -> list[str]:
    """All names in a list of authors."""
    every = value if isinstance(value, list) else [value]
    return [text for each in every if (text := text_of(each))]


def _plain(text: str) -> str:
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)


def _things(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for each in value:
            yield from _things(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            if isinstance(value.get(key), list | dict):
                yield from _things(value[key], depth + 1)


def _parse(script: str) -> Any:
    script = (
        re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$", "", script)
        .strip()
        .rstrip(";")
    )
    for attempt in (script, re.sub(r",(\s*[}\]])", r"\1", script)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None
