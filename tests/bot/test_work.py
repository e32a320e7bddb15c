"""Workers as real processes, on either database: killed, stopped, several at once."""

import signal

import pytest

from tests.helpers import made
from tests.helpers.command import Dealwire


@pytest.fixture
def place(database_url: str | None) -> dict[str, str]:
    return {"DATABASE_URL": database_url} if database_url else {}


def test_a_killed_worker_loses_nothing_and_holds_nobody_up(dealwire: Dealwire, place: dict[str, str]) -> None:
    for number in range(150):
        made.write(dealwire.folder / "news", number)
    told = dealwire("ingest", "--queue", "news", "--json", env=place)
    assert told.json == {"queued": 150, "failed": []}
    assert dealwire("articles", "--json", env=place).json == []
    victim = dealwire.start("work", "--lease", "3", "--verbose", env=place)
    victim.until("added ")
    victim.signal(signal.SIGKILL)
    heir, other = (dealwire.start("work", "--until-empty", "--lease", "3", "--json", env=place) for _ in range(2))
    assert victim.wait().status == -signal.SIGKILL
    done = [heir.wait(), other.wait()]
    assert [each.status for each in done] == [0, 0], done
    stored = dealwire("articles", "--json", env=place).json
    assert sorted(each["title"] for each in stored) == sorted(made.title(n) for n in range(150))
    # All that was left is done at once, except what the dead worker had taken: that one waits for its lease.
    assert sum(each.json["readings"] for each in done) >= 1
    assert dealwire("work", "--until-empty", "--json", env=place).json == {"readings": 0, "failed": 0}
    answer = dealwire("ask", f"what did {made.title(3)} say?", "--json", env=place)
    assert answer.status == 0 and answer.json["citations"]


def test_a_worker_that_is_asked_to_stop_ends_well(dealwire: Dealwire, place: dict[str, str]) -> None:
    made.write(dealwire.folder / "news", 1)
    assert dealwire("ingest", "--queue", "news", env=place).status == 0
    worker = dealwire.start("work", "--verbose", env=place)
    worker.until("added ")
    # When nothing is left for another, the first has told the queue that it is done.
    assert dealwire("work", "--until-empty", "--json", env=place).json == {"readings": 0, "failed": 0}
    worker.signal(signal.SIGTERM)
    done = worker.wait(30)
    assert done.status == 0 and done.out == "1 documents stored, 0 failed\n"


def test_nothing_to_queue(dealwire: Dealwire, place: dict[str, str]) -> None:
    told = dealwire("ingest", "--queue", "nowhere", env=place)
    assert told.status == 1 and "nowhere" in told.err and "Traceback" not in told.err
