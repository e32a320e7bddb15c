"""Owns RSS, Atom and RDF: one article an item. A bad item is reported and does not spoil the others.

Hostile XML (entity definitions, external entities) is refused before any parser sees it, and what was
checked is exactly what is parsed: the text, encoded anew.
"""

import io
import re
from typing import Any

from index.errors import UnreadableError
from index.models import Draft, Failure, Published
from index.read.blocks import fragment_paragraphs
from index.read.clean import PARAGRAPH_BREAK, clean_line, clean_text, squeeze
from index.read.dateline import split_dateline
from index.read.furniture import is_furniture
from index.read.names import is_byline, names
from index.read.plain import paragraphs, title_from
from index.read.published import from_stamp
from index.read.result import Reading

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.I)
_ENTITY = re.compile(r"<!(?:ENTITY|ELEMENT|ATTLIST|NOTATION)\b|<!DOCTYPE[^>\[]*\[", re.I)
_OPAQUE = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"<(?:p|br|div|a|img|ul|ol|li|em|strong|b|i|h[1-6]|blockquote|span|table|figure)\b[^<>]*>", re.I)
_CUT = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|\[&hellip;\])\s*$")
HOSTILE = "This XML defines entities of its own, which can be an attack; ask for the feed without a DOCTYPE."
NO_ITEMS = "This feed holds no articles; check its address, or try again later."


def read_feed(text: str, *, origin: str, url: str | None = None) -> Reading:
    """The articles of a feed. Raises UnreadableError if the feed as a whole cannot be read."""
    text = _DECLARATION.sub("", text, count=1).lstrip("\ufeff \n\r\t")
    if _ENTITY.search(_OPAQUE.sub("", text)):
        raise UnreadableError(HOSTILE)
    import feedparser

    # As bytes in a stream: a plain string could be taken for an address or a file's name.
    try:
        parsed = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # feedparser trips over some damaged feeds in ways of its own
        raise UnreadableError("This XML is too damaged to be read; fetch the feed again.") from error
    if not parsed.entries:
        if parsed.get("bozo") and not parsed.get("version"):
            raise UnreadableError(f"This XML is damaged ({_reason(parsed)}); fetch the feed again.")
        raise UnreadableError(NO_ITEMS)
    drafts: list[Draft] = []
    failures: list[Failure] = []
    behind: list[Draft] = []
    if parsed.get("bozo") and _is_cut(parsed):
        failures.append(
            Failure(origin, f"The feed's XML is damaged ({_reason(parsed)}); items behind that place may be missing.")
        )
    outlet = clean_line(_plain(parsed.feed.get("title", "")))
    for number, entry in enumerate(parsed.entries, 1):
        try:
            drafts.append(_article(entry, outlet, origin, url))
        except _NoTextError as error:
            behind.append(error.item)
            failures.append(_failed(origin, entry, number, error))
        except UnreadableError as error:
            failures.append(_failed(origin, entry, number, error))
    return Reading(tuple(drafts), tuple(failures), tuple(behind))


class _NoTextError(UnreadableError):
    def __init__(self, item: Draft) -> None:
        super().__init__("it holds no text; read the page that it links to.")
        self.item = item


def _failed(origin: str, entry: Any, number: int, error: UnreadableError) -> Failure:
    label = clean_line(_plain(entry.get("title", "")))
    return Failure(_where(origin, entry), f"Item {number}{f' (“{label[:80]}”)' if label else ''}: {error}")


