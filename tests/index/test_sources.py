"""What a person names: files, folders, addresses; counted before, read one by one, none spoils the others."""

from pathlib import Path

import pytest

from index import sources
from index.read import Reading
from index.sources import Sources
from tests.helpers import made


async def everything(found: Sources) -> list[Reading]:
    return [reading async for reading in found.readings()]


async def test_each_document_is_counted_and_read_once(tmp_path: Path) -> None:
    for number in range(3):
        made.write(tmp_path / "news", number)
    (tmp_path / "news" / "photo.jpg").touch()
    found = Sources([str(tmp_path / "news"), str(tmp_path / "news" / "0001.md"), str(tmp_path / "nowhere")])
    assert len(found) == 4 and found.skipped == [tmp_path / "news" / "photo.jpg"]
    readings = await everything(found)
    assert len(readings) == 4
    assert [draft.title for each in readings for draft in each.drafts] == [made.title(n) for n in range(3)]
    assert [failure.origin for each in readings for failure in each.failures] == [str(tmp_path / "nowhere")]


async def test_an_address_is_one_in_any_case_and_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = Sources(["HTTP://127.0.0.1:1/a", "HTTP://127.0.0.1:1/a", " http://127.0.0.1:1/b", "ftp://x.example/c"])
    assert len(found) == 3
    told = [failure for each in await everything(found) for failure in each.failures]
    assert [failure.origin for failure in told] == ["HTTP://127.0.0.1:1/a", "http://127.0.0.1:1/b", "ftp://x.example/c"]
    assert "private or local" in told[0].error and "only http and https" in told[2].error


async def test_a_reader_that_breaks_spoils_one_document_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parsers of others' markup have bugs; one of them is put in the way here."""
    for number in range(3):
        made.write(tmp_path, number)
    real = sources.read_path

    def breaks(path: Path) -> Reading:
        if path.name == "0001.md":
            raise RecursionError("maximum recursion depth exceeded")
        return real(path)

    monkeypatch.setattr(sources, "read_path", breaks)
    readings = await everything(Sources([str(tmp_path)]))
    assert [len(each.drafts) for each in readings] == [1, 0, 1]
    [failure] = readings[1].failures
    assert failure.origin == str(tmp_path / "0001.md")
    assert failure.error == (
        "This cannot be read because of a bug in Dealwire (RecursionError: maximum recursion depth exceeded)."
    )
