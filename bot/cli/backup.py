"""``dealwire backup`` and ``dealwire restore``: a copy of the embedded library, also while the bot runs."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import DataDir, Json, err, out, print_json
from bot.settings import load_settings
from index.errors import UsageError
from index.store.sqlite import FILE_NAME


def register(app: typer.Typer) -> None:
    app.command()(backup)
    app.command()(restore)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it; replaced if it is there.")],
    json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Write all of the library into one file; others may go on reading and writing."""
    from index.store.backup import back_up

    with err.status("copying …"):
        size = back_up(_database(data_dir), file.expanduser())
    if json:
        print_json({"file": str(file), "bytes": size})
    else:
        out.print(f"{file}: {size / 1e6:.1f} MB, checked", markup=False)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `dealwire backup` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of the library that is there.")
    ] = False,
    json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Put a backup in place; what runs meanwhile sees it as a change like any other."""
    from index.search.faiss_dense import FILE_NAME as SHADOW
    from index.store.backup import restore as put_back

    database = _database(data_dir)
    with err.status("copying …"):
        put_back(file.expanduser(), database, replace=replace)
        (database.parent / SHADOW).unlink(missing_ok=True)  # of the library that was there; made anew when needed
    if json:
        print_json({"restored": str(file)})
    else:
        out.print(f"{database.parent} is as it was when {file} was written.", markup=False)


def _database(data_dir: Path | None) -> Path:
    settings = load_settings(data_dir=data_dir)
    if settings.database_url:
        raise UsageError(
            "DATABASE_URL names a PostgreSQL server, which has its own: pg_dump --format=custom, and pg_restore."
        )
    return settings.data_dir / FILE_NAME
