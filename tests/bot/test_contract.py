"""The forms that scripts rely on: fields, exit statuses, and JSON alone on standard output."""

import json
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.cli import app
from tests.conftest import SEEDS
from tests.helpers import made
from tests.helpers.command import COMMAND, Dealwire, environment, installed

INGEST = {"added", "updated", "unchanged", "duplicates", "failed", "passages", "seconds"}
ARTICLE = {"id", "title", "published", "source", "author", "url", "origin"}
FERRY = "the merger of the Brackwater and Skerrow ferry lines"


@pytest.fixture
def copied(seeds_dir: Path, data_dir: Path) -> Path:
    """The library of the seeds, to be changed."""
    return Path(shutil.copytree(seeds_dir, data_dir))


def test_ingest_reports_counts_on_standard_output_and_the_rest_on_standard_error(dealwire: Dealwire) -> None:
    folder = dealwire.folder / "news"
    paths = [made.write(folder, number) for number in range(5)]
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "empty.txt").touch()
    first = dealwire("ingest", "news", "--json", "--verbose")
    assert first.status == 0
    report = first.json
    assert set(report) == INGEST
    counts = {name: report[name] for name in ("added", "updated", "unchanged", "duplicates")}
    assert counts == {"added": 5, "updated": 0, "unchanged": 0, "duplicates": 0}
    assert report["passages"] >= 5 and isinstance(report["seconds"], float)
    [failed] = report["failed"]
    assert set(failed) == {"origin", "error"} and failed["origin"] == "news/empty.txt" and failed["error"]
    said = first.err.splitlines()
    assert "skipped news/photo.jpg: not a kind of file that holds articles" in said
    assert f"added news/{paths[0].name}: article 1" in said
    assert [line for line in said if line.startswith("failed news/empty.txt: ")]

    made.write(folder, 3, version=1)
    second = dealwire("ingest", "news", "--json", "--verbose")
    assert (second.json["added"], second.json["updated"], second.json["unchanged"]) == (0, 1, 4)
    assert f"updated news/{paths[3].name}: article 4" in second.err.splitlines()
    assert f"unchanged news/{paths[0].name}: article 1" in second.err.splitlines()


def test_ingest_for_people(dealwire: Dealwire) -> None:
    made.write(dealwire.folder, 1)
    done = dealwire("ingest", "0001.md", "nowhere.txt")
    assert done.status == 0 and done.out.startswith("1 added, 0 updated, 0 unchanged; ")
    assert "nowhere.txt: There is nothing at nowhere.txt; check the path." in done.err


def test_articles_newest_first_and_show_with_text(dealwire: Dealwire, copied: Path) -> None:
    listed = dealwire("articles", "--json")
    assert listed.status == 0 and listed.err == ""
    found = listed.json
    assert len(found) == 20 and all(set(each) == ARTICLE for each in found)
    days = [each["published"] for each in found]
    dated = [day for day in days if day]
    assert dated == sorted(dated, reverse=True) and days == dated + [None] * (len(days) - len(dated))
    for each in found:
        assert isinstance(each["id"], str) and each["origin"].startswith("seeds/")
    shown = dealwire("show", found[0]["id"], "--json").json
    assert set(shown) == ARTICLE | {"text"}
    assert {name: shown[name] for name in ARTICLE} == found[0]
    assert shown["title"] == "Ferry ruling slips again" and len(shown["text"]) > 300
    assert shown["title"] in dealwire("articles").out
    assert shown["text"].split("\n")[0][:40] in dealwire("show", found[0]["id"]).out


@pytest.mark.parametrize("article", ["999", "0", "-1", "x", "", "９", "99999999999999999999"])
def test_no_such_article(dealwire: Dealwire, copied: Path, article: str) -> None:
    done = dealwire("show", "--json", "--", article) if article.startswith("-") else dealwire("show", article)
    assert done.status == 2 and done.out == ""
    assert (
        done.complaint == f"dealwire: There is no article {article!r}; `dealwire articles` lists them with their ids."
    )


def test_deals_are_added_listed_and_removed(dealwire: Dealwire, copied: Path) -> None:
    added = dealwire("deal", "add", "Férry", "--about", FERRY, "--json")
    assert added.status == 0 and set(added.json) == {"name", "about", "must", "must_not", "articles"}
    assert added.json["articles"] >= 4
    assert dealwire("deal", "list", "--json").json == [added.json]
    again = dealwire("deal", "add", "FÉRRY", "--about", "x")
    assert again.status == 2 and "There is a deal named 'FÉRRY' already" in again.complaint
    assert "Férry" in dealwire("deal", "list").out
    assert dealwire("deal", "remove", "férry", "--json").json == {"removed": "Férry"}
    assert dealwire("deal", "list", "--json").json == []
    gone = dealwire("deal", "remove", "Férry")
    assert gone.status == 2
    assert gone.complaint == "dealwire: There is no deal named 'Férry'; there are: none yet (dealwire deal add)."
    assert dealwire("deal", "add", " ", "--about", " ").status == 2
    assert len(dealwire("articles", "--json").json) == 20


