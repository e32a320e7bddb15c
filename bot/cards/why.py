"""“Why this?” as a card: what was asked for, the passages that were weighed, and their scores."""

from discord import ui

from bot.cards.text import line, quoted
from bot.store.answers import Asked
from index.answer.considered import Considered

FROM_THE_QUOTE = "This was read off the quote you replied to and its article; nothing was searched for it."
SHOWN = 6


def why_card(asked: Asked) -> ui.LayoutView:
    box: ui.Container[ui.LayoutView] = ui.Container()
    box.add_item(ui.TextDisplay(f"### Why this?\n-# {line(asked.question, 300)}"))
    box.add_item(ui.Separator())
    # What else stands there (a correction, that it waits) is others' business.
    weighed = {key: value for key, value in asked.why.items() if key in Considered.model_fields}
    if not weighed:
        box.add_item(ui.TextDisplay(FROM_THE_QUOTE))
    else:
        considered = Considered.model_validate(weighed | {"answer": asked.answer})
        for block in _blocks(considered):
            box.add_item(ui.TextDisplay(block))
    view = ui.LayoutView(timeout=None)
    view.add_item(box)
    return view


def _blocks(considered: Considered) -> list[str]:
    best = considered.weighed[0] if considered.weighed else None
    blocks = [f"It was read as asking for {considered.kind}. The sentences that were weighed, best first:"]
    for number, each in enumerate(considered.weighed[:SHOWN], start=1):
        told = f"right with {_percent(each.right)} · likeness {each.likeness:.2f} · shared words {each.words:.2f}"
        source = " · ".join(part for part in (line(each.source, 60), line(each.title, 80)) if part)
        blocks.append(f"**{number}** · {told}\n{quoted(each.text, 260)}\n-# {source or 'no title'}")
    if best is not None:
        blocks.append(
            f"The chance that the articles answer it at all: {_percent(best.answers)}; below {_percent(considered.threshold)} I say"
            f" that they don't, and so too where the best sentence's own chance is below {_percent(considered.at_least)}."
        )
    blocks.append(
        f"-# index version {considered.generation} · model {line(considered.model, 60)} · grammar of dates {considered.grammar}"
    )
    return blocks


def _percent(share: float) -> str:
    return f"{round(100 * share)} %"
