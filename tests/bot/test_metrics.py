"""What an operator's monitoring sees, from a real worker and from a library under a server that stops."""

import asyncio
import re
import socket
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from bot.metrics import measured
from bot.settings import Settings
from index.answer import ask
from index.errors import UsageError
from index.library import Library
from index.models import Scope
from tests.helpers import made
from tests.helpers.command import Dealwire


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def value(page: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", page, re.MULTILINE)
    assert found, (name, page)
    return float(found[1])


def test_a_worker_shows_what_waits(dealwire: Dealwire) -> None:
    made.write(dealwire.folder / "news", 1)
    assert dealwire("ingest", "--queue", "news").status == 0
    port = free_port()
    worker = dealwire.start("work", "--verbose", env={"DEALWIRE_METRICS_PORT": str(port)})
    worker.until("added ")
    assert get(port, "health") == (200, "well\n")
    status, page = get(port, "metrics")
    assert status == 200 and value(page, "dealwire_database_up") == 1
    assert value(page, 'dealwire_queue_documents{state="failed"}') == 0
    assert value(page, 'dealwire_deliveries{state="undeliverable"}') == 0
    assert value(page, "dealwire_generation") >= 1
    second = dealwire("work", "--until-empty", env={"DEALWIRE_METRICS_PORT": str(port)})
    assert second.status != 0 and "DEALWIRE_METRICS_PORT" in second.err and "Traceback" not in second.err
    worker.signal(15)
    assert worker.wait(30).status == 0


async def test_questions_are_counted_with_their_stages(seeds_library: Library) -> None:
    settings = Settings(metrics_port=free_port())
    async with measured(seeds_library, settings) as library:
        assert (await ask(library, "when is the licence deadline?", Scope())).answered
        with pytest.raises(UsageError):
            await ask(library, "", Scope())
        await asyncio.sleep(0.7)
        status, page = await asyncio.to_thread(get, settings.metrics_port or 0, "metrics")
        assert status == 200
        assert value(page, 'dealwire_questions_total{outcome="answered"}') == 1
        assert value(page, 'dealwire_stage_seconds_count{stage="retrieve"}') == 1
        assert value(page, "dealwire_loop_lag_seconds_count") >= 1
        with pytest.raises(UsageError, match="cannot be used for metrics"):
            async with measured(seeds_library, settings):
                pass


async def test_off_unless_a_port_is_set(seeds_library: Library, tmp_path: Path) -> None:
    async with measured(seeds_library, Settings(metrics_port=None)) as library:
        assert library is seeds_library
