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
