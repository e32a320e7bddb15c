"""``kill -9`` at any moment loses nothing that was reported as stored, and the same command goes on."""

import random
import signal
import time
from pathlib import Path

from tests.helpers import made
from tests.helpers.command import Dealwire, Running
from tests.helpers.look import check_database, check_dense, rows

ARTICLES = 200
KILLS = 10
SEED = 20251130
MODEL = "all-MiniLM-L6-v2"


def told(lines: list[str]) -> dict[str, int]:
    """What was reported as stored: the file's name → the article's id. The last line may be cut short."""
    found = {}
    for line in lines[:-1]:
        if line.startswith(("added ", "updated ", "unchanged ")):
            path, article = line.split(" ", 1)[1].rsplit(": article ", 1)
            found[Path(path).name] = int(article)
    return found


def kill_at_random(working: Running, chance: random.Random) -> float | None:
    """Within some seconds of its start, or shortly after it has reported something; None if it was done before."""
    moment = chance.choice(["early", "after a report", "after a report", "anywhere"])
    end = time.monotonic() + {"early": chance.uniform(0, 1.5), "anywhere": chance.uniform(0, 4)}.get(moment, 60)
    wanted = chance.choice([1, 1, 65, 129])
    began = time.monotonic()
    while time.monotonic() < end and alive(working):
        if moment == "after a report" and len(working.lines()) >= wanted:
            time.sleep(chance.choice([0, 0, chance.uniform(0, 0.25)]))
            break
        time.sleep(0.0005)
    if not alive(working):
        return None
    working.signal(signal.SIGKILL)
    return time.monotonic() - began


def alive(working: Running) -> bool:
    try:
        return Path(f"/proc/{working.pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


async def test_killed_again_and_again_nothing_reported_is_lost(dealwire: Dealwire) -> None:
    chance = random.Random(SEED)
    folder = dealwire.folder / "news"
    versions = dict.fromkeys(range(ARTICLES), 0)
    for number in versions:
        made.write(folder, number)
    reported: dict[str, int] = {}  # a file's name → its article, ever
    kills, moments = 0, []
    while kills < KILLS:
        working = dealwire.start("ingest", "news", "--verbose")
        killed_after = kill_at_random(working, chance)
        done = working.wait()
        moments.append(f"{killed_after:.2f} s" if killed_after is not None else "done")
        where = f"seed {SEED}, killed after: {moments}"
        assert done.status in ((-signal.SIGKILL,) if killed_after is not None else (-signal.SIGKILL, 0)), where
        kills += killed_after is not None
        stored = told(done.err.splitlines())
        for name, article in stored.items():
            assert reported.setdefault(name, article) == article, where
        if not (dealwire.data_dir / "dealwire.sqlite3").exists():
            assert not reported
            continue
        try:
            check_stored(dealwire.data_dir, reported, stored, versions)
            check_database(dealwire.data_dir)
            await check_dense(dealwire.data_dir, MODEL)
        except AssertionError as error:
            raise AssertionError(f"{where}: {error}") from error
        for number in chance.sample(sorted(versions), 30):  # there is always something to do: new versions
            versions[number] += 1
            made.write(folder, number, versions[number])

    finished = dealwire("ingest", "news", "--json")
    assert finished.status == 0, finished.err
    counts = finished.json
    assert counts["added"] + counts["updated"] + counts["unchanged"] == ARTICLES and counts["failed"] == []
    check_stored(dealwire.data_dir, reported, dict.fromkeys((f"{n:04}.md" for n in versions), 0), versions, ids=False)
    check_database(dealwire.data_dir)
    await check_dense(dealwire.data_dir, MODEL)
    again = dealwire("ingest", "news", "--json").json
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, ARTICLES)


def check_stored(
    data_dir: Path, reported: dict[str, int], now: dict[str, int], versions: dict[int, int], *, ids: bool = True
) -> None:
    """Every article that was ever reported is there, once; those of this round in their present version."""
    found: dict[str, tuple[int, str]] = {}
    for article, origin, text in rows(data_dir, "SELECT id, origin, text FROM articles"):
        name = Path(origin).name
        assert name not in found, f"{origin} is stored twice"
        found[name] = (article, text)
    for name, article in reported.items():
        assert name in found and found[name][0] == article, (
            f"{name} was reported as article {article}: {found.get(name)}"
        )
    for name, article in now.items():
        number = int(name.removesuffix(".md"))
        assert found[name][1] == made.text(number, versions[number]), f"{name} is stored in another version"
        assert not ids or found[name][0] == article
