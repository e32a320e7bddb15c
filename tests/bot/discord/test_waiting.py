"""Questions that wait: kept, answered once when an article does, listed and dropped; and corrections as articles change."""

from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from bot import waiting
from bot.aftermath import THOROUGH, Aftermath
from bot.cogs.questions import NONE_WAITS, NOT_THERE
from bot.store import answers
from index.deals import add_deal
from index.ingest import remove_article
from index.library import Library
from tests.bot.discord.articles import add
from tests.bot.discord.conftest import Place, card_of, furnished, labels, last_card, make_bot, shown

QUESTION = "when does the Zorvane permit end?"
TOLD = "The Zorvane permit ends on 7 March 2031, the harbour office said."
WAITS = "I tell you once an article does"


@pytest.fixture(autouse=True)
async def permits(place: Place) -> None:
    """A deal that no article tells of yet: nothing can answer a question on it."""
    await add_deal(place.bot.library, "Permits", "the Zorvane permit", must="Zorvane", server_id=place.guild.id)


async def ask(place: Place, question: str = QUESTION, deal: str | None = "Permits", **options: Any) -> Any:
    options |= {"deal": deal} if deal else {}
    return await place.bob.slash(place.channel, "ask", question=question, notify=True, **options)


def dm_of(place: Place, person: MemberActor) -> ChannelHandle:
    backend = place.env.backend
    return ChannelHandle(place.env, None, backend.get_channel(backend.dm_channels[person.id]))


async def look(place: Place, aftermath: Aftermath | None = None) -> None:
    """As the background does when something was stored; then all that is owed goes out."""
    with place.env.time_context():
        await (aftermath or Aftermath(place.bot)).look()
    place.bot.deliverer.wake()
    await place.env.settle()


def sent(place: Place) -> list[Any]:
    return [each for each in place.channel.history(viewer=place.bob) if each.author.bot]


async def test_why_this_of_a_question_that_waits(place: Place) -> None:
    asked = await place.bob.slash(place.channel, "ask", question="what did the lighthouse keeper pay?", notify=True)
    assert WAITS in card_of(asked) and "Why this?" in labels(shown(asked))
    assert "The sentences that were weighed" in card_of(await place.bob.click(shown(asked), label="Why this?"))


async def test_a_question_waits_and_is_answered_once(place: Place, bot_library: Library) -> None:
    asked = await ask(place)
    assert "### The articles don't say" in card_of(asked) and WAITS in card_of(asked)
    await ask(place, QUESTION.upper())  # the same again waits once
    listed = card_of(await place.bob.slash(place.channel, "questions list"))
    assert listed.count("`") == 2 and QUESTION in listed
    assert card_of(await place.ann.slash(place.channel, "questions list")).startswith("None of your questions")

    await look(place)
    await add(
        bot_library, "Zorvane is a yard that few have seen, its owner wrote.", origin="/made/mill.md", title="Zorvane"
    )
    before = len(sent(place))
    await look(place)
    assert len(sent(place)) == before  # an article that says nothing on it

    await add(bot_library, TOLD, server_id=4711, origin="/made/theirs.md")
    await look(place)
    assert len(sent(place)) == before  # another server's
    await add(bot_library, TOLD)
    place.bot = make_bot(bot_library, place.bot.settings.data_dir)
    await place.env.restart_bot(place.bot)
    await look(place)
    await look(place)
    assert len(sent(place)) == before + 1
    card = last_card(place.channel)
    assert f"<@{place.bob.id}>, you asked this <t:" in card and "Zorvane permit ends" in card
    message = place.channel.last_message
    assert message is not None and [each.id for each in message.mentions] == [place.bob.id]
    assert "### From the harbour" in card_of(await place.bob.click(message, label="Context"))
    assert card_of(await place.bob.slash(place.channel, "questions list")).replace("\\", "") == NONE_WAITS.replace(
        "\\", ""
    )

    async with bot_library.database.read() as connection:
        kept = await answers.of_message(connection, message.id, place.guild.id)
    assert kept is not None
    await remove_article(bot_library, int(kept.answer.citations[0].article_id))
    await look(place)
    assert "was withdrawn after I answered" in last_card(place.channel)


async def test_who_asked_privately_is_told_directly_and_who_cannot_be_in_the_channel_too(
    place: Place, bot_library: Library
) -> None:
    assert WAITS in card_of(await ask(place, private=True))
    gone = place.guild.create_text_channel("short-lived")
    await place.ann.slash(gone, "ask", question=QUESTION, notify=True, deal="Permits")
    place.env.backend.delete_channel(gone.id)
    await add(bot_library, TOLD)
    await look(place)
    await place.env.settle()
    for person in (place.bob, place.ann):
        told = last_card(dm_of(place, person))
        assert f"<@{person.id}>, you asked this" in told and "Zorvane permit ends" in told
        assert dm_of(place, person).last_message.components[-1].type is not discord.ComponentType.action_row


async def test_what_is_answered_or_asked_of_an_earlier_day_does_not_wait(place: Place, bot_library: Library) -> None:
    answered = await ask(place, "when is the licence deadline?", deal=None)
    assert WAITS not in card_of(answered)
    refused = await ask(place, as_of="2026-01-31")
    assert refused.ephemeral and "ask without as" in card_of(refused)
    assert "None of your questions" in card_of(await place.bob.slash(place.channel, "questions list"))


async def test_questions_are_dropped_by_whose_they_are(
    place: Place, bot_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask(place)
    [choice] = await place.bob.autocomplete(place.channel, "questions drop", "question", "zor")
    assert choice["name"] == QUESTION
    assert await place.ann.autocomplete(place.channel, "questions drop", "question", "") == []
    number = choice["value"]
    assert card_of(await place.ann.slash(place.channel, "questions drop", question=number)) == NOT_THERE
    other = furnished(place.env, place.bot, "Elsewhere")
    assert "about Permits" in card_of(await place.bob.slash(place.channel, "questions list"))
    assert card_of(await other.bob.slash(other.channel, "questions drop", question=number)) == NOT_THERE
    monkeypatch.setattr(waiting, "MOST", 1)
    refused = await ask(place, "who owns the Zorvane yard?")
    assert refused.ephemeral and "which is the most" in card_of(refused)
    dropped = card_of(await place.bob.slash(place.channel, "questions drop", question=number))
    assert dropped == f"Dropped: {QUESTION}"
    await add(bot_library, TOLD)
    before = len(sent(place))
    await look(place)
    assert len(sent(place)) == before


async def test_a_changed_article_corrects_its_answers_by_itself_also_when_discord_was_away(
    place: Place, bot_library: Library
) -> None:
    await add(bot_library, TOLD)
    result = await place.bob.slash(place.channel, "ask", question=QUESTION)
    assert labels(shown(result))
    aftermath = Aftermath(place.bot)
    await look(place, aftermath)
    assert "after I answered" not in card_of(result)
    await add(bot_library, TOLD.replace("7 March", "9 May"))
    await look(place, aftermath)
    assert "was changed after I answered" in card_of(result)
    again = await place.bob.slash(place.channel, "ask", question=QUESTION)
    await add(bot_library, TOLD.replace("7 March", "1 June"))
    place.env.inject_error("PATCH", "/channels/*/messages/*", status=503, times=1)
    await look(place, aftermath)
    assert "after I answered" not in card_of(again)
    await place.env.advance_time(THOROUGH + 1)
    await look(place, aftermath)
    assert "was changed after I answered" in card_of(again)
