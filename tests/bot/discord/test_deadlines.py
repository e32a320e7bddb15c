"""``/deadlines``: the list and one of it, people's own with undo, disputes, and that servers are kept apart."""

from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar, Event
from simcord.results import InteractionResult

from bot.buttons.deadlines import NOT_YOURS
from bot.cogs.deadlines import OF_ARTICLE
from bot.reminders.calendar import FILE
from bot.reminders.entries import NO_SUCH
from bot.reminders.words import PAST
from tests.bot.discord.conftest import Place, card_of, direct, furnished, labels, shown, text_of
from tests.bot.discord.test_isolation import press_forged


async def deadlines(place: Place, verb: str, who: str = "bob", **options: Any) -> InteractionResult:
    actor = place.bob if who == "bob" else place.ann
    return await actor.slash(place.channel, f"deadlines {verb}", **options)


async def choose(place: Place, command: str, typed: str, option: str = "deadline", **more: Any) -> str:
    """The value of the only choice that shows for what was typed."""
    [choice] = await place.ann.autocomplete(place.channel, command, option, typed, **more)
    return str(choice["value"])


async def test_what_lies_ahead_in_pages_and_one_of_it(place: Place) -> None:
    result = await deadlines(place, "list")
    card = card_of(result)
    assert shown(result).ephemeral and "ahead, page 1 of" in card
    assert "must ratify the treaty" in card and "-# “" in card and "~~" not in card  # the day that holds, and no other
    assert "moved from <t:1769855400:D>" in card
    await place.bob.click(shown(result), label="later ›")
    assert "page 2 of" in card_of(result)
    everything = card_of(await deadlines(place, "list", all=True))
    assert "~~<t:1769" not in card and "1759" in everything  # September 2025
    one = await deadlines(place, "show", deadline=await choose(place, "deadlines show", "both parliaments 31 mar"))
    card = card_of(one)
    assert "Due <t:" in card and "> " in card and "It was moved: ~~<t:" in card and "Still current" in card
    assert labels(shown(one)) == ["⏰ 7 days ahead", "⏰ 1 day ahead", "⏰ 1 hour ahead", "⏰ At the time"]
    told = await place.bob.click(shown(one), label="⏰ 7 days ahead")
    assert "7 days ahead" in card_of(told) and "The first comes <t:" in card_of(told)
    told = await place.bob.click(shown(one), label="⏰ At the time")
    assert "7 days ahead and at the time" in card_of(told)
    nowhere = card_of(await deadlines(place, "show", deadline="the moon"))
    assert nowhere == NO_SUCH.format(words="the moon")


async def test_only_those_of_a_deal(place: Place) -> None:
    assert "There is no deal named" in card_of(await deadlines(place, "list", deal="Moon deal"))


async def test_ones_own_is_shown_back_kept_changed_removed_and_back(place: Place) -> None:
    wrong = card_of(await deadlines(place, "add", what="call the notary", when="3 March 2020"))
    assert wrong == PAST.format(words="3 March 2020")
    drafted = await deadlines(place, "add", what="call @everyone the notary", when="Friday noon")
    assert "call \\@everyone the notary" in card_of(drafted) and "<t:1767355200:F>" in card_of(
        drafted
    )  # 2 January, noon
    assert "notary" not in card_of(await deadlines(place, "list"))
    kept = await place.bob.click(shown(drafted), label="Keep it")
    assert "is on the list" in card_of(kept) or "is on the list" in card_of(drafted)
    assert "notary" in card_of(await deadlines(place, "list"))
    [choice] = await place.bob.autocomplete(place.channel, "deadlines add", "when", "every Monday at 10", what="x")
    assert "Mon 5 Jan 2026, 10:00 UTC, and then again" in choice["name"]
    named = await choose(place, "deadlines edit", "notary")
    changed = await deadlines(place, "edit", deadline=named, when="every Monday at 10", until="30 June")
    assert "and then again until <t:" in card_of(changed)
    carl = place.guild.add_member(place.env.create_user("carl"))
    refused = await carl.slash(place.channel, "deadlines remove", deadline=named)
    assert card_of(refused) == NOT_YOURS
    await carl.slash(place.channel, "remind", deadline=named, when="1 hour")
    removed = await deadlines(place, "remove", "ann", deadline=named)  # who manages the server may
    assert "notary" not in card_of(await deadlines(place, "list"))
    assert "no reminders" in card_of(await carl.slash(place.channel, "reminders list"))
    [told] = [text_of(each) for each in direct(place, carl)]
    assert "was removed by somebody" in told
    await place.ann.click(shown(removed), label="Undo")
    assert "notary" in card_of(await deadlines(place, "list"))
    assert "notary" in card_of(await carl.slash(place.channel, "reminders list"))


