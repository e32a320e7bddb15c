"""Deals as cards: the list, one deal with its articles, and groups of articles that no deal holds. Judges nothing."""

from collections.abc import Sequence

from bot.cards.text import length, line
from index.store.deals import Deal, Member
from index.suggest import Suggestion

MOST_TEXT = 3_600
NOBODY = "No deal is followed here yet. Begin with `/deal add`, or see `/deal suggest`."
NOTHING_FREE = "All articles that belong together are in a deal already."
SHARED = "shared by whoever runs me"
SHOWN = 6  # articles of a suggestion or a deal


def deals_text(deals: Sequence[Deal], channels: dict[int, list[int]]) -> str:
    """``channels``: those that are about a deal, by its id."""
    if not deals:
        return NOBODY
    blocks = [f"### {len(deals)} deal{'s' if len(deals) != 1 else ''}"]
    for number, each in enumerate(deals):
        block = _deal(each, channels.get(each.id, []))
        if sum(map(length, blocks)) + length(block) > MOST_TEXT:
            blocks.append(f"-# and {len(deals) - number} more")
            break
        blocks.append(block)
    return "\n".join(blocks)


def deal_text(deal: Deal, members: Sequence[Member], said: str) -> str:
    """After it was added or changed: what joined it, so that a wrong one is seen at once."""
    lines = [f"**{said}**", _deal(deal, [])]
    lines += [
        f"`{each.id}` {line(each.title, 100) or 'untitled'}{' (by hand)' if each.by_hand else ''}"
        for each in members[:SHOWN]
    ]
    if deal.articles > SHOWN:
        lines.append(f"-# and {deal.articles - SHOWN} more")
    hint = "Not right? `/deal move` puts an article in or out for good, `/deal edit` changes the words."
    return "\n".join([*lines, f"-# {hint}"])


def suggestion_text(number: int, suggestion: Suggestion) -> str:
    lines = [f"**{number}. {line(suggestion.name, 100)}** · {len(suggestion.articles)} articles"]
    lines += [f"- {line(each.title, 90) or 'untitled'} ({line(each.source, 40) or 'outlet unknown'})" for each in suggestion.articles[:4]]  # fmt: skip
    if len(suggestion.articles) > 4:
        lines.append(f"-# and {len(suggestion.articles) - 4} more")
    return "\n".join(lines)


def _deal(deal: Deal, channels: Sequence[int]) -> str:
    parts = [
        f"{deal.articles} article{'s' if deal.articles != 1 else ''}",
        f"must have: {line(deal.must, 120)}" if deal.must else "",
        f"must not have: {line(deal.must_not, 120)}" if deal.must_not else "",
        f"in {', '.join(f'<#{each}>' for each in channels[:5])}" if channels else "",
        SHARED if deal.server_id is None else "",
    ]
    return f"**{line(deal.name, 100)}** {line(deal.about, 300)}\n-# {' · '.join(part for part in parts if part)}"