def test_articles_of_a_deal_alone_answer_within_it(dealwire: Dealwire, copied: Path) -> None:
    dealwire("deal", "add", "ferries", "--about", FERRY)
    done = dealwire("ask", "when is the ruling due?", "--deal", "Ferries", "--json")
    assert done.status == 0
    assert {each["origin"].split("/")[1] for each in done.json["citations"]} == {"ferry-merger"}
    done = dealwire("ask", "when is the ruling due?", "--deal", "trams", "--json")
    assert done.status == 2 and "There is no deal named 'trams'; there are: ferries." in done.complaint


def test_a_batch_keeps_to_the_day_and_the_deal_that_are_given(dealwire: Dealwire, copied: Path) -> None:
    dealwire("deal", "add", "ferries", "--about", FERRY)
    dealwire("deal", "add", "herring", "--about", "the herring treaty between Ondrea and Vell")
    lines = [
        {"id": "given", "question": "when is the ruling due?"},
        {"id": "null", "question": "when is the ruling due?", "as_of": None, "deal": None},
        {"id": "own", "question": "when is the deadline?", "as_of": "2026-09-25T23:00:00-05:00", "deal": "herring"},
    ]
    batch = "\n".join(map(json.dumps, lines))
    done = dealwire("ask", "--batch", "-", "--as-of", "2026-05-10", "--deal", "ferries", "--json", stdin=batch)
    assert done.status == 0, done.err
    given, null, own = map(json.loads, done.out.splitlines())
    assert (given["as_of"], null["as_of"], own["as_of"]) == ("2026-05-10", "2026-05-10", "2026-09-25")
    assert all(each["published"][:10] <= "2026-05-10" for each in given["citations"] + null["citations"])
    folders = [{each["origin"].split("/")[1] for each in told["citations"]} for told in (given, null, own)]
    assert folders == [{"ferry-merger"}, {"ferry-merger"}, {"herring-treaty"}]


def commands(group: Any, *verbs: str) -> Iterator[tuple[str, ...]]:
    for verb, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, *verbs, verb)
        else:
            yield (*verbs, verb)


@pytest.mark.parametrize("verbs", list(commands(typer.main.get_command(app))), ids=" ".join)
def test_every_command_takes_json_and_data_dir(dealwire: Dealwire, verbs: tuple[str, ...]) -> None:
    # What is missing is complained of only where every option is known.
    done = dealwire(*verbs, "--json", "--data-dir", dealwire.data_dir, "--no-such-option")
    assert (done.status, done.out) == (2, "") and "No such option: --no-such-option" in done.complaint


def test_commands_without_a_library_leave_the_data_folder_alone(dealwire: Dealwire) -> None:
    elsewhere = dealwire.folder / "elsewhere"
    done = dealwire("dates", "It ended on 3 May 2024.", "--json", "--data-dir", elsewhere)
    assert done.status == 0 and done.json["dates"][0]["last"] == "2024-05-03"
    assert dealwire("run", "--json", "--data-dir", elsewhere).status == 10  # there is no token
    assert dealwire("invite", "--json", "--data-dir", elsewhere).status == 10
    assert list(dealwire.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["ingest"], "Missing argument 'PATH|URL…'; see: dealwire ingest --help"),
        (["show", "1", "--colour"], "No such option: --colour"),
        (["deals"], "No such command 'deals'"),
        (["ask"], "Give one question"),
        (["ask", "when?", "--batch", "x"], "Give one question"),
        (["ask", "when?", "--as-of", "tomorrow"], "'tomorrow' is not a day; write it as in --as-of 2026-01-31."),
        (["deal", "add", "x"], "Missing option '--about'"),
    ],
)
def test_wrong_usage_is_status_2_and_one_sentence(dealwire: Dealwire, args: list[str], sentence: str) -> None:
    done = dealwire.server.start(*args, cwd=dealwire.folder).wait()
    assert (done.status, done.out) == (2, "") and sentence in done.err and done.err.count("\n") == 1
    assert done.err.startswith("dealwire: ")


def test_nothing_read_yet(dealwire: Dealwire) -> None:
    for args in (["articles"], ["show", "1"], ["ask", "when is it due?"], ["deal", "list"], ["deal", "remove", "x"]):
        done = dealwire(*args, "--json")
        assert (done.status, done.out) == (1, ""), args
        assert done.complaint.endswith("yet; read some articles first: dealwire ingest PATH"), args
    assert not dealwire.data_dir.exists()


def test_the_installed_command_prints_help_and_obeys_head(copied: Path, tmp_path: Path) -> None:
    done = installed("--help", cwd=tmp_path)
    assert done.status == 0 and "ingest" in done.out and done.err == ""
    piped = subprocess.run(
        f"'{COMMAND}' articles --json --data-dir '{copied}' | head -c 1; echo ${{PIPESTATUS[0]}}",
        shell=True, executable="/bin/bash", capture_output=True, text=True, env=environment(), cwd=tmp_path, timeout=60,
    )  # fmt: skip
    assert piped.stdout.startswith("[") and piped.stderr == ""
    closed = subprocess.run(
        f"'{COMMAND}' articles --data-dir '{copied}' | true", shell=True, executable="/bin/bash", capture_output=True,
        text=True, env=environment(), cwd=tmp_path, timeout=60,
    )  # fmt: skip
    assert closed.stderr == ""


