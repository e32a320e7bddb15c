"""An answer as it looks in a terminal."""

from datetime import date

from rich.box import Box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.wording import in_days, nearest_intro
from index.answer import NOT_TOLD
from index.answer.dates import written
from index.models import Answer, Citation, day_of

_BAR = Box("    \n│   \n│   \n│   \n│   \n│   \n│   \n    \n")  # only a left edge, as a block quote has


def card(answer: Answer, today: date | None = None) -> RenderableType:
    """Short answer, the words a date came from, each quote with outlet and day, what it replaces."""
    parts: list[RenderableType] = []
    if answer.answered:
        parts.append(_headline(answer, today or date.today()))
        if answer.reading:
            parts.append(Text(f"read from: {answer.reading}", style="dim"))
    else:
        parts += [Text(NOT_TOLD, style="bold yellow"), Text(nearest_intro(answer), style="dim")]
    parts += [quoted(citation) for citation in answer.citations]
    if answer.superseded:
        parts.append(Text("It used to be:", style="dim"))
        parts.append(quoted(answer.superseded, style="dim strike"))
    foot = f"confidence {answer.confidence:.0%}" + (f" · {answer.took_ms:.0f} ms" if answer.took_ms else "")
    return Panel(
        Group(*parts),
        title=Text(answer.question, style="bold"),
        title_align="left",
        subtitle=foot,
        subtitle_align="right",
        border_style="green" if answer.answered else "yellow",
        padding=(1, 2),
    )


def _headline(answer: Answer, today: date) -> Text:
    line = Text(answer.answer, style="bold magenta" if answer.conflict else "bold green")
    if answer.date:
        line.append(f"  ({in_days(answer.date.end, today)})", style="not bold dim")
    return line


def quoted(citation: Citation, style: str = "") -> RenderableType:
    day = day_of(citation.published)
    by = " · ".join(
        part for part in (citation.source, written(day, day) if day else "day unknown", citation.title) if part
    )
    lines = [Text(citation.quote, style=style or "default"), Text(by, style="cyan")]
    if citation.url:
        lines.append(Text(citation.url, style="dim"))
    if citation.also:
        lines.append(Text(f"also reported by {', '.join(citation.also)}", style="dim"))
    barred = Table(box=_BAR, show_header=False, border_style="dim", padding=(0, 1))
    barred.add_row(Group(*lines))
    return barred
