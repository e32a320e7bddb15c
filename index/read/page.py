"""Owns one HTML page: one article, or the sentence that says why there is none.

The steps: fields from the head (fields.py), furniture out of the tree (prune.py), the article's
paragraphs (choose.py), then what stands around and on top of them: title, by-line, dateline.
"""

import re
from typing import Any

from index.errors import UnreadableError
from index.models import Draft
from index.read.blocks import Block, blocks, fragment_paragraphs
from index.read.choose import SENTENCE, choose
from index.read.clean import PARAGRAPH_BREAK, clean_line, clean_text, squeeze
from index.read.dateline import split_dateline
from index.read.fields import Fields, page_fields, visible_fields
from index.read.furniture import is_furniture
from index.read.names import is_byline, names
from index.read.plain import title_from
from index.read.prune import prune
from index.read.published import from_line, without_dates

NO_ARTICLE = "There is no article on this page; give the address of the article itself."
_BLOCKED = re.compile(
    r"enable javascript|javascript is (?:disabled|required)|are you a robot|verify you are human|access denied|captcha"
    r"|page (?:not found|can.t be found|does not exist)|error 40[34]|checking your browser",
    re.I,
)
_DATE_ALONE = re.compile(
    r"(?:[\W\d]|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
    r"|\b(?:am|pm|at|gmt|utc|bst|cet|est|edt|et))*",
    re.I,
)
_ABOUT = re.compile(
    r"(?:have|got) a (?:tip|story|question)\b.*|(?:e-?mail|contact|reach|write to)\b.{0,80}@.*"
    r"|.{3,80}\b(?:covers|reports on|writes about"
    r"|is (?:an?|the|our) .{0,60}(?:reporter|correspondent|editor|columnist))\b"
    r".{0,80}\bfor\b.{0,60}\. (?:follow|contact|reach|e-?mail|she|he|they)\b.*",
    re.I,
)
_CHANGED = re.compile(r"(?:last\s+)?(?:updated|modified|changed)(?:\s+(?:on|at))?:?\s*", re.I)


def read_page(text: str, *, origin: str, url: str | None = None) -> Draft:
    """The article of a page. Raises UnreadableError if the page holds none."""
    tree = _tree(text)
    fields = page_fields(tree, url)
    whole = blocks(tree)
    prune(tree, fields.headline)
    chosen = choose(tree)
    body = _without_head(chosen, fields)
    if len(fields.body) > 2 * sum(map(len, body)) and len(fields.body) > 300:
        body = _stated_body(fields.body)
    if not body or not SENTENCE.search(" ".join(body)):
        raise UnreadableError(_why_none(whole))
    _read_surroundings(whole, chosen, fields)
    body[0], day = split_dateline(body[0])
    return Draft(
        text=clean_text(PARAGRAPH_BREAK.join(body)),
        title=fields.title or title_from(body[0]),
        published=fields.published or day,
        source=fields.source,
        author=fields.author,
        url=fields.url,
        origin=origin,
    )


def _tree(text: str) -> Any:
    from lxml import etree, html

    # lxml refuses a declared encoding in text that is decoded already.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\0", ""), count=1)
    try:
        tree = html.document_fromstring(text, parser=html.HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise UnreadableError(NO_ARTICLE) from None
    return tree


def _without_head(chosen: list[Block], fields: Fields) -> list[str]:
    """The paragraphs without title, by-line and dateline on top, and without by-lines of their own at the end.

    Lines are looked at, not paragraphs: in old pages only a line break stands between title and text.
    """
    body = [block.text for block in chosen]
    for block in chosen:
        lines = [block.text] if squeeze(block.text) in _titles(fields) else list(block.lines)
        while lines and _is_head(lines[0], fields):
            line = lines.pop(0)
            if (cut := len(fields.title) - len(line)) > 0 and fields.title.endswith(": " + line):
                # “Outlet: Headline”, on a page where only the text tells which is which.
                fields.source, fields.title = fields.source or fields.title[: cut - 2], line
            if not fields.author and is_byline(line):
                fields.author = names(without_dates(line))
            fields.published = fields.published or from_line(line)
        body[0] = " ".join(lines)
        if lines:
            break
        body = body[1:]
    while len(body) > 1 and (
        is_byline(body[-1]) or (len(body[-1]) < 250 and _ABOUT.fullmatch(body[-1])) or _is_author(body[-1], fields)
    ):
        body = body[:-1]
    return [line.lstrip("–—- ") if line[:1] in "–—" else line for line in body]


def _is_head(line: str, fields: Fields) -> bool:
    key = squeeze(line)
    if any(key == title or (len(key) > 20 and key in title) for title in _titles(fields)):
        return True
    return _is_author(line, fields) or is_byline(line) or _is_dateline(line)


def _titles(fields: Fields) -> set[str]:
    """The title and the headline that readers see, squeezed: for search engines many outlets write another."""
    shown = fields.headline.text_content() if fields.headline is not None else ""
    return {squeeze(title) for title in (fields.title, shown)} - {""}


def _is_author(line: str, fields: Fields) -> bool:
    author = squeeze(fields.author)
    return bool(author) and squeeze(line) in (author, "by" + author)


def _is_dateline(line: str) -> bool:
    """A line of date, time and perhaps place and name, and of nothing else."""
    if len(line) <= 60 and _DATE_ALONE.fullmatch(line):
        return True
    dated = from_line(line) or (_CHANGED.match(line) and from_line(_CHANGED.sub("", line)))
    if len(line) > 120 or not dated or re.search(r"[.!?]\s+[A-Z]", line):
        return False
    rest = re.sub(r"[\W\d_]+", " ", without_dates(line)).split()
    return len(rest) <= 7 and not any(word.islower() and len(word) > 3 for word in rest)


def _stated_body(body: str) -> list[str]:
    parts = fragment_paragraphs(body) if re.search(r"<\w+[^>]*>", body) else re.split(r"\s*\n\s*", body)
    return [line for part in parts if (line := clean_line(part)) and not is_furniture(line)]


def _read_surroundings(whole: list[Block], chosen: list[Block], fields: Fields) -> None:
    """The lines just above and below the text, in the page as it was before pruning."""
    texts = [block.text for block in whole]
    story = [block.text for block in chosen if not _is_head(block.text, fields)]
    first = texts.index(story[0]) if story and story[0] in texts else 0
    last = texts.index(story[-1]) if story and story[-1] in texts else len(texts)
    titles = _titles(fields)
    heads = [number for number in range(first) if squeeze(texts[number]) in titles]
    start = max(heads[-1] - 2, 0) if heads else max(first - 4, 0)
    visible_fields(fields, whole[start:first], whole[last + 1 : last + 4])


def _why_none(whole: list[Block]) -> str:
    shown = " ".join(block.text for block in whole)
    if len(shown) < 3000 and _BLOCKED.search(shown):
        return (
            "The page shows a notice instead of an article (it wants JavaScript or a person, or is gone);"
            " save the article from a browser and read the file."
        )
    return NO_ARTICLE
