"""Questions in messages: mentions, replies, direct messages, open channels, the message menu, and no permission."""

import discord
import pytest
from simcord.builders import ChannelHandle

from bot import desk
from bot.cogs.listen import HINT, MAY_NOT_WRITE
from bot.store import servers
from index.deals import add_deal
from index.library import Library
from tests.bot.discord.articles import add
from tests.bot.discord.conftest import Place, card_of, last_card, make_bot, shown

RULING = "when's the markets council ruling on the ferries due?"


def bots(channel: ChannelHandle) -> list[discord.Message]:
    return [each for each in channel.history() if each.author.bot]


async def opened(place: Place, **values: object) -> None:
    async with place.bot.library.database.write() as connection:
        await servers.set_channel(connection, place.channel.id, place.guild.id, open=True, **values)


async def test_a_mention_is_answered_as_a_reply(place: Place) -> None:
    assert place.bot.user
    asked = await place.bob.send(place.channel, f"<@{place.bot.user.id}> {RULING}")
    message = place.channel.last_message
    assert message and message.reference and message.reference.message_id == asked.id
    assert "**27 November**" in last_card(place.channel)
    await place.bob.send(place.channel, f"<@{place.bot.user.id}>")
    assert last_card(place.channel) == HINT
    await place.bob.send(place.channel, f"thanks <@{place.bot.user.id}>!")
    assert last_card(place.channel) == HINT


async def test_a_bare_mention_in_reply_to_somebody_asks_what_they_asked(place: Place) -> None:
    assert place.bot.user
    message = await place.ann.send(place.channel, RULING)
    assert not bots(place.channel)
    await place.bob.send(place.channel, f"<@{place.bot.user.id}>", reply_to=message)
    assert "**27 November**" in last_card(place.channel)


async def test_what_is_not_said_to_the_bot_is_left_alone(place: Place) -> None:
    for words in (RULING, "the ruling is due soon", "who wants tea?"):
        await place.bob.send(place.channel, words)
    assert not bots(place.channel)


@pytest.mark.parametrize("restart", [False, True])
async def test_follow_ups_lean_on_the_answer_they_reply_to(place: Place, bot_library: Library, restart: bool) -> None:
    jobs = await place.bob.slash(place.channel, "ask", question="will the merger cost any crew jobs?")
    ruling = await place.bob.slash(place.channel, "ask", question=RULING)
    if restart:
        place.bot = make_bot(bot_library, place.bot.settings.data_dir)
        await place.env.restart_bot(place.bot)

    async def follow(words: str, answer: object = ruling) -> str:
        await place.ann.send(place.channel, words, reply_to=shown(answer).message)  # type: ignore[arg-type]
        return last_card(place.channel)

    assert "### Carraway" in await follow("says who?", jobs)
    assert "### Fourwinds News, “Ferry ruling slips again”, 23 September 2026" in await follow("who told you?")
    assert "<t:1795775400:D>" in await follow("when was that?")
    assert "### 23 September 2026" in (reported := await follow("and when did they report that?")) or "<t:" in reported
    assert "why the markets council ruling on the ferries due" in await follow("but why?")
    assert "sure that the first sentence answers it" in await follow("are you sure?")
    before = len(bots(place.channel))
    await place.ann.send(place.channel, "thanks!", reply_to=shown(ruling).message)
    assert len(bots(place.channel)) == before


async def test_a_follow_up_to_a_follow_up_keeps_the_topic(place: Place) -> None:
    asked = await place.bob.slash(place.channel, "ask", question="is the herring treaty still in force?")
    await place.bob.send(place.channel, "since when?", reply_to=shown(asked).message)
    first = place.channel.last_message
    assert first and "since when is the herring treaty still in force" in last_card(place.channel)
    await place.bob.send(place.channel, "and why?", reply_to=first)
    assert "why is the herring treaty still in force" in last_card(place.channel)


async def test_direct_messages_see_the_shared_articles_only(place: Place, bot_library: Library) -> None:
    await own_article(bot_library, place.guild.id)
    assert "**7 March 2031**" in card_of(
        await place.bob.slash(place.channel, "ask", question="when does the Zorvane permit end?")
    )
    user = place.bob.user
    await user.send_dm("when does the Zorvane permit end?")
    assert "2031" not in last_card(user.dm_channel)
    await user.send_dm(RULING)
    assert "**27 November**" in last_card(user.dm_channel)
    message = user.dm_channel.last_message
    assert message is not None
    pressed = await user.click(message, label="Helpful")
    assert "Thank you" in card_of(pressed)