async def test_whose_reminder_moves_is_told_the_moment_as_discord_shows_times(place: Place) -> None:
    drafted = await deadlines(place, "add", what="call {when} the notary", when="30 June")
    await place.bob.click(shown(drafted), label="Keep it")
    named = await choose(place, "deadlines edit", "notary")
    await place.ann.slash(place.channel, "remind", deadline=named, when="1 day")
    await deadlines(place, "edit", deadline=named, when="30 June 15:00")
    await place.env.settle()
    [told] = [text_of(each) for each in direct(place, place.ann)]
    assert "now due <t:1782831600:F>" in told and "call \\(when\\) the" in told and "UTC" not in told


async def test_a_day_is_that_of_the_readers_clock(place: Place) -> None:
    async def first(typed: str) -> str:
        [choice] = await place.bob.autocomplete(place.channel, "remind", "deadline", typed)
        return str(choice["name"]).partition(":")[0]

    place.bot.deliverer.idle = 5 * 86_400.0  # days pass here
    await place.bob.slash(place.channel, "timezone", zone="Australia/Sydney")
    assert await first("both parliaments") == "31 Mar"
    await place.bob.slash(place.channel, "timezone", zone="Europe/Berlin")
    await place.ann.slash(place.channel, "settings server", due_hour=0)
    assert await first("both parliaments") == "31 Mar"
    for what, when in (("turn the page", "30 April midnight"), ("file it", "2 January")):
        drafted = await deadlines(place, "add", what=what, when=when)
        await place.bob.click(shown(drafted), label="Keep it")
    assert await first("turn the page") == "30 Apr"  # midnight ends its day
    await place.bob.slash(place.channel, "timezone", zone="America/Los_Angeles")
    assert await first("file it") == "2 Jan 2026"  # there it is still 2025
    await place.env.advance_time(2 * 86_400 + 7 * 3_600)  # eleven in the evening there, and the next day in UTC
    assert "file it" in card_of(await deadlines(place, "list"))
    await place.env.advance_time(2 * 3_600)
    assert "file it" not in card_of(await deadlines(place, "list"))


async def test_a_file_for_calendars_whose_entries_move_and_are_cancelled(place: Place) -> None:
    async def entries(who: str = "bob", **options: Any) -> dict[str, Event]:
        actor = place.bob if who == "bob" else place.ann
        result = await actor.slash(place.channel, "deadlines calendar", **options)
        message = shown(result)
        assert message.ephemeral, message.content
        [file] = message.attachments
        assert file.filename == FILE
        return {str(each["SUMMARY"]): each for each in Calendar.from_ical(await file.read()).events}

    drafted = await deadlines(place, "add", what="call the notary", when="Friday noon")
    assert "call the notary" not in await entries()  # not kept yet
    await place.bob.click(shown(drafted), label="Keep it")
    first = (await entries())["call the notary"]
    assert first["DTSTART"].dt == datetime(2026, 1, 2, 12, tzinfo=UTC)
    named = await choose(place, "deadlines edit", "notary")
    await deadlines(place, "edit", deadline=named, when="5 January 15:00")
    moved = (await entries())["call the notary"]
    assert moved["UID"] == first["UID"] and moved["SEQUENCE"] > first["SEQUENCE"]
    assert moved["DTSTART"].dt == datetime(2026, 1, 5, 15, tzinfo=UTC)
    removed = await deadlines(place, "remove", deadline=named)
    gone = (await entries())["call the notary"]
    assert gone["STATUS"] == "CANCELLED" and gone["SEQUENCE"] > moved["SEQUENCE"]
    await place.bob.click(shown(removed), label="Undo")
    back = (await entries())["call the notary"]
    assert back["STATUS"] == "CONFIRMED" and back["SEQUENCE"] > gone["SEQUENCE"] and back["UID"] == first["UID"]

    books = "Kelmarch to hand over its landing books"
    before = (await entries())[books]
    named = await choose(place, "deadlines dispute", "landing books", why="x")
    disputed = await deadlines(place, "dispute", deadline=named, why="it is a plan")
    hidden = (await entries())[books]
    assert (hidden["UID"], hidden["STATUS"]) == (before["UID"], "CANCELLED")
    await place.ann.click(shown(disputed), label="It stands")
    again = (await entries())[books]
    assert again["STATUS"] == "CONFIRMED" and again["SEQUENCE"] > hidden["SEQUENCE"] > before["SEQUENCE"]

    await place.ann.slash(place.channel, "deal add", name="Treaty", about="the herring treaty of Kelmarch and Aubrel")
    only = await entries(deal="Treaty", all=True)
    everything = await entries(all=True)
    assert only.keys() < everything.keys() and "call the notary" not in only
    listed = card_of(await deadlines(place, "list", deal="Treaty", all=True))
    assert "of Treaty" in listed and "ferry merger" not in listed


