"""``/articles`` and the message menu “Add to the index”. Translates; ``bot.adding`` reads, ``index.ingest`` stores."""

import asyncio
import time
from contextlib import suppress

import discord
from discord import app_commands
from discord.ext import commands

from bot import failures
from bot.adding import Brought, brought, of_message
from bot.buttons.articles import NOT_THERE, ArticleButton, button, list_page, removable
from bot.cards.articles import article_text, card, progress, report
from bot.cards.text import line
from bot.client import DealwireBot
from bot.rights import as_adder, as_manager
from index.errors import StoreError, UsageError
from index.ingest import Stored, ingest
from index.models import Article, Scope
from index.store import listing
from index.store.articles import get_article

AT_ONCE = 2  # additions that are worked on; more of them only share the same cores
WAITING = 20  # additions that wait
BUSY = "Many articles are being added right now; try again in a minute."
TELL_EVERY = 2.0  # seconds between two changes of the progress message
CHOICES = 25


class Articles(commands.GroupCog, group_name="articles", group_description="What the answers come from."):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot
        self.turns = asyncio.Semaphore(AT_ONCE)
        self.inside = 0
        self.menu = app_commands.ContextMenu(name="Add to the index", callback=self.add_message)
        self.menu.guild_only = True
        super().__init__()

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self.menu)
        self.bot.add_dynamic_items(ArticleButton)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)
        self.bot.remove_dynamic_items(ArticleButton)

    @app_commands.command(name="list", description="The articles that answers here can come from.")
    @app_commands.describe(own="only those that this server added")
    async def list_(self, interaction: discord.Interaction[DealwireBot], own: bool = False) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            await interaction.followup.send(view=await list_page(self.bot.library, interaction.guild_id, 0, own=own))
        except Exception as error:
            await failures.tell(interaction, error)

    @app_commands.command(description="Read an article into this server's index: by its link, or as a file.")
    @app_commands.describe(link="the article's address, or a feed's", file="a page, text, Markdown or feed, saved")
    @app_commands.guild_only()
    async def add(
        self,
        interaction: discord.Interaction[DealwireBot],
        link: app_commands.Range[str, 1, 2_000] | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            server_id = await as_adder(interaction, self.bot.library)
            await self._add(interaction, brought(link, file), server_id)
        except Exception as error:
            await failures.tell(interaction, error)

    async def add_message(self, interaction: discord.Interaction[DealwireBot], message: discord.Message) -> None:
        """The menu of a message."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            server_id = await as_adder(interaction, self.bot.library)
            await self._add(interaction, of_message(message), server_id)
        except Exception as error:
            await failures.tell(interaction, error)

    async def _add(self, interaction: discord.Interaction[DealwireBot], what: Brought, server_id: int) -> None:
        if self.inside >= AT_ONCE + WAITING:
            raise UsageError(BUSY)
        self.inside += 1
        try:
            async with self.turns:
                await interaction.edit_original_response(content=progress(0, len(what), []))
                stored: list[Stored] = []
                told = time.monotonic()
                work = asyncio.create_task(self._ingest(what, server_id, stored))
                try:
                    while not work.done():
                        await asyncio.wait([work], timeout=0.25)
                        if time.monotonic() - told > TELL_EVERY and not work.done():
                            told = time.monotonic()
                            with suppress(discord.HTTPException):
                                said = progress(int(told), len(what), stored)
                                await interaction.edit_original_response(content=said)
                    said = await work
                finally:
                    work.cancel()
                await interaction.edit_original_response(content=said[:2_000])
        finally:
            self.inside -= 1

    async def _ingest(self, what: Brought, server_id: int, stored: list[Stored]) -> str:
        readings = what.readings(allow_private=self.bot.settings.allow_private_addresses)
        done = await ingest(self.bot.library, readings, server_id=server_id, on_stored=stored.append)
        return report(done, stored)

    @app_commands.command(description="Read one of the articles.")
    @app_commands.describe(article="its number, or words of its title")
    async def show(self, interaction: discord.Interaction[DealwireBot], article: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            scope = Scope(server_id=interaction.guild_id)
            found = await self._found(await self._named(article, scope, own=False), scope)
            await interaction.followup.send(view=card(article_text(found)))
        except Exception as error:
            await failures.tell(interaction, error)

    @app_commands.command(description="Remove one of this server's own articles; asks first.")
    @app_commands.describe(article="its number, or words of its title")
    @app_commands.guild_only()
    async def remove(self, interaction: discord.Interaction[DealwireBot], article: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            server_id = as_manager(interaction)
            article_id = await self._named(article, Scope(server_id=server_id), own=True)
            found = await removable(self.bot.library, server_id, article_id)
            said = f"Remove “{line(found.title, 200)}” ({line(found.source, 60) or 'outlet unknown'}, {found.day or 'day unknown'})? Answers will no longer come from it."
            yes = button("remove", found.id, "Remove it", discord.ButtonStyle.danger)
            await interaction.followup.send(view=card(said, yes, button("keep", 0, "Keep it")))
        except Exception as error:
            await failures.tell(interaction, error)

    async def _found(self, article_id: int, scope: Scope) -> Article:
        async with self.bot.library.database.read() as connection:
            found = await get_article(connection, article_id, scope)
        if found is None:
            raise UsageError(NOT_THERE)
        return found

    async def _named(self, words: str, scope: Scope, *, own: bool) -> int:
        """Its number as it was completed, else the one article whose title has the words. Raises UsageError."""
        if words.strip().isdecimal() and len(words.strip()) <= 18:
            return int(words)
        async with self.bot.library.database.read() as connection:
            found = await listing.titled(connection, scope, words[:200], 2, own=own)
        if len(found) != 1:
            how = "more than one article has" if found else "no article has"
            raise UsageError(f"Here {how} those words in its title; choose one of those that show as you type.")
        return found[0].id

    @show.autocomplete("article")
    async def shown(self, interaction: discord.Interaction[DealwireBot], typed: str) -> list[app_commands.Choice[str]]:
        return await self._choices(interaction, typed, own=False)

    @remove.autocomplete("article")
    async def own(self, interaction: discord.Interaction[DealwireBot], typed: str) -> list[app_commands.Choice[str]]:
        return await self._choices(interaction, typed, own=True)

    async def _choices(
        self, interaction: discord.Interaction[DealwireBot], typed: str, *, own: bool
    ) -> list[app_commands.Choice[str]]:
        try:
            async with self.bot.library.database.read() as connection:
                scope = Scope(server_id=interaction.guild_id)
                found = await listing.titled(connection, scope, typed[:200], CHOICES, own=own)
        except StoreError:
            return []
        return [app_commands.Choice(name=_choice(each), value=str(each.id)) for each in found]


def _choice(each: listing.Listed) -> str:
    behind = f" ({each.source}, {each.day})"[:40] if each.day else ""
    return (each.title or "untitled")[: 100 - len(behind)] + behind


async def setup(bot: DealwireBot) -> None:
    await bot.add_cog(Articles(bot))
