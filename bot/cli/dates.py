"""``dealwire dates`` and ``dealwire deadlines``: what a text says of time, and what is due."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel, ConfigDict
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from bot.cli.common import (
    AsOf,
    DataDir,
    Day,
    DealName,
    Json,
    NoDataDir,
    batch_lines,
    err,
    library,
    out,
    parse_day,
    print_json,
    run,
)
from bot.wording import in_days
from index.agenda import Agenda, Deadline
from index.answer.dates import written
from index.errors import UsageError
from index.models import Scope, day_of


class DatesLine(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str | int | None = None
    text: str
    published: Day | None = None


def register(app: typer.Typer) -> None:
    app.command()(dates)
    app.command()(deadlines)


def dates(
    text: Annotated[str | None, typer.Argument(metavar="TEXT")] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="The day the text was written, as 2026-01-31.")
    ] = None,
    batch: Annotated[
        str | None,
        typer.Option(
            "--batch",
            metavar="FILE",
            help="One JSON object a line (- is standard input); --published holds where a line has none.",
        ),
    ] = None,
    json: Json = False,
    data_dir: NoDataDir = None,
) -> None:
    """Show every date that a text names, how it is read, and which are deadlines."""
    if (text is None) == (batch is None):
        raise UsageError(
            'Give one text, as in: dealwire dates "by the end of May" --published 2026-03-01 (or --batch FILE)'
        )
    day = parse_day(published, "--published")
    if batch is not None:
        lines = batch_lines(batch, DatesLine, '{"id": "1", "text": "…", "published": "2026-01-31"}')
    else:
        lines = [(1, DatesLine(text=text or ""))]
    for _, line in lines:
        found = _found(line.text, line.published or day)
        if json:
            print_json({"id": line.id, "dates": found})
        else:
            _print_dates(found)


def deadlines(
    deal: DealName = None,
    as_of: AsOf = None,
    everything: Annotated[bool, typer.Option("--all", help="Those that are past or were moved, too.")] = False,
    ics: Annotated[bool, typer.Option("--ics", help="An iCalendar file on standard output, for calendars.")] = False,
    json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """List the deadlines that the articles tell: what is ahead, and what was moved."""
    if ics and json:
        raise UsageError("Give one of --ics and --json; each is a form of its own.")
    today = parse_day(as_of) or date.today()
    agenda = run(_agenda(data_dir, deal, parse_day(as_of)))
    found = agenda.deadlines if everything else agenda.holding(today)
    if ics:
        _print_calendar(found, agenda, deal)
    elif json:
        print_json([deadline_as_json(each) for each in found])
    elif found:
        out.print(deadlines_table(found, today))
    else:
        out.print("No deadline lies ahead." if not everything else "The articles tell no deadline.")


async def _agenda(data_dir: Path | None, deal: str | None, as_of: date | None) -> Agenda:
    from index.agenda import whole_agenda
    from index.deals import named_deal
    from index.told import reread

    async with library(data_dir) as opened:
        with Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
            bar = progress.add_task("reading the articles' dates anew", visible=False)
            await reread(opened, lambda done, total: progress.update(bar, completed=done, total=total, visible=True))
        deal_id = None
        if deal:
            async with opened.database.read() as connection:
                deal_id = (await named_deal(connection, deal)).id
        return await whole_agenda(opened, Scope(as_of=as_of, deal_id=deal_id))


def _print_calendar(found: list[Deadline], agenda: Agenda, deal: str | None) -> None:
    """Bytes, since lines of a calendar end in CRLF on every system. What was moved is one entry, on its new day."""
    from bot.reminders.calendar import of_article, write

    threads = agenda.threads()
    entries = [of_article(each, threads[each.thread]) for each in found if each.moved_to is None]
    sys.stdout.buffer.write(write(entries, datetime.now(UTC), None, deal or "Deadlines"))
    sys.stdout.buffer.flush()


def _found(text: str, published: date | None) -> list[dict[str, Any]]:
    from index.dates import calendar_span
    from index.deadlines import mark

    # Somebody's own aim counts here, where a person looks; a reminder needs more than a hope.
    return [
        {
            "start": found.start,
            "end": found.end,
            "text": found.text,
            "first": first.isoformat() if first else None,
            "last": last.isoformat() if last else None,
            "granularity": found.granularity,
            "deadline": deadline is not None,
            "value": found.value,
            "reading": found.reading,
            "what": deadline.what if deadline else None,
        }
        for found, deadline in mark(text, published, hoped=True)
        for first, last in [(found.first, found.last) if deadline else calendar_span(found)]
    ]


def _print_dates(found: list[dict[str, Any]]) -> None:
    table = Table("words", "read as", "deadline", box=None, header_style="bold")
    for each in found:
        table.add_row(Text(each["text"]), Text(each["reading"]), Text(each["what"] or "", style="green"))
    out.print(table if found else "No dates.")


def deadline_as_json(each: Deadline) -> dict[str, Any]:
    told = each.told
    return {
        "id": str(told.id),
        "due": each.due.isoformat(),
        "what": told.found.what,
        "who": told.found.who,
        "quote": told.quote,
        "article_id": str(told.article_id),
        "origin": told.origin,
        "deal": each.deals[0] if each.deals else None,
        "moved_to": each.moved_to.isoformat() if each.moved_to else None,
        "chain": [day.isoformat() for day in each.chain],
        "rule": told.found.rule,
        "time": told.found.time,
        "confidence": told.found.confidence,
        "reading": told.found.found.reading,
        "articles": each.articles,
        "start": told.found.sentence_start,
        "end": told.found.sentence_end,
    }


def deadlines_table(found: list[Deadline], today: date) -> Table:
    table = Table(
        "due", "in", "what", "moved", "source", box=None, header_style="bold", pad_edge=False, row_styles=["", "dim"]
    )
    for each in found:
        day = day_of(each.told.published)
        source = f"{each.told.source}, {written(day, day) if day else 'day unknown'}"
        before = each.chain[: each.chain.index(each.due)]
        moved = f"from {written(before[-1], before[-1])}" if before else ""
        if each.moved_to:
            moved = f"to {written(each.moved_to, each.moved_to)}"
        due = Text(written(each.due, each.due), style="strike" if each.moved_to else "bold")
        table.add_row(due, in_days(each.due, today), Text(each.told.found.what), moved, Text(source))
    return table
