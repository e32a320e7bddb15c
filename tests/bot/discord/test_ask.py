"""Asking in Discord: the card, and what goes wrong."""

from tests.bot.discord.conftest import Place, card_of


async def test_the_deadline_is_on_the_card_with_its_quote(place: Place) -> None:
    result = await place.bob.slash(place.channel, "ask", question="when is the licence deadline?")
    assert result.acknowledged and not result.ephemeral
    card = card_of(result)
    assert "### 30 November 2025" in card and "<t:1764504000:R>" in card
    assert "> " in card and "end of November" in card


async def test_what_nobody_tells_is_not_answered(place: Place) -> None:
    result = await place.bob.slash(place.channel, "ask", question="what does a tonne of neodymium cost now?")
    assert "The articles don't say" in card_of(result)


async def test_a_wrong_day_gets_a_sentence_that_says_how_to_write_it(place: Place) -> None:
    result = await place.bob.slash(place.channel, "ask", question="is there a deal?", as_of="soon")
    assert "write it as 2026-01-31" in card_of(result)
