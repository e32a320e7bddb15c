"""``dealwire`` run by a test: a forked process (see ``forkserver``), or the installed command itself."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(sys.executable).with_name("dealwire")
NOBODY = 9  # a port on which nobody listens
# No reader: what it adds to answers is tested elsewhere, and loading it costs seconds.
SETTINGS = {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false", "DEALWIRE_READER": "none"}


def environment(**more: str) -> dict[str, str]:
    """Ours without anybody's settings of Dealwire."""
    ours = ("DEALWIRE_", "DATABASE_URL", "DISCORD_TOKEN")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | SETTINGS | more


@dataclass(frozen=True)
class Done:
    status: int  # of exit; minus the signal's number after a signal
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must be one JSON document and nothing else."""
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The last line on standard error: the sentence about a failure. There must be no traceback."""
        assert "Traceback" not in self.err, self.err
        assert "bug in Dealwire" not in self.err, self.err
        return self.err.strip().splitlines()[-1] if self.err.strip() else ""


class Running:
    """A command that was started and may be signalled while it works."""

    def __init__(self, caller: socket.socket, answers: TextIO, out: Path, err: Path) -> None:
        self._caller, self._answers, self._out, self._err = caller, answers, out, err
        self.pid = int(answers.readline())

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def lines(self) -> list[str]:
        """The whole lines on standard error so far."""
        return self._err.read_text("utf-8").splitlines(keepends=False)

    def out(self) -> list[str]:
        """The lines on standard output so far."""
        return self._out.read_text("utf-8").splitlines()

    def until(self, words: str, timeout: float = 120) -> float:
        """Wait for a line on standard error that holds the words; when (``time.monotonic``) it was seen."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            if any(words in line for line in self.lines()):
                return time.monotonic()
            time.sleep(0.005)
        raise AssertionError(f"{words!r} was not said in {timeout} s, but: {self.lines()}")

    def wait(self, timeout: float = 180) -> Done:
        self._caller.settimeout(timeout)
        try:
            status = int(self._answers.readline())
        except TimeoutError:
            self.signal(signal.SIGKILL)
            raise AssertionError(f"the command hangs; so far it said: {self.lines()}") from None
        finally:
            self._caller.close()
        return Done(status, self._out.read_text("utf-8"), self._err.read_text("utf-8"))


class Server:
    """Starts the fork server at the first command."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        self._socket = folder / "socket"

    def start(
        self,
        *args: str,
        cwd: Path,
        env: dict[str, str] | None = None,
        stdin: str = "",
        largest_file: int = 0,
        entry: str = "bot.__main__",
        discord: int = NOBODY,
    ) -> Running:
        """``discord``: the port of a stand-in for it (``discord_stand_in``)."""
        self._open()
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        files = {name: folder / name for name in ("stdin", "stdout", "stderr")}
        for path in files.values():
            path.touch()
        files["stdin"].write_text(stdin, "utf-8")
        request = {
            "args": args,
            "cwd": str(cwd),
            "env": environment(**(env or {})),
            "largest_file": largest_file,
            "entry": entry,
            "discord": discord,
        } | {name: str(path) for name, path in files.items()}
        caller = socket.socket(socket.AF_UNIX)
        caller.settimeout(60)
        caller.connect(str(self._socket))
        caller.sendall(json.dumps(request).encode() + b"\n")
        return Running(caller, caller.makefile(), files["stdout"], files["stderr"])

    def close(self) -> None:
        if self._process:
            assert self._process.stdin
            self._process.stdin.close()
            self._process.wait(60)

    def _open(self) -> None:
        if self._process is not None and self._process.poll() is not None:
            raise RuntimeError("the fork server did not start; see its complaint above")
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.helpers.forkserver", str(self._socket)],
                cwd=ROOT,
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            assert self._process.stdout
            assert self._process.stdout.readline() == "ready\n"


@dataclass(frozen=True)
class Dealwire:
    """The command in one test: its working folder and its data folder."""

    server: Server
    folder: Path
    data_dir: Path

    def __call__(self, *args: str | Path, **more: Any) -> Done:
        return self.start(*args, **more).wait()

    def start(self, *args: str | Path, **more: Any) -> Running:
        more["env"] = {"DEALWIRE_DATA_DIR": str(self.data_dir)} | more.get("env", {})
        return self.server.start(*map(str, args), cwd=self.folder, **more)


def installed(*args: str | Path, cwd: Path, env: dict[str, str] | None = None, before: tuple[str, ...] = ()) -> Done:
    """The installed command itself, from nothing; ``before`` is a command that runs it, such as setpriv."""
    done = subprocess.run(
        [*before, str(COMMAND), *map(str, args)],
        cwd=cwd,
        env=environment(**(env or {})),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Done(done.returncode, done.stdout, done.stderr)
