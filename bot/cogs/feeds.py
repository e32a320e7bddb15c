"""``/feeds``: where this server's articles arrive from by themselves. Translates; ``index.feeds`` does the work."""

from typing import Any, TypeAlias

import discord
from discord import app_commands, ui
from discord.ext import commands
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import failures
from bot.cards.post import post_card
from bot.cards.text import fitting, line, link, stamp
from bot.client import DealwireBot
from bot.clock import moment
from bot.cogs.watch import feed_choices, feed_named
from bot.posts.content import Content
from bot.store import watches
from index.errors import UsageError
from index.feeds.add import Added, add_feed, preview, see
from index.feeds.address import host_of, of_channel
from index.feeds.look import Look
from index.highlights import of_draft
from index.models import Draft
from index.read.fetch import open_session
from index.store import feeds
from index.store.feeds import Feed, Subscription

Interaction: TypeAlias = discord.Interaction[DealwireBot]
Words: TypeAlias = app_commands.Range[str, 1, 1_000]


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
class Feeds(commands.GroupCog, group_name="feeds", group_description="Where articles arrive from by themselves."):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        if not interaction.permissions.manage_guild:
            raise app_commands.MissingPermissions(["manage_guild"])
        return True

    @app_commands.command(name="add", description="Read a feed, or a page that lists articles, from now on.")
    @app_commands.describe(
        address="of an RSS or Atom feed, or of a page with headlines",
        importer="instead: a channel in which an import bot posts articles",
        post_here="post its new articles in this channel",
    )
    @failures.told
    async def add(
        self,
        interaction: Interaction,
        address: Words | None = None,
        importer: discord.TextChannel | None = None,
        post_here: bool = False,
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        _one_of(address, importer)
        if importer is not None:
            await self._add_channel(interaction, importer, post_here)
            return
        private = self.bot.settings.allow_private_addresses
        async with open_session(allow_private=private) as session:
            found, seen = await see(str(address), session, allow_private=private)
            drafts = await preview(seen, session, allow_private=private)
            added = await add_feed(
                self.bot.library,
                found,
                seen,
                session,
                now=self.bot.now(),
                shortest=float(self.bot.settings.feed_interval),
                server_id=interaction.guild_id,
                channel_id=interaction.channel_id,
                person_id=interaction.user.id,
                allow_private=private,
            )
        watched = post_here and await self._watch(interaction, added.feed)
        await interaction.followup.send(_told(added, seen, watched), ephemeral=True)
        for draft in drafts[:1]:
            await interaction.followup.send(view=_preview(draft), ephemeral=True)

    async def _watch(self, interaction: Interaction, feed: Feed) -> bool:
        async with self.bot.library.database.write() as connection:
            await self._watch_here(connection, interaction, feed.id)
        return True

    async def _watch_here(self, connection: AsyncConnection, interaction: Interaction, feed_id: int) -> None:
        assert interaction.guild_id is not None and interaction.channel_id is not None
        there = await watches.of_channel(connection, interaction.channel_id)
        if not any(each.feed_id == feed_id and each.deal_id is None for each in there):
            values = {"feed_id": feed_id, "person_id": interaction.user.id}
            await watches.add(connection, interaction.guild_id, interaction.channel_id, self.bot.now(), **values)

    async def _add_channel(self, interaction: Interaction, importer: discord.TextChannel, post_here: bool) -> None:
        allowed = importer.permissions_for(importer.guild.me)
        if not (allowed.view_channel and allowed.read_message_history):
            raise UsageError(f"I may not read #{importer.name}; give me View Channel and Read Message History there.")
        now, address = self.bot.now(), of_channel(importer.id)
        async with self.bot.library.database.write() as connection:
            feed_id = await feeds.add(connection, address, "channel", "", f"#{importer.name}", now)
            who = {"channel_id": interaction.channel_id, "person_id": interaction.user.id}
            await feeds.subscribe(connection, feed_id, interaction.guild_id, now, **who)
            if importer.last_message_id:
                await feeds.set_cursor(connection, feed_id, str(importer.last_message_id), now)
            listed = await feeds.subscriptions_of(connection, feed_id)  # what is there already is not read
            await feeds.prime(connection, [each.id for each in listed if not each.paused])
            if post_here:
                await self._watch_here(connection, interaction, feed_id)
        said = f"What an import bot posts in {importer.mention} is read as articles from now on."
        said += " New ones are posted here." if post_here else " To post its new ones in a channel: /watch add"
        await interaction.followup.send(said, ephemeral=True)

    @app_commands.command(name="list", description="The feeds whose articles can be asked about here.")
    @failures.told
    async def list_(self, interaction: Interaction) -> None:
        async with self.bot.library.database.read() as connection:
            listed = await feeds.list_feeds(connection, interaction.guild_id)
        lines = [f"- {_name(feed)}{_whose(subscription)}" for feed, subscription in listed]
        said = fitting(lines) or "There are no feeds yet; begin with: /feeds add"
        await interaction.response.send_message(said, ephemeral=True)

    @app_commands.command(name="status", description="How the feeds are: last look, what was new, what is amiss.")
    @failures.told
    async def status(self, interaction: Interaction) -> None:
        async with self.bot.library.database.read() as connection:
            listed = await feeds.list_feeds(connection, interaction.guild_id)
        lines = [_status(feed, subscription) for feed, subscription in listed]
        said = fitting(lines) or "There are no feeds yet; begin with: /feeds add"
        await interaction.response.send_message(said, ephemeral=True)

    @app_commands.command(name="remove", description="Read a feed no longer; its articles stay.")
    @app_commands.describe(feed="which one")
    @failures.told
    async def remove(self, interaction: Interaction, feed: Words) -> None:
        feed_id, name = await self._own(interaction, feed)
        async with self.bot.library.database.write() as connection:
            await feeds.unsubscribe(connection, feed_id, interaction.guild_id)
        await interaction.response.send_message(f"{name} is read no longer; its articles stay.", ephemeral=True)

    @app_commands.command(name="pause", description="Pause a feed, or go on with it.")
    @app_commands.describe(feed="which one")
    @failures.told
    async def pause(self, interaction: Interaction, feed: Words) -> None:
        feed_id, name = await self._own(interaction, feed)
        async with self.bot.library.database.write() as connection:
            listed = await feeds.subscriptions_of(connection, feed_id)
            paused = next((each.paused for each in listed if each.server_id == interaction.guild_id), False)
            await feeds.pause(connection, feed_id, interaction.guild_id, not paused)
        if paused:
            self.bot.dispatch("feed_resumed")
        said = f"{name} goes on; what came meanwhile is read, and not posted." if paused else f"{name} is paused."
        await interaction.response.send_message(said, ephemeral=True)

    @app_commands.command(name="test", description="Look at an address now: what is in it, and what would be posted.")
    @app_commands.describe(address="of a feed or page, whether it was added or not")
    @failures.told
    async def test(self, interaction: Interaction, address: Words) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        private = self.bot.settings.allow_private_addresses
        async with open_session(allow_private=private) as session:
            found, seen = await see(address, session, allow_private=private)
            drafts = await preview(seen, session, allow_private=private)
        what = "A feed" if seen.kind == "feed" else "A page"
        said = f"{what}: {line(seen.title or host_of(found), 200)}, {len(seen.entries)} articles. The newest would look so:"
        await interaction.followup.send(said, ephemeral=True)
        for draft in drafts:
            await interaction.followup.send(view=_preview(draft), ephemeral=True)

    async def _own(self, interaction: Interaction, words: str) -> tuple[int, str]:
        async with self.bot.library.database.read() as connection:
            feed_id = await feed_named(connection, words, interaction.guild_id)
            listed = await feeds.list_feeds(connection, interaction.guild_id)
        own = [f for f, s in listed if f.id == feed_id and s.server_id == interaction.guild_id]
        if not own:
            raise UsageError(
                "That feed is shared by whoever runs me; only they can change it. A watch of yours: /watch remove"
            )
        return feed_id, _name(own[0])

    @remove.autocomplete("feed")
    @pause.autocomplete("feed")
    async def which(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await feed_choices(self.bot, interaction.guild_id, typed)


def _one_of(address: str | None, importer: discord.TextChannel | None) -> None:
    if (address is None) == (importer is None):
        raise UsageError("Give either the address of a feed or page, or the channel of an import bot.")


def _told(added: Added, seen: Look, watched: bool) -> str:
    name = line(added.feed.title or added.feed.address, 200)
    if added.shared:
        said = f"{name} is shared by whoever runs me: its articles are here already."
    elif not added.is_new:
        said = f"{name} is a feed of this server already."
    else:
        said = f"{name} is read from now on. The {len(seen.entries)} articles in it can be asked about in a moment; they are not posted."
    return f"{said} New ones are posted here." if watched else f"{said} To post its new ones in a channel: /watch add"


def _preview(draft: Draft) -> ui.LayoutView:
    content = Content(
        article_id=0,
        title=draft.title,
        source=draft.source,
        published=draft.published,
        url=draft.url,
        quotes=tuple(each.quote for each in of_draft(draft)),
    )
    return post_card(content)


def _name(feed: Feed) -> str:
    where = link(feed.address) if "://" in feed.address else ""
    return " ".join(part for part in (f"**{line(feed.title or feed.address, 100)}**", where) if part)


def _whose(subscription: Subscription) -> str:
    told = ["shared"] if subscription.server_id is None else []
    told += ["paused"] if subscription.paused else []
    return f" ({', '.join(told)})" if told else ""


def _status(feed: Feed, subscription: Subscription) -> str:
    looked = f"looked at {stamp(moment(feed.polled_at), 'R')}" if feed.polled_at else "not looked at yet"
    newest = f"last new {stamp(moment(feed.new_at), 'R')}" if feed.new_at and feed.items else "nothing new yet"
    told = f"- {_name(feed)}{_whose(subscription)}: {looked}, {newest}, {feed.items} new in all"
    return f"{told}\n  -# {line(feed.error, 200)}" if feed.error else told


async def setup(bot: DealwireBot) -> None:
    await bot.add_cog(Feeds(bot))
