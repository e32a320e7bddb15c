"""``dealwire dates`` and ``dealwire deadlines``, and reading deadlines anew with a newer grammar."""

import json
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from index.agenda import agenda
from index.library import Library
from index.models import Scope
from index.store import deadlines as store
from index.told import reread
from tests.helpers.command import ROOT, Dealwire, Server

FIELDS = {"id", "due", "what", "quote", "article_id", "origin", "deal", "moved_to", "start", "end"}


def test_dates_of_a_text(dealwire: Dealwire) -> None:
    text = "The two sides have until the end of November to agree."
    done = dealwire("dates", text, "--published", "2025-11-17", "--json")
    (found,) = done.json["dates"]
    assert text[found["start"] : found["end"]] == found["text"]
    assert (found["last"], found["deadline"]) == ("2025-11-30", True)


def test_a_batch_of_texts_and_a_bad_line(dealwire: Dealwire, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id": "a", "text": "It ended on 3 May 2024."}\n{"id": "b", "text": "Soon."}\n')
    lines = [json.loads(line) for line in dealwire("dates", "--batch", str(batch), "--json").out.splitlines()]
    assert [line["id"] for line in lines] == ["a", "b"]
    assert [each["deadline"] for each in lines[0]["dates"]] == [False]
    batch.write_text('{"id": "a"}\n')
    refused = dealwire("dates", "--batch", str(batch), "--json")
    assert refused.status == 2 and "Line 1" in refused.err


def test_the_day_of_a_text_is_its_lines_else_the_options(dealwire: Dealwire) -> None:
    lines = [
        {"id": "own", "text": "It is due by the end of May.", "published": "2026-03-01"},
        {"id": "moment", "text": "It is due by the end of May.", "published": "2025-03-31T23:40:00-05:00"},
        {"id": "none", "text": "It is due by the end of May."},
        {"id": "unknown", "text": "It is due by the end of May.", "published": None},
    ]
    batch = "\n".join(json.dumps(line) for line in lines)
    done = dealwire("dates", "--batch", "-", "--published", "2024-03-01", "--json", stdin=batch)
    assert done.status == 0, done.err
    due = {told["id"]: told["dates"][0]["last"] for told in map(json.loads, done.out.splitlines())}
    assert due == {"own": "2026-05-31", "moment": "2025-05-31", "none": "2024-05-31", "unknown": "2024-05-31"}
    refused = dealwire("dates", "by the end of May", "--published", "17-11-2025")
    assert refused.status == 2
    assert refused.complaint == "dealwire: '17-11-2025' is not a day; write it as in --published 2026-01-31."


def test_a_batch_as_editors_and_other_programs_write_it(dealwire: Dealwire) -> None:
    lines = ['{"id": "ü", "text": "A\u2028B\u0085C, on 3 May 2024."}', "", '{"id": "b", "text": "On 4 May 2024."}']
    batch = "\r\n".join(lines)
    (dealwire.folder / "batch.jsonl").write_bytes(b"\xef\xbb\xbf" + batch.encode())
    from_file = dealwire("dates", "--batch", "batch.jsonl", "--json")
    from_input = dealwire("dates", "--batch", "-", "--json", stdin="\ufeff" + batch)
    for done in (from_file, from_input):
        assert done.status == 0, done.err
        told = [json.loads(line) for line in done.out.splitlines()]
        assert [(each["id"], each["dates"][0]["last"]) for each in told] == [("ü", "2024-05-03"), ("b", "2024-05-04")]


@pytest.fixture
def seeded(server: Server, seeds_dir: Path) -> Dealwire:
    return Dealwire(server, ROOT, seeds_dir)


def test_deadlines_are_quoted_and_move(seeded: Dealwire) -> None:
    found = seeded("deadlines", "--all", "--json").json
    assert all(set(each) >= FIELDS for each in found)
    for each in found[:10]:
        text = seeded("show", each["article_id"], "--json").json["text"]
        assert text[each["start"] : each["end"]] == each["quote"]
    assert {each["moved_to"] for each in found if each["due"] == "2026-09-30"} >= {"2026-11-27"}
    ahead = seeded("deadlines", "--as-of", "2026-05-10", "--json").json
    assert ahead and all(each["due"] >= "2026-05-10" and each["moved_to"] is None for each in ahead)
    assert "2026-11-27" not in {each["due"] for each in ahead}, "nobody had said so by then"


def test_a_calendar_whose_entries_move(seeded: Dealwire) -> None:
    def entries(*options: str) -> dict[str, Event]:
        done = seeded("deadlines", "--ics", *options)
        assert done.status == 0, done.err
        events = Calendar.from_ical(done.out).events
        found = {str(each["UID"]): each for each in events}
        assert len(found) == len(events)  # none stands there twice
        return found

    before, after = entries("--as-of", "2026-05-10"), entries("--all")
    [uid] = [each for each, event in before.items() if event["DTSTART"].dt == date(2026, 9, 30)]
    assert after[uid]["DTSTART"].dt == date(2026, 11, 27) and after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"]
    assert "Moved: 30 September 2026 → 27 November 2026" in str(after[uid]["DESCRIPTION"])
    assert before[uid]["SUMMARY"] == after[uid]["SUMMARY"]
    refused = seeded("deadlines", "--ics", "--json")
    assert refused.status == 2 and "--ics" in refused.complaint


async def test_an_older_grammars_deadlines_are_read_anew(seeds_library: Library) -> None:
    async with seeds_library.database.read() as connection:
        before = len(await store.list_deadlines(connection, Scope()))
        articles = await store.count_articles(connection)
    await seeds_library.database.transact(lambda connection: store.set_grammar(connection, 0))
    seen: list[tuple[int, int]] = []
    assert await reread(seeds_library, lambda done, total: seen.append((done, total))) == articles
    assert seen[-1] == (articles, articles)
    assert await reread(seeds_library) == 0
    async with seeds_library.database.read() as connection:
        assert len(await store.list_deadlines(connection, Scope())) == before > 0
    assert await agenda(seeds_library, Scope(), since=date(2025, 11, 20))
