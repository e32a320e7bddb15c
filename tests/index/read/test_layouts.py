"""Page layouts as real outlets have them: every paragraph of the body is kept, nothing else gets in."""

from datetime import date, datetime

import pytest

from index.models import Draft
from index.read import read_bytes

from .story import BODY, LETTER, RELATED, TEXT, TITLE, page, paragraphs


def read(markup: str, url: str | None = None) -> Draft:
    [draft] = read_bytes(markup.encode(), origin="page.html", name="page.html", url=url).drafts
    return draft


LAYOUTS = {
    "wordpress": page(
        f"""<main id="main" class="site-main"><article id="post-481" class="post-481 post type-post status-publish
        has-post-thumbnail category-energy tag-cable tag-licence"><header class="entry-header"><h1 class="entry-title">{TITLE}</h1>
        <div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="2025-03-06T08:00:00+00:00">March 6,
        2025</time><time class="updated" datetime="2025-03-09T08:00:00+00:00">March 9, 2025</time></span> <span class="byline">by <span
        class="author vcard"><a href="/author/ilka">Ilka Dorn</a></span></span></div></header><div class="entry-content">
        <figure class="wp-block-image"><img src="a.jpg"><figcaption>The landing station in 2023.</figcaption></figure>
        {paragraphs()}<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a href="#">Twitter</a></li></ul></div>
        <div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3><p><a href="#">An older story about the cable</a></p></div></div>
        <footer class="entry-footer"><span class="tags-links">Tagged <a href="#">cable</a></span></footer></article>
        <nav class="post-navigation"><a href="#">Previous: Storm damage</a></nav>
        <div id="comments" class="comments-area"><h2>2 thoughts on “{TITLE}”</h2><ol class="comment-list"><li><p>I do not believe a
        word of it, and I have lived by the sea for forty years, which ought to count for something, I think.</p></li></ol></div></main>
        <aside id="secondary" class="widget-area"><section class="widget"><h2>Recent posts</h2><ul><li><a href="#">Ferry fares</a></li></ul>
        </section></aside>"""
    ),
    "amp": f"""<!doctype html><html amp lang="en"><head><meta charset="utf-8"><title>{TITLE} - The Orvane Chronicle</title>
        <link rel="canonical" href="https://chronicle.example/brisa"><script type="application/ld+json">{{"@context":"http://schema.org",
        "@type":"NewsArticle","headline":"{TITLE}","datePublished":"2025-03-06T08:00:00Z","dateModified":"2025-03-09T10:00:00Z",
        "author":[{{"@type":"Person","name":"Ilka Dorn"}}],"publisher":{{"@type":"Organization","name":"The Orvane Chronicle"}}}}</script>
        <style amp-boilerplate>body{{-webkit-animation:none}}</style></head><body><amp-sidebar id="sidebar"><ul><li><a href="/">Home</a>
        </li></ul></amp-sidebar><article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">{TITLE}</h1>
        <div class="amp-wp-meta amp-wp-byline">Ilka Dorn</div></header><div class="amp-wp-article-content">{paragraphs()}
        <amp-ad width="300" height="250"><div placeholder>Advertisement</div></amp-ad></div></article></body></html>""",
    "agency": page(
        f"""<main><article><div class="article-header__wrapper"><nav aria-label="Breadcrumb"><ul><li><a href="/">World</a></li></ul></nav>
        <h1 data-testid="Heading">{TITLE}</h1><div class="info-content__author-date"><div>By <a rel="author" href="/a">Ilka Dorn</a></div>
        <time datetime="2025-03-06T08:00:00Z"><span>March 6, 2025</span><span>8:00 AM UTC</span><span>Updated 3 days ago</span></time></div></div>
        <div class="article-body__content__17Yit"><div data-testid="paragraph-0" class="text__text__1FZLe">OSTERVIK, March 6 (Kestrel) -
        {BODY[0]}</div>"""
        + "".join(
            f'<div data-testid="paragraph-{n}" class="text__text__1FZLe">{part}</div>'
            for n, part in enumerate(BODY[1:], 1)
        )
        + """<div class="ad-slot">Advertisement · Scroll to continue</div>
        <p data-testid="Body">Reporting by Ilka Dorn; Editing by Pavo Lind</p><p>Our Standards: The Kestrel Trust Principles., opens new tab</p>
        </div></article></main>"""
    ),
    "broadcaster": page(
        f"""<main id="main-content"><article><header data-component="headline-block"><h1 id="main-heading">{TITLE}</h1></header>
        <div data-component="byline-block"><time datetime="2025-03-06T08:00:00.000Z">6 March 2025</time><div><span>Ilka Dorn</span><span>Energy
        correspondent</span></div></div><div data-component="image-block"><figure><img src="x"><span>Getty Images</span><figcaption>A
        ship lays cable</figcaption></figure></div>"""
        + "".join(
            f'<div data-component="text-block" class="ssrcss-11r1m41-RichTextComponentWrapper"><p class="ssrcss-1q0x1qg">{p}</p></div>'
            for p in BODY
        )
        + f"""<div data-component="links-block"><h2>More on this story</h2><ul><li><a href="/n">Why the Brisa cable went dark</a></li></ul></div>
        <section data-component="topic-list"><h2>Related topics</h2><ul><li><a>Energy</a></li></ul></section></article>{LETTER}</main>""",
        head='<meta property="article:published_time" content="2025-03-06T08:00:00Z"><meta property="og:site_name" content="The Orvane Chronicle">',
    ),
    "substack": page(
        f"""<div class="single-post-container"><article class="typography newsletter-post post"><div class="post-header"><h1
        class="post-title published">{TITLE}</h1><div class="byline-wrapper"><a href="/@ilka">Ilka Dorn</a><div class="pencraft">Mar 06, 2025</div>
        </div></div><div class="available-content"><div dir="auto" class="body markup">{paragraphs()}<div class="subscription-widget-wrap">
        <p>Thanks for reading! Subscribe for free to receive new posts by Sunday.</p><form><input type="email"></form></div></div></div>
        </article></div>"""
    ),
    "table": f"""<html><head><title>The Orvane Chronicle: {TITLE}</title><meta name="author" content="Ilka Dorn"></head><body><table
        width="100%"><tr><td colspan="3"><img src="logo.gif"> <a href="/">Home</a> | <a href="/n">News</a> | <a href="/s">Sport</a></td></tr>
        <tr><td width="120" valign="top"><a href="/1">Weather</a><br><a href="/2">Harbour</a><br><a href="/3">Letters</a></td>
        <td valign="top"><font size="5"><b>{TITLE}</b></font><br><i>By Ilka Dorn</i><br>6 March 2025<br><br>{"<br><br>".join(BODY)}<br><br>
        </td><td width="160" valign="top"><b>Also today</b><br><a href="/4">Ferry late again</a></td></tr></table><center><font size="1">
        Copyright 2019 The Orvane Chronicle. All rights reserved.</font></center></body></html>""",
    "breaks": page(
        f"<div class='content'><h1>{TITLE}</h1><span class='date'>6 March 2025</span><div>{'<br /><br />'.join(BODY)}</div></div>"
    ),
    "graph": page(
        f"<div id='app'><div class='css-1a2b'><h1 class='css-9z'>{TITLE}</h1><div class='css-77'>{paragraphs()}</div></div></div>{RELATED}",
        head=f"""<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"Organization","name":"Nobody"}},
        {{"@type":"WebPage","datePublished":"2011-01-01","name":"x"}},{{"@type":["Article","NewsArticle"],"headline":"{TITLE}",
        "datePublished":"2025-03-06T09:00:00+01:00","dateModified":"2025-03-09T09:00:00+01:00","author":{{"@type":"Person","name":"Ilka Dorn"}},
        "publisher":{{"name":"The Orvane Chronicle"}}}}]}}</script>""",
    ),
    "teasers below": page(
        f"""<main><article class="full"><h1>{TITLE}</h1><p class="date">6 March 2025</p>{paragraphs()}</article>"""
        + "".join(
            f'<article class="item"><h2><a href="/{n}">Another story number {n}</a></h2><p>A teaser of the other story, long enough to look like a'
            f" paragraph of this one, number {n}, published on {n} January 2024.</p></article>"
            for n in range(1, 9)
        )
        + "</main>"
    ),
    "flat": f"""<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>Published: 6 March 2025</p>{paragraphs()}
        <p>Share</p></body></html>""",
    "obfuscated": page(
        f"""<div class="jsx-100"><div class="jsx-1"><h1>{TITLE}</h1><div class="jsx-2">Ilka Dorn · 6 March 2025 · 3 min read</div></div>
        <div class="jsx-3"><p>{BODY[0]}</p><div class="jsx-4">Advertisement</div><p>{BODY[1]}</p><div class="jsx-5"><p>Read more: <a
        href="/x">Why the cable went dark</a></p></div><p>{BODY[2]}</p><p>{BODY[3]}</p><div class="jsx-6"><p>Sign up for our evening letter
        by Friday and get the first month free.</p></div><p>{BODY[4]}</p></div></div>"""
    ),
    "form": page(
        f"""<form id="aspnetForm" action="/"><div id="ctl00_Main"><h1>{TITLE}</h1><div class="dateline">Thursday, March 6, 2025 | 08:00 | Ilka
        Dorn</div><div id="ctl00_Body">{paragraphs()}</div></div></form>"""
    ),
    "split body": page(
        f"""<article><h1>{TITLE}</h1><time datetime="2025-03-06">6 March</time><section class="body-part"><p>{BODY[0]}</p><p>{BODY[1]}</p></section>
        <div class="inline-promo"><a href="/x">Our guide to the sea cables</a></div><section class="body-part"><p>{BODY[2]}</p><p>{BODY[3]}</p></section>
        <div class="read-more-wrapper"><p>{BODY[4]}</p></div></article>{LETTER}{RELATED}"""
    ),
    "paywalled body": page(
        f"""<article class="has-paywall"><h1>{TITLE}</h1><time itemprop="datePublished" datetime="2025-03-06">6 March</time>
        <div class="article__body"><p>{BODY[0]}</p>"""
        + "".join(f'<p class="paywall">{part}</p>' for part in BODY[1:])
        + """</div><div class="paywall-offer"><p>Subscribe now and read every story until 31 December for one thaler.</p></div></article>"""
    ),
    "pull quote": page(
        f"""<article><h1>{TITLE}</h1><p class="timestamp">6 March 2025</p><p>{BODY[0]}</p><p>{BODY[1]}</p><p>{BODY[2]}</p>
        <blockquote class="pullquote"><p>“We counted every megawatt twice”</p></blockquote><p>{BODY[3]}</p><p>{BODY[3]}</p><p>{BODY[4]}</p></article>"""
    ),
}

