"""``dealwire status``: where a deal stands, with the sentences that say so."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from bot.cli.common import AsOf, DataDir, Json, err, library, out, parse_day, print_json, run
from index.models import Scope
from index.status import Standing


def register(app: typer.Typer) -> None:
    app.command()(status)


def status(
    deal: Annotated[
        str | None, typer.Argument(metavar="DEAL", help="A deal's name; the only one if there is one.")
    ] = None,
    as_of: AsOf = None,
    json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Show where a deal stands: its stage, what it rests on, what is open, what happened."""
    day = parse_day(as_of)
    standing = run(_status(data_dir, deal, day))
    today = day or date.today()
    if json:
        print_json(as_json(standing))
    else:
        from bot.cli.status_card import status_card

        out.print(status_card(standing, today))


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
