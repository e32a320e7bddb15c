"""Reminders as people meet them: set, come, snoozed, done, seen, listed, changed; and who may do what."""

from datetime import UTC, datetime
from typing import Any

import discord
import pytest
from simcord.results import InteractionResult

from bot.buttons import reminder as buttons
from bot.cogs import remind as cog
from bot.reminders.leads import parse_leads
from bot.reminders.subject import Subject
from bot.reminders.wishes import OF_ANOTHER
from bot.store import reminders as store
from index.errors import UsageError
from index.library import Library
from tests.bot.discord.articles import add
from tests.bot.discord.conftest import Place, card_of, direct, furnished, make_bot, shown, text_of
from tests.bot.discord.test_deadlines import choose
from tests.bot.discord.test_isolation import press_forged

HOUR, DAY = 3_600.0, 86_400.0
RULING = "both parliaments"  # due on 31 March 2026; the offline clock begins with 1 January


async def remind(place: Place, who: str = "bob", **options: Any) -> InteractionResult:
    actor = place.bob if who == "bob" else place.ann
    return await actor.slash(place.channel, "remind", **options)


@pytest.fixture(autouse=True)
def only_what_is_due_wakes(place: Place) -> None:
    """Weeks pass here; looks at what other processes may have owed would be thousands of steps."""
    place.bot.deliverer.idle = 60 * DAY
    servers: Any = place.bot.get_cog("Servers")
    servers.forgetting.cancel()


async def until(place: Place, words: str) -> None:
    """Winds the clock to that moment (UTC), and lets what is due arrive."""
    await place.env.advance_time((datetime.fromisoformat(words).replace(tzinfo=UTC) - place.env.now()).total_seconds())
    await place.env.settle()


def posted(place: Place) -> list[discord.Message]:
    return [each for each in place.channel.history() if each.author.bot and not each.flags.ephemeral]


def buttons_of(message: discord.Message) -> list[str]:
    return [
        str(getattr(each, "label", ""))
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for each in row.children
    ]


async def test_a_deadline_is_told_directly_with_its_sentence_and_what_happened_since(place: Place) -> None:
    named = await choose(place, "remind", RULING)
    told = card_of(await remind(place, deadline=named, when="7 days, 1h and at the time"))
    assert "remind you, directly of" in told and "7 days ahead, 1 hour ahead and at the time" in told
    assert "<t:1774947600:F>" in told  # 31 March, 9 o'clock
    await until(place, "2026-03-24T08:59")
    assert direct(place, place.bob) == []
    await until(place, "2026-03-24T09:01")
    [first] = direct(place, place.bob)
    card = text_of(first)
    assert "Due <t:1774947600:F> (<t:1774947600:R>)" in card and "> The two governments have accordingly moved" in card
    assert "newer article" in card and "late" not in card
    assert buttons_of(first) == ["Done", "Snooze"]
    asked = await place.bob.user.click(first, label="Snooze")
    snoozed = await place.bob.user.click(shown(asked), label="in an hour")
    assert "Once more <t:" in card_of(snoozed)
    await until(place, "2026-03-24T10:05")
    assert ["💤" in text_of(each) for each in direct(place, place.bob)] == [False, True]
    await until(place, "2026-03-31T08:30")
    assert len(direct(place, place.bob)) == 3
    await place.bob.user.click(direct(place, place.bob)[-1], label="Done")
    assert "**Done.**" in text_of(direct(place, place.bob)[-1]) and buttons_of(direct(place, place.bob)[-1]) == []
    await until(place, "2026-04-02T09:00")
    assert len(direct(place, place.bob)) == 3  # done: nothing at the time itself


