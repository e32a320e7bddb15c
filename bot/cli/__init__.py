"""The command line, one file a group of commands. ``docs/command-line.md`` describes it to people.

A command parses its words, opens the library, calls ``index`` and prints; it decides nothing itself.
Results go to standard output; bars, logs and warnings to standard error.
"""

import typer

from bot.cli import articles, ask, backup, dates, deals, demo, doctor, feeds, ingest, move, run, status, work

app = typer.Typer(
    name="dealwire",
    help="Follow a deal in the news: ask, and get the sentence that says so.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
for module in (ingest, ask, status, articles, dates, deals, feeds, doctor, run, demo, work, move, backup):
    module.register(app)
