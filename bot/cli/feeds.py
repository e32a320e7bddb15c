"""``dealwire feed add|list|remove``: the operator's feeds, whose articles every server shares."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from bot.cli.common import DataDir, Json, err, library, open_with, out, print_json, run
from bot.clock import moment
from bot.settings import load_settings
from index.store.feeds import Feed, Subscription

Address = Annotated[str, typer.Argument(metavar="URL", help="A feed, or a page that lists articles.")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Feeds whose new articles arrive by themselves.", no_args_is_help=True)
    group.command("add")(add)
    group.command("list")(list_)
    group.command("remove")(remove)
    app.add_typer(group, name="feed")


def add(address: Address, json: Json = False, data_dir: DataDir = None) -> None:
    """Read what a feed holds, and from then on look at it regularly (`dealwire run` and `dealwire work` do)."""
    told = run(_add(address, data_dir))
    if json:
        print_json(told)
    else:
        new = "is a feed now" if told["new"] else "is a feed already"
        left = f"; {told['left']} of them are read in its next turns" if told["left"] else ""
        out.print(
            f"{told['title'] or told['address']} {new}: {told['articles']} articles in it{left}.",
            markup=False,
            soft_wrap=True,
        )


def list_(json: Json = False, data_dir: DataDir = None) -> None:
    """List the shared feeds and how they are."""
    listed = run(_list(data_dir))
    if json:
        print_json([_as_json(feed, subscription) for feed, subscription in listed])
        return
    table = Table("feed", "address", "last looked at", "new", "health", box=None, header_style="bold")
    for feed, subscription in listed:
        looked = f"{moment(feed.polled_at):%Y-%m-%d %H:%M} UTC" if feed.polled_at else "never"
        health = "paused" if subscription.paused else feed.error or feed.health
        table.add_row(Text(feed.title), Text(feed.address), looked, str(feed.items), Text(health))
    out.print(table)


def remove(address: Address, json: Json = False, data_dir: DataDir = None) -> None:
    """Look at a feed no longer; its articles stay."""
    removed = run(_remove(address, data_dir))
    if json:
        print_json({"removed": removed})
    else:
        out.print(f"{removed} is looked at no longer; its articles stay.", markup=False)


def _as_json(feed: Feed, subscription: Subscription) -> dict[str, Any]:
    return {
        "address": feed.address,
        "kind": feed.kind,
        "title": feed.title,
        "health": feed.health,
        "error": feed.error,
        "paused": subscription.paused,
        "new": feed.items,
        "polled_at": moment(feed.polled_at).isoformat() if feed.polled_at else None,
    }


async def _add(address: str, data_dir: Path | None) -> dict[str, Any]:
    from index.feeds.add import add_feed, see
    from index.read.fetch import open_session
    from index.work import work

    settings = load_settings(data_dir=data_dir)
    private = settings.allow_private_addresses
    async with open_session(allow_private=private) as session:
        with err.status(f"looking at {address} …"):
            found, seen = await see(address, session, allow_private=private)
        async with open_with(settings, create=True) as opened:
            added = await add_feed(
                opened,
                found,
                seen,
                session,
                now=_now(),
                shortest=settings.feed_interval,
                server_id=None,
                allow_private=private,
            )
            with err.status("reading what is in it …"):
                await work(opened, until_empty=True)
    return {
        "address": found,
        "kind": seen.kind,
        "title": seen.title,
        "new": added.is_new,
        "articles": len(seen.entries),
        "left": added.left,
    }


async def _list(data_dir: Path | None) -> list[tuple[Feed, Subscription]]:
    from index.store.feeds import list_feeds

    async with library(data_dir) as opened, opened.database.read() as connection:
        return await list_feeds(connection, None)


async def _remove(address: str, data_dir: Path | None) -> str:
    from index.errors import UsageError
    from index.feeds.address import FOLDER, of_folder, of_url
    from index.store import feeds

    async with library(data_dir) as opened, opened.database.write() as connection:
        theirs = {feed.address: feed for feed, _ in await feeds.list_feeds(connection, None)}
        folder = address.startswith(("/", FOLDER))
        asked = of_folder(Path(address.removeprefix(FOLDER))) if folder else of_url(address)
        if asked not in theirs:
            known = ", ".join(theirs) or "none yet (dealwire feed add URL)"
            raise UsageError(f"There is no feed {asked}; there are: {known}.")
        await feeds.unsubscribe(connection, theirs[asked].id, None)
    return asked


def _now() -> float:
    from bot.clock import system_clock

    return system_clock().timestamp()