async def test_a_channel_is_told_until_somebody_has_seen_it(place: Place) -> None:
    role = place.guild.create_role("lawyers", mentionable=True)
    shut = place.guild.create_role("council")
    assert card_of(await remind(place, deadline="x", on="noon", role=role)) == cog.ROLE_HERE
    refused = await remind(place, deadline="x", on="noon", where="this channel", role=shut)
    assert "may not ping that role" in card_of(refused)
    told = await remind(
        place, deadline="file the papers", on="tomorrow at 5pm", when="1 hour, at the time", where="this channel",
        role=role, until_seen=True,
    )  # fmt: skip
    assert f"<#{place.channel.id}> and <@&{role.id}>" in card_of(told) and "until somebody presses Seen" in card_of(
        told
    )
    await until(place, "2026-01-02T16:01")
    [first] = posted(place)
    assert f"<@&{role.id}>" in text_of(first) and buttons_of(first) == ["Seen", "Done", "Snooze", "Also me"]
    assert [each.id for each in first.role_mentions] == [role.id]
    await until(place, "2026-01-02T16:35")
    assert "Nobody has seen it yet" in text_of(posted(place)[-1]) and len(posted(place)) == 2
    await place.ann.click(posted(place)[-1], label="Seen")
    assert "Seen by" in text_of(posted(place)[-1])
    await until(place, "2026-01-02T16:58")
    assert len(posted(place)) == 2
    also = await place.ann.click(posted(place)[0], label="Also me")
    assert "reminded too, directly" in card_of(also)
    carl = place.guild.add_member(place.env.create_user("carl"))
    assert card_of(await carl.click(posted(place)[0], label="Done")) == buttons.NOT_YOURS
    await until(place, "2026-01-02T17:01")
    assert len(posted(place)) == 3 and len(direct(place, place.ann)) == 1
    await place.bob.click(posted(place)[-1], label="Snooze")  # of one that is not seen: the repetition ends with it
    await place.ann.click(posted(place)[-1], label="Done")  # may manage the server
    assert f"Done, {place.ann.mention}." in text_of(posted(place)[-1])
    await until(place, "2026-01-03T09:00")
    assert len(posted(place)) == 3


async def test_what_repeats_comes_again_after_done_and_ends(place: Place) -> None:
    told = card_of(await remind(place, deadline="stand-up", on="every Monday at 10 until 19 January"))
    assert "It repeats; next due" in told and "the last time on <t:" in told
    await until(place, "2026-01-05T10:01")
    await place.bob.user.click(direct(place, place.bob)[-1], label="Done")
    assert "The next time: <t:1768212000:f>" in text_of(direct(place, place.bob)[-1])
    await until(place, "2026-02-10T10:01")
    assert len(direct(place, place.bob)) == 3


async def test_the_list_and_every_change_from_it(place: Place) -> None:
    assert "no reminders yet" in card_of(await place.bob.slash(place.channel, "reminders list"))
    for number in range(10):
        await remind(place, deadline=f"matter {number}", on=f"{number + 5} January 14:00", when="1 day, at the time")
    listed = await place.bob.slash(place.channel, "reminders list")
    assert "10 reminders, page 1 of 2" in card_of(listed) and "matter 0" in card_of(listed)
    await place.bob.click(shown(listed), label="later ›")
    assert "matter 9" in card_of(listed)
    [choice] = await place.bob.autocomplete(place.channel, "reminders edit", "reminder", "matter 3")
    named = str(choice["value"])
    changed = await place.bob.slash(
        place.channel, "reminders edit", reminder=named, when="2 working days", where="this channel"
    )
    assert f"<#{place.channel.id}>" in card_of(changed) and "2 working days ahead" in card_of(changed)
    assert card_of(await place.bob.slash(place.channel, "reminders edit", reminder="99", when="1h")).startswith(
        "You have no"
    )
    tested = await place.bob.slash(place.channel, "reminders test", reminder=named)
    assert "on its way" in card_of(tested)
    await place.env.settle()
    assert "A test of your reminder: matter 3" in text_of(posted(place)[-1]) and buttons_of(posted(place)[-1]) == []
    assert "rests" in card_of(await place.bob.slash(place.channel, "reminders pause", reminder=named))
    await until(place, "2026-01-20T00:00")
    assert len(posted(place)) == 1
    resumed = card_of(await place.bob.slash(place.channel, "reminders resume", reminder=named))
    assert "nothing of it lies ahead" in resumed
    later = card_of(await remind(place, deadline="much later", on="5 June", when="1 day"))
    assert "The first comes" in later
    [choice] = await place.bob.autocomplete(place.channel, "reminders remove", "reminder", "much later")
    removed = await place.bob.slash(place.channel, "reminders remove", reminder=str(choice["value"]))
    assert "much later" not in card_of(await place.bob.slash(place.channel, "reminders list"))
    await place.bob.click(shown(removed), label="Undo")
    assert "much later" in card_of(await place.bob.slash(place.channel, "reminders list"))


