"""Owns Markdown and its front matter. Renders to plain paragraphs; must not keep any markup."""

import re
from collections.abc import Mapping
from typing import Any

from index.errors import UnreadableError
from index.models import Draft
from index.read.clean import PARAGRAPH_BREAK, clean_line, clean_text, squeeze
from index.read.dateline import split_dateline
from index.read.names import is_byline, names
from index.read.plain import title_from
from index.read.published import from_line, from_stamp, without_dates

_YAML = re.compile(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
_TITLE = ("title", "headline", "name")
_DATE = tuple(
    "date published published_at publishdate publish_date pubdate date_published datepublished published_time created"
    " day".split()
)
_SOURCE = ("source", "outlet", "publisher", "publication", "site", "site_name", "newspaper")
_URL = ("url", "link", "canonical_url", "canonical", "permalink", "source_url")
_AUTHOR = ("author", "authors", "byline", "by", "creator", "writer")


def read_markdown(text: str, *, origin: str, name: str = "", url: str | None = None) -> Draft:
    """One article of Markdown. Raises UnreadableError if there is no body."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    meta, body = _front_matter(text)
    parts = render(body)
    title = _first(meta, _TITLE)
    if parts and parts[0][0] == "h" and (not title or squeeze(parts[0][1]) == squeeze(title)):
        title = title or parts[0][1]
        parts.pop(0)
    author, published = _author(meta), from_stamp(_value(meta, _DATE))
    while len(parts) > 1 and parts[0][0] == "p" and len(parts[0][1]) <= 120:
        line = parts[0][1]
        if is_byline(line):
            author = author or names(without_dates(line))
            published = published or from_line(line)
        elif (day := from_line(line)) and not re.search(r"\w{3}", without_dates(line)):
            published = published or day
        else:
            break
        parts.pop(0)
    paragraphs = [each for _, each in parts]
    if not paragraphs:
        raise UnreadableError("This Markdown file holds no text below its heading; add the article's text.")
    paragraphs[0], day = split_dateline(paragraphs[0])
    link = _first(meta, _URL)
    source = _first(meta, _SOURCE)
    if source.startswith(("http://", "https://")):
        link, source = link or source, ""
    return Draft(
        text=clean_text(PARAGRAPH_BREAK.join(paragraphs)),
        title=title or title_from(paragraphs[0], name),
        published=published or day,
        source=source,
        author=author,
        url=link if link.startswith(("http://", "https://")) else url,
        origin=origin,
    )


def render(body: str) -> list[tuple[str, str]]:
    """The blocks of Markdown as ("h" or "p", plain text), without empty ones."""
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    parts: list[tuple[str, str]] = []
    heading = False
    row: list[str] = []
    in_row = False

    def inline(tokens: list[Token]) -> str:
        pieces: list[str] = []
        for token in tokens:
            if token.type in ("text", "code_inline"):
                pieces.append(token.content)
            elif token.type == "softbreak" or token.type == "hardbreak":
                pieces.append(" ")
        return "".join(pieces)

    for token in MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(body):
        if token.type in ("heading_open", "heading_close"):
            heading = token.type == "heading_open"
        elif token.type in ("tr_open", "tr_close"):
            in_row = token.type == "tr_open"
            if not in_row and row:
                parts.append(("p", " | ".join(row)))
                row = []
        elif token.type == "inline":
            line = clean_line(inline(token.children or []))
            if line and in_row:
                row.append(line)
            elif line:
                parts.append(("h" if heading else "p", line))
        elif token.type in ("fence", "code_block"):
            parts += [("p", line) for line in clean_text(token.content).split(PARAGRAPH_BREAK) if line]
        elif token.type == "html_block":
            from index.read.blocks import fragment_paragraphs

            parts += [("p", line) for line in fragment_paragraphs(token.content)]
    return parts


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The front matter with lower-case keys, and the rest. Raises UnreadableError if it cannot be parsed."""
    if match := _YAML.match(text):
        import yaml

        try:
            found = yaml.load(match[1], Loader=_loader(yaml))  # noqa: S506 - a SafeLoader without aliases
        except yaml.YAMLError as error:
            found = _by_line(match[1])
            if not found:
                raise UnreadableError(
                    "The front matter at the head of this Markdown file is not valid YAML; put its values in quotes."
                ) from error
        if found is None or isinstance(found, Mapping):
            return {str(key).lower().replace("-", "_"): value for key, value in (found or {}).items()}, text[
                match.end() :
            ]
        return {}, text
    if match := _TOML.match(text):
        import tomllib

        try:
            return {key.lower(): value for key, value in tomllib.loads(match[1]).items()}, text[match.end() :]
        except tomllib.TOMLDecodeError as error:
            raise UnreadableError("The front matter at the head of this Markdown file is not valid TOML.") from error
    return {}, text


def _loader(yaml: Any) -> Any:
    """A safe loader that knows no aliases (they can blow up) and keeps stamps as they are printed."""

    class Loader(yaml.SafeLoader):  # type: ignore[misc]
        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.events.AliasEvent):
                raise yaml.YAMLError("an alias")
            return super().compose_node(parent, index)

    # PyYAML turns a stamp with an offset into UTC; the day must stay the one that is printed.
    Loader.yaml_implicit_resolvers = {
        first: [(tag, expression) for tag, expression in pairs if tag != "tag:yaml.org,2002:timestamp"]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return Loader


def _by_line(block: str) -> dict[str, Any]:
    """Front matter as people write it, with unquoted colons in a title: ``key: the rest of the line``."""
    pairs = re.findall(r"^([\w-]+):[ \t]*(.*)$", block, re.MULTILINE)
    return {key: value.strip().strip("\"'") for key, value in pairs if not value.startswith(("&", "*", "!", "{"))}


def _value(meta: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    return next((meta[key] for key in keys if meta.get(key) not in (None, "")), None)


def _first(meta: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    found = _value(meta, keys)
    if isinstance(found, Mapping):
        found = found.get("name") or found.get("url") or ""
    if isinstance(found, list):
        found = found[0] if found else ""
    return clean_line(str(found)) if isinstance(found, str | int | float) else ""


def _author(meta: Mapping[str, Any]) -> str:
    found = _value(meta, _AUTHOR)
    every = found if isinstance(found, list) else [found]
    listed = [each.get("name") if isinstance(each, Mapping) else each for each in every]
    return ", ".join(name for each in listed if isinstance(each, str) and (name := names(each)))
