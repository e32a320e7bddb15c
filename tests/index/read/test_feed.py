from datetime import UTC, datetime, timedelta, timezone
from html import escape

import pytest

from index.errors import UnreadableError
from index.read import Reading, read_bytes

from .story import BODY, TEXT


def read(xml: str | bytes, name: str = "feed.xml") -> Reading:
    return read_bytes(xml if isinstance(xml, bytes) else xml.encode(), origin="https://o.example/feed", name=name)


HTML = "".join(f"<p>{part}</p>" for part in BODY)


def rss(items: str) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Orvane &amp; Coast</title><link>https://o.example</link>{items}</channel></rss>"""


def item(body: str, title: str = "The cable", more: str = "") -> str:
    return f"<item><title>{title}</title><link>https://o.example/1</link><guid>g-1</guid>{more}{body}</item>"


def test_rss_content_over_summary() -> None:
    xml = rss(
        item(
            f"<description>Orvane and Keldmark have …</description><content:encoded><![CDATA[{HTML}<p>The post <a href='#'>The cable</a>"
            " appeared first on <a href='#'>Orvane</a>.</p>]]></content:encoded>",
            more="<dc:creator>Ilka Dorn</dc:creator><pubDate>Thu, 06 Mar 2025 23:30:00 -0500</pubDate>",
        )
    )
    [draft] = read(xml).drafts
    assert draft.text == TEXT
    assert draft.published == datetime(2025, 3, 6, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert (draft.title, draft.author, draft.source) == ("The cable", "Ilka Dorn", "Orvane & Coast")
    assert (draft.url, draft.feed_id, draft.origin) == ("https://o.example/1", "g-1", "https://o.example/feed")


@pytest.mark.parametrize(
    "body",
    [
        f"<description>{escape(HTML)}</description>",
        f"<description>{escape(escape(HTML))}</description>",
        f"<description><![CDATA[{TEXT}]]></description>",
        f"<description><![CDATA[{'<br/><br/>'.join(BODY)}]]></description>",
        f"<description><![CDATA[<figure><img src='x'><figcaption>A ship</figcaption></figure>{HTML}<p>Continue reading…</p>]]></description>",
    ],
)
def test_every_way_to_wrap_a_body(body: str) -> None:
    assert read(rss(item(body))).drafts[0].text == TEXT


def test_atom_published_over_updated_and_the_items_own_source() -> None:
    xml = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Gather</title><entry><title type="html">A &amp;amp; B</title><id>tag:1</id>
    <link rel="alternate" href="https://o.example/2"/><updated>2025-03-09T08:00:00Z</updated><published>2025-03-06T08:00:00Z</published>
    <author><name>Ilka Dorn</name></author><source><title>The Chronicle</title></source><summary>Short.</summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{HTML}</div></content></entry></feed>"""
    [draft] = read(xml).drafts
    assert (draft.title, draft.source, draft.author, draft.feed_id) == ("A & B", "The Chronicle", "Ilka Dorn", "tag:1")
    assert draft.published == datetime(2025, 3, 6, 8, tzinfo=UTC)
    assert draft.text == TEXT


def test_rdf() -> None:
    xml = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Coast</title></channel><item rdf:about="https://o.example/3">
    <title>The cable</title><link>https://o.example/3</link><description>{BODY[0]}</description><dc:date>2025-03-06T08:00:00Z</dc:date>
    </item></rdf:RDF>"""
    [draft] = read(xml, name="page.html").drafts  # the content decides
    assert (draft.text, draft.source, draft.published) == (BODY[0], "Coast", datetime(2025, 3, 6, 8, tzinfo=UTC))


def test_a_feed_in_another_encoding() -> None:
    xml = rss(item("<description>Zoë signed the licence in Århus.</description>")).replace("utf-8", "iso-8859-1")
    assert read(xml.encode("cp1252")).drafts[0].text == "Zoë signed the licence in Århus."


def test_a_bad_item_is_reported_and_the_others_are_read() -> None:
    reading = read(
        rss(
            item("<description>Good words here.</description>")
            + item("", title="Empty one")
            + item("<description>More.</description>")
        )
    )
    assert [draft.text for draft in reading.drafts] == ["Good words here.", "More."]
    [failure] = reading.failures
    assert "Item 2 (“Empty one”)" in failure.error
    assert failure.origin == "https://o.example/1"


def test_a_feed_that_breaks_off_says_so() -> None:
    xml = rss(item("<description>Good words here.</description>") + item("<description>Lost"))
    cut = xml[: xml.index("Lost") + 2]
    reading = read(cut)
    assert reading.drafts[0].text == "Good words here."
    assert any("damaged" in failure.error for failure in reading.failures)


BOMB = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>
<rss version="2.0"><channel><title>x</title><item><title>&lol2;</title></item></channel></rss>"""
FILE = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item>
<description>&x;</description></item></channel></rss>"""


@pytest.mark.parametrize("xml", [BOMB, FILE, BOMB.encode("utf-16"), FILE.replace("<?xml", "<!-- hi --><?xml", 1)])
def test_hostile_xml_is_refused(xml: str | bytes) -> None:
    with pytest.raises(UnreadableError, match="defines entities of its own"):
        read(xml)


@pytest.mark.parametrize(
    ("xml", "sentence"),
    [
        (rss(""), "holds no articles"),
        ("<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>x</title></feed>", "holds no articles"),
        (
            "<?xml version='1.0'?><urlset><url><loc>https://o.example</loc></url></urlset>",
            "neither an RSS or Atom feed nor a page",
        ),
        ("<?xml version='1.0'?><rss version='2.0'><chan", "holds no articles|damaged"),
    ],
)
def test_feeds_without_articles(xml: str, sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        read(xml)