async def test_what_completes_shows_how_it_is_understood(place: Place) -> None:
    choices = await place.bob.autocomplete(place.channel, "remind", "when", "3 working days, 1h", deadline="x")
    assert choices[0]["name"] == "3 working days ahead and 1 hour ahead" and choices[0]["value"] == "3 working days, 1h"
    choices = await place.bob.autocomplete(place.channel, "remind", "when", "", deadline="x")
    assert [each["value"] for each in choices] == list(cog.SUGGESTED)
    [choice] = await place.bob.autocomplete(place.channel, "remind", "on", "Friday noon", deadline="x")
    assert choice["name"] == "Friday noon → Fri 2 Jan 2026, 12:00 UTC"
    [choice] = await place.bob.autocomplete(place.channel, "remind", "until", "the end of March", deadline="x")
    assert choice["name"] == "the end of March → 31 March 2026"
    assert await place.bob.autocomplete(place.channel, "remind", "on", "blue", deadline="x") == []


async def test_whose_clock_it_is(place: Place) -> None:
    await place.ann.slash(place.channel, "settings server", time_zone="Europe/Berlin", due_hour=8)
    await place.bob.slash(place.channel, "timezone", zone="America/New_York")
    named = await choose(place, "remind", RULING)
    directly = card_of(await remind(place, deadline=named, when="at the time"))
    assert f"<t:{int(datetime.fromisoformat('2026-03-31T08:00-04:00').timestamp())}:F>" in directly
    here = card_of(await remind(place, deadline=named, when="at the time", where="this channel"))
    assert f"<t:{int(datetime.fromisoformat('2026-03-31T08:00+02:00').timestamp())}:F>" in here
    own = card_of(await remind(place, deadline="call", on="2 April 17:00"))
    assert f"<t:{int(datetime.fromisoformat('2026-04-02T17:00-04:00').timestamp())}:F>" in own


async def test_where_one_may_not_write_no_channel_is_reminded(place: Place) -> None:
    overwrite = discord.PermissionOverwrite(send_messages=False)
    assert (
        card_of(await place.bob.user.slash("remind", deadline="x", on="noon", where="this channel")) == cog.ONLY_SERVER
    )
    me = place.env.bot.user
    assert me is not None
    shut = place.guild.create_text_channel("shut", overwrites={me: overwrite})
    refused = card_of(await place.ann.slash(shut, "remind", deadline="x", on="noon", where="this channel"))
    assert "I may not post in" in refused and "Send Messages" in refused


async def test_what_cannot_be_delivered_is_kept_shown_and_tried_again(place: Place) -> None:
    await remind(place, deadline="sign it", on="in 30 minutes", where="this channel")
    await remind(place, deadline="read it", on="in 30 minutes")
    place.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=2)
    await place.env.advance_time(1_860)
    await place.env.settle()
    card = card_of(await place.bob.slash(place.channel, "reminders list"))
    assert card.count("could not be delivered") == 2 and "I may not write in the channel" in card
    assert any("could not deliver your reminder “sign it”" in text_of(each) for each in direct(place, place.bob))
    place.bot.owner_id = place.ann.id
    health = card_of(await place.ann.slash(place.channel, "health"))
    assert "2 undeliverable" in health and "I may not write in the channel" in health
    for words in ("sign it", "read it"):
        [choice] = await place.bob.autocomplete(place.channel, "reminders resume", "reminder", words)
        resumed = await place.bob.slash(place.channel, "reminders resume", reminder=str(choice["value"]))
        assert "1 that could not be delivered is tried again" in card_of(resumed)
    await place.env.settle()
    assert "sign it" in text_of(posted(place)[-1]) and "read it" in text_of(direct(place, place.bob)[-1])
    assert "could not be delivered" not in card_of(await place.bob.slash(place.channel, "reminders list"))