def _article(entry: Any, outlet: str, origin: str, url: str | None) -> Draft:
    title = clean_line(_plain(entry.get("title", "")))
    body = _body(entry)
    body = [line for line in body if not is_furniture(line)]
    while len(body) > 1 and squeeze(body[0]) == squeeze(title):
        body = body[1:]
    author = _author(entry)
    if len(body) > 1 and is_byline(body[0]):
        author = author or names(body[0])
        body = body[1:]
    day: Published | None = None
    if body:
        body[0], day = split_dateline(body[0])
    source = entry.get("source") or {}
    link = next((each for each in (entry.get("link"), url) if isinstance(each, str) and each), None)
    identity = entry.get("id") or None
    if link is not None and not link.startswith(("http://", "https://")):
        link = None
    draft = Draft(
        text=clean_text(PARAGRAPH_BREAK.join(body)),
        title=title or (title_from(body[0]) if body else ""),
        published=_published(entry) or day,
        source=clean_line(_plain(source.get("title") or "")) or outlet,
        author=author,
        url=link if entry.get("link") else None,
        feed_id=clean_line(identity) if isinstance(identity, str) else None,
        origin=origin,
    )
    if body:
        return draft
    if draft.url:
        raise _NoTextError(draft)
    raise UnreadableError("it holds neither a text nor a link.")


def _body(entry: Any) -> list[str]:
    """Content over summary, unless the content is the shorter one and was cut off."""
    full = [_paragraphs(each.get("value", ""), each.get("type", "")) for each in entry.get("content", [])]
    best = max(full, key=lambda parts: sum(map(len, parts)), default=[])
    detail = entry.get("summary_detail") or {}
    summary = _paragraphs(entry.get("summary") or "", detail.get("type", ""))
    size = sum(map(len, best))
    if not best or (size < sum(map(len, summary)) and (_CUT.search(best[-1]) or size < 80)):
        return summary
    return best


def _paragraphs(value: str, kind: str) -> list[str]:
    if (kind == "text/plain" and not _TAG.search(value)) or not re.search(r"<[a-zA-Z/]", value):
        from html import unescape

        lines = [line.strip() for line in (unescape(value) if "&" in value else value).split("\n")]
        if not _TAG.search("\n".join(lines)):
            return [line for line in clean_text(paragraphs("\n".join(lines))).split(PARAGRAPH_BREAK) if line]
        value = "\n".join(lines)
    if not re.search(r"<(?:p|br|div|li|blockquote)\b", value, re.I):
        value = re.sub(r"\n\s*\n", "<br><br>", value.strip())
    return fragment_paragraphs(value)


def _published(entry: Any) -> Published | None:
    """Published over updated, as printed: feedparser's own reading turns the day into UTC."""
    for key in ("published", "created", "updated"):
        if key in entry:
            stamp = entry.get(key)
            if day := from_stamp(stamp):
                return day
            parts = entry.get(f"{key}_parsed")
            if parts:
                return from_stamp(
                    f"{parts[0]:04}-{parts[1]:02}-{parts[2]:02}T{parts[3]:02}:{parts[4]:02}:{parts[5]:02}Z"
                )
    return None


def _author(entry: Any) -> str:
    listed = [each.get("name", "") for each in entry.get("authors", []) if each]
    every = [name for each in (listed or [entry.get("author", "")]) if (name := names(_plain(_mail(each))))]
    return ", ".join(dict.fromkeys(every))


def _mail(name: str) -> str:
    """RSS wants “desk@outlet.example (Jane Doe)”: the name is in the brackets."""
    match = re.match(r"\S+@\S+\s*\((.+)\)\s*$", name)
    return match[1] if match else name


def _plain(value: str) -> str:
    if "<" not in value and "&" not in value:
        return value
    return " ".join(fragment_paragraphs(value)) if _TAG.search(value) or "&" in value else value


def _where(origin: str, entry: Any) -> str:
    link = entry.get("link")
    return link if isinstance(link, str) and link else origin


def _is_cut(parsed: Any) -> bool:
    """True where the XML breaks off or is broken; declared encodings and media types do not count."""
    return "SAX" in type(parsed.get("bozo_exception")).__name__


def _reason(parsed: Any) -> str:
    error = parsed.get("bozo_exception")
    message = error.getMessage() if hasattr(error, "getMessage") else str(error or "not XML")
    line = error.getLineNumber() if hasattr(error, "getLineNumber") else None
    return f"{message}, line {line}" if line else message