_DATED = f"<h1>{TITLE}</h1><p>6 March 2025</p>"
LAYOUTS |= {
    "cards in the article": page(
        f"""<article>{_DATED}{paragraphs()}<div class="grid"><div><h3><a href="/a">Old story of the sea</a></h3><p>What the sea did to
        us all last year, in pictures.</p></div><div><h3><a href="/b">Other story</a></h3><p>A second teaser stands here for you.</p></div>
        </div></article>"""
    ),
    "link of its own": page(
        f"""<article>{_DATED}<p>{BODY[0]}</p><p><strong><a href="/x">Why the Brisa cable went dark in the first place</a></strong></p>"""
        + "".join(f"<p>{part}</p>" for part in BODY[1:])
        + "</article>"
    ),
    "single breaks": page(
        f"<div>{_DATED}<div>{'<br>'.join(BODY[:2])}</div><p>{BODY[2]}</p><p>{BODY[3]}</p><p>{BODY[4]}</p></div>"
    ),
    "loose ends": page(
        f"""<article>{_DATED}<p><img src="x"><em>The landing station. Photo: Kestrel</em></p>{paragraphs()}
        <p>© 2025 The Orvane Chronicle. All rights reserved.</p><p>Have a tip? Email tips@chronicle.example by 5 p.m.</p></article>"""
    ),
    "a second article below": page(
        f"""<main><article>{_DATED}{paragraphs()}</article><article><h1>Second story that loads below</h1>"""
        + "<p>Another story has a long paragraph too, with many words that could confuse an extractor.</p>" * 9
        + "</article></main>"
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout_gives_exactly_the_body(name: str) -> None:
    draft = read(LAYOUTS[name])
    text = draft.text
    if name == "agency":
        text = text.removesuffix("\n\nReporting by Ilka Dorn; Editing by Pavo Lind")  # a credit line may stay
    assert text == TEXT
    assert draft.title == TITLE


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout_gives_the_day_of_publication(name: str) -> None:
    published = read(LAYOUTS[name]).published
    assert (published.date() if isinstance(published, datetime) else published) == date(2025, 3, 6)


def test_author_and_outlet_are_found_where_a_layout_has_them() -> None:
    anonymous = {"breaks", "teasers below", "flat", "split body", "paywalled body", "pull quote"}
    anonymous |= {"cards in the article", "link of its own", "single breaks", "loose ends", "a second article below"}
    for name, markup in LAYOUTS.items():
        draft = read(markup)
        assert draft.author == ("" if name in anonymous else "Ilka Dorn"), name
        assert draft.source == ("" if name == "flat" else "The Orvane Chronicle"), name
