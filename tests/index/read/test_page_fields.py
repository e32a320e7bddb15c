"""Fields and awkward pages beyond the layouts."""

from datetime import date, datetime

import pytest

from index.models import Draft
from index.read import read_bytes

from .story import BODY, LETTER, RELATED, TEXT, TITLE, page, paragraphs


def read(markup: str, url: str | None = None) -> Draft:
    [draft] = read_bytes(markup.encode(), origin="p", url=url).drafts
    return draft


def story(head_lines: str = "", tail: str = "", head: str = "", title: str = TITLE) -> str:
    return page(
        f"<article><h1>{TITLE}</h1>{head_lines}{paragraphs()}{tail}</article>{RELATED}{LETTER}", head=head, title=title
    )


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("OSTERVIK, 9 September 2025 – Ilka Dorn", date(2025, 9, 9)),
        ("Tuesday, June 23, 2026 | 11:02 | Ilka Dorn", datetime(2026, 6, 23, 11, 2)),
        ("Published 6 March 2025 at 8:15 pm, updated 9 March 2025", datetime(2025, 3, 6, 20, 15)),
        ("Updated 9 March 2025; published 6 March 2025", date(2025, 3, 6)),
        ("Sept. 9, 2025", date(2025, 9, 9)),
        ("2025-09-09", date(2025, 9, 9)),
        ("09.03.2025, 14:00", datetime(2025, 3, 9, 14, 0)),
        ("03/25/2025", date(2025, 3, 25)),
        ("03/06/2025", None),  # March or June: not told
        ("Last updated 9 March 2025", None),
        ("Est. 1911", None),
    ],
)
def test_a_dateline_that_readers_see(line: str, published: object) -> None:
    draft = read(story(f"<p class='x1'>{line}</p>"))
    assert draft.published == published
    assert draft.text.endswith(TEXT)
    assert line == "Est. 1911" or draft.text == TEXT
    assert draft.author == ("Ilka Dorn" if "Ilka" in line else "")


def test_an_unknown_day_stays_unknown() -> None:
    old = "<p>On 5 January 2024 the cable had failed a first test, engineers in Ostervik said at the time.</p>"
    draft = read(story(tail=old), url="https://chronicle.example/2023/01/02/brisa")
    assert draft.published is None
    assert draft.url == "https://chronicle.example/2023/01/02/brisa"
    modified = '<meta property="article:modified_time" content="2025-03-09"><script type="application/ld+json">{"@type":"NewsArticle","headline":"%s","dateModified":"2025-03-09"}</script>'
    assert read(story(head=modified % TITLE)).published is None


def test_canonical_address_and_title_suffixes() -> None:
    draft = read(
        story(head='<link rel="canonical" href="/news/brisa#top">'), url="https://chronicle.example/news/brisa?utm=1"
    )
    assert draft.url == "https://chronicle.example/news/brisa"
    assert draft.source == "chronicle.example"
    front = read(
        story(head='<link rel="canonical" href="https://chronicle.example/">'), url="https://chronicle.example/news/1"
    )
    assert front.url == "https://chronicle.example/news/1"
    for title in (f"{TITLE} | Energy | The Chronicle", f"{TITLE} - The Chronicle", f"{TITLE} — The Chronicle"):
        bare = read(
            f"<html><head><title>{title}</title></head><body><div><h1>{TITLE}</h1>{paragraphs()}</div></body></html>"
        )
        assert (bare.title, bare.source) == (TITLE, "The Chronicle")
    dashed = read(f"<html><head><title>Orvane – Keldmark: the deal</title></head><body>{paragraphs()}</body></html>")
    assert dashed.title == "Orvane – Keldmark: the deal"


def test_a_headline_for_search_engines_beside_the_one_that_readers_see() -> None:
    head = '<meta property="og:title" content="Brisa cable: what the two countries signed in Ostervik">'
    for h1 in (TITLE, TITLE.replace(" to share", "<br>to share")):
        shown = f"<article><h1>{h1}</h1><p class='x1'>6 March 2025 | Ilka Dorn</p>{paragraphs()}</article>{RELATED}"
        draft = read(page(shown, head=head, title="Brisa cable | The Orvane Chronicle"))
        assert draft.text == TEXT
        assert draft.title == "Brisa cable: what the two countries signed in Ostervik"
        assert (draft.published, draft.author) == (date(2025, 3, 6), "Ilka Dorn")


def test_body_parts_are_kept() -> None:
    markup = page(
        f"""<article><h1>{TITLE}</h1><div class="entry-content"><p>{BODY[0]}</p><h2>What comes next</h2><ul><li>Orvane names an operator.</li>
        <li>Keldmark votes.</li></ul><blockquote><p>{BODY[2]}</p></blockquote><p>{BODY[4]}</p></div></article>"""
    )
    parts = [BODY[0], "What comes next", "Orvane names an operator.", "Keldmark votes.", BODY[2], BODY[4]]
    assert read(markup).text.split("\n\n") == parts


def test_short_articles_and_stubs() -> None:
    assert (
        read(page(f"<article><h1>{TITLE}</h1><p>Orvane signed on Monday.</p></article>{RELATED}{LETTER}")).text
        == "Orvane signed on Monday."
    )
    stub = f'<article><h1>{TITLE}</h1><p>{BODY[0]}</p><div class="barrier"><h2>Subscribe to continue</h2><p>To continue reading, pay one thaler.</p></div></article>'
    assert read(page(stub)).text == BODY[0]


def test_the_text_out_of_the_pages_data_where_the_page_shows_none() -> None:
    body = "\\n\\n".join(BODY)
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{TITLE}","datePublished":"2025-03-06","articleBody":"{body}"}}</script>'
    draft = read(page('<div id="root"></div>', head=head))
    assert (draft.text, draft.published) == (TEXT, date(2025, 3, 6))


def test_live_blog_and_many_comments() -> None:
    posts = f"<article><time>12:00</time><h2>Fee left out</h2><p>{BODY[3]}</p></article><article><time>11:00</time><h2>Done</h2><p>{BODY[0]}</p></article>"
    assert (
        read(page(f"<main><h1>{TITLE}</h1><div>{posts}</div></main>")).text
        == f"Fee left out\n\n{BODY[3]}\n\nDone\n\n{BODY[0]}"
    )
    remarks = "".join(
        f"<div><p>I think that the fee is far too high for all of us, and this is remark {n}.</p></div>"
        for n in range(40)
    )
    assert read(story(tail=f'<div id="comments">{remarks}</div>')).text == TEXT
