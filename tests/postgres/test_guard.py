"""Tests that are killed leave no server behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.helpers.command import ROOT
from tests.helpers.postgres_server import PostgresServer

STARTED = """
import time
from tests.helpers.postgres_server import running_server
with running_server() as server:
    print(server._own.pgdata, flush=True)
    time.sleep(600)
"""


def test_a_killed_process_takes_its_server_with_it(postgres: PostgresServer) -> None:
    if not postgres.may_stop:
        pytest.skip("TEST_DATABASE_URL names a server that is not ours to start or stop")
    with subprocess.Popen([sys.executable, "-c", STARTED], cwd=ROOT, stdout=subprocess.PIPE, text=True) as tests:
        assert tests.stdout is not None
        data = Path(tests.stdout.readline().strip())
        server = int((data / "postmaster.pid").read_text().splitlines()[0])
        tests.send_signal(signal.SIGKILL)
    for _ in range(300):
        if not data.exists():
            break
        time.sleep(0.1)
    assert not data.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)
