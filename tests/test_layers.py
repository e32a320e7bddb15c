"""The house's rules that a reader of one file cannot see: who imports whom, and how long a file may be."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.command import ROOT, environment

LONGEST = 400  # lines
SOURCES = sorted(path for folder in ("index", "bot") for path in (ROOT / folder).rglob("*.py"))
EVERYTHING = SOURCES + sorted((ROOT / "tests").rglob("*.py"))
HEAVY = ("sentence_transformers", "torch", "trafilatura", "feedparser", "transformers", "datasketch")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield f"{'.' * node.level}{node.module or ''}"


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [path for path in SOURCES if path.is_relative_to(ROOT / "index")], ids=name_of)
def test_index_knows_nothing_of_the_bot(path: Path) -> None:
    wrong = [each for each in imported(path) if each.split(".")[0] in {"bot", "discord", "typer", "tests"}]
    assert not wrong


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_each_module_says_what_it_owns(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    if path.stat().st_size:
        assert docstring and len(docstring) > 15


@pytest.mark.parametrize("path", EVERYTHING, ids=name_of)
def test_no_file_is_longer_than_a_sitting(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


def test_only_the_store_and_the_search_write_queries() -> None:
    """SQL stands in ``index/store``, ``index/search`` and ``bot/store``; elsewhere only where a whole table changes."""
    allowed = ("index/store/", "index/search/", "index/reembed.py", "bot/store/")
    for path in SOURCES:
        if not name_of(path).startswith(allowed):
            names = [each for each in imported(path) if each.startswith("index.store.schema")]
            assert not names, name_of(path)


def test_importing_everything_opens_nothing_and_loads_no_model() -> None:
    """No file of ours, socket, thread or event loop at import time; what is slow is imported at its first use."""
    code = """
import sys, os, threading
opened = []
def hook(event, args):
    if event == "open" and isinstance(args[1], str) and any(c in args[1] for c in "wax+"):
        opened.append(args[0])
    if event in ("socket.connect", "sqlite3.connect", "subprocess.Popen"):
        opened.append(event)
sys.addaudithook(hook)
sys.dont_write_bytecode = True
import bot.__main__, bot.cli, index.ingest, index.library, index.answer
print(opened, [t.name for t in threading.enumerate()][1:], [m for m in HEAVY if m in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", f"HEAVY = {HEAVY}\n{code}"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout == "[] [] []\n", done.stderr
