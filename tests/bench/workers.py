"""``python -m tests.bench.workers``: the same queued articles stored by one worker, then by two, in PostgreSQL.

Real processes of the real command. Each worker has one core (torch's threads are told so), as it would on a machine of
its own: what is measured is whether workers hold each other up, and not how many cores this machine has. A worker's start
(models load) is not counted: the clock runs from the first stored article to the last.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console

from tests.bench.made import articles
from tests.helpers.postgres_server import running_server

DEALWIRE = str(Path(sys.executable).parent / "dealwire")
err = Console(stderr=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=240)
    number = parser.parse_args().articles
    print(f"{number} articles of 20 passages, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| workers, one core each | articles a second | times one worker |\n|---|---|---|")
    alone = 0.0
    for workers in (1, 2):
        with err.status(f"{workers} at work …"):
            rate = measured(number, workers)
        alone = alone or rate
        print(f"| {workers} | {rate:.2f} | {rate / alone:.2f} |", flush=True)


def measured(number: int, workers: int) -> float:
    """Articles a second, all workers together, between the first and the last that was stored."""
    with running_server() as server, tempfile.TemporaryDirectory() as folder:
        url = server.new()
        one_core = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        env = {**os.environ, "DATABASE_URL": url, "HF_HUB_OFFLINE": "1", **one_core}
        inbox = Path(folder, "inbox")
        inbox.mkdir()
        for n, draft in enumerate(articles(number)):
            inbox.joinpath(f"{n}.md").write_text(f"# {draft.title}\n\n{draft.text}\n", "utf-8")
        command = [DEALWIRE, "ingest", "--queue", "--data-dir", folder, str(inbox)]
        subprocess.run(command, env=env, check=True, capture_output=True)
        working = [DEALWIRE, "work", "--until-empty", "--json", "--data-dir", folder]
        running = [
            subprocess.Popen(working, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for _ in range(workers)
        ]
        database = url.rsplit("/", 1)[1].split("?", maxsplit=1)[0]
        moments: list[tuple[float, int]] = []
        while not moments or moments[-1][1] < number:
            stored = server.run("SELECT count(*) AS n FROM articles", database=database)[0]["n"]
            if stored and (not moments or stored > moments[-1][1]):
                moments.append((time.perf_counter(), stored))
            if all(each.poll() is not None for each in running) and stored < number:
                raise RuntimeError(f"the workers ended with {stored} of {number} articles stored")
            time.sleep(0.05)
        for each in running:
            each.wait()
        (began, first), (ended, last) = moments[0], moments[-1]
        return (last - first) / (ended - began)


if __name__ == "__main__":
    main()