async def test_a_disputed_one_is_hidden_until_a_manager_decides(place: Place) -> None:
    named = await choose(place, "deadlines dispute", "hand over its landing books", why="x")
    await place.bob.slash(place.channel, "remind", deadline=named, when="1 day")
    disputed = await deadlines(place, "dispute", deadline=named, why="it is a plan, no deadline")
    assert not shown(disputed).ephemeral and "it is a plan" in card_of(disputed)
    assert await place.bob.autocomplete(place.channel, "remind", "deadline", "landing books") == []
    refused = await place.bob.click(shown(disputed), label="Hide it for good")
    assert "Manage Server" in card_of(refused)
    again = await deadlines(place, "dispute", deadline=named, why="once more")
    assert "it is a plan" in card_of(again)  # one dispute, not two
    await place.ann.click(shown(disputed), label="It stands")
    assert "it stands" in card_of(disputed)
    assert await choose(place, "remind", "landing books") == named
    third = await deadlines(place, "dispute", deadline=named, why="really")
    await place.ann.click(shown(third), label="Hide it for good")
    assert await place.bob.autocomplete(place.channel, "remind", "deadline", "landing books") == []
    assert "no reminders" in card_of(await place.bob.slash(place.channel, "reminders list"))
    assert OF_ARTICLE.format(verb="removed") == card_of(await deadlines(place, "remove", deadline=named))


async def test_servers_and_people_are_kept_apart(place: Place) -> None:
    theirs = furnished(place.env, place.bot, "Others")
    drafted = await theirs.bob.slash(theirs.channel, "deadlines add", what="their secret vote", when="Friday noon")
    await theirs.bob.click(shown(drafted), label="Keep it")
    [choice] = await theirs.bob.autocomplete(theirs.channel, "deadlines edit", "deadline", "secret")
    key = str(choice["value"])
    for command in ("deadlines show", "deadlines edit", "deadlines remove", "remind"):
        assert await place.ann.autocomplete(place.channel, command, "deadline", "secret") == []
    for verb, more in (("show", {}), ("edit", {"what": "ours"}), ("remove", {})):
        assert "There is no deadline" in card_of(await deadlines(place, verb, "ann", deadline=key, **more))
    assert "There is no deadline" in card_of(await place.ann.slash(place.channel, "remind", deadline=key))
    assert "There is no deadline" in card_of(await place.bob.user.slash("deadlines show", deadline=key))
    for verb in ("keep", "discard", "undo", "uphold", "dismiss"):
        _, pressed = await press_forged(place, f"dl:{verb}:{key.lstrip('o')}")
        assert "not in my books" in card_of(pressed)
    _, pressed = await press_forged(place, f"dl:remind:{key}:1h")
    assert "There is no deadline" in card_of(pressed)
    mine = await place.bob.user.slash("deadlines add", what="buy a pen", when="tomorrow at 5pm")
    await place.bob.user.click(shown(mine), label="Keep it")
    assert "buy a pen" in card_of(await place.bob.user.slash("deadlines list"))
    assert "buy a pen" not in card_of(await deadlines(place, "list"))
    assert "buy a pen" not in card_of(await place.ann.user.slash("deadlines list"))
