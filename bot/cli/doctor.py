"""``dealwire doctor``: is everything as it should be, and if not, how is it mended?"""

from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path

import typer
from rich.text import Text

from bot.cli.common import DataDir, Json, err, out, print_json, run
from bot.settings import DISCORD_TOKEN, load_settings
from bot.starting import NO_INTENT
from index.doctor import Check, examine
from index.errors import DealwireError, UsageError


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
    if settings.discord_token is None or not settings.discord_token.get_secret_value().strip():
        yield Check("Discord token", True, f"{DISCORD_TOKEN} is not set; only the bot itself needs it")
        return
    async for check in _discord(settings.discord_token.get_secret_value()):
        yield check


async def _discord(token: str) -> AsyncIterator[Check]:
    """Asked over HTTP alone, so that a bot that runs is not disturbed."""
    from bot.permissions import labels
    from bot.reach import reach

    try:
        found = await reach(token)
    except DealwireError as error:
        wrong, _, mend = str(error).partition("; ")
        yield Check("Discord token", False, wrong, mend)
        return
    yield Check("Discord token", True, f"it is {found.name}'s")
    if found.reads_messages:
        yield Check("Discord intents", True, "it may read messages")
    else:
        wrong, _, mend = NO_INTENT.partition("; ")
        yield Check("Discord intents", False, wrong, mend)
    if not found.servers:
        yield Check("Discord permissions", True, "on no server yet; dealwire invite prints the link")
    elif found.lacking:
        name, needs = found.lacking[0]
        more = f", and {len(found.lacking) - 1} servers more" if len(found.lacking) > 1 else ""
        wrong = f"it lacks {labels(needs)} on {name}{more}"
        yield Check("Discord permissions", False, wrong, "let who manages the server open the link of: dealwire invite")
    else:
        yield Check("Discord permissions", True, f"all that is needed, on {found.servers} servers")


def _print(check: Check) -> None:
    line = Text("✓ " if check.ok else "✗ ", style="bold green" if check.ok else "bold red")
    line.append(f"{check.check}: ", style="bold")
    line.append(check.detail, style="default")
    if check.mend:
        line.append(f" → {check.mend}", style="yellow")
    out.print(line, soft_wrap=True)
