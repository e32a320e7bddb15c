"""Bad input, with the real thing and through the command: one sentence that says what to do, the rest goes on."""

import random
from pathlib import Path

import pytest

from tests.helpers import made
from tests.helpers.command import Dealwire

GOOD = 7  # the number of the made article that must be stored beside every bad one

BOMB = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)  # a billion times the letter a
HOSTILE = f"{BOMB}]><rss><channel><title>News</title><item><title>x</title><description>&j;</description></item></channel></rss>"
EXTERNAL = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<rss><channel><item><title>x</title><description>&x;</description></item></channel></rss>"
)
EMPTY_FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>'
NO_ARTICLE = (
    '<html><head><title>Log in</title></head><body><nav><a href="/">Home</a></nav><form><input></form></body></html>'
)
KOI8 = "Переговоры о лицензии продолжаются, и стороны надеются на успех."

CASES: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.txt", b"", "The file is empty; save the article again."),
    "white space": ("a.txt", b" \n\t\r\n", "The file is empty; save the article again."),
    "no words": ("a.txt", "… — ***\n".encode(), "There are no words in this; give an article."),
    "binary": ("a.txt", random.Random(1).randbytes(5000), "save the article as text, HTML or Markdown first."),
    "picture": ("a.html", b"\x89PNG\r\n\x1a\n" + bytes(100), "This is a PNG picture, not text; save the article"),
    "pdf": ("a.md", b"%PDF-1.7\n%\xe2\xe3", "This is a PDF document, not text; save the article"),
    "no article": ("a.html", NO_ARTICLE.encode(), "no article on this page"),
    "entity bomb": ("a.xml", HOSTILE.encode(), "This XML defines entities of its own, which can be an attack"),
    "external entity": ("a.xml", EXTERNAL.encode(), "This XML defines entities of its own, which can be an attack"),
    "broken xml": ("a.xml", b'<?xml version="1.0"?><rss><channel><it', "; "),
    "other xml": (
        "a.xml",
        b'<?xml version="1.0"?><invoice><total>5</total></invoice>',
        "neither an RSS or Atom feed nor a page",
    ),
    "empty feed": ("a.xml", EMPTY_FEED.encode(), "This feed holds no articles; check its address, or try again later."),
    "damaged utf-16": ("a.txt", "Treaty signed".encode("utf-16") + b"\xd8", "save it again as UTF-8."),
}


def beside_a_good_one(dealwire: Dealwire, *bad: str) -> dict[str, str]:
    """The sentence about each bad source, after checking that the good one was stored all the same."""
    made.write(dealwire.folder / "good", GOOD)
    done = dealwire("ingest", *bad, "good", "--json")
    assert done.status == 0, done.err
    told = {failed["origin"]: failed["error"] for failed in done.json["failed"]}
    assert done.json["added"] == 1 and sorted(told) == sorted(bad) and "Traceback" not in done.err
    for sentence in told.values():
        assert "\n" not in sentence and "bug" not in sentence and 20 < len(sentence) < 400
    assert [each["title"] for each in dealwire("articles", "--json").json] == [made.title(GOOD)]
    return told


def test_bad_files_beside_a_good_one(dealwire: Dealwire) -> None:
    names = {case: f"{case.replace(' ', '-')}-{name}" for case, (name, _, _) in CASES.items()}
    for case, name in names.items():
        (dealwire.folder / name).write_bytes(CASES[case][1])
    told = beside_a_good_one(dealwire, *names.values())
    for case, name in names.items():
        assert CASES[case][2] in told[name], case


def test_a_bad_source_alone_is_status_1_and_said_to_people_and_scripts(dealwire: Dealwire) -> None:
    (dealwire.folder / "a.txt").touch()
    done = dealwire("ingest", "a.txt")
    assert done.status == 1
    assert "a.txt: The file is empty; save the article again." in done.err.splitlines()
    done = dealwire("ingest", "a.txt", "nowhere", "--json")
    assert done.status == 1 and len(done.json["failed"]) == 2 and done.json["added"] == 0
    assert done.complaint == "dealwire: nothing could be read; see the list of failures."


def test_a_missing_path(dealwire: Dealwire) -> None:
    told = beside_a_good_one(dealwire, "nowhere.txt", "good/nowhere/either")
    assert told["nowhere.txt"] == "There is nothing at nowhere.txt; check the path."


def test_an_empty_folder(dealwire: Dealwire) -> None:
    (dealwire.folder / "empty").mkdir()
    assert "The folder empty holds no articles; put text, HTML" in beside_a_good_one(dealwire, "empty")["empty"]


def test_a_page_of_50_megabytes(dealwire: Dealwire) -> None:
    (dealwire.folder / "big.html").write_bytes(b"<html><body><p>" + b"word " * 10_500_000)
    told = beside_a_good_one(dealwire, "big.html")["big.html"]
    assert told == "This is larger than an article can be (50 MB, the limit is 10 MB); save only the article."


