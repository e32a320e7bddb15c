"""``dealwire ingest --queue``: reads, and leaves what was read in the queue for ``dealwire work``."""

from dataclasses import asdict

import typer

from bot.cli.common import err, open_with, out, print_json, run
from bot.settings import Settings
from index.models import Failure


def put_into_queue(sources: list[str], settings: Settings, json: bool) -> None:
    queued, failures = run(_enqueue(sources, settings))
    if json:
        print_json({"queued": queued, "failed": [asdict(each) for each in failures]})
    else:
        out.print(f"{queued} documents queued; `dealwire work` stores them", markup=False)
        for failure in failures:
            err.print(f"{failure.origin}: {failure.error}", markup=False, style="yellow", soft_wrap=True)
    if not queued:
        err.print("dealwire: nothing could be read; see the list of failures.", markup=False)
        raise typer.Exit(1)


async def _enqueue(sources: list[str], settings: Settings) -> tuple[int, list[Failure]]:
    from index.sources import Sources
    from index.work import enqueue

    found = Sources(sources, allow_private=settings.allow_private_addresses)
    for path in found.skipped:
        err.print(f"skipped {path}: not a kind of file that holds articles", markup=False)
    async with open_with(settings, create=True) as library:
        return await enqueue(library, found.readings())
