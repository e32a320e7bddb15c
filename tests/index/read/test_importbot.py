from datetime import date, datetime

import pytest

from index.errors import UnreadableError
from index.models import Draft
from index.read import read_bytes

from .story import BODY, TEXT, TITLE


def read(text: str) -> Draft:
    [draft] = read_bytes(text.encode(), origin="post.txt", name="post.txt").drafts
    return draft


def post(tail: str, titles: int = 3, body: str = TEXT) -> str:
    return "\n\n".join([TITLE] * titles) + f"\n\n{body}\n\n{tail}\n"


STAMP = "Thu, 03/06/2025 – 13:40The Orvane ChronicleRead More"
NOTE = "Author: tidebot\nThis is the imported news bot."
CASES = {
    "whole": (post(f"Ilka Dorn\n{STAMP}\n\n{NOTE}"), "Ilka Dorn", "tidebot"),
    "by-line apart": (post(f"By Ilka Dorn and Pavo Lind\n\n{STAMP}\n\n{NOTE}"), "Ilka Dorn and Pavo Lind", "tidebot"),
    "credit": (
        post(f"Reporting by Ilka Dorn in Ostervik; editing by P. Lind\n\n{STAMP}\n\n{NOTE}"),
        "Ilka Dorn",
        "tidebot",
    ),
    "no by-line": (post(f"{STAMP}\n\n{NOTE}"), "", "tidebot"),
    "no importer": (post(f"Ilka Dorn\n{STAMP}"), "Ilka Dorn", ""),
    "hyphen": (post(f"Ilka Dorn\n{STAMP.replace('–', '-')}\n\n{NOTE}"), "Ilka Dorn", "tidebot"),
    "em dash": (post(f"Ilka Dorn\n{STAMP.replace('–', '—')}\n\n{NOTE}"), "Ilka Dorn", "tidebot"),
    "twice": (post(f"Ilka Dorn\n{STAMP}\n\n{NOTE}", titles=2), "Ilka Dorn", "tidebot"),
    "four times": (post(f"Ilka Dorn\n{STAMP}\n\n{NOTE}", titles=4), "Ilka Dorn", "tidebot"),
    "line ends": (post(f"Ilka Dorn\n{STAMP}\n\n{NOTE}").replace("\n", "\r\n"), "Ilka Dorn", "tidebot"),
    "another bot": (
        post(f"Ilka Dorn\n{STAMP}\n\nPosted by: Harbour Relay 2\nImported automatically by a bot."),
        "Ilka Dorn",
        "Harbour Relay 2",
    ),
    "dateline": (post(f"Ilka Dorn\n{STAMP}\n\n{NOTE}", body=f"OSTERVIK – {TEXT}"), "Ilka Dorn", "tidebot"),
}


@pytest.mark.parametrize("name", CASES)
def test_furniture_becomes_fields_and_the_body_stays(name: str) -> None:
    text, author, importer = CASES[name]
    draft = read(text)
    assert draft.text == TEXT
    assert draft.title == TITLE
    assert draft.published == datetime(2025, 3, 6, 13, 40)
    assert (draft.source, draft.author, draft.importer) == ("The Orvane Chronicle", author, importer)


def test_the_weekday_decides_which_figure_is_the_month() -> None:
    assert read(post("Mon, 11/17/2025 – 13:40Echo")).published == datetime(2025, 11, 17, 13, 40)
    assert read(post("Thu, 06/03/2025 – 13:40Echo")).published == datetime(2025, 3, 6, 13, 40)  # day first
    assert read(post("Sun, 03/06/2025 – 13:40Echo")).published is None  # agrees with neither
    assert read(post("Thu, 03/06/2025 – 1:40 PMEcho")).published == datetime(2025, 3, 6, 13, 40)


def test_a_last_paragraph_that_looks_like_names_is_not_taken_without_a_stamp() -> None:
    draft = read(f"{TITLE}\n\n{TEXT}\n\nIlka Dorn")
    assert draft.text.endswith("Ilka Dorn")
    assert draft.importer == ""


DATED = (
    "Bids for the cable must be submitted by Friday, 11/21/2025.",
    "The public hearing starts on 11/21/2025 at 10:00 a.m. in the town hall.",
    "The public hearing starts on 11/21/2025 at 10:00 a.m. in the Town Hall",
    "On Friday, 11/21/2025, the Senate votes on the cable.",
    "Friday, 11/21/2025: the bids for the cable are opened.",
)


@pytest.mark.parametrize("line", DATED)
def test_a_date_in_the_last_sentence_is_no_stamp(line: str) -> None:
    once = read(f"{TITLE}\n\n{TEXT}\n\n{line}")
    assert (once.text, once.title, once.published, once.source) == (f"{TEXT}\n\n{line}", TITLE, None, "")
    posted = read(post(line))  # the repeated title shows that a bot posted it; the sentence is one all the same
    assert (posted.text, posted.title, posted.published, posted.source) == (f"{TEXT}\n\n{line}", TITLE, None, "")