async def test_what_did_not_come_is_tried_again_or_removed_however_long_ago(place: Place) -> None:
    for words in ("sign it", "read it"):
        await remind(place, deadline=words, on="in 30 minutes")
    place.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, times=2)
    await until(place, "2026-01-11T00:00")
    assert card_of(await place.bob.slash(place.channel, "reminders list")).count("could not be delivered") == 2
    for verb, words, said in (("resume", "sign it", "is tried again now"), ("remove", "read it", "is removed")):
        [choice] = await place.bob.autocomplete(place.channel, f"reminders {verb}", "reminder", words)
        told = await place.bob.slash(place.channel, f"reminders {verb}", reminder=str(choice["value"]))
        assert said in card_of(told)
    await place.env.settle()
    assert ["sign it" in text_of(each) for each in direct(place, place.bob)] == [True]
    listed = card_of(await place.bob.slash(place.channel, "reminders list"))
    assert "could not be delivered" not in listed and "read it" not in listed


async def test_of_a_server_that_removed_the_bot_they_stop_and_resume_when_it_is_back(place: Place) -> None:
    servers: Any = place.bot.get_cog("Servers")
    for when in ("in 20 minutes", "in 40 minutes"):
        await remind(place, deadline=f"sign it {when}", on=when, where="this channel")
    place.env.inject_error("POST", f"/channels/{place.channel.id}/messages", status=403, code=50001)
    await place.env.advance_time(1_260)  # it was removed, and nobody has told the bot yet
    await place.env.settle()
    with place.env.time_context():
        await servers.left(place.guild.id)
    await place.env.advance_time(2 * DAY)
    await place.env.settle()
    assert posted(place) == []
    with place.env.time_context():
        await servers.on_guild_join(discord.Object(place.guild.id))
    await place.env.settle()
    said = [text_of(each) for each in posted(place)]
    assert ["in 20" in each for each in said] == [True, False] and all("2 days late" in each for each in said)


async def test_buttons_work_after_a_restart_and_only_where_they_stand(
    place: Place, bot_library: Library, bot_data_dir: Any
) -> None:
    await remind(place, deadline="sign it", on="in 30 minutes", where="this channel")
    await place.env.advance_time(1_860)
    await place.env.settle()
    [message] = posted(place)
    await place.env.restart_bot(make_bot(bot_library, bot_data_dir))
    theirs = furnished(place.env, place.bot, "Others")
    for verb in ("done", "seen", "me", "snooze"):
        assert "not in my books" in card_of((await press_forged(theirs, f"rm:{verb}:1"))[1])
    assert "gone" in card_of((await press_forged(theirs, "rl:undo:1"))[1])
    await place.bob.click(message, label="Done")
    assert "Done, " in text_of(posted(place)[-1])


async def test_a_newer_sentence_is_shown_where_there_is_one(place: Place, bot_library: Library) -> None:
    text = "The Zorvane permit ends on 7 March 2026, its keeper said. Nobody else wanted to say anything about it."
    await add(bot_library, text, published=datetime(2026, 1, 2, tzinfo=UTC).date())
    named = await choose(place, "remind", "zorvane")
    await remind(place, deadline=named, when="1 day")
    again = (
        "The Zorvane permit ends on 7 March 2026 and is not renewed, the ministry wrote. The quay was quiet that day."
    )
    await add(
        bot_library, again, published=datetime(2026, 2, 3, tzinfo=UTC).date(), title="Permit ends", origin="/made/b.md"
    )
    await until(place, "2026-03-06T09:01")
    [message] = direct(place, place.bob)
    assert "Told again since, and still current" in text_of(message) and "is not renewed" in text_of(message)


async def test_too_many_of_one_person_are_refused(place: Place) -> None:
    with place.env.time_context():
        async with place.bot.library.database.write() as connection:
            subject = Subject(datetime(2030, 1, 1, tzinfo=UTC).date(), "later")
            try:
                for _ in range(store.MOST_EACH + 1):
                    await store.add(connection, subject, parse_leads("1d"), person_id=place.bob.id, now=place.bot.now())
            except UsageError as error:
                assert "remove some" in str(error)
            else:
                raise AssertionError
    assert "remove some" in card_of(await remind(place, deadline="x", on="noon"))


