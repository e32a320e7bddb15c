"""Buttons under a post whose story was muted meanwhile, or whose deal has another name or is gone."""

import discord
import pytest
from simcord.backend.errors import SetupError

from index.deals import add_deal
from tests.bot.discord.conftest import card_of, shown
from tests.bot.discord.test_posts import FIRST, Desk, desk, piece, said, site

__all__ = ["desk", "site"]

QUESTION = "who wants to buy the lighthouse?"


def buttons(message: discord.Message) -> list[str]:
    rows = [each.to_dict() for each in message.components]
    return [each["label"] for row in rows if row["type"] == 1 for each in row["components"]]  # type: ignore[typeddict-item]


async def test_a_muted_story_says_so_on_its_button_and_can_be_heard_of_again(desk: Desk) -> None:
    ann = desk.place.ann
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"))
    [message] = desk.messages()
    pressed = await ann.click(message, label="Mute this story")
    assert "two weeks" in said(pressed) and all(each.ephemeral for each in pressed.followups)
    [message] = desk.messages()
    assert buttons(message) == ["Ask about this", "Remind me", "Unmute this story"]
    assert "### Lighthouse to be sold" in desk.shown()[0]
    with pytest.raises(SetupError):
        await ann.click(message, label="Mute this story")
    assert "heard of again" in said(await ann.click(message, label="Unmute this story"))
    assert buttons(desk.messages()[0])[-1] == "Mute this story"


@pytest.fixture
async def of_a_deal(desk: Desk) -> discord.Message:
    """A post of an article that a deal is about."""
    about = "the sale of the Orne lighthouse to the pilots"
    await add_deal(desk.place.bot.library, "Lighthouse", about, server_id=desk.place.guild.id)
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"))
    [message] = desk.messages()
    return message


async def ask(desk: Desk, message: discord.Message) -> str:
    modal = await desk.place.bob.click(message, label="Ask about this")
    return card_of(await desk.place.bob.submit_modal(modal, {"question": QUESTION}))


async def test_asking_about_a_post_whose_deal_has_another_name(desk: Desk, of_a_deal: discord.Message) -> None:
    await desk.place.ann.slash(desk.place.channel, "deal edit", deal="Lighthouse", name="Tower")
    assert "guild" in await ask(desk, of_a_deal)


async def test_asking_about_a_post_whose_deal_is_gone(desk: Desk, of_a_deal: discord.Message) -> None:
    ann, here = desk.place.ann, desk.place.channel
    question = shown(await ann.slash(here, "deal remove", deal="Lighthouse"))
    assert "no longer followed" in card_of(await ann.click(question, label="Stop following"))
    assert "guild" in await ask(desk, of_a_deal)
