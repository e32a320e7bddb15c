"""``dealwire status``: where a deal stands, with the sentences that say so."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from bot.cli.common import AsOf, DataDir, Json, err, library, out, parse_day, print_json, run
from index.errors import UsageError
from index.models import Scope
from index.status import Standing


def register(app: typer.Typer) -> None:
    app.command()(status)


def status(
    deal: Annotated[
        str | None, typer.Argument(metavar="DEAL", help="A deal's name; the only one if there is one.")
    ] = None,
    as_of: AsOf = None,
    picture: Annotated[
        Path | None, typer.Option("--picture", metavar="FILE", help="Draw its timeline into this file, a PNG.")
    ] = None,
    json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Show where a deal stands: its stage, what it rests on, what is open, what happened."""
    day = parse_day(as_of)
    if picture is not None:
        _may_write(picture)
    standing = run(_status(data_dir, deal, day))
    today = day or date.today()
    if picture is not None:
        _draw(picture, standing, today)
    if json:
        print_json(as_json(standing))
    else:
        from bot.cli.status_card import status_card

        out.print(status_card(standing, today))


def _may_write(picture: Path) -> None:
    """Said before any work. Raises UsageError."""
    try:
        possible = not picture.is_dir() and picture.absolute().parent.is_dir()
    except OSError:  # a name too long, or a folder that may not be looked into
        possible = False
    if not possible:
        raise UsageError(f"No picture can be written to {picture}; name a file in a folder that is there.")
    if picture.suffix.lower() != ".png":
        raise UsageError(f"The picture is a PNG; give it a name like {picture.with_suffix('.png')}.")


def _draw(picture: Path, standing: Standing, today: date) -> None:
    from bot.pictures.plan import planned
    from bot.pictures.timeline import draw

    plan = planned(standing, today)
    if not plan.events:
        raise UsageError("There is nothing to draw: no article tells of it. See `dealwire status` without --picture.")
    with err.status("drawing …"):
        drawn = draw(plan)
    try:
        picture.write_bytes(drawn)
    except OSError as error:
        raise UsageError(f"{picture} cannot be written ({error.strerror}); name another file.") from error


async def _status(data_dir: Path | None, name: str | None, as_of: date | None) -> Standing:
    from index.deals import chosen_deal
    from index.status import status
    from index.told import reread

    async with library(data_dir) as opened:
        with Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
            bar = progress.add_task("reading the articles anew", visible=False)
            await reread(opened, lambda done, total: progress.update(bar, completed=done, total=total, visible=True))
        async with opened.database.read() as connection:
            deal = await chosen_deal(connection, name)
        return await status(opened, deal, Scope(as_of=as_of))


def as_json(standing: Standing) -> dict[str, Any]:
    from bot.cli.dates import deadline_as_json

    told = standing.status.model_dump(mode="json")
    return told | {"deadlines": [deadline_as_json(each) for each in standing.ahead]}
