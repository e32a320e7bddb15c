"""``dealwire doctor``: is everything as it should be, and if not, how is it mended?"""

import os
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path

import typer
from rich.text import Text

from bot.cli.common import DataDir, Json, err, out, print_json, run
from bot.settings import load_settings
from index.doctor import Check, examine
from index.errors import UsageError

TOKEN = "DISCORD_TOKEN"  # noqa: S105 - the name of the setting, not a token


def register(app: typer.Typer) -> None:
    app.command()(doctor)


def doctor(json: Json = False, data_dir: DataDir = None) -> None:
    """Check the set-up and say how to mend what is wrong."""
    found = run(_doctor(data_dir, json))
    if json:
        print_json([asdict(check) for check in found])
    wrong = [check for check in found if not check.ok]
    if wrong:
        err.print(f"dealwire: {len(wrong)} of {len(found)} checks failed; see what is to be done there.", markup=False)
        raise typer.Exit(1)


async def _doctor(data_dir: Path | None, json: bool) -> list[Check]:
    found = []
    async for check in _checks(data_dir):
        found.append(check)
        if not json:
            _print(check)
    return found


async def _checks(data_dir: Path | None) -> AsyncIterator[Check]:
    try:
        settings = load_settings(data_dir=data_dir)
    except UsageError as error:
        wrong, _, mend = str(error).partition("; ")
        yield Check("settings", False, wrong, mend or "mend it in the environment or in .env")
        return
    yield Check("settings", True, "every DEALWIRE_ name is known and in bounds")
    async for check in examine(
        data_dir=settings.data_dir,
        embedding_model=settings.embedding_model,
        reader=settings.reader,
        database_url=settings.database_url.get_secret_value() if settings.database_url else None,
    ):
        yield check
    token = "set" if os.environ.get(TOKEN) else f"{TOKEN} is not set; only the bot itself needs it"
    yield Check("Discord token", True, token)


def _print(check: Check) -> None:
    line = Text("✓ " if check.ok else "✗ ", style="bold green" if check.ok else "bold red")
    line.append(f"{check.check}: ", style="bold")
    line.append(check.detail, style="default")
    if check.mend:
        line.append(f" → {check.mend}", style="yellow")
    out.print(line, soft_wrap=True)
