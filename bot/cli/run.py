"""``dealwire run`` and ``dealwire invite``: the Discord bot, and the link that adds it to a server."""

import re
from typing import Annotated

import typer

from bot.cli.common import DataDir, Json, NoDataDir, out, print_json
from bot.cli.common import run as run_coroutine
from bot.settings import load_settings
from index.errors import UsageError

SHARDS = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?/(\d{1,4})")


def register(app: typer.Typer) -> None:
    app.command()(run)
    app.command()(invite)


def run(
    json: Annotated[
        bool, typer.Option("--json", help="Taken as by every command; all that the bot tells is on standard error.")
    ] = False,
    data_dir: DataDir = None,
    shards: Annotated[
        str | None,
        typer.Option("--shards", metavar="FROM-TO/ALL", help="The shards of this process among all, as 0-3/16."),
    ] = None,
) -> None:
    """Run the Discord bot (needs DISCORD_TOKEN)."""
    from bot.run import Shards, log_in_plain_words
    from bot.run import run as run_bot

    part = Shards(*parse_shards(shards)) if shards else None
    settings = load_settings(data_dir=data_dir)
    log_in_plain_words()
    run_coroutine(run_bot(settings, part))


def invite(json: Json = False, data_dir: NoDataDir = None) -> None:
    """Print the link that adds the bot to a server, with the least permissions that it needs."""
    from bot.permissions import NEEDS, invitation
    from bot.reach import reach
    from bot.run import token_of

    found = run_coroutine(reach(token_of(load_settings())))
    link = invitation(found.application_id)
    if json:
        print_json({"url": link, "permissions": [need.label for need in NEEDS]})
        return
    out.print(link, markup=False, soft_wrap=True)
    for need in NEEDS:
        out.print(f"  {need.label}: {need.why}", markup=False, style="dim", soft_wrap=True)


def parse_shards(words: str) -> tuple[tuple[int, ...], int]:
    """Ids and count. Raises UsageError."""
    found = SHARDS.fullmatch(words.strip())
    if found:
        first, last, count = int(found[1]), int(found[2] or found[1]), int(found[3])
        if first <= last < count:
            return tuple(range(first, last + 1)), count
    raise UsageError(f"{words!r} is no part of the shards; write it as in --shards 0-3/16, counted from 0.")
