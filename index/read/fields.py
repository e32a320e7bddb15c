"""Owns what a page says about its article beside the text: title, outlet, author, day, address.

Every field comes from a place that states it. Nothing is guessed: not the day from an address, a
copyright line or the clock. Reads the tree before furniture is pruned, and leaves it as it is.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from index.models import Published
from index.read.blocks import Block
from index.read.clean import clean_line, squeeze
from index.read.jsonld import article_data, text_of, texts_of
from index.read.names import is_byline, looks_like_names, names
from index.read.published import from_line, from_stamp, without_dates

_DAY_NAMES = (
    "article:published_time article:published og:published_time og:article:published_time og:pubdate"
    " datepublished article.published publish-date publish_date publishdate publication_date published_time"
    " published-date pubdate dc.date.issued dcterms.issued dc.date.created dcterms.created dcterms.date dc.date"
    " parsely-pub-date sailthru.date cxenseparse:recs:publishtime rnews:datepublished citation_publication_date"
    " citation_date date article_date_original originalpublicationdate ptime apub:time"
).split()
_AUTHOR_NAMES = (
    "author article:author parsely-author byl dc.creator dcterms.creator sailthru.author citation_author".split()
)
_SITE_NAMES = (
    "og:site_name application-name dc.publisher dcterms.publisher publisher apple-mobile-web-app-title".split()
)
_SEPARATOR = re.compile(r"\s+(?:\||[-–—―·•»›:]|::|//)\s+|\s*\|\s*")
_FURNITURE = frozenset("nav aside footer figure figcaption".split())
_ASIDE = re.compile(
    r"related|recommend|comment|most|popular|teaser|sidebar|footer|latest|trending|card\b|promo|updated|modified", re.I
)
_AUTHOR_HINT = re.compile(r"\bauthor(?:[-_]name)?\b|\bby-?line(?:[-_]{1,2}(?:name|author|block))?\b|\bc-byline")
_ONLY_BY = re.compile(r"by|posted|author|written by|share|follow", re.I)
_PUBLISHED_HINT = re.compile(r"publi|posted|entry-date|post-date|pubdate|dateline|created", re.I)


@dataclass(slots=True)
class Fields:
    title: str = ""
    source: str = ""
    author: str = ""
    published: Published | None = None
    url: str | None = None
    body: str = ""  # the article's text as the page's data has it, often without paragraphs, often missing
    headline: Any = None  # the h1 that bears the title


def page_fields(tree: Any, url: str | None = None) -> Fields:
    """What the page states in its head and its marked-up elements. The visible dateline comes later."""
    meta = _meta(tree)
    head_title = clean_line(tree.findtext(".//title") or "")
    og_title = meta.get("og:title") or meta.get("twitter:title") or ""
    data = article_data(tree, og_title or head_title)
    headline = text_of(data.get("headline"))
    h1 = _headline(tree, [og_title, headline, head_title])
    h1_text = clean_line(h1.text_content()) if h1 is not None else ""
    sites = [text_of(data.get("publisher")), *(meta.get(name, "") for name in _SITE_NAMES)]
    site = next((each for each in sites if each and "://" not in each), "")
    link = _canonical(tree, meta, data, url)
    title, suffix = _title(h1_text, og_title, headline, head_title, site, link)
    return Fields(
        title=title,
        source=site or suffix or _host(link),
        author=_author(tree, meta, data),
        published=_day(tree, meta, data, h1),
        url=link,
        body=text_of(data.get("articleBody")) if "<" in str(data.get("articleBody")) else _body(data),
        headline=h1,
    )


def visible_fields(fields: Fields, before: list[Block], after: list[Block]) -> None:
    """Fills day and author from the lines that readers see around the text; ``before`` ends at the body."""
    for block in [*reversed(before[-8:]), *after[:4]]:
        line = block.text
        if len(line) > 160 or block.linked > 0.8 * len(line):
            continue
        day = from_line(line)
        if day and fields.published is None and not re.search(r"©|copyright|all rights", line, re.I):
            fields.published = day
        if fields.author:
            continue
        if day:
            rest = [part for part in re.split(r"\s*[|•·;]\s*|\s+[-–—]\s+", without_dates(line)) if part.strip()]
            found = [part for part in rest if looks_like_names(part) and not part.strip(" ,").isupper()]
            fields.author = names(found[-1]) if found else ""
        elif is_byline(line):
            fields.author = names(line)


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        if key and (content := element.get("content")):
            found.setdefault(key.strip().lower(), clean_line(content))
    return found


def _headline(tree: Any, titles: list[str]) -> Any:
    """The h1 that says what a title says (the first h1 of a page is often the outlet's own name)."""
    every = [h1 for h1 in tree.iter("h1") if h1.text_content().strip()]
    wanted = [squeeze(title) for title in titles if title]
    for h1 in every:
        text = squeeze(h1.text_content())
        if len(text) > 12 and any(text in title or (len(title) > 12 and title in text) for title in wanted):
            return h1
    marked = [h1 for h1 in every if re.search("headline|title", f"{h1.get('itemprop')} {h1.get('class')}", re.I)]
    return next(iter(marked or [h1 for h1 in every if len(h1.text_content().split()) >= 3]), None)


def _title(h1: str, og_title: str, headline: str, head_title: str, site: str, link: str | None) -> tuple[str, str]:
    """The title without the outlet, and the outlet as the head's title has it."""
    shown = [squeeze(each) for each in (h1, og_title, headline) if each]
    stripped, suffix = _without_outlet(head_title, site, link, shown)
    whole = squeeze(head_title)
    if h1 and (squeeze(h1) in whole or squeeze(h1) in squeeze(og_title) or not (og_title or head_title)):
        return h1, suffix
    if og_title:
        return _without_outlet(og_title, site or suffix, link, shown[:1])[0], suffix
    return headline or stripped or h1, suffix


def _without_outlet(title: str, site: str, link: str | None, shown: list[str]) -> tuple[str, str]:
    """Cuts “ | Outlet” off where it is the site's name, or where the rest is the title that readers see."""
    cuts = list(_SEPARATOR.finditer(title))
    for cut in cuts:
        if squeeze(title[: cut.start()]) in shown and len(title[: cut.start()]) > 12:
            return title[: cut.start()], re.split(_SEPARATOR, title[cut.end() :])[-1]
    if not cuts:
        return title, ""
    first, last = title[: cuts[-1].start()], title[cuts[-1].end() :]
    host = squeeze(_host(link).rsplit(".", 1)[0])
    name = squeeze(last)
    known = name and (name == squeeze(site) or (len(name) > 3 and (name in host or host in name) and host))
    if known or ("|" in cuts[-1][0] and len(last.split()) <= 5 and len(first.split()) >= 3):
        # “Headline | Section | Outlet”: a section is one or two words.
        if len(cuts) > 1 and "|" in cuts[-2][0] and len(title[cuts[-2].end() : cuts[-1].start()].split()) <= 2:
            first = title[: cuts[-2].start()]
        return first, last
    lead = title[: cuts[0].start()]
    if site and squeeze(lead) == squeeze(site):
        return title[cuts[0].end() :], lead
    return title, ""


def _canonical(tree: Any, meta: dict[str, str], data: dict[str, Any], url: str | None) -> str | None:
    found = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    entity = data.get("mainEntityOfPage")
    found += [meta.get("og:url"), data.get("url"), entity.get("@id") if isinstance(entity, dict) else entity]
    for each in found:
        if isinstance(each, str) and each.strip():
            try:
                full = urljoin(url or "", each.strip())
                parts = urlsplit(full)
            except ValueError:
                continue
            # A canonical address that is the front page is a fault of the site's template.
            if parts.scheme in ("http", "https") and parts.hostname and (parts.path.strip("/") or parts.query):
                return full.split("#")[0]
    return url


def _host(link: str | None) -> str:
    try:
        host = (urlsplit(link).hostname or "") if link else ""
    except ValueError:
        return ""
    return host.removeprefix("www.").removeprefix("amp.").removeprefix("m.")


def _author(tree: Any, meta: dict[str, str], data: dict[str, Any]) -> str:
    listed = [name for each in texts_of(data.get("author")) if (name := names(each))]
    if listed:
        return ", ".join(dict.fromkeys(listed))
    for key in _AUTHOR_NAMES:
        if name := names(meta.get(key, "")):
            return name
    for element in tree.iter("a", "span", "p", "div", "address", "cite", "li"):
        hint = " ".join(element.get(key) or "" for key in ("rel", "itemprop", "class", "data-component")).lower()
        if not _AUTHOR_HINT.search(hint) or _inside_furniture(element):
            continue
        parts = [re.sub(r"^by\s+", "", clean_line(each), flags=re.I) for each in element.itertext()]
        for line in (clean_line(element.text_content()), *parts):
            bare = names(without_dates(line).split("|")[0])
            if (
                3 <= len(bare) <= 80
                and looks_like_names(bare)
                and not _ONLY_BY.fullmatch(bare)
                and "|" not in without_dates(line)
            ):
                return bare
    return ""


def _day(tree: Any, meta: dict[str, str], data: dict[str, Any], h1: Any) -> Published | None:
    stamps = [text_of(data.get("datePublished"))]
    stamps += [meta[name] for name in _DAY_NAMES if name in meta]
    stamps += [text_of(data.get("dateCreated"))]
    for stamp in stamps:
        if stamp and (day := from_stamp(stamp)):
            return day
    for element in tree.xpath('.//*[@itemprop="datePublished" or @pubdate]'):
        stated = element.get("datetime") or element.get("content") or element.text_content()
        if not _inside_furniture(element) and (day := from_stamp(clean_line(stated))):
            return day
    return _time_element(tree, h1)


def _time_element(tree: Any, h1: Any) -> Published | None:
    """A ``<time>`` that is marked as publication, or the first one by the headline."""
    best: Published | None = None
    own = (
        next((each for each in h1.iterancestors() if each.tag in ("article", "main")), None) if h1 is not None else None
    )
    for element in tree.iter("time"):
        hint = f"{element.get('class')} {element.get('itemprop')} {element.getparent().get('class')}"
        label = clean_line(" ".join(filter(None, (element.getparent().text, element.text_content()[:40]))))
        changed = re.search(r"updated|modified", hint, re.I) or re.match(r"(?:last )?(?:updated|modified)", label, re.I)
        if changed and not re.search(r"published", hint, re.I):
            continue
        if _inside_furniture(element) or (own is not None and own not in element.iterancestors()):
            continue
        if element.getparent().tag == "p" and len(element.getparent().text_content()) > 120:
            continue  # a date within the story
        day = from_stamp(element.get("datetime") or "") or from_stamp(clean_line(element.text_content()))
        if day and _PUBLISHED_HINT.search(hint):
            return day
        best = best or day
    return best


def _inside_furniture(element: Any) -> bool:
    for each in (element, *element.iterancestors()):
        if each.tag in ("body", "html", "main"):
            return False
        if each.tag in _FURNITURE or _ASIDE.search(f"{each.get('class') or ''} {each.get('id') or ''}"):
            return True
    return False


def _body(data: dict[str, Any]) -> str:
    body = data.get("articleBody")
    return body if isinstance(body, str) else ""
