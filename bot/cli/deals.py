"""``dealwire deal add|list|edit|remove|move|suggest``: the deals that are followed, and which articles are theirs."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from bot.cli.common import DataDir, Json, err, library, out, print_json, run
from index.errors import UsageError
from index.models import Scope
from index.store.deals import Deal
from index.suggest import Suggestion

Name = Annotated[str, typer.Argument(metavar="NAME")]
Must = Annotated[
    str | None, typer.Option("--must", metavar="WORDS", help="Words or phrases, by commas, that must all occur.")
]
MustNot = Annotated[
    str | None, typer.Option("--must-not", metavar="WORDS", help="Words or phrases, by commas, that must not occur.")
]


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="The deals that are followed.", no_args_is_help=True)
    group.command("add")(add)
    group.command("list")(list_)
    group.command("edit")(edit)
    group.command("remove")(remove)
    group.command("move")(move)
    group.command("suggest")(suggest)
    app.add_typer(group, name="deal")


def add(
    name: Name,
    about: Annotated[str, typer.Option("--about", metavar="TEXT", help="What it is about, in a sentence.")],
    must: Must = None,
    must_not: MustNot = None,
    json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Follow a deal; articles that are about it join it."""
    _tell(run(_add(data_dir, name, about, must or "", must_not or "")), "Following", json)


def edit(
    name: Name,
    new_name: Annotated[str | None, typer.Option("--name", metavar="NEW", help="Its new name.")] = None,
    about: Annotated[str | None, typer.Option("--about", metavar="TEXT", help="What it is about.")] = None,
    must: Must = None,
    must_not: MustNot = None,
    json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Change a deal; articles join and leave by what it is now. '' empties a list of words."""
    if (new_name, about, must, must_not) == (None,) * 4:
        raise UsageError("Nothing was given to change; name at least one of --name, --about, --must and --must-not.")
    _tell(run(_edit(data_dir, name, new_name=new_name, about=about, must=must, must_not=must_not)), "Changed", json)


def list_(json: Json = False, data_dir: DataDir = None) -> None:
    """List the deals with what they are about and how many articles they have."""
    deals = run(_list(data_dir))
    if json:
        print_json([_as_json(deal) for deal in deals])
        return
    table = Table("deal", "about", "articles", box=None, header_style="bold")
    for deal in deals:
        about = Text(deal.about)
        about.append(f"; must: {deal.must}" if deal.must else "", style="dim")
        about.append(f"; must not: {deal.must_not}" if deal.must_not else "", style="dim")
        table.add_row(Text(deal.name), about, str(deal.articles))
    out.print(table)


def remove(name: Name, json: Json = False, data_dir: DataDir = None) -> None:
    """Stop following a deal; its articles stay."""
    removed = run(_remove(data_dir, name))
    if json:
        print_json({"removed": removed.name})
    else:
        out.print(f"No longer following {removed.name}.", markup=False)


def move(
    article: Annotated[int, typer.Argument(metavar="ARTICLE", min=1, max=2**63 - 1, help="Its id.")],
    into: Annotated[str | None, typer.Option("--into", metavar="NAME", help="The deal that it belongs to.")] = None,
    out_of: Annotated[
        str | None, typer.Option("--out-of", metavar="NAME", help="The deal that it does not belong to.")
    ] = None,
    json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Say which deal an article belongs to, or does not; that is remembered."""
    if not into and not out_of:
        raise UsageError("Say where: --into NAME, --out-of NAME, or both.")
    changed = run(_move(data_dir, article, into, out_of))
    if json:
        print_json([_as_json(deal) for deal in changed])
        return
    for deal, verb in zip(changed, ["in"] * bool(into) + ["out of"] * bool(out_of), strict=True):
        out.print(f"Article {article} is {verb} {deal.name}, whatever it is like.", markup=False)


def suggest(json: Json = False, data_dir: DataDir = None) -> None:
    """Show articles that belong together and to no deal."""
    found = run(_suggest(data_dir))
    if json:
        print_json([_suggestion_as_json(each) for each in found])
        return
    if not found:
        out.print("All articles that belong together are in a deal.")
    for each in found:
        out.print(Text(each.name, style="bold").append(f"  {len(each.articles)} articles", style="not bold dim"))
        for kin in each.articles:
            out.print(f"  {kin.id}  {kin.title}", markup=False)
        out.print(Text(f'  dealwire deal add "{each.name}" --about "{each.about}"', style="cyan"))


def _tell(deal: Deal, verb: str, json: bool) -> None:
    if json:
        print_json(_as_json(deal))
    else:
        out.print(f"{verb} {deal.name}: {deal.articles} articles so far.", markup=False)


def _as_json(deal: Deal) -> dict[str, object]:
    return {
        "name": deal.name,
        "about": deal.about,
        "must": deal.must,
        "must_not": deal.must_not,
        "articles": deal.articles,
    }


def _suggestion_as_json(suggestion: Suggestion) -> dict[str, object]:
    articles = [
        {"id": str(each.id), "title": each.title, "source": each.source, "day": each.day and each.day.isoformat()}
        for each in suggestion.articles
    ]
    return {"name": suggestion.name, "about": suggestion.about, "articles": articles}


async def _add(data_dir: Path | None, name: str, about: str, must: str, must_not: str) -> Deal:
    from index.deals import add_deal

    async with library(data_dir, create=True) as opened:
        with err.status("loading the embedding model …"):
            await opened.embedder.get()
        return await add_deal(opened, name, about, must=must, must_not=must_not)


async def _edit(data_dir: Path | None, name: str, **changes: Any) -> Deal:
    from index.deals import edit_deal

    async with library(data_dir) as opened:
        with err.status("loading the embedding model …"):
            await opened.embedder.get()
        return await edit_deal(opened, name, **changes)


async def _list(data_dir: Path | None) -> list[Deal]:
    from index.store.deals import list_deals

    async with library(data_dir) as opened, opened.database.read() as connection:
        return await list_deals(connection, Scope().server_id)


async def _remove(data_dir: Path | None, name: str) -> Deal:
    from index.deals import remove_deal

    async with library(data_dir) as opened:
        return await remove_deal(opened, name)


async def _move(data_dir: Path | None, article: int, into: str | None, out_of: str | None) -> list[Deal]:
    from index.deals import move_article, named_deal

    async with library(data_dir) as opened:
        async with opened.database.read() as connection:
            for name in filter(None, (into, out_of)):  # neither is done where one cannot be
                await named_deal(connection, name)
        done = [await move_article(opened, into, article, into=True)] if into else []
        return done + ([await move_article(opened, out_of, article, into=False)] if out_of else [])


async def _suggest(data_dir: Path | None) -> list[Suggestion]:
    from index.suggest import suggest_deals

    async with library(data_dir) as opened:
        return await suggest_deals(opened)
