"""Two servers and a direct message: nothing of one is seen, moved or removed from the other, by any path.

The secret is an article, a deal and an answer of ``theirs``. Bob is on ``place`` alone; Ann manages both servers, so
that her rights are never what keeps them apart.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from bot.store import answers
from index.deals import add_deal
from index.ingest import ingest
from index.models import Draft, Scope
from index.read import Reading
from index.store.articles import get_article, list_articles
from index.store.deals import list_deals
from tests.bot.discord.conftest import Place, card_of, furnished, labels, shown

QUESTION = "who bought the Brillmoor observatory?"
SECRET = "Quartermain"
TEXT = (
    "The Brillmoor observatory was bought by Quartermain Optics for nine million marks, its director said on Monday. "
    "Quartermain Optics has until 30 April 2026 to pay for the Brillmoor observatory."
)


@dataclass
class Two:
    ours: Place
    theirs: Place
    ann_there: MemberActor
    article_id: int
    answer: Any  # what a person of theirs was shown


@pytest.fixture
async def two(place: Place) -> AsyncIterator[Two]:
    theirs = furnished(place.env, place.bot, "Stargazers")
    library = place.bot.library

    async def readings() -> AsyncIterator[Reading]:
        yield Reading(drafts=(Draft(text=TEXT, title="Brillmoor sold to Quartermain", origin="brillmoor"),))

    await ingest(library, readings(), server_id=theirs.guild.id)
    await add_deal(library, "Quartermain deal", "who buys the Brillmoor observatory", server_id=theirs.guild.id)
    async with library.database.read() as connection:
        [article] = [
            each for each in await list_articles(connection, Scope(server_id=theirs.guild.id)) if SECRET in each.text
        ]
    told = await theirs.bob.slash(theirs.channel, "ask", question=QUESTION)
    assert SECRET in card_of(told), "their own server sees it"
    yield Two(place, theirs, theirs.ann, article.id, told)


def said(result: Any) -> str:
    """Everything that the bot answered with."""
    texts = []
    for message in [result.response, *result.followups]:
        if message is not None:
            texts.append(card_of(SimpleNamespace(response=message, followups=[])))  # type: ignore[arg-type]
    return "\n".join(texts)


async def test_questions_in_every_form(two: Two) -> None:
    ours = two.ours
    for deal in (None, "Quartermain deal"):
        options = {"question": QUESTION} | ({"deal": deal} if deal else {})
        heard = said(await ours.bob.slash(ours.channel, "ask", **options)).replace(f"“{deal}”", "")
        assert SECRET not in heard
    bot_user = ours.bot.user
    assert bot_user is not None
    await ours.bob.send(ours.channel, f"{bot_user.mention} {QUESTION}")
    message = await ours.bob.send(ours.channel, QUESTION)
    assert SECRET not in said(await ours.bob.context_menu(ours.channel, "Ask about this", message))
    answered = await ours.bob.slash(ours.channel, "ask", question="is the herring treaty in force?")
    await ours.bob.send(ours.channel, "and who bought the Brillmoor observatory?", reply_to=shown(answered).message)
    await ours.bob.user.send_dm(QUESTION)
    for channel in (ours.channel, dm_of(ours)):
        for each in channel.history():
            text = "".join(str(part.to_dict()) for part in each.components) + each.content
            assert SECRET not in text.replace("deal named “Quartermain deal”", "")  # as it was asked for


def dm_of(place: Place) -> ChannelHandle:
    backend = place.env.backend
    return ChannelHandle(place.env, None, backend.get_channel(backend.dm_channels[place.bob.id]))


async def test_what_completes_as_one_types(two: Two) -> None:
    ours = two.ours
    for command, option, more in (
        ("ask", "deal", {"question": "who?"}),
        ("status", "deal", {}),
        ("timeline", "deal", {}),
        ("articles show", "article", {}),
        ("articles remove", "article", {}),
        ("settings channel", "deal", {}),
    ):
        for typed in ("", "q", "Quartermain", "brillmoor"):
            choices = await ours.ann.autocomplete(ours.channel, command, option, typed, **more)
            assert not [each for each in choices if SECRET in each["name"]], command


async def test_where_their_deal_stands(two: Two) -> None:
    ours, theirs = two.ours, two.theirs
    for command in ("status", "timeline"):
        assert "no deal named" in said(await ours.ann.slash(ours.channel, command, deal="Quartermain deal"))
        assert SECRET in said(await theirs.bob.slash(theirs.channel, command))
    async with ours.bot.library.database.read() as connection:
        [deal] = await list_deals(connection, theirs.guild.id)
    listed, pressed = await press_forged(two.ours, f"ds:timeline:{deal.id}")
    assert SECRET not in said(pressed) + said(listed) and "no longer followed here" in said(pressed)


async def test_articles_by_number_and_by_title(two: Two) -> None:
    ours = two.ours
    for named in (str(two.article_id), "Brillmoor sold"):
        for verb in ("show", "remove"):
            heard = said(await ours.ann.slash(ours.channel, f"articles {verb}", article=named))
            assert SECRET not in heard and "article" in heard
    for own in (True, False):
        assert SECRET not in said(await ours.ann.slash(ours.channel, "articles list", own=own))
    assert "no deal named" in said(await ours.ann.slash(ours.channel, "settings channel", deal="Quartermain deal"))
    assert "Nothing yet" in said(await ours.ann.slash(ours.channel, "feedback"))


async def press_forged(ours: Place, custom_id: str) -> Any:
    """Ann presses, on her own server, a button that bears another server's number: as a changed client could."""
    listed = await ours.ann.slash(ours.channel, "articles list")
    [button, *_] = [
        each
        for row in ours.env.backend.get_message(ours.channel.id, shown(listed).id).components
        for each in row.get("components", [])
        if each.get("label") == "older ›"
    ]
    button["custom_id"] = custom_id
    return listed, await ours.ann.click(shown(listed), custom_id=custom_id)


