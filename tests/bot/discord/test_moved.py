"""Deadlines that move or end in newer articles: reminders go along, people are told once, and their word counts."""

from datetime import date
from typing import Any

import pytest

from bot.buttons import moved as buttons
from bot.store import reminders as store
from index.library import Library
from tests.bot.discord.articles import add
from tests.bot.discord.conftest import Place, card_of, direct, text_of
from tests.bot.discord.test_deadlines import choose
from tests.bot.discord.test_isolation import press_forged
from tests.bot.discord.test_reminders import DAY, posted, until

FIRST = "The Orne trust must sign the sale of the lighthouse to the pilots' guild by 10 February 2026, the notary said."
LATER = "The deadline for signing the sale of the Orne lighthouse was extended from 10 February 2026 to 20 March 2026."
EARLIER = "The deadline for signing the sale of the Orne lighthouse was brought forward from 10 February 2026 to 2 February 2026."
UNPLAIN = "The sale of the Orne lighthouse to the pilots' guild must now be signed by 20 March 2026, a clerk said."
MET = "The Orne trust met the 10 February deadline for signing the sale of the lighthouse."
DENIED = "The notary denied that there was a 10 February deadline for signing the sale of the lighthouse."
SCRAPPED = (
    "The 10 February deadline for signing the sale of the Orne lighthouse was scrapped, the notary said on Monday."
)


@pytest.fixture(autouse=True)
async def reminded(place: Place, bot_library: Library) -> None:
    """Bob directly and twice the channel are reminded of the first article's day."""
    place.bot.deliverer.idle = 60 * DAY
    servers: Any = place.bot.get_cog("Servers")
    servers.forgetting.cancel()
    await add(bot_library, FIRST, published=date(2025, 12, 20), title="Lighthouse to be sold", origin="/made/first.md")
    named = await choose(place, "remind", "orne")
    await place.bob.slash(place.channel, "remind", deadline=named, when="7 days, at the time")
    for actor in (place.ann, place.bob):
        await actor.slash(place.channel, "remind", deadline=named, when="1 day", where="this channel")


AGREED = "The pilots' guild agreed. The keeper of the Orne lighthouse was not asked about the sale."
BAND = "A band played on the quay, and the guild's pilots raised their flag over the Orne lighthouse at noon."


async def arrives(place: Place, library: Library, text: str, day: date = date(2026, 1, 2), more: str = AGREED) -> None:
    await add(
        library, f"{text} {more}", published=day, title="The lighthouse sale", origin=f"/made/{abs(hash(text))}.md"
    )
    place.bot.deliverer.wake()
    await place.env.settle()


async def rows(place: Place) -> list[store.Reminder]:
    async with place.bot.library.database.read() as connection:
        found = [await store.get(connection, each) for each in (1, 2, 3)]
    return [each for each in found if each]


async def test_a_later_day_that_is_told_plainly_moves_them_along(place: Place, bot_library: Library) -> None:
    await arrives(place, bot_library, LATER)
    assert {each.subject.day for each in await rows(place)} == {date(2026, 3, 20)}
    assert not any(each.pending for each in await rows(place))
    for [message] in (posted(place), direct(place, place.bob)):  # the channel's two are told together
        card = text_of(message)
        assert "### Moved" in card and "from ~~<t:" in card and "to **<t:" in card and "move along" in card
        assert FIRST.split(",")[0] in card and LATER[:60] in card
    place.bot.deliverer.wake()
    await until(place, "2026-02-11T00:00")
    assert len(posted(place)) == 1 and len(direct(place, place.bob)) == 1  # nothing on the old day
    carl = place.guild.add_member(place.env.create_user("carl"))
    assert card_of(await carl.click(posted(place)[0], label=buttons.WRONG)) == buttons.NOT_YOURS
    await until(place, "2026-03-19T09:01")
    assert len(posted(place)) == 3
    assert "> The deadline for signing" in text_of(posted(place)[-1])


async def test_what_was_taken_back_stays_so(place: Place, bot_library: Library) -> None:
    await arrives(place, bot_library, LATER)
    await place.bob.user.click(direct(place, place.bob)[0], label=buttons.WRONG)
    assert "the old day holds" in text_of(direct(place, place.bob)[0])
    await arrives(place, bot_library, "The lamp of the Orne lighthouse was painted red.")
    assert [each.subject.day.month for each in await rows(place)] == [2, 3, 3]
    await until(place, "2026-02-03T09:01")
    assert len(direct(place, place.bob)) == 2


