"""``dealwire move``, ``backup`` and ``restore`` as people type them."""

from tests.helpers import made
from tests.helpers.command import Dealwire


def ingest(dealwire: Dealwire, *numbers: int) -> None:
    for number in numbers:
        made.write(dealwire.folder / "news", number)
    assert dealwire("ingest", "news").status == 0


def listed(dealwire: Dealwire, **more: object) -> object:
    told = dealwire("articles", "--json", **more)
    assert told.status == 0, told.err
    return told.json


def test_a_library_moves_to_a_server_and_back(dealwire: Dealwire, postgres_url: str) -> None:
    ingest(dealwire, *range(12))
    moved = dealwire("move", "--to", postgres_url, "--json")
    assert moved.status == 0, moved.err
    assert {each["table"]: each["rows"] for each in moved.json}["articles"] == 12
    there = {"DATABASE_URL": postgres_url}
    assert listed(dealwire, env=there) == listed(dealwire)
    back = dealwire("move", "--to", "back", "--json", env=there)
    assert back.json == moved.json
    assert listed(dealwire, env={"DEALWIRE_DATA_DIR": str(dealwire.folder / "back")}) == listed(dealwire)
    again = dealwire("move", "--to", postgres_url)
    assert again.status == 1 and "holds something already" in again.complaint


def test_a_password_is_not_shown(dealwire: Dealwire) -> None:
    ingest(dealwire, 1)
    told = dealwire("move", "--to", "postgresql://bot:hunter2@127.0.0.1:1/x")
    assert told.status == 1 and "does not answer" in told.complaint
    assert "hunter2" not in told.out + told.err


def test_nothing_to_move(dealwire: Dealwire, postgres_url: str) -> None:
    told = dealwire("move", "--to", postgres_url)
    assert told.status == 1 and "no index" in told.complaint


def test_backup_and_restore(dealwire: Dealwire) -> None:
    ingest(dealwire, 1, 2)
    before = listed(dealwire)
    told = dealwire("backup", "all.db", "--json")
    assert told.status == 0 and told.json["bytes"] == (dealwire.folder / "all.db").stat().st_size
    ingest(dealwire, 3)
    refused = dealwire("restore", "all.db")
    assert refused.status == 1 and "--replace" in refused.complaint
    assert dealwire("restore", "all.db", "--replace").status == 0
    assert listed(dealwire) == before
    assert dealwire("doctor").status == 0
    absent = dealwire("restore", "absent.db")
    assert absent.status == 1 and "absent.db" in absent.complaint


def test_a_server_has_its_own_backups(dealwire: Dealwire, postgres_url: str) -> None:
    told = dealwire("backup", "all.db", env={"DATABASE_URL": postgres_url})
    assert told.status == 2 and "pg_dump" in told.complaint
