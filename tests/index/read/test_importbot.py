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
