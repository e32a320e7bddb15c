"""``dealwire deal add|list|remove``: the deals that are followed."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from bot.cli.common import DataDir, Json, err, library, out, print_json, run
from index.models import Scope
from index.store.deals import Deal

Name = Annotated[str, typer.Argument(metavar="NAME")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="The deals that are followed.", no_args_is_help=True)
    group.command("add")(add)
    group.command("list")(list_)
    group.command("remove")(remove)
    app.add_typer(group, name="deal")


def add(
    name: Name,
    about: Annotated[str, typer.Option("--about", metavar="TEXT", help="What it is about, in a sentence.")],
    json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Follow a deal; articles that are about it join it."""
    deal = run(_add(data_dir, name, about))
    if json:
        print_json(_as_json(deal))
    else:
        out.print(f"Following {deal.name}: {deal.articles} articles so far.", markup=False)


def list_(json: Json = False, data_dir: DataDir = None) -> None:
    """List the deals with what they are about and how many articles they have."""
    deals = run(_list(data_dir))
    if json:
        print_json([_as_json(deal) for deal in deals])
        return
    table = Table("deal", "about", "articles", box=None, header_style="bold")
    for deal in deals:
        table.add_row(Text(deal.name), Text(deal.about), str(deal.articles))
    out.print(table)


def remove(name: Name, json: Json = False, data_dir: DataDir = None) -> None:
    """Stop following a deal; its articles stay."""
    removed = run(_remove(data_dir, name))
    if json:
        print_json({"removed": removed.name})
    else:
        out.print(f"No longer following {removed.name}.", markup=False)


def _as_json(deal: Deal) -> dict[str, object]:
    return {"name": deal.name, "about": deal.about, "articles": deal.articles}


async def _add(data_dir: Path | None, name: str, about: str) -> Deal:
    from index.deals import add_deal

    async with library(data_dir, create=True) as opened:
        with err.status("loading the embedding model …"):
            await opened.embedder.get()
        return await add_deal(opened, name, about)


async def _list(data_dir: Path | None) -> list[Deal]:
    from index.store.deals import list_deals

    async with library(data_dir) as opened, opened.database.read() as connection:
        return await list_deals(connection, Scope().server_id)


async def _remove(data_dir: Path | None, name: str) -> Deal:
    from index.deals import remove_deal

    async with library(data_dir) as opened:
        return await remove_deal(opened, name)
