"""A channel in which an import bot posts: what comes while the bot listens, what came while it did not."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import discord
import pytest
from simcord.builders import ChannelHandle, WebhookHandle

from bot.posts.arrange import arrange
from index.models import Article, Scope
from index.store.articles import list_articles
from index.store.queue import length
from index.work import work
from tests.bot.discord.conftest import Place, make_bot
from tests.bot.discord.test_posts import said, text_of

SALE = (
    "The Orne lighthouse trust has agreed to sell the tower to the pilots' guild, the notary said on Monday. The guild "
    "has put the price in an account, and the trustees met behind closed doors on the matter until late at night. "
    "A keeper who was not asked said that the lamp would stay lit whoever owned the tower and its walled garden."
)
FILE = f"Lighthouse to be sold\nLighthouse to be sold\n\n{SALE}\n\nAda Quill\nMon, 01/05/2026 - 08:00 The Harbour GazetteRead More\n"
CAT = (
    "The bakers of Pell Street have named their new cat after the mayor, who came to see it and was scratched. It was no "
    "political statement, the master baker said, and gave the mayor a bun. The cat sleeps in the flour all day long."
)


@dataclass
class Imports:
    place: Place
    wire: ChannelHandle
    importer: WebhookHandle

    async def stored(self) -> list[Article]:
        """After what is queued was read and those who watch were told."""
        bot = self.place.bot
        with self.place.env.time_context():
            await work(bot.library, until_empty=True)
            await arrange(bot)
        bot.deliverer.wake()
        await self.place.env.settle()
        async with bot.library.database.read() as connection:
            listed = await list_articles(connection, Scope(server_id=self.place.guild.id))
        return [each for each in listed if "discord" in each.origin]

    def posted(self) -> list[str]:
        history = self.place.channel.history(viewer=self.place.bob)
        return [text_of(each) for each in history if each.author.bot and not each.flags.ephemeral]


@pytest.fixture
async def imports(place: Place) -> AsyncIterator[Imports]:
    wire = place.guild.create_text_channel("wire")
    importer = place.guild.create_webhook(wire, "Importer")
    await importer.send(f"Old hat\n\n{CAT}")  # there before: never read
    added = await place.ann.slash(place.channel, "feeds add", importer=wire, post_here=True)
    assert "is read as articles from now on. New ones are posted here." in said(added)
    yield Imports(place, wire, importer)


async def test_files_messages_and_embeds_become_articles_that_post_themselves(imports: Imports) -> None:
    await imports.importer.send("Good morning! I bring you the news.")
    await imports.place.bob.send(imports.wire, f"I read that {SALE}")
    await imports.importer.send(attachments=[("1.txt", FILE.encode()), ("logo.png", b"\x89PNG")])
    embed = discord.Embed(title="Bakers' cat", description=CAT)
    await imports.importer.send(embed=embed)
    found = await imports.stored()
    assert sorted(each.title for each in found) == ["Bakers' cat", "Lighthouse to be sold"]
    assert not any("Read More" in each.text for each in found)
    cards = imports.posted()
    assert len(cards) == 2 and "### Lighthouse to be sold" in cards[0] and "> The Orne lighthouse trust" in cards[0]
    status = said(await imports.place.ann.slash(imports.place.channel, "feeds status"))
    assert "#wire" in status and "2 new in all" in status


async def test_what_came_while_the_bot_was_away_is_read_once_in_order(imports: Imports) -> None:
    bot = imports.place.bot
    await bot.remove_cog("Importer")
    await imports.importer.send(attachments=[("1.txt", FILE.encode())])
    await imports.importer.send(f"Bakers' cat\n\n{CAT}")
    assert await imports.stored() == []
    fresh = make_bot(bot.library, bot.settings.data_dir)
    await imports.place.env.restart_bot(fresh)
    imports.place.bot = fresh
    assert [each.title for each in sorted(await imports.stored(), key=lambda each: each.id)] == [
        "Lighthouse to be sold",
        "Bakers' cat",
    ]
    await imports.importer.send(f"Bakers' cat\n\n{CAT}")  # once more: the same article
    assert len(await imports.stored()) == 2
    assert len(imports.posted()) == 2


async def test_paused_nothing_is_told_and_an_edit_is_an_update(imports: Imports) -> None:
    here, ann = imports.place.channel, imports.place.ann
    assert "is paused" in said(await ann.slash(here, "feeds pause", feed="#wire"))
    importer = imports.place.guild.add_member(imports.place.env.create_user("wire-bot", bot=True))
    message = await importer.send(imports.wire, f"Bakers' cat\n\n{CAT}")
    assert await imports.stored() == []
    assert "goes on" in said(await ann.slash(here, "feeds pause", feed="#wire"))
    assert [each.title for each in await imports.stored()] == ["Bakers' cat"] and imports.posted() == []
    await importer.edit(message, f"Bakers' cat\n\n{CAT.replace('mayor', 'bishop')}")
    [changed] = await imports.stored()
    assert "bishop" in changed.text
    async with imports.place.bot.library.database.read() as connection:
        assert (await length(connection)).waiting == 0
