"""The buttons of lists of articles: pages, and “remove” with its “keep”. They survive a restart.

What a button names is a claim: the page is read, and the article looked up, within the server that the press comes
from, and who removes must manage that server at the moment of pressing.
"""

from typing import Any

import discord
from discord import ui

from bot.cards.articles import PAGE, card, listing
from bot.cards.text import line
from bot.lasting import LastingButton
from bot.rights import as_manager
from index.errors import UsageError
from index.ingest import remove_article
from index.library import Library
from index.models import Scope
from index.store import listing as store

NOT_THERE = "There is no such article on this server."
SHARED = "“{title}” is shared with every server by whoever runs me; it can be removed only there."
KEPT = "It stays."


class ArticleButton(LastingButton, template=r"da:(?P<verb>page|own|remove|keep):(?P<named>\d{1,18})"):
    async def press(self, interaction: discord.Interaction[Any]) -> None:
        library: Library = interaction.client.library
        if self.verb in {"page", "own"}:
            view = await list_page(library, interaction.guild_id, self.number, own=self.verb == "own")
        elif self.verb == "keep":
            view = card(KEPT)
        else:
            view = await _remove(library, as_manager(interaction), self.number)
        await interaction.response.edit_message(view=view)


def button(verb: str, number: int, label: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary, *, off: bool = False) -> ArticleButton:  # fmt: skip
    made: ui.Button[Any] = ui.Button(label=label, style=style, custom_id=f"da:{verb}:{number}", disabled=off)
    return ArticleButton(made, verb, number)


async def list_page(library: Library, server_id: int | None, number: int, *, own: bool) -> ui.LayoutView:
    """A page of what the server sees, or ``own``: brought by itself."""
    scope = Scope(server_id=server_id)
    async with library.database.read() as connection:
        listed, total = await store.page(connection, scope, number * PAGE, PAGE, own=own and server_id is not None)
    if not listed and number and total:  # articles went meanwhile
        return await list_page(library, server_id, (total - 1) // PAGE, own=own)
    last = max(0, (total - 1) // PAGE)
    if not last:
        return card(listing(listed, total, number))
    verb = "own" if own else "page"
    back = button(verb, max(0, number - 1), "‹ newer", off=number <= 0)
    # Both may not bear one id, on a first or last page either.
    ahead = button(verb, number + 1, "older ›", off=number >= last)
    if number <= 0:
        back = button("keep", 0, "‹ newer", off=True)
    return card(listing(listed, total, number), back, ahead)


async def removable(library: Library, server_id: int, article_id: int) -> store.Listed:
    """The server's own article. Raises UsageError; of another server's not even its existence is told."""
    async with library.database.read() as connection:
        found = await store.one(connection, Scope(server_id=server_id), article_id)
    if found is None:
        raise UsageError(NOT_THERE)
    if found.server_id is None:
        raise UsageError(SHARED.format(title=found.title[:100]))
    return found


async def _remove(library: Library, server_id: int, article_id: int) -> ui.LayoutView:
    found = await removable(library, server_id, article_id)
    await remove_article(library, article_id)
    return card(f"“{line(found.title, 200)}” is removed; answers no longer come from it.")
