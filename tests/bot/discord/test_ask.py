"""``/ask``: the card, its options, and what goes wrong."""

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import desk, failures
from bot.store import servers
from index.deals import add_deal
from index.library import Lazy
from tests.bot.discord.conftest import Place, card_of, labels, shown

DEADLINE = "when is the licence deadline?"


async def test_the_deadline_is_on_the_card_with_its_quote(place: Place) -> None:
    asked = "what is the deadline for the general licences?"  # these tests do without the reader
    result = await place.bob.slash(place.channel, "ask", question=asked)
    assert result.acknowledged and not result.ephemeral
    card = card_of(result)
    assert "### <t:1764498600:D> · <t:1764498600:R>" in card
    assert "read from “30 November” → 30 November 2025" in card
    assert "> Negotiators have been given to the end of this month" in card and "**30 November**" in card
    other = card_of(await place.bob.slash(place.channel, "ask", question=DEADLINE))
    assert "also reported by 1: Cinder Lane Commodities" in other


async def test_a_day_that_was_moved_is_struck_through_with_its_own_quote(place: Place) -> None:
    card = card_of(
        await place.bob.slash(place.channel, "ask", question="when's the markets council ruling on the ferries due?")
    )
    assert "**27 November**" in card
    assert "It used to be:\n> ~~Its ruling on the ferry merger" in card
    assert card.count("Its ruling on the ferry merger") == 1


async def test_sources_that_disagree_are_both_quoted(place: Place) -> None:
    card = card_of(await place.bob.slash(place.channel, "ask", question="will the merger cost any crew jobs?"))
    assert "### The sources disagree" in card
    assert card.index("**One side:**") < card.index("**The other side:**")


async def test_what_nobody_tells_comes_with_the_nearest_sentence_and_what_it_lacks(place: Place) -> None:
    card = card_of(await place.bob.slash(place.channel, "ask", question="what does a tonne of neodymium cost now?"))
    assert "### The articles don't say" in card
    assert "> " in card and "doesn't mention “neodymium”" in card


async def test_as_of_in_words_turns_the_clock_back(place: Place) -> None:
    question = "when's the markets council ruling on the ferries due?"
    card = card_of(await place.bob.slash(place.channel, "ask", question=question, as_of="the end of April 2026"))
    assert "as known on 30 April 2026" in card and "27 November" not in card
    refused = await place.bob.slash(place.channel, "ask", question=question, as_of="soonish")
    assert refused.ephemeral and "write it as 2026-01-31" in card_of(refused)


async def test_deals_complete_as_one_types_and_narrow_the_answer(place: Place) -> None:
    library = place.bot.library
    await add_deal(library, "Ferry merger", "the merger of the Pellow and Norrey ferry lines")
    await add_deal(library, "Fish", "the herring treaty between Ondrea and Kelmarch", server_id=place.guild.id)
    await add_deal(library, "Secret", "the merger of the ferry lines", server_id=4711)

    async def typed(text: str) -> list[str]:
        choices = await place.bob.autocomplete(place.channel, "ask", "deal", text, question="when?")
        return [each["name"] for each in choices]

    assert await typed("f") == ["Fish", "Ferry merger"]
    assert await typed("MERG") == ["Ferry merger"] and await typed("sec") == []
    card = card_of(await place.bob.slash(place.channel, "ask", question="what was signed?", deal="ferry MERGER"))
    assert "about Ferry merger" in card and "herring" not in card
    wrong = card_of(await place.bob.slash(place.channel, "ask", question="what was signed?", deal="Secret"))
    assert "There is no deal named “Secret”; there are: Fish, Ferry merger." in wrong


async def test_a_channel_that_is_about_a_deal_asks_about_it(place: Place) -> None:
    library = place.bot.library
    deal = await add_deal(library, "Ferry merger", "the merger of the Pellow and Norrey ferry lines")
    async with library.database.write() as connection:
        await servers.set_channel(connection, place.channel.id, place.guild.id, deal_id=deal.id)
    card = card_of(await place.bob.slash(place.channel, "ask", question="what was signed?"))
    assert "about Ferry merger" in card and "herring" not in card


async def test_private_is_the_servers_default_or_what_was_asked(place: Place) -> None:
    public = await place.bob.slash(place.channel, "ask", question=DEADLINE)
    private = await place.bob.slash(place.channel, "ask", question=DEADLINE, private=True)
    assert not shown(public).ephemeral and "Share" not in labels(shown(public))
    assert shown(private).ephemeral and "Share" in labels(shown(private)) and "only you see this" in card_of(private)
    async with place.bot.library.database.write() as connection:
        await servers.set_server(connection, place.guild.id, private=True)
    assert shown(await place.bob.slash(place.channel, "ask", question=DEADLINE)).ephemeral
    assert not shown(await place.bob.slash(place.channel, "ask", question=DEADLINE, private=False)).ephemeral


@pytest.mark.parametrize("question", ["?!", "   "])
async def test_what_is_no_question_is_refused_privately(place: Place, question: str) -> None:
    refused = await place.bob.slash(place.channel, "ask", question=question)
    assert refused.ephemeral and "ask something like: when is the licence deadline?" in card_of(refused)


async def test_many_questions_in_a_short_time(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "PER_PERSON", (2, 30.0))
    for _ in range(2):
        assert not (await place.bob.slash(place.channel, "ask", question=DEADLINE)).ephemeral
    refused = await place.bob.slash(place.channel, "ask", question=DEADLINE)
    assert refused.ephemeral and "try again in 30 seconds" in card_of(refused)
    assert not (await place.ann.slash(place.channel, "ask", question=DEADLINE)).ephemeral  # it is each person's own
    await place.env.advance_time(31)
    assert not (await place.bob.slash(place.channel, "ask", question=DEADLINE)).ephemeral
    monkeypatch.setattr(desk, "PER_SERVER", (1, 60.0))
    assert "This server asks a lot" in card_of(await place.ann.slash(place.channel, "ask", question=DEADLINE))
    monkeypatch.setattr(desk, "WAITING", -desk.AT_ONCE)
    assert card_of(await place.ann.slash(place.channel, "ask", question=DEADLINE)) == desk.BUSY


def damage(database: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        database.with_name(database.name + ending).write_bytes(b"no database " * 1_000)


async def test_a_database_that_is_away_gets_a_kind_sentence_without_its_path(place: Place) -> None:
    database = place.bot.library.database
    await database.engine.dispose()
    damage(Path(database.name))
    result = await place.bob.slash(place.channel, "ask", question=DEADLINE)
    assert card_of(result) == failures.AWAY
    assert await place.bob.autocomplete(place.channel, "ask", "deal", "f", question="when?") == []


class Broken:
    name = "broken"

    def embed(self, texts: Any) -> Any:
        raise ZeroDivisionError("a bug")

    embed_questions = embed


async def test_a_bug_gets_one_sentence_with_a_reference_that_finds_the_traceback(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    place.bot.library = replace(place.bot.library, embedder=Lazy(Broken, place.bot.library.models))
    with caplog.at_level(logging.ERROR):
        told = card_of(await place.bob.slash(place.channel, "ask", question=DEADLINE))
    assert told.startswith("Something went wrong on my side, sorry.") and "ZeroDivision" not in told
    reference = told.removesuffix(".").split()[-1]
    [record] = [each for each in caplog.records if reference in each.getMessage()]
    assert record.exc_info and record.exc_info[0] is ZeroDivisionError
