"""``/watch``: which new articles this channel wants, and how. Translates; ``bot.posts`` decides what is posted."""

from typing import Any, TypeAlias

import discord
from discord import app_commands
from discord.ext import commands

from bot import failures
from bot.asking import deal_named, deals_seen
from bot.cards.text import fitting, line
from bot.client import DealwireBot
from bot.posts.buttons import PostButton
from bot.posts.kinds import DigestKind, EditKind, PostKind
from bot.posts.options import described, given
from bot.rights import pingable
from bot.store import watches
from bot.store.watches import Watch
from index.errors import StoreError, UsageError
from index.store import feeds

Here: TypeAlias = discord.TextChannel | discord.ForumChannel | discord.Thread
Interaction: TypeAlias = discord.Interaction[DealwireBot]
Words: TypeAlias = app_commands.Range[str, 1, 300]

TELLS = {
    "words": "any of these words must occur, separated by commas; a star stands for any ending",
    "without": "none of these words may occur",
    "outlet": "only these outlets",
    "only_news": "only what brings a new date or changes the state",
    "role": "this role is pinged",
    "ping_for": "ping only for these kinds: deadline, moved, stage, contradicts",
    "quiet": "no posts in these hours, as 22:00-07:00",
    "daily_cap": "posts a day; the rest comes in one digest",
    "digest": "everything in one digest a day",
    "digest_at": "when the digest comes, as 18:00",
    "tags": "tags for a forum's posts, separated by commas",
}


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
class WatchGroup(commands.GroupCog, group_name="watch", group_description="New articles that post themselves here."):
    def __init__(self, bot: DealwireBot) -> None:
        self.bot = bot
        bot.add_dynamic_items(PostButton)
        kinds = bot.deliverer.kinds
        kinds["post"], kinds["edit"], kinds["digest"] = PostKind(bot), EditKind(bot), DigestKind(bot)

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        if not interaction.permissions.manage_guild:
            raise app_commands.MissingPermissions(["manage_guild"])
        return True

    @app_commands.command(name="add", description="Post new articles of a feed or a deal here, by themselves.")
    @app_commands.describe(
        channel="where; left out, here", feed="only what this feed brings", deal="only what this deal is about", **TELLS
    )
    @failures.told
    async def add(
        self,
        interaction: Interaction,
        feed: Words | None = None,
        deal: Words | None = None,
        channel: Here | None = None,
        words: Words | None = None,
        without: Words | None = None,
        outlet: Words | None = None,
        only_news: bool | None = None,
        role: discord.Role | None = None,
        ping_for: Words | None = None,
        quiet: Words | None = None,
        daily_cap: app_commands.Range[int, 0, 200] | None = None,
        digest: bool | None = None,
        digest_at: Words | None = None,
        tags: Words | None = None,
    ) -> None:
        options: dict[str, Any] = {
            "words": words, "without": without, "outlet": outlet, "only_news": only_news, "ping_for": ping_for,
            "quiet": quiet, "daily_cap": daily_cap, "digest": digest, "digest_at": digest_at,
            "role_id": pingable(interaction, role),
        }  # fmt: skip
        values = given(options)
        assert interaction.guild is not None
        place = channel or interaction.channel
        if not isinstance(place, Here):
            raise UsageError("New articles are posted in text channels, threads and forums; name one of them.")
        _may_post(place, interaction.guild)
        values |= {"forum": isinstance(place, discord.ForumChannel), "tags": _tags(place, tags)}
        async with self.bot.library.database.write() as connection:
            server_id = interaction.guild.id
            if len(await watches.of_server(connection, server_id)) >= watches.MOST:
                raise UsageError(
                    f"This server has {watches.MOST} watches, which is the most; remove one: /watch remove"
                )
            if deal:
                values["deal_id"] = (await deal_named(connection, deal, server_id)).id
            if feed:
                values["feed_id"] = await feed_named(connection, feed, server_id)
            values["person_id"] = interaction.user.id
            watch_id = await watches.add(connection, server_id, place.id, self.bot.now(), **values)
            watch = await watches.get(connection, watch_id, server_id)
        assert watch is not None
        said = f"New articles of {line(watch.label, 200)} are posted in <#{place.id}> from now on ({described(watch)})."
        await interaction.response.send_message(said, ephemeral=True)

    @app_commands.command(name="list", description="What this server's channels watch for.")
    @failures.told
    async def list_(self, interaction: Interaction) -> None:
        async with self.bot.library.database.read() as connection:
            listed = await watches.of_server(connection, interaction.guild_id or 0)
        lines = [
            f"**{each.id}** <#{each.channel_id}>: {line(each.label, 120)}; {line(described(each), 200)}"
            for each in listed
        ]
        said = fitting(lines) or "No channel watches for anything yet; begin with: /watch add"
        await interaction.response.send_message(said, ephemeral=True)

    @app_commands.command(name="edit", description="Change what a channel watches for.")
    @app_commands.describe(watch="which one", **{name: tells for name, tells in TELLS.items() if name != "tags"})
    @failures.told
    async def edit(
        self,
        interaction: Interaction,
        watch: int,
        words: Words | None = None,
        without: Words | None = None,
        outlet: Words | None = None,
        only_news: bool | None = None,
        role: discord.Role | None = None,
        ping_for: Words | None = None,
        quiet: Words | None = None,
        daily_cap: app_commands.Range[int, 0, 200] | None = None,
        digest: bool | None = None,
        digest_at: Words | None = None,
    ) -> None:
        options: dict[str, Any] = {
            "words": words, "without": without, "outlet": outlet, "only_news": only_news, "ping_for": ping_for,
            "quiet": quiet, "daily_cap": daily_cap, "digest": digest, "digest_at": digest_at,
            "role_id": pingable(interaction, role),
        }  # fmt: skip
        values = given(options)
        if not values:
            raise UsageError("Nothing was given to change; name at least one option, and “none” to empty it.")
        server_id = interaction.guild_id or 0
        async with self.bot.library.database.write() as connection:
            await watches.change(connection, watch, server_id, **values)
            changed = await watches.get(connection, watch, server_id)
        if changed is None:
            raise UsageError(f"There is no watch {watch} on this server; /watch list shows them.")
        await interaction.response.send_message(
            f"<#{changed.channel_id}> watches {line(changed.label, 200)} ({line(described(changed), 300)}).",
            ephemeral=True,
        )

    @app_commands.command(name="remove", description="Post these articles here no longer.")
    @app_commands.describe(watch="which one")
    @failures.told
    async def remove(self, interaction: Interaction, watch: int) -> None:
        async with self.bot.library.database.write() as connection:
            gone = await watches.remove(connection, watch, interaction.guild_id or 0)
        if not gone:
            raise UsageError(f"There is no watch {watch} on this server; /watch list shows them.")
        await interaction.response.send_message("Removed; what was posted stays.", ephemeral=True)

    @edit.autocomplete("watch")
    @remove.autocomplete("watch")
    async def which(self, interaction: Interaction, typed: int | str) -> list[app_commands.Choice[int]]:
        try:
            async with self.bot.library.database.read() as connection:
                listed = await watches.of_server(connection, interaction.guild_id or 0)
        except StoreError:
            return []
        found = [(self._label(each), each.id) for each in listed]
        return [app_commands.Choice(name=n, value=v) for n, v in found if str(typed).casefold() in n.casefold()][:25]

    def _label(self, watch: Watch) -> str:
        channel = self.bot.get_channel(watch.channel_id)
        return f"{watch.id}: #{getattr(channel, 'name', watch.channel_id)}, {watch.label}"[:100]

    @add.autocomplete("deal")
    async def deals(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        try:
            async with self.bot.library.database.read() as connection:
                names = [each.name for each in await deals_seen(connection, interaction.guild_id)]
        except StoreError:
            return []
        return [
            app_commands.Choice(name=n, value=n) for n in names if typed.casefold() in n.casefold() and len(n) <= 100
        ][:25]

    @add.autocomplete("feed")
    async def feeds(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await feed_choices(self.bot, interaction.guild_id, typed)

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        async with self.bot.library.database.write() as connection:
            await watches.remove_of_channel(connection, channel.id)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        async with self.bot.library.database.write() as connection:
            await watches.remove_of_channel(connection, thread.thread_id)


async def feed_named(connection: Any, words: str, server_id: int | None) -> int:
    """Of the server's and the shared ones, by address or title. Raises UsageError, naming what there is."""
    listed = [feed for feed, _ in await feeds.list_feeds(connection, server_id)]
    wanted = words.strip().casefold()
    for feed in listed:
        if wanted in {feed.address.casefold(), feed.title.casefold(), str(feed.id)}:
            return feed.id
    known = ", ".join((each.title or each.address)[:60] for each in listed[:15])
    raise UsageError(f"There is no feed “{words[:100]}” here; there are: {known or 'none yet (/feeds add)'}.")


async def feed_choices(bot: DealwireBot, server_id: int | None, typed: str) -> list[app_commands.Choice[str]]:
    try:
        async with bot.library.database.read() as connection:
            listed = [feed for feed, _ in await feeds.list_feeds(connection, server_id)]
    except StoreError:
        return []
    found = [
        (f"{each.title} ({each.address})"[:100] if each.title else each.address[:100], str(each.id)) for each in listed
    ]
    return [app_commands.Choice(name=n, value=v) for n, v in found if typed.casefold() in n.casefold()][:25]


def _tags(place: Here, words: str | None) -> tuple[int, ...]:
    """Raises UsageError, naming the forum's tags; also where it needs one and none was given."""
    if not isinstance(place, discord.ForumChannel):
        if words:
            raise UsageError("Only forums have tags; leave them out here.")
        return ()
    known = {each.name.casefold(): each.id for each in place.available_tags}
    wanted = [each.strip() for each in (words or "").split(",") if each.strip()]
    names = ", ".join(each.name for each in place.available_tags) or "none"
    if wrong := [each for each in wanted if each.casefold() not in known]:
        raise UsageError(f"That forum has no tag “{wrong[0][:50]}”; there are: {names}.")
    if place.flags.require_tag and not wanted:
        raise UsageError(f"That forum wants a tag for each post; give one of: {names}.")
    return tuple(known[each.casefold()] for each in wanted[:5])


def _may_post(place: Here, guild: discord.Guild) -> None:
    allowed = place.permissions_for(guild.me)
    writes = allowed.send_messages_in_threads if isinstance(place, discord.Thread) else allowed.send_messages
    if not (allowed.view_channel and writes):
        raise UsageError(
            f"I may not write in #{place.name}; give me the permissions View Channel and Send Messages there."
        )


async def setup(bot: DealwireBot) -> None:
    await bot.add_cog(WatchGroup(bot))