async def test_an_earlier_day_is_armed_as_well_until_somebody_confirms(place: Place, bot_library: Library) -> None:
    await arrives(place, bot_library, EARLIER)
    [first, *_] = await rows(place)
    assert first.subject.day == date(2026, 2, 10) and first.pending and first.pending.day == date(2026, 2, 2)
    assert "both days come" in text_of(posted(place)[0])
    await until(place, "2026-01-26T09:01")
    assert "nobody has confirmed" in text_of(direct(place, place.bob)[-1])
    await until(place, "2026-02-01T09:01")
    await place.ann.click(posted(place)[0], label="Yes, it moved")
    assert "the new day holds" in text_of(posted(place)[0])
    assert [each.subject.day.day for each in await rows(place)] == [10, 2, 2]  # the channel's; Bob decides on his own
    await place.bob.user.click(direct(place, place.bob)[0], label="No, the old day holds")
    before = len(direct(place, place.bob))
    await until(place, "2026-02-03T09:01")
    assert len(direct(place, place.bob)) == before + 1  # seven days ahead of the old day, and no more of the other
    await until(place, "2026-02-12T00:00")
    assert len(direct(place, place.bob)) == before + 2


async def test_an_end_is_told_once_and_ends_nothing_by_itself(place: Place, bot_library: Library) -> None:
    await arrives(place, bot_library, SCRAPPED)
    [message] = direct(place, place.bob)
    assert "Probably cancelled" in text_of(message) and "was scrapped" in text_of(message)
    await arrives(place, bot_library, "The lamp of the Orne lighthouse was painted red.")
    assert len(direct(place, place.bob)) == 1 and len(posted(place)) == 1
    assert "over, or were changed" in card_of((await press_forged(place, "mv:yes:99"))[1])
    await place.ann.click(posted(place)[0], label="No, go on")
    await place.bob.user.click(message, label="Yes, stop reminding")
    assert [each.state for each in await rows(place)] == [store.DONE, store.ACTIVE, store.ACTIVE]
    await until(place, "2026-02-12T00:00")
    assert len(direct(place, place.bob)) == 1 and len(posted(place)) == 3


async def test_a_later_day_that_is_not_told_plainly_is_armed_as_well(place: Place, bot_library: Library) -> None:
    await arrives(place, bot_library, UNPLAIN)
    [first, *_] = await rows(place)
    assert first.subject.day == date(2026, 2, 10) and first.pending and first.pending.day == date(2026, 3, 20)
    assert "both days come" in text_of(direct(place, place.bob)[0])


async def test_met_and_denied_are_told_once_each(place: Place, bot_library: Library) -> None:
    for text, head, more in ((DENIED, "Denied", AGREED), (MET, "Probably met", BAND)):
        await arrives(place, bot_library, text, more=more)
        place.bot.deliverer.wake()
        await place.env.settle()
        assert head in text_of(direct(place, place.bob)[-1]) and text[:40] in text_of(direct(place, place.bob)[-1])
    assert len(direct(place, place.bob)) == len(posted(place)) == 2
    assert {each.state for each in await rows(place)} == {store.ACTIVE}


async def test_for_one_that_was_taken_along_nobody_else_decides(place: Place, bot_library: Library) -> None:
    carl, dora = (place.guild.add_member(place.env.create_user(name)) for name in ("carl", "dora"))
    named = await choose(place, "remind", "orne")
    await carl.slash(place.channel, "remind", deadline=named, when="1 day", where="this channel")
    await arrives(place, bot_library, EARLIER)
    await place.bob.slash(place.channel, "reminders edit", reminder="3", where="me")
    [message] = posted(place)
    assert card_of(await dora.click(message, label="Yes, it moved")) == buttons.NOT_YOURS
    await carl.click(message, label="Yes, it moved")
    assert "the new day holds" in text_of(posted(place)[0])
    assert [each.subject.day.day for each in await rows(place)] == [10, 2, 10]  # Ann's still comes here, Bob's does not
    assert [each.pending is not None for each in await rows(place)] == [True, False, True]
