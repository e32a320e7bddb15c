"""``/deal``: the deals that this server follows. Translates; ``index.deals`` keeps and ``index.membership`` judges."""

from typing import TypeAlias

import discord
from discord import app_commands, ui
from discord.ext import commands
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import failures
from bot.asking import deal_named, deals_seen
from bot.buttons.deals import DealButton, button
from bot.cards.articles import card
from bot.cards.deals import NOTHING_FREE, deal_text, deals_text, suggestion_text
from bot.cards.text import line
from bot.choosing import deal_choices
from bot.client import DealwireBot
from bot.rights import as_manager, on_server
from bot.store import servers
from index.deals import add_deal, edit_deal, move_article
from index.errors import StoreError, UsageError
from index.models import Scope
from index.store import listing
from index.store.deals import Deal, members
from index.suggest import Suggestion, suggest_deals

Interaction: TypeAlias = discord.Interaction[DealwireBot]
Name: TypeAlias = app_commands.Range[str, 1, 100]
About: TypeAlias = app_commands.Range[str, 1, 1_000]
Words: TypeAlias = app_commands.Range[str, 1, 300]
Where: TypeAlias = discord.TextChannel | discord.Thread | discord.ForumChannel

NONE = "none"
ABOUT = "what it is about, in a sentence; name the parties"
MUST = "words or phrases, by commas, that an article must have"
MUST_NOT = "words or phrases, by commas, that keep an article out"
NOT_OWN = "“{name}” is shared with every server by whoever runs me; this server can follow its own: /deal add"
NOWHERE = "Say where: name the deal that it belongs to, the one that it does not belong to, or both."
NO_ARTICLE = "There is no such article here; choose one of those that show as you type."
CHANNEL_GONE = "Choose a channel of this server."


