"""A status as it looks in a terminal."""

from datetime import date

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.cli.card import quoted
from bot.wording import NO_ARTICLES, NOT_TOLD_STAGE, NOTHING_TOLD, in_days, since_words, sources_words
from index.answer.dates import written
from index.models import day_of
from index.status import Standing, Status
from index.timeline import Event, label

STAGE_STYLES = {
    "rumoured": "grey62",
    "in talks": "yellow",
    "agreed in principle": "cyan",
    "signed": "blue",
    "awaiting approval": "magenta",
    "in force": "green",
    "suspended": "dark_orange",
    "collapsed": "red",
}
EVENTS = 12  # the newest of the timeline


def status_card(standing: Standing, today: date) -> RenderableType:
    status = standing.status
    if not status.articles:
        return Panel(Text(NO_ARTICLES), title=_title(status), border_style="yellow")
    parts: list[RenderableType] = [_headline(status, today)]
    parts += [quoted(each) for each in status.citations]
    if status.against:
        parts.append(Text("What spoke against it:", style="dim"))
        parts += [quoted(each.citation, style="dim") for each in status.against[:2]]
    for pair in status.disagreements:
        parts.append(Text("The sources disagree:", style="magenta"))
        parts += [quoted(each) for each in pair]
    parts.append(_facts(standing, today))
    parts.append(_timeline(status))
    style = STAGE_STYLES.get(status.stage or "", "yellow")
    return Panel(Group(*parts), title=_title(status), title_align="left", border_style=style, padding=(1, 2))


def _title(status: Status) -> Text:
    as_of = f" as of {written(status.as_of, status.as_of)}" if status.as_of else ""
    return Text((status.deal or "all articles") + as_of, style="bold")


def _headline(status: Status, today: date) -> Text:
    if status.stage is None:
        return Text(NOT_TOLD_STAGE, style="bold yellow")
    line = Text(status.stage, style=f"bold {STAGE_STYLES[status.stage]}")
    return line.append(since_words(status.since, today), style="not bold dim")


def _facts(standing: Standing, today: date) -> Table:
    status = standing.status
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    nothing = Text(NOTHING_TOLD, style="dim")
    if not status.against:
        table.add_row("against it", nothing)
    table.add_row("parties", Text(", ".join(each.name for each in status.parties)) if status.parties else nothing)
    for number, each in enumerate(standing.ahead):
        moved = f", moved from {written(each.chain[-2], each.chain[-2])}" if len(each.chain) > 1 else ""
        due = f"{written(each.due, each.due)} ({in_days(each.due, today)}{moved}): "
        table.add_row(
            "deadlines" if number == 0 else "", Text(due, style="bold").append(each.told.found.what, "not bold")
        )
    if not standing.ahead:
        table.add_row("deadlines", Text("no article tells of one that is open", style="dim"))
    table.add_row("newest", _what(status.newest) if status.newest else nothing)
    if not status.disagreements:
        table.add_row("disagreement", nothing)
    table.add_row("told by", sources_words(status))
    return table


def _timeline(status: Status) -> Table:
    table = Table("day", "what happened", box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    hidden = len(status.timeline) - EVENTS
    if hidden > 0:
        table.add_row("", Text(f"({hidden} earlier events; --json has them all)", style="dim"))
    for each in status.timeline[-EVENTS:]:
        table.add_row(_day(each), _what(each))
    return table


def _day(event: Event) -> str:
    return written(event.day, event.day) if event.day else "unknown"


def _what(event: Event) -> Text:
    said = label(event)
    style = STAGE_STYLES[event.stage] if event.stage else "magenta" if event.kind == "moved" else "dim"
    line = Text(f"{said}  " if said else "", style=f"bold {style}")
    cited = event.citation
    line.append(cited.quote, style="not bold default")
    day = day_of(cited.published)
    by = ", ".join(part for part in (cited.source, written(day, day) if day else "") if part)
    return line.append(f"  ({by})" if by else "", style="not bold cyan")
