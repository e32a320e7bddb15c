"""``dealwire work``: a process that looks at feeds, and stores what they and ``dealwire ingest --queue`` bring."""

import asyncio
import signal
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import DataDir, Json, err, open_with, out, print_json, run
from bot.settings import load_settings
from index.ingest import Stored
from index.work import LEASE, Done


def register(app: typer.Typer) -> None:
    app.command()(work)


def work(
    json: Json = False,
    data_dir: DataDir = None,
    until_empty: Annotated[bool, typer.Option("--until-empty", help="End when nothing is left to do.")] = False,
    lease: Annotated[
        float,
        typer.Option(
            "--lease",
            min=2.0,
            max=3600.0,
            metavar="SECONDS",
            help="After so long without a sign of life, another worker takes over.",
        ),
    ] = LEASE,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="A line on standard error for each stored article.")
    ] = False,
) -> None:
    """Look at feeds and store queued articles until stopped; run as many of them as you like."""
    done = run(_work(data_dir, until_empty, lease, verbose))
    if json:
        print_json({"readings": done.readings, "failed": done.failed})
    else:
        out.print(f"{done.readings} documents stored, {done.failed} failed")


async def _work(data_dir: Path | None, until_empty: bool, lease: float, verbose: bool) -> Done:
    from bot.metrics import measured
    from index.feeds.keep import keep_polling
    from index.work import work

    def on_stored(stored: Stored) -> None:
        if verbose:
            what = stored.error or f"article {stored.article_id}"
            err.print(f"{stored.outcome} {stored.origin}: {what}", markup=False, soft_wrap=True)

    settings = load_settings(data_dir=data_dir)
    async with open_with(settings, create=True) as library, measured(library, settings) as opened:
        opened.embedder.start()
        done = Done()
        working = asyncio.ensure_future(
            work(opened, until_empty=until_empty, lease=lease, on_stored=on_stored, done=done)
        )
        # A service manager ends a worker with SIGTERM: what it holds goes back into the queue at once.
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, working.cancel)
        polling = (
            None if until_empty else asyncio.ensure_future(keep_polling(opened, replace(settings.polling, lease=lease)))
        )
        try:
            return await working
        except asyncio.CancelledError:
            return done
        finally:
            if polling:
                polling.cancel()
                await asyncio.gather(polling, return_exceptions=True)
