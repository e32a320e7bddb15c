"""How posts, their edits and digests look when they are sent. Reads rows; changes none but by owing an edit."""

from typing import TYPE_CHECKING

import discord
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cards.post import digest_card, post_card
from bot.cards.text import plain
from bot.deliveries import Kind, Outgoing
from bot.posts.arrange import edit_of
from bot.posts.buttons import buttons_of
from bot.store import posts, watches
from bot.store.deliveries import Delivery, Owed, notice_of, owe

if TYPE_CHECKING:
    from bot.client import DealwireBot

STALE = 86_400.0  # seconds after its time from which a post is no news any more: its server, or the bot, was away


class _Watched(Kind):
    """What a watch posts."""

    def __init__(self, bot: "DealwireBot") -> None:
        self.bot = bot

    async def undeliverable(self, connection: AsyncConnection, delivery: Delivery, why: str) -> Owed | None:
        """Whoever set the watch is told, once a day."""
        if delivery.person_id is None:
            return None
        text = f"I could not post new articles in {{channel}}: {why}. Mend that, or remove its watch: /watch remove"
        key = f"unposted:{delivery.channel_id}:{int(self.bot.now() // 86400)}"
        return notice_of(delivery, key, text, self.bot.now(), delivery.person_id)


class PostKind(_Watched):
    """A story's first message."""

    def __init__(self, bot: "DealwireBot") -> None:
        super().__init__(bot)
        self._rendered: dict[int, int] = {}  # which version a delivery showed

    async def render(self, delivery: Delivery, late: float) -> Outgoing | None:
        if late > STALE:
            return None
        async with self.bot.library.database.read() as connection:
            post = await posts.get(connection, delivery.payload["post_id"])
        if post is None or post.content.withdrawn or post.muted:
            return None
        self._rendered[delivery.id] = post.version
        content = post.content
        roles = [discord.Object(content.role_id)] if content.role_id is not None else False
        return Outgoing(
            post_card(content, buttons_of(post)),
            discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False),
            thread=(plain(content.title) or "New article")[:100] if content.forum else None,
            tags=content.tags,
        )

    async def sent(self, connection: AsyncConnection, delivery: Delivery, message_id: int | None) -> None:
        """What changed while it was on its way is an edit; so it may be where nobody knows which version went out."""
        shown = self._rendered.pop(delivery.id, 0)
        post = await posts.get(connection, delivery.payload["post_id"])
        if post is not None and message_id is not None and post.version > max(shown, 1):
            await owe(connection, edit_of(post, post.version, message_id, self.bot.now()))


class EditKind(Kind):
    """The same message, as its story is now."""

    def __init__(self, bot: "DealwireBot") -> None:
        self.bot = bot

    async def render(self, delivery: Delivery, late: float) -> Outgoing | None:
        async with self.bot.library.database.read() as connection:
            post = await posts.get(connection, delivery.payload["post_id"])
        if post is None:
            return None
        return Outgoing(post_card(post.content, buttons_of(post)), edit=delivery.payload["message_id"])


class DigestKind(_Watched):
    """What a watch collected until then."""

    async def render(self, delivery: Delivery, late: float) -> Outgoing | None:
        if late > STALE:
            return None
        watch_id, due = delivery.payload["watch_id"], delivery.payload["due"]
        async with self.bot.library.database.read() as connection:
            collected = await posts.of_digest(connection, watch_id, due)
            watch = await watches.get(connection, watch_id, delivery.server_id or 0)
        contents = [each.content for each in collected if not each.content.withdrawn and not each.muted]
        if not contents or watch is None:
            return None
        title = "New articles" if watch.forum else None
        return Outgoing(digest_card(contents, watch.label), thread=title, tags=watch.tags)
