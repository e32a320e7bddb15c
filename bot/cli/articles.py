"""``dealwire articles`` and ``dealwire show``: what is in the index."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from bot.cli.common import DataDir, Json, library, out, print_json, run
from index.errors import UsageError
from index.models import Article, Scope

SHOWN = ("id", "title", "published", "source", "author", "url", "origin")


def register(app: typer.Typer) -> None:
    app.command()(articles)
    app.command()(show)


def articles(json: Json = False, data_dir: DataDir = None) -> None:
    """List all articles, newest first."""
    found = run(_list(data_dir))
    if json:
        print_json([as_json(each) for each in found])
        return
    table = Table("id", "day", "title", "source", box=None, header_style="bold")
    for each in found:
        reprint = f" (reprint of {each.reprint_of})" if each.reprint_of else ""
        table.add_row(str(each.id), str(each.day or "unknown"), Text(each.title + reprint), Text(each.source))
    out.print(table)


def show(
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="An article's id, as listed by `dealwire articles`.")
    ],
    json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Show one article's stored readable text."""
    found = run(_get(data_dir, article))
    if json:
        print_json(as_json(found) | {"text": found.text})
        return
    out.print(Text(found.title, style="bold"))
    by = (found.source, found.author, str(found.published or "day unknown"), found.url or found.origin)
    out.print(Text(" · ".join(part for part in by if part), style="dim"))
    out.print()
    out.print(Text(found.text))


def as_json(article: Article) -> dict[str, Any]:
    told = article.model_dump(mode="json")
    return {name: told[name] for name in SHOWN} | {"id": str(article.id)}


async def _list(data_dir: Path | None) -> list[Article]:
    from index.store.articles import list_articles

    async with library(data_dir) as opened, opened.database.read() as connection:
        return await list_articles(connection, Scope())


async def _get(data_dir: Path | None, article_id: str) -> Article:
    from index.store.articles import get_article

    async with library(data_dir) as opened, opened.database.read() as connection:
        number = int(article_id) if article_id.isascii() and article_id.isdigit() and len(article_id) < 19 else 0
        article = await get_article(connection, number, Scope())
    if article is None:
        raise UsageError(f"There is no article {article_id!r}; `dealwire articles` lists them with their ids.")
    return article
