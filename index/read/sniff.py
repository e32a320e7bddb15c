"""Owns the question what shape some text has. Must not read it: the content decides, names only help."""

import re
from typing import Literal

from index.errors import UnreadableError

Shape = Literal["html", "feed", "markdown", "plain"]

_LEADING = re.compile(r"(?:\s|<!--.*?-->|<\?(?!xml\b).*?\?>)+", re.DOTALL)
_XML_DECLARATION = re.compile(r"<\?xml[^>]*\?>", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!doctype\s+([\w:-]+)[^>\[]*", re.IGNORECASE)
_ROOT = re.compile(r"<([A-Za-z_][\w:.-]*)")
_FEED_ROOTS = {"rss", "feed", "rdf:rdf", "rdf", "channel"}
_HTML_ROOTS = {"html", "head", "body", "article", "main", "div", "section", "p", "h1", "table", "center", "meta"}
_HTML_ROOTS |= {"title", "link", "script", "style", "header", "nav", "span", "font", "blockquote", "ul", "ol", "h2"}
_HTML_TAG = re.compile(
    r"</?(?:html|body|head|div|p|br|h[1-6]|article|span|td|ul|li|a|em|strong)\b[^<>]*>", re.IGNORECASE
)
_FRONT_MATTER = re.compile(r"(?:---[ \t]*\n(?:[ \t]*\n|#.*\n)*[\w\"'-][^\n]*:|\+\+\+[ \t]*\n[^\n]*=)")
_HEADING = re.compile(r"# \S")


def shape_of(text: str, name: str = "", content_type: str = "") -> Shape:
    """The shape of decoded text. Raises UnreadableError for XML that is neither a page nor a feed."""
    head = _skip(text[:20_000])
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    media = content_type.split(";")[0].strip().lower()
    declared = _XML_DECLARATION.match(head)
    if declared:
        head = _skip(head[declared.end() :])
    if head.startswith("<"):
        doctype = _DOCTYPE.match(head)
        if doctype:
            root = doctype[1].lower()
        else:
            found = _ROOT.match(head)
            root = found[1].lower() if found else ""
        if root in _FEED_ROOTS or root.endswith((":feed", ":rdf")):
            return "feed"
        if root in _HTML_ROOTS:
            return "html"
        if declared or doctype or (root and (ending in ("xml", "rss", "atom", "rdf") or "xml" in media)):
            if head[:2000].lower().count("<html"):
                return "html"
            # A document type with its own definitions is looked at more closely by the feed reader.
            if re.search(r"<(?:rss|feed|rdf:rdf)\b", head[:8000], re.IGNORECASE) or "<!entity" in head.lower():
                return "feed"
            raise UnreadableError(
                "This XML is neither an RSS or Atom feed nor a page; give the feed's or the page's own address."
            )
    if _FRONT_MATTER.match(head):
        return "markdown"
    if len(_HTML_TAG.findall(text[:20_000])) >= 4 and ending not in ("md", "markdown"):
        return "html"
    if head.startswith("<") and ("html" in media or ending in ("html", "htm", "xhtml")) and _HTML_TAG.search(text):
        return "html"
    if ending in ("md", "markdown", "mkd", "mdown") or "markdown" in media or _HEADING.match(head):
        return "markdown"
    return "plain"


def _skip(text: str) -> str:
    text = text.lstrip("\ufeff")
    match = _LEADING.match(text)
    return text[match.end() :] if match else text
