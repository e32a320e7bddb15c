"""A process that has imported everything slow, and forks a child for each command that a test runs.

The child is a real process: the real ``bot.__main__`` (or another module's ``main``), its own memory, files, signals and exit status;
it can be killed with SIGKILL. It only skips the seconds that importing torch takes.

Run as ``python -m tests.helpers.forkserver SOCKET``. A request is one line of JSON; the answers are the
child's pid and later its wait status. Standard input's end is the end of the server.
"""

import contextlib
import importlib
import json
import os
import resource
import select
import signal
import socket
import sys
import traceback
from typing import Any


def preload() -> None:
    import torch

    torch.set_num_threads(1)  # a pool of threads does not survive a fork, so none is ever started
    import aiohttp
    import aiosqlite
    import alembic.command
    import datasketch
    import discord.ext.commands
    import faiss
    import feedparser
    import lxml.html
    import trafilatura

    import bot.cli
    import bot.client
    import index.answer
    import index.read.feed
    import index.read.fetch
    import index.read.importbot
    import index.read.markdown
    import index.read.page
    from index.embed import SentenceTransformerEmbedder

    del aiohttp, aiosqlite, alembic, datasketch, discord, faiss, feedparser, lxml, trafilatura, bot, index
    SentenceTransformerEmbedder()  # imports what loading needs; no text is embedded before the fork


def point_discord_at(port: int) -> None:
    """A stand-in on this machine, or a port where nobody listens: no test asks the real Discord."""
    import yarl
    from discord.gateway import DiscordWebSocket
    from discord.http import Route

    Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/gateway")


def child(request: dict[str, Any]) -> int:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    for number, path in ((0, request["stdin"]), (1, request["stdout"]), (2, request["stderr"])):
        opened = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_APPEND)
        os.dup2(opened, number)
        os.close(opened)
    if request["largest_file"]:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (request["largest_file"], request["largest_file"]))
    point_discord_at(request["discord"])
    sys.argv = ["dealwire", *request["args"]]
    main = importlib.import_module(request["entry"]).main

    try:
        main()
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else int(bool(stopped.code))
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def fork(request: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        status = child(request)
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError):
                stream.flush()
        os._exit(status)


def serve(path: str) -> None:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()
    print("ready", flush=True)
    asked: dict[int, socket.socket] = {}
    while True:
        readable, _, _ = select.select([listener, sys.stdin], [], [], 0.01 if asked else 1)
        if sys.stdin in readable:
            return
        if listener in readable:
            caller, _ = listener.accept()
            pid = fork(json.loads(caller.makefile().readline()))
            asked[pid] = caller
            caller.sendall(f"{pid}\n".encode())
        for pid in list(asked):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                with contextlib.suppress(OSError), asked.pop(pid) as caller:
                    caller.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    preload()
    serve(sys.argv[1])
