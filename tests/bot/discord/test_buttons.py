"""The buttons under an answer: what each does, who may press it, forged ids, two servers, and after a restart."""

from datetime import date
from typing import Any

import discord
import pytest
from discord import ui
from simcord.results import InteractionResult

from bot.buttons import buttons_of
from bot.buttons.press import GONE, NOT_YOURS, AnswerButton, custom_id
from bot.cards import answer as answer_cards
from bot.corrections import correct
from bot.store import answers, reminders
from bot.store.answers import Asked
from index.ingest import remove_article
from index.library import Library
from index.models import Answer, Citation, DateFound
from tests.bot.discord.articles import add
from tests.bot.discord.conftest import Place, card_of, furnished, labels, make_bot, shown, words

RULING = "when's the markets council ruling on the ferries due?"


async def ask(place: Place, question: str = RULING, **options: Any) -> InteractionResult:
    return await place.bob.slash(place.channel, "ask", question=question, **options)


async def votes(place: Place, answer_id: int = 1) -> tuple[int, int]:
    async with place.bot.library.database.read() as connection:
        return await answers.count_votes(connection, answer_id)


async def test_context_shows_the_paragraph_privately_and_the_next_quotes(place: Place) -> None:
    message = shown(await ask(place, "will the merger cost any crew jobs?"))
    pressed = await place.bob.click(message, label="Context")
    assert shown(pressed).ephemeral
    card = card_of(pressed)
    assert "Not one crew job" in card and "quote 1 of" in card and len(card) > 250
    following = await place.bob.click(shown(pressed), label="The next quote's")
    assert "quote 2 of" in card_of(following) and "140 crew jobs" in card_of(following)


async def test_why_shows_what_was_weighed_privately(place: Place) -> None:
    pressed = await place.bob.click(shown(await ask(place)), label="Why this?")
    card = card_of(pressed)
    assert shown(pressed).ephemeral and "asking for a day" in card and "likeness 0." in card
    assert "index version 1 · model all-MiniLM-L6-v2" in card


async def test_one_vote_a_person_which_may_be_changed_and_anyone_may_vote(place: Place) -> None:
    message = shown(await ask(place))
    for person, label in (
        (place.bob, "Helpful"),
        (place.ann, "Helpful"),
        (place.bob, "Not helpful"),
        (place.bob, "Not helpful"),
    ):
        assert shown(await person.click(message, label=label)).ephemeral
    assert await votes(place) == (1, 1)


async def test_what_is_the_askers_only_the_asker_may_press(place: Place) -> None:
    message = shown(await ask(place))
    for label in ("Context", "Why this?"):
        pressed = await place.ann.click(message, label=label)
        assert shown(pressed).ephemeral and card_of(pressed) == NOT_YOURS


async def test_share_makes_a_private_answer_public_once(place: Place) -> None:
    private = shown(await ask(place, private=True))
    shared = await place.bob.click(private, label="Share")
    assert not shown(shared).ephemeral and "**27 November**" in card_of(shared) and "only you" not in card_of(shared)
    assert "Share" not in labels(shown(shared))
    message = place.channel.last_message
    assert message is not None
    assert "Thank you" in card_of(await place.ann.click(message, label="Helpful"))
    await place.ann.send(place.channel, "who told you?", reply_to=message)
    newest = place.channel.last_message
    assert newest and "Fourwinds News" in words([each.to_dict() for each in newest.components])  # type: ignore[misc]


async def test_remind_me_where_a_day_lies_ahead(place: Place) -> None:
    message = shown(await ask(place))  # the offline clock stands in January 2026, the ruling is due in November
    asked = await place.bob.click(message, label="Remind me")
    assert shown(asked).ephemeral and labels(shown(asked)) == [
        "7 days ahead",
        "1 day ahead",
        "1 hour ahead",
        "At the time",
    ]
    told = await place.bob.click(shown(asked), label="7 days ahead")
    assert shown(told).ephemeral and "I will remind you 7 days ahead" in card_of(told)
    await place.bob.click(shown(asked), label="1 day ahead")
    async with place.bot.library.database.read() as connection:
        [reminder] = await reminders.list_of_person(connection, place.bob.id)
    assert [str(each) for each in reminder.leads] == ["7d", "1d"]
    assert card_of(await place.ann.click(message, label="Remind me")) == NOT_YOURS
    past = shown(await ask(place, "when is the licence deadline?"))
    assert "Remind me" not in labels(past)


async def corrected(place: Place, *article_ids: int) -> int:
    with place.env.time_context():  # the answers were given at the offline clock's time
        return await correct(place.bot, article_ids or None)


async def test_an_answer_says_so_when_its_article_is_changed_or_withdrawn(place: Place, bot_library: Library) -> None:
    text = "The Zorvane permit ends on 7 March 2031."
    await add(bot_library, text)
    question = "when does the Zorvane permit end?"
    result = await ask(place, question)
    async with bot_library.database.read() as connection:
        asked = await answers.get(connection, 1, place.guild.id)
    assert asked is not None
    article_id = int(asked.answer.citations[0].article_id)
    assert await corrected(place, article_id) == 0  # nothing changed
    await add(bot_library, text + " So it was said at the quay.")
    assert await corrected(place, article_id) == 0  # the quote still stands there
    await add(bot_library, text.replace("7 March", "9 May"))
    place.env.inject_error("PATCH", "/channels/*/messages/*", status=503, times=1)
    assert await corrected(place, article_id) == 0  # Discord was away: found again when all is looked through
    assert await corrected(place) == 1
    assert "was changed after I answered" in card_of(result) and "Ask again" in card_of(result)
    await remove_article(bot_library, article_id)
    assert await corrected(place, article_id) == 1 and await corrected(place, article_id) == 0
    assert "was withdrawn after I answered" in card_of(result)