def test_an_encoding_that_is_declared_wrongly_is_read_all_the_same(dealwire: Dealwire) -> None:
    page = (
        f"<html><head><meta charset='utf-8'><title>Лицензия</title></head><body><article><p>{KOI8} {KOI8}</p></article>"
    )
    (dealwire.folder / "a.html").write_bytes(page.replace("utf-8", "koi8-r").encode("koi8-r"))
    (dealwire.folder / "b.txt").write_bytes(
        "Café treaty\n\nThe café owners’ “treaty” was signed – at last.\n".encode("cp1252")
    )
    assert dealwire("ingest", "a.html", "b.txt", "--json").json["added"] == 2
    assert KOI8 in dealwire("show", "1", "--json").json["text"]
    assert "The café owners’ “treaty” was signed – at last." in dealwire("show", "2", "--json").json["text"]


def test_a_file_name_that_is_no_text(dealwire: Dealwire) -> None:
    path = made.write(dealwire.folder / "odd", GOOD)
    path.rename(Path(str(path.parent) + "/caf\udce9.md"))
    done = dealwire("ingest", "odd", "--json", "--verbose")
    assert done.status == 0 and done.json["added"] == 1
    assert dealwire("articles", "--json").json[0]["origin"] == "odd/caf\ufffd.md"
    assert dealwire("ingest", "odd", "--json").json["unchanged"] == 1


def test_one_bad_item_of_a_feed_does_not_spoil_the_others(dealwire: Dealwire) -> None:
    items = "".join(
        f"<item><title>{made.title(n)}</title><guid>{n}</guid><description>{made.text(n) if n != 2 else ''}</description></item>"
        for n in range(4)
    )
    (dealwire.folder / "feed.xml").write_text(f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>')
    done = dealwire("ingest", "feed.xml", "--json")
    assert done.status == 0 and done.json["added"] == 3
    [failed] = done.json["failed"]
    assert failed["error"].startswith("Item 3 ") and "it holds neither a text nor a link" in failed["error"]


QUESTIONS = {
    "empty": ("", "The question is empty; ask something like: when is the licence deadline?"),
    "blank": (" \n\t ", "The question is empty; ask something like: when is the licence deadline?"),
    "long": ("when is it due " * 667, "The question has 10,004 characters, 1,000 are allowed; ask in a sentence."),
    "emoji": ("🦊🎉🇳🇱👩‍🚀", "There are no words in the question; ask something like: when is the licence deadline?"),
}


@pytest.mark.parametrize("case", QUESTIONS)
def test_what_is_no_question(dealwire: Dealwire, seeds_dir: Path, case: str) -> None:
    question, sentence = QUESTIONS[case]
    done = dealwire("ask", question, "--json", env={"DEALWIRE_DATA_DIR": str(seeds_dir)})
    assert (done.status, done.out, done.err) == (2, "", f"dealwire: {sentence}\n")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('{"id": "2"}', "Line 2 of the batch is not right"),
        ("when is it due?", "Line 2 of the batch is not right"),
        ('{"question": "when?", "as_of": "soon"}', "Line 2 of the batch is not right"),
        ("[" * 100_000, "Line 2 of the batch is not right"),
        (r'{"question": "when is it due \ud800?"}', "Line 2 of the batch is not right"),
        ('{"question": " "}', "Line 2 of the batch is not right: The question is empty; ask something like: "),
        (f'{{"question": "{"when " * 300}"}}', "Line 2 of the batch is not right: The question has 1,499 characters"),
        (
            '{"question": "when?", "deal": "trams"}',
            "Line 2 of the batch is not right: There is no deal named 'trams'; ",
        ),
    ],
)
def test_a_bad_line_of_a_batch(dealwire: Dealwire, seeds_dir: Path, line: str, sentence: str) -> None:
    batch = '{"id": "1", "question": "when is the licence deadline?"}\n' + line + "\n"
    done = dealwire("ask", "--batch", "-", "--json", stdin=batch, env={"DEALWIRE_DATA_DIR": str(seeds_dir)})
    assert (done.status, done.out) == (2, "") and sentence in done.complaint


def test_what_is_wrong_for_all_lines_of_a_batch_is_said_of_none(dealwire: Dealwire, seeds_dir: Path) -> None:
    def refused(*options: str) -> str:
        done = dealwire(
            "ask", "--batch", "-", "--json", *options, "--data-dir", seeds_dir, stdin='{"question": "when?"}'
        )
        assert (done.status, done.out) == (2, "")
        return done.complaint

    assert refused("--deal", "trams").startswith("dealwire: There is no deal named 'trams'; there are: ")
    assert refused("--as-of", "soon") == "dealwire: 'soon' is not a day; write it as in --as-of 2026-01-31."


def test_a_batch_that_is_not_there(dealwire: Dealwire) -> None:
    done = dealwire("ask", "--batch", "nowhere.jsonl", "--json")
    assert (done.status, done.out) == (2, "") and "give a file with one JSON object a line" in done.complaint
