"""Remind me under a post: of the deadline that it brought, as that stands when somebody presses."""

import pytest
from simcord.backend.errors import SetupError

from bot.store import posts, reminders
from index.ingest import remove_article
from tests.bot.discord.test_posts import AHEAD, FIRST, LATER, OTHER, PUT_OFF, Desk, desk, piece, said, site

__all__ = ["desk", "site"]


async def test_remind_me_under_a_post_is_of_its_deadline_as_it_stands_now(desk: Desk) -> None:
    bob = desk.place.bob
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"))
    [message] = desk.messages()
    pressed = await bob.click(message, label="Remind me")
    assert pressed.ephemeral and AHEAD.strftime("%Y") in said(pressed)
    chosen = await bob.click(pressed.response, label="⏰ 7 days ahead")
    assert "7 days ahead" in said(chosen) and chosen.ephemeral
    async with desk.place.bot.library.database.read() as connection:
        [made] = await reminders.list_of_person(connection, bob.id)
    assert (made.subject.day, made.person_id) == (AHEAD.date(), bob.id)
    assert made.subject.quote in FIRST

    await desk.arrive(piece("Lighthouse sale put off", PUT_OFF, "b"))
    for each in desk.messages():
        pressed = await bob.click(each, label="Remind me")
        assert not pressed.followups and f"{LATER.day} {LATER:%B}" in said(pressed)


async def test_remind_me_is_offered_only_where_a_deadline_was_told(desk: Desk) -> None:
    await desk.arrive(piece("Cat named", OTHER, "a"))
    [message] = desk.messages()
    with pytest.raises(SetupError):
        await desk.place.bob.click(message, label="Remind me")


async def test_remind_me_once_its_article_is_gone(desk: Desk) -> None:
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"))
    [message] = desk.messages()
    async with desk.place.bot.library.database.read() as connection:
        [(post, _)] = await posts.recent(connection, desk.place.channel.id, 0.0)
    await remove_article(desk.place.bot.library, post.article_id)
    pressed = await desk.place.bob.click(message, label="Remind me")
    assert "/deadlines list" in said(pressed) and pressed.ephemeral