class Deals(commands.GroupCog, group_name="deal", group_description="The deals that this server follows."):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot
        super().__init__()

    async def cog_load(self) -> None:
        self.bot.add_dynamic_items(DealButton)

    async def cog_unload(self) -> None:
        self.bot.remove_dynamic_items(DealButton)

    @app_commands.command(description="Follow a deal: articles that are about it join it by themselves.")
    @app_commands.describe(
        name="a short name", about=ABOUT, must=MUST, must_not=MUST_NOT, here="this channel's questions are about it"
    )
    @app_commands.guild_only()
    @failures.told
    async def add(
        self,
        interaction: Interaction,
        name: Name,
        about: About,
        must: Words | None = None,
        must_not: Words | None = None,
        here: bool = False,
    ) -> None:
        server_id = as_manager(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        deal = await add_deal(
            self.bot.library, name, about, must=must or "", must_not=must_not or "", server_id=server_id
        )
        if here:
            await self._bind(server_id, interaction.channel_id or 0, deal.id)
        await self._show(interaction, deal, "Following it from now on.")

    @app_commands.command(name="list", description="The deals that are followed here, and in which channels.")
    @app_commands.guild_only()
    @failures.told
    async def list_(self, interaction: Interaction) -> None:
        server_id = on_server(interaction)
        async with self.bot.library.database.read() as connection:
            seen = await deals_seen(connection, server_id)
            bound: dict[int, list[int]] = {}
            for each in await servers.list_channels(connection, server_id):
                if each.deal_id is not None:
                    bound.setdefault(each.deal_id, []).append(each.id)
        await interaction.response.send_message(view=card(deals_text(seen, bound)), ephemeral=True)

    @app_commands.command(description="Change a deal; articles join and leave by what it is now.")
    @app_commands.describe(
        deal="which one",
        name="its new name",
        about=ABOUT,
        must=f"{MUST}, or: {NONE}",
        must_not=f"{MUST_NOT}, or: {NONE}",
    )
    @app_commands.guild_only()
    @failures.told
    async def edit(
        self,
        interaction: Interaction,
        deal: Name,
        name: Name | None = None,
        about: About | None = None,
        must: Words | None = None,
        must_not: Words | None = None,
    ) -> None:
        server_id = as_manager(interaction)
        if (name, about, must, must_not) == (None,) * 4:
            raise UsageError("Nothing was given to change; choose at least one of name, about, must and must_not.")
        await interaction.response.defer(ephemeral=True, thinking=True)
        old = await self._own(deal, server_id)
        changed = await edit_deal(
            self.bot.library,
            old.name,
            new_name=name,
            about=about,
            must=_emptied(must),
            must_not=_emptied(must_not),
            server_id=server_id,
        )
        await self._show(interaction, changed, "Changed.")

    @app_commands.command(description="Stop following a deal; its articles stay. Asks first.")
    @app_commands.describe(deal="which one")
    @app_commands.guild_only()
    @failures.told
    async def remove(self, interaction: Interaction, deal: Name) -> None:
        found = await self._own(deal, as_manager(interaction))
        said = (
            f"Stop following “{line(found.name, 100)}”? Its articles stay; channels, watches and corrections of it go."
        )
        yes = button("remove", found.id, "Stop following", discord.ButtonStyle.danger)
        await interaction.response.send_message(view=card(said, yes, button("keep", 0, "Keep it")), ephemeral=True)

    @app_commands.command(description="Say which deal an article belongs to, or does not; that is remembered.")
    @app_commands.describe(
        article="words of its title", into="the deal that it belongs to", out_of="the deal that it does not belong to"
    )
    @app_commands.guild_only()
    @failures.told
    async def move(
        self, interaction: Interaction, article: Words, into: Name | None = None, out_of: Name | None = None
    ) -> None:
        server_id = as_manager(interaction)
        if not into and not out_of:
            raise UsageError(NOWHERE)
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await self._article(article, server_id)
        moves = [(await self._own(name, server_id), inside) for name, inside in ((into, True), (out_of, False)) if name]
        said = []
        for deal, inside in moves:
            held = await move_article(self.bot.library, deal.name, found.id, into=inside, server_id=server_id)
            said.append(f"{'in' if inside else 'out of'} **{line(held.name, 100)}** (now {held.articles} articles)")
        title = line(found.title, 150) or "untitled"
        await interaction.followup.send(
            view=card(f"“{title}” is {' and '.join(said)}, whatever it is like. I keep that.")
        )

    @app_commands.command(description="A channel's questions are about a deal, and need not name it.")
    @app_commands.describe(deal=f"which one, or: {NONE}", channel="which; left out, this one")
    @app_commands.guild_only()
    @failures.told
    async def channel(self, interaction: Interaction, deal: Name, channel: Where | None = None) -> None:
        server_id = as_manager(interaction)
        channel_id = channel.id if channel else interaction.channel_id or 0
        if channel is not None and channel.guild.id != server_id:
            raise UsageError(CHANNEL_GONE)
        found = None
        if deal.strip().casefold() != NONE:
            async with self.bot.library.database.read() as connection:
                found = await deal_named(connection, deal, server_id)
        await self._bind(server_id, channel_id, found.id if found else None)
        said = f"<#{channel_id}> is about **{line(found.name, 100)}** from now on." if found else (
            f"<#{channel_id}> is about no deal any more."
        )  # fmt: skip
        await interaction.response.send_message(view=card(said), ephemeral=True)

    @app_commands.command(description="Articles that belong together and to no deal yet.")
    @app_commands.guild_only()
    @failures.told
    async def suggest(self, interaction: Interaction) -> None:
        server_id = as_manager(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await suggest_deals(self.bot.library, server_id)
        await interaction.followup.send(view=_suggestions(found) if found else card(NOTHING_FREE))

    async def _bind(self, server_id: int, channel_id: int, deal_id: int | None) -> None:
        async def put(connection: AsyncConnection) -> None:
            await servers.set_channel(connection, channel_id, server_id, deal_id=deal_id)

        await self.bot.library.database.transact(put)

    async def _show(self, interaction: Interaction, deal: Deal, said: str) -> None:
        async with self.bot.library.database.read() as connection:
            held = await members(connection, deal.id, deal.server_id, 10)
        await interaction.followup.send(view=card(deal_text(deal, held, said)))

    async def _own(self, name: str, server_id: int) -> Deal:
        """Raises UsageError, also for one that only the operator may change."""
        async with self.bot.library.database.read() as connection:
            found = await deal_named(connection, name, server_id)
        if found.server_id is None:
            raise UsageError(NOT_OWN.format(name=found.name))
        return found

    async def _article(self, words: str, server_id: int) -> listing.Listed:
        scope = Scope(server_id=server_id)
        async with self.bot.library.database.read() as connection:
            if words.strip().isdecimal() and len(words.strip()) <= 18:
                found = [each for each in [await listing.one(connection, scope, int(words))] if each]
            else:
                found = await listing.titled(connection, scope, words, 2)
        if len(found) != 1:
            raise UsageError(NO_ARTICLE)
        return found[0]

    @edit.autocomplete("deal")
    @remove.autocomplete("deal")
    @move.autocomplete("into")
    @move.autocomplete("out_of")
    async def own_deals(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await deal_choices(interaction, typed, own=True)

    @channel.autocomplete("deal")
    async def all_deals(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        none = [app_commands.Choice(name=NONE, value=NONE)] if typed.casefold() in NONE else []
        return [*none, *await deal_choices(interaction, typed)][:25]

    @move.autocomplete("article")
    async def articles(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        try:
            async with self.bot.library.database.read() as connection:
                found = await listing.titled(connection, Scope(server_id=interaction.guild_id), typed[:200], 25)
        except StoreError:
            return []
        return [app_commands.Choice(name=(each.title or "untitled")[:100], value=str(each.id)) for each in found]


def _suggestions(found: list[Suggestion]) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    box: ui.Container[ui.LayoutView] = ui.Container()
    box.add_item(ui.TextDisplay("### Articles that belong together, and to no deal"))
    for number, each in enumerate(found, 1):
        follow = button("follow", each.articles[0].id, "Follow", discord.ButtonStyle.primary)
        box.add_item(ui.Section(ui.TextDisplay(suggestion_text(number, each)), accessory=follow))
    view.add_item(box)
    return view


def _emptied(words: str | None) -> str | None:
    return "" if words is not None and words.strip().casefold() == NONE else words


async def setup(bot: DealwireBot) -> None:
    await bot.add_cog(Deals(bot))