async def test_one_in_ones_own_words_moves_to_another_server_and_its_clock(place: Place) -> None:
    theirs = furnished(place.env, place.bot, "Others")
    bob = theirs.guild.add_member(place.bob.user)
    await theirs.ann.slash(theirs.channel, "settings server", time_zone="Europe/Berlin", due_hour=8)
    role = place.guild.create_role("lawyers", mentionable=True)
    await remind(place, deadline="sign it", on="2 January", when="at the time", where="this channel", role=role)
    await place.bob.user.slash("remind", deadline="read it", on="2 January", when="at the time")
    for number in ("1", "2"):
        moved = card_of(await bob.slash(theirs.channel, "reminders edit", reminder=number, where="this channel"))
        assert f"remind <#{theirs.channel.id}> of" in moved  # no role of the other server
        assert f"<t:{int(datetime.fromisoformat('2026-01-02T08:00+01:00').timestamp())}:F>" in moved
    await until(place, "2026-01-02T07:01")
    assert posted(place) == direct(place, place.bob) == []
    for message in posted(theirs):
        await bob.click(message, label="Done")
    assert ["Done, " in text_of(each) for each in posted(theirs)] == [True, True]


async def test_what_only_its_server_may_see_moves_to_no_other(place: Place, bot_library: Library) -> None:
    theirs = furnished(place.env, place.bot, "Others")
    bob = theirs.guild.add_member(place.bob.user)
    text = "The Zorvane permit ends on 7 March 2026, its keeper said. Nobody else wanted to say anything about it."
    await add(bot_library, text, published=datetime(2026, 1, 2, tzinfo=UTC).date(), server_id=place.guild.id)
    drafted = await place.bob.slash(place.channel, "deadlines add", what="their secret vote", when="Friday noon")
    await place.bob.click(shown(drafted), label="Keep it")
    for number, typed in (("1", "zorvane"), ("2", "secret vote")):
        await remind(place, deadline=await choose(place, "remind", typed), when="at the time")
        for where, said in (("this channel", OF_ANOTHER), ("me", "remind you, directly")):
            told = await bob.slash(theirs.channel, "reminders edit", reminder=number, where=where)
            assert said in card_of(told)
        async with place.bot.library.database.read() as connection:
            kept = await store.get(connection, int(number))
        assert kept and (kept.server_id, kept.channel_id) == (place.guild.id, None)
        here = await place.bob.slash(place.channel, "reminders edit", reminder=number, where="this channel")
        assert f"<#{place.channel.id}>" in card_of(here)


async def test_of_what_its_owner_took_along_the_old_message_lets_nobody_decide(place: Place) -> None:
    await remind(place, deadline="stand-up", on="every Monday at 10", where="this channel")
    await until(place, "2026-01-05T10:01")
    carl = place.guild.add_member(place.env.create_user("carl"))
    await carl.click(shown(await carl.click(posted(place)[0], label="Snooze")), label="in 10 minutes")
    await until(place, "2026-01-05T10:12")
    await place.bob.slash(place.channel, "reminders edit", reminder="1", where="me")
    assert card_of(await carl.click(posted(place)[0], label="Done")) == buttons.NOT_YOURS
    assert card_of(await carl.user.click(direct(place, carl)[0], label="Done")) == buttons.NOT_YOURS
    await place.bob.click(posted(place)[0], label="Done")
    assert "Done, " in text_of(posted(place)[0])
    await until(place, "2026-01-12T10:01")
    assert len(direct(place, place.bob)) == len(posted(place)) == 1


async def test_what_one_has_done_another_is_still_told_once_more(place: Place) -> None:
    drafted = await place.bob.slash(place.channel, "deadlines add", what="file the papers", when="today at 2pm")
    await place.bob.click(shown(drafted), label="Keep it")
    named = await choose(place, "remind", "file the papers")
    await remind(place, deadline="sign it", on="today at noon", where="this channel")
    await remind(place, deadline="stand-up", on="every Thursday at 1pm", where="this channel")
    await remind(place, deadline=named, when="at the time", where="this channel")
    await until(place, "2026-01-01T14:01")
    for message in posted(place):
        for who in (place.ann, place.bob):
            await who.click(shown(await who.click(message, label="Snooze")), label="in an hour")
    for message in posted(place)[:2]:
        await place.bob.click(message, label="Done")
    await place.bob.slash(place.channel, "deadlines remove", deadline=named)
    await until(place, "2026-01-01T16:00")
    told = [text_of(each) for each in direct(place, place.ann)]
    assert ["sign it" in told[0], "stand-up" in told[1]] == [True, True] and all("💤" in each for each in told)
    assert len(told) == 2  # of a deadline that was removed nobody is told once more
    assert not any("💤" in text_of(each) for each in posted(place))  # Bob's own are over
