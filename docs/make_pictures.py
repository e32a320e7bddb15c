"""``make pictures``: the README's pictures, drawn anew from what the command really prints.

Terminal pictures are SVG by rich, from the sample articles in ``data/seeds``.
"""

import asyncio
import io
from datetime import date
from pathlib import Path

from rich.console import Console

from bot.cli.card import card
from bot.cli.dates import deadlines_table
from index.agenda import agenda
from index.answer import ask
from index.embed import DEFAULT_MODEL
from index.library import open_library
from index.models import Scope

PICTURES = Path(__file__).parent / "pictures"
TODAY = date(2025, 11, 20)  # the pictures do not change with the day on which they are drawn
QUESTIONS = {
    "ask": ("when is the licence deadline?", TODAY),
    "moved": ("when's the markets council ruling on the ferries due?", date(2026, 10, 1)),
    "disagree": ("will the merger cost any crew jobs?", date(2026, 10, 1)),
    "not-told": ("what does a tonne of neodymium cost?", TODAY),
}


async def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    async with open_library(data_dir=Path("data/seeds"), embedding_model=DEFAULT_MODEL, create=False) as library:
        for name, (question, today) in QUESTIONS.items():
            answer = await ask(library, question, Scope())
            draw(name, card(answer.model_copy(update={"took_ms": 0.0}), today))
        since = date(2026, 7, 1)
        draw("deadlines", deadlines_table(await agenda(library, Scope(), since=since), since))


def draw(name: str, what: object) -> None:
    console = Console(record=True, width=96, file=io.StringIO(), force_terminal=True)
    console.print(what)
    svg = console.export_svg(title="dealwire", unique_id=name)
    lines = [line for line in svg.splitlines() if "cdnjs" not in line]
    (PICTURES / f"{name}.svg").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    asyncio.run(main())
