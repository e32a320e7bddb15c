"""Owns taking a page's furniture out of its tree before the text is looked for.

Goes by elements and by the words in class and id. Nothing that holds the headline, the marked body
or a large share of the page's prose is taken out: a class name is a hint, not a proof.
"""

import re
from typing import Any

_GONE = frozenset("script style noscript template svg iframe object embed button select textarea input dialog".split())
_GONE |= frozenset(("nav", "aside", "footer", "figcaption", "video", "audio", "canvas", "amp-ad", "amp-social-share"))
_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "toolbar")
)
# Words of which one alone tells: nobody calls an article's paragraphs so.
_SURE = frozenset(
    """cookie cookies consent gdpr newsletter newsletters nl signup mailinglist related recommended recommendation
    recommendations mostread trending breadcrumb breadcrumbs crumbs comments disqus respond outbrain taboola
    navigation navbar nav navmenu topnav skiplink sharedaddy share sharing sharebar shares addtoany social socials
    sociable caption captions figcaption imagecaption photocredit footer foot colophon copyright tagcloud
    taglist login register
    advert advertisement adverts ads adslot adsbygoogle googlead dfp sponsored sponsor teasers upnext readnext alsoread
    moreon morefrom morestories pagination pager jp-relatedposts toc poll quiz donate donation
    authorbio aboutauthor bio byline bylines dateline
    alsolike furtherreading seealso most-read most-popular popular latest headlines""".split()
)
# Words that furniture has in common with good elements: only where little prose hangs on them.
_MAYBE = frozenset(
    """ad banner promo promotion promoted promos sidebar masthead topbar menu meta tags tag widget popup modal overlay
    alert also toolbar tools actions author authors credit credits timestamp pubdate publish-date posted
    teaser card cards
    carousel gallery slideshow player embed pullquote kicker eyebrow hidden visually-hidden sr-only
    screen-reader-text noprint
    print-only search button cta offer offers deals-box app-download follow feedback survey rating notice
    paywall piano regwall subscribe subscription readmore
    disclaimer correction-note profile avatar comment explainer-links recirc recirculation
    category categories section-name label topics topic keywords skip header-bar hero-caption listen audio""".split()
)
_PAIRS = re.compile(
    r"most[-_ ]?(?:read|viewed|popular|shared|commented)|read[-_ ]?(?:next|also)\b|also[-_ ]?(?:read|like|in)\b"
    r"|sign[-_ ]?up|you[-_ ]?(?:may|might)|more[-_ ]?(?:from|on|stories|news|like|about)|up[-_ ]?next|mailing[-_ ]?list"
    r"|see[-_ ]?also|post[-_](?:nav|tags|meta|navigation|share)|entry[-_](?:meta|footer|utility)"
    r"|article[-_]{1,2}(?:meta|tags|share|footer|tools)"
    r"|author[-_](?:bio|box|info|card)|about[-_](?:the[-_])?author|photo[-_]?(?:credit|caption)|image[-_](?:caption|credit|source)"
    r"|wp[-_]caption[-_]text|media[-_]caption|recommended|jp[-_]relatedposts|back[-_]to[-_]top|skip[-_](?:link|to)"
    r"|pull[-_]?quote|cookie|newsletter|advert|comment[-_]?(?:list|form|section|respond)",
    re.I,
)
_BODY = re.compile(
    r"(?:article|story|entry|post|news|content|main|page|body)[-_]{0,2}(?:body|content|text|copy|main|container|wrapper|inner|detail)"
    r"|articlebody|bodycopy|body-text",
    re.I,
)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_KEPT_TAGS = frozenset("html body head h1 main br a b i em strong td tr table tbody".split())
# What a paragraph's own class may say against it.
_PARAGRAPH = frozenset(
    """caption credit credits byline author timestamp dateline promo newsletter advert advertisement share related
    tags copyright meta posted pubdate signup readmore cookie teaser kicker""".split()
)
_UNSEEN = frozenset(
    ("hidden", "visually-hidden", "sr-only", "screen-reader-text", "caption", "credit", "share", "byline", "ad")
)


def prune(tree: Any, headline: Any = None) -> None:
    """Takes furniture out of ``tree`` in place. ``headline`` is the article's h1, which is never lost."""
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    prose = _prose(elements)
    total = max(prose[tree], 1)
    holders = set(headline.iterancestors()) if headline is not None else set()
    holders |= {
        each for body in tree.iterfind('.//*[@itemprop="articleBody"]') for each in (body, *body.iterancestors())
    }
    doomed: dict[Any, None] = {}
    for element in elements:
        tag = element.tag
        if element.getparent() in doomed:
            doomed[element] = None
        elif tag in _GONE:
            # An aside may be the site's word for its main column.
            if tag not in ("aside", "footer", "nav") or (element not in holders and prose[element] <= 0.5 * total):
                doomed[element] = None
        elif element not in holders and tag not in _KEPT_TAGS:
            sureness = _sureness(element, tag)
            if sureness and prose[element] <= (0.6 if sureness == 2 else 0.25) * total:
                doomed[element] = None
    for element in (*doomed, *_other_articles(tree, headline)):
        if element.getparent() not in doomed:
            _drop(element)


def _sureness(element: Any, tag: str) -> int:
    """2: furniture unless it is most of the page. 1: unless it is a good part of it. 0: no sign of it."""
    get = element.get
    if get("role") in _ROLES or get("hidden") is not None or get("aria-hidden") == "true":
        return 1 if get("role") in (None, "banner") else 2
    if (style := get("style")) and _HIDDEN.search(style):
        return 1
    hint = f"{get('class') or ''} {get('id') or ''} {get('data-component') or ''} {get('data-testid') or ''}".strip()
    if not hint:
        return 0
    words = {word.lower() for word in _WORDS.findall(hint)}
    names = {name.lower() for name in hint.split()}
    if tag == "p":
        return 1 if words & _PARAGRAPH else 0
    if tag == "span" and element.getparent().tag in ("p", "li", "h2", "h3"):
        return 1 if names & _UNSEEN else 0  # words of a sentence, whatever they are styled as
    if tag == "article":
        return 1 if words & {"teaser", "card", "promo", "sponsored", "related"} else 0
    sure = bool(words & _SURE or names & _SURE or _PAIRS.search(hint))
    if _BODY.search(hint):
        # “article-body has-newsletter”: the other words say what is in it, not what it is.
        return 1 if sure and not words & {"body", "text", "copy"} else 0
    if sure:
        return 2
    return 1 if words & _MAYBE or names & _MAYBE else 0


def _other_articles(tree: Any, headline: Any) -> list[Any]:
    """Teasers and follow-up articles beside the one that has the headline."""
    if headline is None:
        return []
    own = next((each for each in headline.iterancestors() if each.tag == "article"), None)
    if own is None:
        return []
    inside = set(own.iter("article")) | set(own.iterancestors("article"))
    return [each for each in tree.iter("article") if each not in inside]


def _prose(elements: list[Any]) -> dict[Any, int]:
    """Characters of unlinked text in each element: what there is to read. Elements in document order."""
    prose: dict[Any, int] = {}
    for element in reversed(elements):
        if element.tag in ("a", "script", "style", "noscript", "template"):
            prose[element] = 0
            continue
        own = len(element.text.strip()) if element.text else 0
        for child in element:
            own += prose.get(child, 0) + (len(child.tail.strip()) if child.tail else 0)
        prose[element] = own
    return prose


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