@pytest.mark.parametrize("line", ["By Friday, 11/21/2025 – 10:00 Town Hall", "The news was important for both sides."])
def test_a_last_line_that_only_resembles_a_bots_stays(line: str) -> None:
    draft = read(f"{TITLE}\n\n{TEXT}\n\n{line}")
    assert (draft.text, draft.published, draft.source) == (f"{TEXT}\n\n{line}", None, "")


def test_a_stamp_without_a_repeated_title() -> None:
    for tail, author in (
        (STAMP, ""),
        (f"Ilka Dorn\n{STAMP}", "Ilka Dorn"),
        (f"Ilka Dorn {STAMP}", "Ilka Dorn"),
        (f"Reporting by Ilka Dorn in Ostervik {STAMP}", "Ilka Dorn"),
    ):
        draft = read(post(tail, titles=1))
        assert (draft.text, draft.title, draft.author) == (TEXT, TITLE, author)
        assert (draft.source, draft.published) == ("The Orvane Chronicle", datetime(2025, 3, 6, 13, 40))


def test_a_stamp_behind_the_last_paragraph() -> None:
    for text in (post("").rstrip() + f" {STAMP}", post("", titles=1).rstrip() + f" {STAMP}\n\n{NOTE}"):
        draft = read(text)
        assert (draft.text, draft.source) == (TEXT, "The Orvane Chronicle")
    assert read(post(STAMP.replace("The Orvane Chronicle", "chronicle.example"))).source == "chronicle.example"


def test_a_byline_on_top_goes_though_the_post_is_signed_too() -> None:
    draft = read(post(f"Ilka Dorn\n{STAMP}\n\n{NOTE}", body=f"By Ilka Dorn\n\n{TEXT}"))
    assert (draft.text, draft.author) == (TEXT, "Ilka Dorn")
    listed = "Compiled by the ministry, the list names two ports that close on 1 May."
    assert read(post(f"Ilka Dorn\n{STAMP}", body=f"{listed}\n\n{TEXT}")).text == f"{listed}\n\n{TEXT}"


def test_a_figure_that_wrapping_puts_first_begins_no_paragraph() -> None:
    wrapped = "The ministry names an operator no later than December\n15. The board will choose."
    short = "The ministry names an operator no later than Dec.\n15. The board will choose."
    for lines in (wrapped, short):
        for text in (f"{TITLE}\n\n{TEXT}\n\n{lines}", post(f"{STAMP}\n\n{NOTE}", body=f"{TEXT}\n\n{lines}")):
            assert read(text).text == f"{TEXT}\n\n{lines}".replace("December\n", "December ").replace("Dec.\n", "Dec. ")


def test_a_list_stays_a_list() -> None:
    for lines in (
        "The steps are these:\n1. Orvane names an operator\nby 12 May\n2. Keldmark votes\n3. Power flows",
        "The text is short.\n4. Orvane names an operator.\n5. Keldmark votes.",
        "The steps are these:\n- Orvane names an operator\n- Keldmark votes",
    ):
        kept = lines.replace("operator\nby", "operator by").replace("- ", "").replace("\n", "\n\n")
        assert read(f"{TITLE}\n\n{TEXT}\n\n{lines}").text == f"{TEXT}\n\n{kept}"


def test_a_post_without_text() -> None:
    with pytest.raises(UnreadableError, match="title but no text"):
        read(post(STAMP, body=""))


def test_plain_text_with_and_without_head() -> None:
    headed = read(f"{TITLE}\n\nBy Ilka Dorn\n6 March 2025\n\n{TEXT}")
    assert (headed.title, headed.author, headed.published, headed.text) == (TITLE, "Ilka Dorn", date(2025, 3, 6), TEXT)
    bare = read(TEXT)
    assert bare.text == TEXT
    assert bare.published is None
    assert bare.title.startswith("Orvane and Keldmark have agreed")
    wrapped = read(TEXT.replace(", ", ",\n"))
    assert wrapped.text == TEXT
    assert read(BODY[0]).text == BODY[0]


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("KARSUND – The vote is on Friday.", "The vote is on Friday."),
        ("PORT OLM, Keldmark, March 3 (Kestrel) -- The vote is on Friday.", "The vote is on Friday."),
        ("PORT OLM (Kestrel) — “Never,” she said.", "“Never,” she said."),
        ("Karsund (Kestrel News) – The vote is on Friday.", "The vote is on Friday."),
        ("EU – Japan talks resume.", "EU – Japan talks resume."),
        ("GEL-7 – the licence – ends.", "GEL-7 – the licence – ends."),
        ("KESTREL – an agency – said so.", "KESTREL – an agency – said so."),
        ("The Senate – The House said – waits.", "The Senate – The House said – waits."),
    ],
)
def test_only_a_certain_dateline_is_cut(line: str, rest: str) -> None:
    assert read(f"A headline of five words\n\n{line}").text == rest
