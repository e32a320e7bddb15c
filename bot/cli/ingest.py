"""``dealwire ingest``: reads files, folders, pages and feeds into the index."""

from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.cli.common import DataDir, Json, err, open_with, out, print_json, run
from bot.cli.queue import put_into_queue
from bot.settings import Settings, load_settings
from index.models import IngestReport


def register(app: typer.Typer) -> None:
    app.command()(ingest)


def ingest(
    sources: Annotated[list[str], typer.Argument(metavar="PATH|URL…", help="Files, folders, pages or feeds.")],
    json: Json = False,
    data_dir: DataDir = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="A line on standard error for each stored article.")
    ] = False,
    queue: Annotated[
        bool, typer.Option("--queue", help="Only read; leave embedding and storing to `dealwire work`.")
    ] = False,
) -> None:
    """Read articles into the index; what it has already is left alone."""
    if queue:
        put_into_queue(sources, load_settings(data_dir=data_dir), json)
        return
    report = run(_ingest(sources, load_settings(data_dir=data_dir), verbose))
    if json:
        print_json(
            report.model_dump(mode="json", exclude={"failed"}) | {"failed": [asdict(each) for each in report.failed]}
        )
    else:
        _print(report)
    if report.read_nothing:
        if json or not report.failed:
            err.print("dealwire: nothing could be read; see the list of failures.", markup=False)
        raise typer.Exit(1)


async def _ingest(sources: list[str], settings: Settings, verbose: bool) -> IngestReport:
    from index.ingest import Stored, ingest
    from index.sources import Sources

    found = Sources(sources, allow_private=settings.allow_private_addresses)
    for path in found.skipped:
        err.print(f"skipped {path}: not a kind of file that holds articles", markup=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    async with open_with(settings, create=True) as library:
        with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
            reading = progress.add_task("read  ", total=len(found))
            storing = progress.add_task("stored", total=None)
            anew = progress.add_task("embedded anew", total=None, visible=False)
            dates = progress.add_task("reading dates anew", total=None, visible=False)

            async def readings() -> AsyncIterator:  # type: ignore[type-arg]
                async for each in found.readings():
                    progress.advance(reading)
                    yield each

            def on_stored(stored: Stored) -> None:
                progress.advance(storing)
                if verbose:
                    what = stored.error or f"article {stored.article_id}"
                    progress.console.print(f"{stored.outcome} {stored.origin}: {what}", markup=False, soft_wrap=True)

            def on_reembedded(done: int, total: int) -> None:
                if done == 0:
                    model = settings.embedding_model
                    progress.console.print(f"embedding {total:,} stored passages anew, with {model}", markup=False)
                progress.update(anew, completed=done, total=total, visible=True)

            def on_reread(done: int, total: int) -> None:
                progress.update(dates, completed=done, total=total, visible=True)

            return await ingest(
                library, readings(), on_stored=on_stored, on_reembedded=on_reembedded, on_reread=on_reread
            )


def _print(report: IngestReport) -> None:
    what = f"[bold]{report.added}[/] added, {report.updated} updated, {report.unchanged} unchanged"
    reprints = f", {report.duplicates} of them reprints" if report.duplicates else ""
    out.print(f"{what}{reprints}; {report.passages} passages in {report.seconds:.1f} s")
    for failure in report.failed:
        err.print(f"{failure.origin}: {failure.error}", markup=False, style="yellow", soft_wrap=True)
