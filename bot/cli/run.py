"""``dealwire run``: the Discord bot."""

import typer

from bot.cli.common import DataDir
from bot.cli.common import run as run_coroutine
from bot.settings import load_settings


def register(app: typer.Typer) -> None:
    app.command()(run)


def run(data_dir: DataDir = None) -> None:
    """Run the Discord bot (needs DISCORD_TOKEN)."""
    from bot.run import run as run_bot

    run_coroutine(run_bot(load_settings(data_dir=data_dir)))
