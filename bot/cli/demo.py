"""``dealwire demo`` and ``dealwire chat``: the bot without a token."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.cli.common import Json, NoDataDir, err, out, print_json, run
from index.errors import UsageError

Articles = Annotated[
    Path | None,
    typer.Option("--articles", metavar="FOLDER", help="Your own articles instead of the samples."),
]
PORT = 8765  # of the page
NOT_INSTALLED = "The demo needs the offline Discord; install it with: pip install 'dealwire[demo]'"


def register(app: typer.Typer) -> None:
    app.command()(demo)
    app.command()(chat)


def demo(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Where the page is served; 0: any free one.")
    ] = PORT,
    articles: Articles = None,
    json: Json = False,
    data_dir: NoDataDir = None,
) -> None:
    """Open the bot on an offline Discord in the browser: no token, no account."""
    _refuse_without_simcord()
    run(_demo(port, articles, json))


def chat(
    articles: Articles = None,
    json: Annotated[
        bool, typer.Option("--json", help="Nothing on standard output; the conversation goes to standard error.")
    ] = False,
    data_dir: NoDataDir = None,
) -> None:
    """The same conversation in the terminal."""
    _refuse_without_simcord()
    run(_chat(articles, json))


def _refuse_without_simcord() -> None:
    try:
        import simcord.preview  # noqa: F401
    except ImportError as error:
        raise UsageError(NOT_INSTALLED) from error


async def _demo(port: int, articles: Path | None, json: bool) -> None:
    from bot.demo.page import serve
    from bot.demo.samples import read_samples
    from bot.demo.world import opened_world

    samples = read_samples(articles)
    with _bar() as progress:
        task = progress.add_task("reading the articles")
        async with opened_world(
            samples, lambda done, total: progress.update(task, completed=done, total=total)
        ) as world:
            progress.stop()

            def told(address: str) -> None:
                if json:
                    print_json({"url": address, "now": world.now.isoformat()})
                    return
                out.print(f"Open [bold]{address}[/]")
                out.print(f"It is {world.now:%-d %B %Y} in there. Try: /ask question: when is the licence deadline?")
                out.print("Be Ann or Bob (top right); /clock winds the time and lets news arrive. Ctrl-C ends it.")
                where = address.split("/#")[0].rsplit(":", 1)[1]
                out.print(f"[dim]From another machine: ssh -L {where}:127.0.0.1:{where} …, then the same address.[/]")

            try:
                await serve(world, port=port, on_open=told)
            except OSError as error:
                raise UsageError(f"The port {port} is taken; choose another: dealwire demo --port 0") from error


async def _chat(articles: Path | None, json: bool) -> None:
    from bot.demo.chat import converse
    from bot.demo.samples import read_samples
    from bot.demo.world import opened_world

    samples = read_samples(articles)
    with _bar() as progress:
        task = progress.add_task("reading the articles")
        async with opened_world(
            samples, lambda done, total: progress.update(task, completed=done, total=total)
        ) as world:
            progress.stop()
            await converse(world, err if json else out)


def _bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=err, transient=True, disable=not err.is_terminal)
