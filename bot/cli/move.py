"""``dealwire move``: the whole library into another database."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.cli.common import DataDir, Json, err, out, print_json, run
from bot.settings import Settings, load_settings
from bot.store import post_tables as _post_tables  # noqa: F401 - the conversation's rows move along
from bot.store import reminder_tables as _reminder_tables  # noqa: F401
from bot.store import tables as _tables  # noqa: F401
from index.store.move import Moved


def register(app: typer.Typer) -> None:
    app.command()(move)


def move(
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="URL|DIR", help="A PostgreSQL server's database, or the folder of an embedded one."
        ),
    ],
    json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Copy everything into a new, empty database; goes on where it was stopped, and compares at the end."""
    moved = run(_move(load_settings(data_dir=data_dir), to))
    if json:
        print_json([{"table": each.table, "rows": each.rows, "checksum": each.checksum} for each in moved])
        return
    for each in moved:
        out.print(f"{each.table}: {each.rows} rows, checksum {each.checksum} on both sides", markup=False)
    how = (
        f"DATABASE_URL to {to.partition('@')[2] or to} (with user and password)" if "://" in to else f"--data-dir {to}"
    )
    out.print(f"Everything is there. From now on set {how}; the old database was left as it is.", markup=False)


async def _move(settings: Settings, to: str) -> list[Moved]:
    from index.search.pgvector_dense import PgvectorDense
    from index.store.articles import read_state
    from index.store.database import open_database, sqlite_url
    from index.store.move import move

    ours = settings.database_url.get_secret_value() if settings.database_url else sqlite_url(settings.data_dir)
    # A name is made absolute; no disk is read.
    theirs = to if "://" in to else sqlite_url(Path(to).expanduser().absolute())  # noqa: ASYNC240
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    async with open_database(ours, create=False) as source, open_database(theirs) as target:
        with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
            rows = progress.add_task("rows", total=None)
            moved = await move(source, target, lambda done, total: progress.update(rows, completed=done, total=total))
        if not target.is_sqlite:
            async with target.read() as connection:
                model = (await read_state(connection)).embedding_model
            with err.status("building the index of the vectors …"):
                await PgvectorDense(target, model or "").save()
    return moved