def test_a_terminal_without_unicode_gets_escapes_and_scripts_the_same_json(dealwire: Dealwire, copied: Path) -> None:
    plain = installed(
        "articles", "--json", "--data-dir", copied, cwd=dealwire.folder, env={"PYTHONIOENCODING": "ascii"}
    )
    assert plain.status == 0 and plain.out.isascii()
    assert plain.json == dealwire("articles", "--json").json
    assert (
        installed("show", "1", "--data-dir", copied, cwd=dealwire.folder, env={"PYTHONIOENCODING": "ascii"}).status == 0
    )


def test_ctrl_c_stops_with_a_sentence_and_keeps_what_was_stored(dealwire: Dealwire) -> None:
    for number in range(200):
        made.write(dealwire.folder / "news", number)
    working = dealwire.start("ingest", "news", "--verbose")
    working.until("added news/0000.md")
    working.signal(signal.SIGINT)
    done = working.wait()
    assert done.status == 130
    assert done.complaint == ("dealwire: stopped; what was reported as stored is stored, and the same command goes on.")
    told = {line.split(": article ")[0].removeprefix("added ") for line in done.err.splitlines() if "added" in line}
    stored = {each["origin"] for each in dealwire("articles", "--json").json}
    assert told <= stored and 0 < len(stored) < 200


def test_a_bug_is_one_sentence_and_its_details_on_request(dealwire: Dealwire, copied: Path) -> None:
    # A real one: a row that no Dealwire wrote.
    import sqlite3

    with sqlite3.connect(copied / "dealwire.sqlite3") as connection:
        connection.execute("UPDATE articles SET published = 'soon, they say' WHERE id = 1")
    done = dealwire("articles", "--json")
    assert (done.status, done.out) == (1, "") and done.err.count("\n") == 1
    assert done.err.startswith("dealwire: This is a bug in Dealwire (ValueError: Invalid isoformat string")
    assert "run it again with DEALWIRE_DEBUG=1 for the details." in done.err
    details = dealwire("articles", "--json", env={"DEALWIRE_DEBUG": "1"})
    assert details.status == 1 and "Traceback" in details.err


def test_the_same_data_folder_by_setting_and_by_option(dealwire: Dealwire, copied: Path) -> None:
    by_setting = dealwire.server.start("articles", "--json", cwd=SEEDS, env={"DEALWIRE_DATA_DIR": str(copied)}).wait()
    assert by_setting.out == dealwire("articles", "--json").out
    odd = dealwire.folder / "what? a #50% “folder”"
    made.write(dealwire.folder, 1)
    assert dealwire("ingest", "0001.md", "--data-dir", odd).status == 0
    assert len(dealwire("articles", "--json", "--data-dir", odd).json) == 1
    assert sorted(each.name for each in dealwire.folder.iterdir()) == ["0001.md", "data", odd.name]
    assert dealwire("show", "1", "--json", "--data-dir", odd).json["origin"] == "0001.md"


def test_a_deal_is_changed_and_articles_move_by_hand(dealwire: Dealwire) -> None:
    assert dealwire("ingest", str(SEEDS / "ferry-merger"), str(SEEDS / "herring-treaty")).status == 0
    fields = {"name", "about", "must", "must_not", "articles"}
    added = dealwire("deal", "add", "ferries", "--about", FERRY, "--must-not", "kippers", "--json").json
    assert set(added) == fields and added["must_not"] == "kippers" and added["articles"] > 2
    everything = dealwire("deal", "edit", "ferries", "--name", "Boats", "--must-not", "", "--json").json
    assert everything["name"] == "Boats" and everything["must_not"] == "" and everything["articles"] > added["articles"]
    herring = next(each for each in dealwire("articles", "--json").json if "herring" in each["title"].lower())
    [moved] = dealwire("deal", "move", herring["id"], "--into", "boats", "--json").json
    assert set(moved) == fields and moved["articles"] == everything["articles"] + 1
    kept = dealwire("deal", "edit", "boats", "--about", FERRY + " again", "--json").json
    assert kept["articles"] >= moved["articles"] - 1
    assert (
        f"Article {herring['id']} is out of Boats" in dealwire("deal", "move", herring["id"], "--out-of", "BOATS").out
    )
    for wrong, why in (
        (("edit", "boats"), "Nothing was given to change"),
        (("edit", "bots", "--about", "x"), "There is no deal named 'bots'; there are: Boats."),
        (("move", herring["id"]), "Say where"),
        (("move", "9999", "--into", "boats"), "There is no article 9999"),
    ):
        refused = dealwire("deal", *wrong)
        assert refused.status == 2 and why in refused.complaint, refused
    suggested = dealwire("deal", "suggest", "--json").json
    assert [set(each) for each in suggested] == [{"name", "about", "articles"}] and "Ondrea" in suggested[0]["about"]
    assert 'dealwire deal add "Ondrea' in " ".join(dealwire("deal", "suggest").out.split())