async def own_article(library: Library, server_id: int) -> None:
    await add(library, "The Zorvane permit ends on 7 March 2031, the harbour office said.", server_id=server_id)


async def test_an_open_channel_answers_questions_and_leaves_people_talking(place: Place) -> None:
    await opened(place)
    for words in (
        "who wants tea?",
        "how are you?",
        "I think it slips",
        "what a day",
        "lunch anyone?",
        "can you send it?",
    ):
        await place.bob.send(place.channel, words)
    await place.bob.send(place.channel, f"<@{place.ann.id}> when is the ruling due?")
    assert not bots(place.channel)
    await place.bob.send(place.channel, "hey all, does anyone know when the ruling on the ferries is due?")
    assert "**27 November**" in last_card(place.channel)
    await place.bob.send(place.channel, "is the herring treaty still in force")
    assert "suspended the Ruan Bank herring treaty" in last_card(place.channel)
    await place.bob.send(place.channel, "what does a tonne of neodymium cost now?")
    assert "articles don't say" in last_card(place.channel)
    answered = len(bots(place.channel))
    await place.bob.send(place.channel, "fish and chips for tea?")  # a few words: only if the articles tell
    assert len(bots(place.channel)) == answered


@pytest.mark.parametrize("forum", [False, True])
async def test_a_thread_is_as_open_as_its_channel_and_about_the_same_deal(place: Place, forum: bool) -> None:
    parent = place.guild.create_forum_channel("questions") if forum else place.channel
    deal = await add_deal(place.bot.library, "Permits", "the Zorvane permit", server_id=place.guild.id)
    async with place.bot.library.database.write() as connection:
        await servers.set_channel(connection, parent.id, place.guild.id, open=True, deal_id=deal.id)
    thread = ChannelHandle(place.env, place.guild, place.env.backend.create_thread(parent.id, "ruling", place.bob.id))
    await place.bob.send(thread, RULING)  # the ferries are no part of the deal
    assert "articles don't say" in last_card(thread) and "Permits" in last_card(thread)
    assert "Permits" in card_of(await place.bob.slash(thread, "ask", question=RULING))
    async with place.bot.library.database.write() as connection:  # a deal of its own does not close it
        await servers.set_channel(connection, thread.id, place.guild.id, deal_id=None)
    before = len(bots(thread))
    await place.bob.send(thread, RULING)
    assert len(bots(thread)) == before + 1


async def test_who_chats_is_told_of_no_limit(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "PER_PERSON", (1, 30.0))
    await opened(place)
    await place.bob.send(place.channel, "fish and chips for tea?")
    await place.bob.send(place.channel, "or pie, on friday?")
    assert not bots(place.channel)
    await place.bob.send(place.channel, RULING)  # this is a question
    assert "many questions" in bots(place.channel)[-1].content


async def test_the_menu_of_a_message(place: Place) -> None:
    message = await place.ann.send(place.channel, f"Big news today. {RULING}")
    result = await place.bob.context_menu(place.channel, "Ask about this", message)
    assert shown(result).ephemeral and "**27 November**" in card_of(result)
    empty = await place.ann.send(place.channel, "🐟")
    assert "no words" in card_of(await place.bob.context_menu(place.channel, "Ask about this", empty))


async def test_where_it_may_not_write_it_says_so_privately(place: Place) -> None:
    assert place.bot.user
    quiet = place.guild.create_text_channel(
        "quiet", overwrites={place.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    )
    mute = place.guild.create_role("writers", permissions=discord.Permissions(administrator=True))
    boss = place.guild.add_member(place.env.create_user("boss"), roles=[mute])
    await boss.send(quiet, f"<@{place.bot.user.id}> {RULING}")
    assert not bots(quiet)
    assert last_card(boss.user.dm_channel) == MAY_NOT_WRITE


async def test_a_message_that_was_deleted_meanwhile_is_answered_all_the_same(place: Place) -> None:
    assert place.bot.user
    place.env.inject_error("POST", "/channels/*/typing", status=500)
    await place.bob.send(place.channel, f"<@{place.bot.user.id}> {RULING}")
    assert "**27 November**" in last_card(place.channel)
