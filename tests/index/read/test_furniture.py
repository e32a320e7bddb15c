"""What stands in an article's column and is not the article; and sentences that only begin like it."""

from html import escape

import pytest

from index.read import read_bytes

from .story import BODY, TITLE, page

FURNITURE = (
    "By signing up you agree to our terms of use and privacy policy.",
    "By clicking “Sign up”, you accept our terms.",
    "By continuing to use this site you consent to cookies.",
    "Become a member today and read without limits.",
    "Support independent journalism: become a member by 31 December.",
    "Support the Chronicle with a monthly donation.",
    "Copyright 2019 The Orvane Chronicle. Complaints are answered within 10 days.",
    "Copyright © Kestrel News Agency",
    "(c) 2025 Kestrel. All rights reserved.",
    "Terms of use | Privacy policy | Contact us",
    "Terms and conditions apply.",
    "Privacy policy: what we keep about you",
    "Don’t miss a story. Follow the Chronicle.",
    "Never miss an update",
    "Don't miss out on our offer: the first month is free.",
    "To continue reading, pay one thaler by Friday.",
    "Already a subscriber? Log in here.",
    "Already registered",
    "Posted in Energy, Keldmark on March 3",
    "Follow us on all channels",
    "Image source, Getty Images",
    "Getty Images / AFP",
    "A ship lays the cable off Ostervik. Photo: Ilka Dorn/Kestrel",
    "A ship lays the cable off Ostervik  – photo: Élise Marand for Kestrel",
)
PROSE = (
    "By signing the accord the two sides agree to reopen the strait by 1 May 2026.",
    "By continuing the talks Orvane and Keldmark accept that no power flows before June.",
    "Support for the treaty among member states is growing, and all must ratify it by 30 June.",
    "Support for local journalism ends on 30 June under the pact, the ministry said.",
    "Copyright terms will be harmonised by 1 January 2026, the two sides agreed.",
    "(c) The operator must file its accounts by 1 May.",
    "Terms and conditions of the licence were published on Monday.",
    "Terms and conditions of the US licence end on 1 May.",
    "Privacy policy must be changed by 30 June, the regulator said.",
    "Don't miss a payment and the loan stays open until 30 June, the bank said.",
    "To continue reading the bill, parliament meets on 4 May.",
    "Already registered firms must renew by 30 June.",
    "Posted in the harbour office on Monday, the notice names 30 June.",
    "Follow US rules by 30 June or lose the licence, the bank was told.",
    "Getty Images and Tolby agreed to merge.",
    "Video, audio and data services must be licensed by 30 June.",
    "But that misses the bigger picture: the licence lapses on 30 November.",
)


def page_text(line: str) -> str:
    parts = "".join(f"<p>{escape(part)}</p>" for part in (*BODY[:2], line, *BODY[2:]))
    [draft] = read_bytes(page(f"<article><h1>{TITLE}</h1>{parts}</article>").encode(), origin="p").drafts
    return draft.text


def feed_text(line: str) -> str:
    parts = escape("".join(f"<p>{escape(part)}</p>" for part in (*BODY[:2], line, *BODY[2:])))
    xml = (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Orvane</title><item>'
        f"<title>{TITLE}</title><description>{parts}</description></item></channel></rss>"
    )
    [draft] = read_bytes(xml.encode(), origin="f", name="f.xml").drafts
    return draft.text


@pytest.mark.parametrize("line", FURNITURE)
def test_what_the_site_says_to_its_readers_is_dropped(line: str) -> None:
    assert page_text(line) == "\n\n".join(BODY)


@pytest.mark.parametrize("line", PROSE)
def test_a_sentence_that_begins_like_furniture_stays(line: str) -> None:
    whole = "\n\n".join((*BODY[:2], line, *BODY[2:]))
    assert page_text(line) == whole
    assert feed_text(line) == whole