@pytest.mark.parametrize("verb", ["context", "why", "helpful", "unhelpful", "share", "page"])
async def test_buttons_of_answers_with_forged_numbers(two: Two, verb: str) -> None:
    async with two.ours.bot.library.database.read() as connection:
        kept = await answers.of_message(connection, shown(two.answer).id, two.theirs.guild.id)
    assert kept is not None
    extra = ":1" if verb == "page" else ""
    listed, pressed = await press_forged(two.ours, f"dw:{verb}:{kept.id}{extra}")
    assert SECRET not in said(pressed) + said(listed) and "no longer have that answer" in said(pressed)
    async with two.ours.bot.library.database.read() as connection:
        assert await answers.count_votes(connection, kept.id) == (0, 0)


async def test_the_button_that_removes_with_a_forged_number(two: Two) -> None:
    listed, pressed = await press_forged(two.ours, f"da:remove:{two.article_id}")
    assert SECRET not in said(pressed) + said(listed) and "no such article" in said(pressed)
    async with two.ours.bot.library.database.read() as connection:
        assert await get_article(connection, two.article_id, Scope(server_id=two.theirs.guild.id)) is not None


async def test_a_button_that_removes_wants_the_right_at_the_moment_of_pressing(two: Two) -> None:
    theirs = two.theirs
    asked = await theirs.ann.slash(theirs.channel, "articles remove", article=str(two.article_id))
    assert labels(shown(asked)) == ["Remove it", "Keep it"]
    theirs.env.backend.get_guild(theirs.guild.id).members[theirs.ann.id].role_ids.clear()
    pressed = await theirs.ann.click(shown(asked), label="Remove it")
    assert "Manage Server" in said(pressed)
    async with theirs.bot.library.database.read() as connection:
        assert await get_article(connection, two.article_id, Scope(server_id=theirs.guild.id)) is not None


async def test_direct_messages_see_shared_articles_only(two: Two) -> None:
    user = two.theirs.bob.user  # who may see it on the server
    assert SECRET not in said(await user.slash("articles show", article=str(two.article_id)))
    assert SECRET not in said(await user.slash("articles list"))
    assert SECRET not in said(await user.slash("ask", question=QUESTION))
    assert SECRET in said(await two.theirs.bob.slash(two.theirs.channel, "articles show", article=str(two.article_id)))
