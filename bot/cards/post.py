"""A new article as a card, and a digest of several. Owns what is on it, in which order; no words but its labels."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.cards.text import length, line, link, quoted, stamp
from bot.posts.content import Content, News
from index.answer.dates import written
from index.models import day_of

NEW = discord.Colour(0x5865F2)
BROUGHT = discord.Colour(0xFEE75C)
GONE = discord.Colour(0x99AAB5)
LONGEST_QUOTE = 600
MOST_TEXT = 3_800
MOST_LISTED = 15  # of a digest

WITHDRAWN = "**Withdrawn.** This article is no longer to be had; nothing here is answered from it any more."
CHANGED = "**Changed by its outlet since.** No longer in it:"


def post_card(content: Content, buttons: Sequence[ui.Item[Any]] = ()) -> ui.LayoutView:
    colour = GONE if content.withdrawn else BROUGHT if content.news else NEW
    box: ui.Container[ui.LayoutView] = ui.Container(accent_colour=colour)
    used = 0
    for block in _blocks(content):
        used += length(block)
        if used > MOST_TEXT:
            break
        box.add_item(ui.TextDisplay(block))
    view = ui.LayoutView(timeout=None)
    view.add_item(box)
    if content.role_id is not None:
        view.add_item(ui.TextDisplay(f"<@&{content.role_id}>"))
    if buttons and not content.withdrawn:
        view.add_item(ui.ActionRow(*buttons))
    return view


def digest_card(contents: Sequence[Content], deal: str) -> ui.LayoutView:
    """One line or two an article, those that bring something first."""
    box: ui.Container[ui.LayoutView] = ui.Container(accent_colour=NEW)
    box.add_item(
        ui.TextDisplay(
            f"### {len(contents)} more {'article' if len(contents) == 1 else 'articles'} on {line(deal, 150)}"
        )
    )
    used = 0
    ordered = sorted(contents, key=lambda each: not each.news)
    for number, each in enumerate(ordered):
        block = "\n".join([f"**{line(each.title, 150)}**", by(each), *[_news(one) for one in each.news[:2]]])
        used += length(block)
        if number == MOST_LISTED or used > MOST_TEXT - 200:
            box.add_item(ui.TextDisplay(f"-# and {len(ordered) - number} more; ask me about them"))
            break
        box.add_item(ui.TextDisplay(block))
    view = ui.LayoutView(timeout=None)
    view.add_item(box)
    return view


def by(content: Content) -> str:
    day = day_of(content.published)
    parts = [
        f"**{line(content.source, 80)}**" if content.source else "",
        written(day, day) if day else "day unknown",
        link(content.url),
        line(content.deal, 80) if content.deal else "",
    ]
    return "-# " + " · ".join(part for part in parts if part)


def _blocks(content: Content) -> list[str]:
    title = line(content.title, 250) or "An article without a title"
    blocks = [f"### {'~~' + title + '~~' if content.withdrawn else title}\n{by(content)}"]
    if content.withdrawn:
        return [*blocks, WITHDRAWN]
    blocks += [_news(each) for each in content.news[:4]]
    blocks += [quoted(each, LONGEST_QUOTE) for each in content.quotes]
    if content.replaced:
        gone = "\n".join(quoted(each, 300, struck=True) for each in content.replaced[:3])
        blocks.append(f"{CHANGED}\n{gone}")
    elif content.changed:
        blocks.append("-# changed by its outlet since")
    if content.also:
        blocks.append(f"-# also reported by {len(content.also)}: {line(', '.join(content.also), 300)}")
    return blocks


def _news(news: News) -> str:
    what = line(news.what, 150)
    if news.kind == "moved" and news.day and news.was:
        said = f"**Moved** from ~~{written(news.was, news.was)}~~ to {_day(news)}: {what}"
    elif news.kind == "deadline" and news.day:
        said = f"**New deadline** {_day(news)}: {what}"
    elif news.kind == "stage":
        said = f"**Where it stands:** {what}"
    else:
        said = f"**Contradicts an earlier report:** {what}"
    if news.earlier:
        before = f" ({line(news.earlier_source, 60)})" if news.earlier_source else ""
        said += f"\n-# before{before}: {line(news.earlier, 250)}"
    return said


def _day(news: News) -> str:
    assert news.day is not None
    return f"{stamp(news.day, 'D')} ({stamp(news.day, 'R')})"
