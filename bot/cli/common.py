"""What the commands share: their common options, the two consoles, and running a coroutine."""

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console

from bot.settings import Settings, load_settings
from index.errors import UsageError
from index.library import Library, open_library

T = TypeVar("T")

Json = Annotated[bool, typer.Option("--json", help="Machine-readable on standard output, nothing else there.")]
DataDir = Annotated[
    Path | None, typer.Option("--data-dir", metavar="DIR", help="The data folder; also DEALWIRE_DATA_DIR.")
]

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


@asynccontextmanager
async def library(data_dir: Path | None, *, create: bool = False) -> AsyncIterator[Library]:
    """The library at the settings' place. Raises UsageError and StoreError."""
    async with open_with(load_settings(data_dir=data_dir), create=create) as opened:
        yield opened


@asynccontextmanager
async def open_with(settings: Settings, *, create: bool) -> AsyncIterator[Library]:
    async with open_library(
        data_dir=settings.data_dir, embedding_model=settings.embedding_model, create=create
    ) as opened:
        yield opened


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)


def parse_day(words: str | None) -> date | None:
    if words is None:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise UsageError(f"{words!r} is not a day; write it as in --as-of 2026-01-31.") from error
