"""``dealwire status`` as people and scripts meet it."""

from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tests.helpers.command import ROOT, Dealwire, Server

FIELDS = {"deal", "as_of", "stage", "since", "citations", "against", "disagreements", "parties", "newest", "sources",
          "articles", "timeline", "deadlines"}  # fmt: skip
CITATION = {"quote", "start", "end", "article_id", "title", "source", "url", "published", "origin", "also"}


@pytest.fixture
def seeded(server: Server, seeds_dir: Path) -> Dealwire:
    return Dealwire(server, ROOT, seeds_dir)


def test_a_status_as_json_quotes_what_it_rests_on(seeded: Dealwire) -> None:
    done = seeded("status", "--json")
    assert done.status == 0 and done.err == ""
    found = done.json
    assert set(found) == FIELDS and found["stage"]
    for each in found["citations"]:
        assert set(each) == CITATION
        assert seeded("show", each["article_id"], "--json").json["text"][each["start"] : each["end"]] == each["quote"]


def test_the_clock_is_turned_back(seeded: Dealwire) -> None:
    found = seeded("status", "--as-of", "2025-11-30", "--json").json
    assert found["as_of"] == "2025-11-30"
    assert all(each["published"][:10] <= "2025-11-30" for each in found["citations"])
    assert all(each["told"] <= "2025-11-30" for each in found["timeline"])
    empty = seeded("status", "--as-of", "1999-01-01", "--json").json
    assert (empty["stage"], empty["citations"], empty["timeline"]) == (None, [], [])
    assert "There is no article on it" in seeded("status", "--as-of", "1999-01-01").out


def test_one_deal_is_taken_and_of_several_one_must_be_named(dealwire: Dealwire) -> None:
    dealwire("deal", "add", "ferries", "--about", "the merger of the Brackwater and Skerrow ferry lines")
    assert dealwire("ingest", str(SEEDS / "ferry-merger")).status == 0
    only = dealwire("status", "--json").json
    assert only["deal"] == "ferries" and only["stage"] and only["sources"] >= 2
    said = dealwire("status", "FERRIES").out
    assert only["stage"] in said and "independent sources" in said
    dealwire("deal", "add", "herring", "--about", "the herring treaty between Ondrea and Vell")
    refused = dealwire("status")
    assert (refused.status, refused.complaint) == (2, "dealwire: Name a deal; there are: ferries, herring.")
    assert dealwire("status", "herring", "--json").json["stage"] is None
    assert dealwire("status", "hering").status == 2


def test_a_picture_is_drawn_and_what_cannot_be_is_said_before(seeded: Dealwire, tmp_path: Path) -> None:
    picture = tmp_path / "deal.png"
    done = seeded("status", "--as-of", "2026-09-25", "--picture", str(picture), "--json")
    assert done.status == 0 and set(done.json) == FIELDS
    assert picture.read_bytes().startswith(b"\x89PNG") and picture.stat().st_size > 20_000
    for wrong, why in (
        (tmp_path / "deal.jpg", "The picture is a PNG"),
        (tmp_path / "nowhere" / "deal.png", "name a file in a folder that is there"),
        (tmp_path, f"No picture can be written to {tmp_path}; name a file"),
        (".", "No picture can be written to .; name a file in a folder that is there."),
        ("", "name a file in a folder that is there."),
        (tmp_path / ("a" * 300 + ".png"), "name a file in a folder that is there."),
    ):
        refused = seeded("status", "--picture", str(wrong))
        assert refused.status == 2 and why in refused.complaint and refused.out == ""
    empty = seeded("status", "--as-of", "1999-01-01", "--picture", str(picture))
    assert empty.status == 2 and "nothing to draw" in empty.complaint


def test_an_empty_field_says_that_no_article_tells(dealwire: Dealwire) -> None:
    (dealwire.folder / "mill.txt").write_text(
        "A mill\n\nThe mill at Orne is for sale, its owner wrote. Nobody has called.\n"
    )
    assert dealwire("ingest", "mill.txt").status == 0
    said = dealwire("status").out
    for field in ("against it", "parties", "disagreement"):
        assert f"{field} no article tells" in " ".join(said.replace("│", " ").split())
    assert "no article tells of one that is open" in said and "one source, 1 article" in said


def test_what_changed_has_the_shape_of_an_answer(seeded: Dealwire) -> None:
    told = seeded("ask", "what changed this week?", "--as-of", "2026-09-25", "--json").json
    other = seeded("ask", "when is the licence deadline?", "--json").json
    assert set(told) == set(other) and told["answered"] and told["took_ms"] > 0
    assert all(set(each) == CITATION for each in told["citations"]) and "deadline moved" in told["answer"]
