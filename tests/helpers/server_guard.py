"""Ends the tests' PostgreSQL server when the tests were killed: a process of its own that outlives them.

Called with the process to watch and the folder of the server. Standard library only, so that it starts at once.
"""

import os
import shutil
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path


def main(watched: int, folder: Path) -> None:
    while os.getppid() == watched:  # changes when that process ends, however it ends
        time.sleep(0.5)
    with suppress(OSError, ValueError, IndexError):  # no server runs: it was stopped before
        postmaster = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(postmaster, signal.SIGQUIT)
        for _ in range(100):
            os.kill(postmaster, 0)
            time.sleep(0.1)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
