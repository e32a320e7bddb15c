"""What the commands share: their common options, the two consoles, and running a coroutine."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from pydantic import BaseModel, BeforeValidator
from rich.console import Console

from bot.settings import Settings, load_settings
from index.errors import UsageError
from index.library import Library, open_library

T = TypeVar("T")
Line = TypeVar("Line", bound=BaseModel)

Json = Annotated[bool, typer.Option("--json", help="Machine-readable on standard output, nothing else there.")]
DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", metavar="DIR", readable=False, help="The data folder; also DEALWIRE_DATA_DIR."),
]
# What every command takes, so that a script need not know which of them opens the library.
NoDataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", metavar="DIR", help="Taken as by every command; nothing is read or written there."),
]

AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Only articles up to this day, as 2026-01-31.")
]
DealName = Annotated[str | None, typer.Option("--deal", metavar="NAME", help="Only articles of this deal.")]

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


@asynccontextmanager
async def library(data_dir: Path | None, *, create: bool = False, briefly: bool = False) -> AsyncIterator[Library]:
    """The library at the settings' place. Raises UsageError and StoreError."""
    async with open_with(load_settings(data_dir=data_dir), create=create, briefly=briefly) as opened:
        yield opened


@asynccontextmanager
async def open_with(settings: Settings, *, create: bool, briefly: bool = False) -> AsyncIterator[Library]:
    async with open_library(
        data_dir=settings.data_dir,
        embedding_model=settings.embedding_model,
        reader=settings.reader,
        database_url=settings.database_url.get_secret_value() if settings.database_url else None,
        create=create,
        briefly=briefly,
    ) as opened:
        yield opened


def print_json(value: Any) -> None:
    # JSON's own escapes can be read back whatever the terminal's encoding; ours could not.
    plain = (sys.stdout.encoding or "").lower() not in {"utf-8", "utf8"}
    print(json.dumps(value, ensure_ascii=plain), flush=True)


def parse_day(words: str | None, option: str = "--as-of") -> date | None:
    if words is None:
        return None
    try:
        return _day(words)
    except ValueError as error:
        raise UsageError(f"{words!r} is not a day; write it as in {option} 2026-01-31.") from error


def _day(words: str) -> date:
    """Of a moment its own day, whatever the zone: what an article's day is. Raises ValueError."""
    return datetime.fromisoformat(words).date()


# In a batch: a day, or a moment as `dealwire articles --json` prints it.
Day = Annotated[date, BeforeValidator(lambda given: _day(given) if isinstance(given, str) else given)]


def batch_lines(batch: str, shape: type[Line], example: str) -> list[tuple[int, Line]]:
    """The lines of a file, or of standard input for ``-``, with their numbers.

    Raises UsageError, naming the line, before any work.
    """
    place = 0 if batch == "-" else batch
    try:
        with open(place, encoding="utf-8-sig", closefd=place != 0) as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"The batch {batch} cannot be read ({error}); give a file with one JSON object a line."
        ) from error
    lines = []
    for number, line in enumerate(text.split("\n"), 1):  # JSON may hold the other characters that end a line
        if line.strip():
            try:
                lines.append((number, shape.model_validate_json(line)))
            except ValueError as error:
                raise UsageError(f"Line {number} of the batch is not right; write it like {example}.") from error
    return lines


@contextmanager
def naming_line(number: int) -> Iterator[None]:
    """A UsageError in it tells the line of the batch."""
    try:
        yield
    except UsageError as error:
        raise UsageError(f"Line {number} of the batch is not right: {error}") from error