async def test_buttons_work_after_a_restart(place: Place, bot_library: Library) -> None:
    message = shown(await ask(place))
    place.bot = make_bot(bot_library, place.bot.settings.data_dir)
    await place.env.restart_bot(place.bot)
    assert "quote 1 of" in card_of(await place.bob.click(message, label="Context"))
    assert card_of(await place.ann.click(message, label="Why this?")) == NOT_YOURS
    await place.ann.click(message, label="Not helpful")
    assert await votes(place) == (0, 1)


async def forged(place: Place, *ids: str) -> discord.Message:
    """A message of the bot's in that place, with buttons of somebody's making."""
    view = ui.LayoutView()
    row: ui.ActionRow[ui.LayoutView] = ui.ActionRow()
    for each in ids:
        verb, answer_id = each.split(":")[1:3]
        button: ui.Button[ui.LayoutView] = ui.Button(label=each, custom_id=each)
        row.add_item(AnswerButton(button, verb, int(answer_id)))
    view.add_item(ui.TextDisplay("press"))
    view.add_item(row)
    channel = place.bot.get_channel(place.channel.id)
    assert isinstance(channel, discord.TextChannel)
    return await channel.send(view=view)


async def test_forged_ids_and_other_servers_answers_are_refused(place: Place) -> None:
    other = furnished(place.env, place.bot, "Elsewhere")
    await ask(place, private=True)
    verbs = ("context", "why", "share", "helpful", "page")
    ids = [custom_id(verb, 1) for verb in verbs]
    for message, person in ((await forged(other, *ids), other.bob), (await forged(place, *ids), place.ann)):
        for each in ids:
            assert card_of(await person.click(message, custom_id=each)) == GONE, each
    assert await votes(place) == (0, 0)
    strange = [custom_id("context", 10**17), custom_id("delete", 1), custom_id("context", 1, "99")]
    message = await forged(place, *strange)
    for each, told in zip(strange, (GONE, GONE, "quote "), strict=True):
        assert told in card_of(await place.bob.click(message, custom_id=each))


async def test_another_servers_article_is_in_no_answer_context_or_why(place: Place, bot_library: Library) -> None:
    other = furnished(place.env, place.bot, "Elsewhere")
    await add(
        bot_library, "The Zorvane permit ends on 7 March 2031, the harbour office said.", server_id=place.guild.id
    )
    question = "when does the Zorvane permit end?"
    assert "**7 March 2031**" in card_of(await ask(place, question))
    theirs = shown(await ask(other, question))
    cards = [words(theirs.components)]
    for label in ("Context", "Why this?"):
        cards.append(card_of(await other.bob.click(theirs, label=label)))
    assert not any("Zorvane permit ends" in each or "2031" in each for each in cards), cards


async def test_context_of_an_article_that_was_withdrawn_or_changed(place: Place, bot_library: Library) -> None:
    text = "The Zorvane permit ends on 7 March 2031."
    await add(bot_library, text)
    message = shown(await ask(place, "when does the Zorvane permit end?"))
    await add(bot_library, text.replace("7 March", "9 May"))
    assert "was changed after I answered" in card_of(await place.bob.click(message, label="Context"))
    async with bot_library.database.read() as connection:
        asked = await answers.get(connection, 1, place.guild.id)
    assert asked is not None
    await remove_article(bot_library, int(asked.answer.citations[0].article_id))
    assert "was withdrawn" in card_of(await place.bob.click(message, label="Context"))


async def test_a_long_answer_has_pages_that_its_asker_turns(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_cards, "MOST_TEXT", 500)  # no seed's sentence is long enough for two pages of Discord's
    message = shown(await ask(place, "will the merger cost any crew jobs?"))
    assert "›" in labels(message) and "page 1 of" in words(message.components)
    assert card_of(await place.ann.click(message, label="›")) == NOT_YOURS
    await place.bob.click(message, label="›")
    newest = place.channel.last_message
    assert newest is not None
    card = words([each.to_dict() for each in newest.components])  # type: ignore[misc]
    assert "page 2 of" in card and "### The sources disagree" in card


def test_no_answer_outgrows_discord() -> None:
    loud = Citation(
        quote="*_~`|[](x)" * 500, start=0, end=5_000, article_id="1", title="*" * 900, source="_" * 900, origin="o",
        url=f"https://a.example/{'x' * 470}", published=None, also=("~" * 300,) * 9,
    )  # fmt: skip
    for number in (0, 1, 3, 8):
        answer = Answer(
            question="?*" * 500, answered=number > 0, answer="`" * 900, reading="<" * 900, confidence=0.5, conflict=True,
            citations=(loud,) * number, superseded=loud.model_copy(update={"article_id": "2"}),
            date=DateFound(start=date(2026, 1, 1), end=date(2026, 2, 1)),
        )  # fmt: skip
        asked = Asked(1, 2, 3, 4, 5, "?", None, True, answer, {"falls_short": "#" * 900}, 0.0, "@" * 500)
        pages = len(answer_cards.pages_of(asked))
        for page in range(pages):
            card = answer_cards.answer_card(asked, buttons_of(asked, date(2026, 1, 1), page), page)
            assert card.content_length() <= 4_000 and card.total_children_count <= 40
        assert pages >= number / 2
