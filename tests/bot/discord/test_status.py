"""``/status`` and ``/timeline``: cards, the picture, which deal is meant, and other servers' deals."""

from bot.cards.timeline import FILE
from bot.choosing import NO_DEALS
from bot.standing import GONE
from bot.store import servers
from index.deals import add_deal, remove_deal
from tests.bot.discord.articles import add
from tests.bot.discord.conftest import Place, card_of, labels, shown, words

FERRY = "the merger of the Pellow and Norrey ferry lines"
GALLERY = 12  # Discord's number of the component


async def test_where_a_deal_stands_with_everything_quoted(place: Place) -> None:
    library = place.bot.library
    refused = await place.bob.slash(place.channel, "status")
    assert card_of(refused) == NO_DEALS
    ferries = await add_deal(library, "Ferry merger", FERRY)
    result = await place.bob.slash(place.channel, "status", as_of="2026-09-25")  # the only deal is meant
    card = card_of(result)
    assert "## awaiting approval\nsince <t:" in card and "as known on 25 September 2026" in card
    assert "**The sources disagree**\n> A Norrey planning paper" in card and "Not one crew job" in card
    assert "moved from ~~30 September 2026~~" in card and "independent sources, 7 articles" in card
    assert "**Parties**\nPellow Steam Packet, Norrey Line" in card
    assert len(card) < 4_000 and labels(shown(result)) == ["Timeline"]

    await add(library, "The mill at Orne is for sale, its owner wrote. Nobody has called.", title="A mill")
    await add_deal(library, "Mill", "the sale of the mill at Orne", server_id=place.guild.id)
    said = card_of(await place.bob.slash(place.channel, "status"))
    assert said == "This channel is about no deal; name one of: Mill, Ferry merger."
    mill = card_of(await place.bob.slash(place.channel, "status", deal="MILL"))
    assert "### The articles don't say where it stands." in mill
    for field in ("What spoke against it", "Open deadlines", "Parties", "Where the sources disagree"):
        assert f"**{field}:** no article tells" in mill
    early = card_of(await place.bob.slash(place.channel, "status", deal="Mill", as_of="1999-01-01"))
    assert "### There is no article on it in the index yet." in early and "as known on" in early
    wrong = await place.bob.slash(place.channel, "status", deal="Mill", as_of="soonish")
    assert wrong.ephemeral and "write it as 2026-01-31" in card_of(wrong)

    async with library.database.write() as connection:
        await servers.set_channel(connection, place.channel.id, place.guild.id, deal_id=ferries.id)
    assert "Ferry merger" in card_of(await place.bob.slash(place.channel, "status"))
    names = [each["name"] for each in await place.bob.autocomplete(place.channel, "status", "deal", "m")]
    assert names == ["Mill", "Ferry merger"]


async def test_the_timeline_is_a_picture_with_its_quotes(place: Place) -> None:
    library = place.bot.library
    await add_deal(library, "Ferry merger", FERRY)
    for result in (
        await place.bob.slash(place.channel, "timeline", as_of="2026-09-25"),
        await place.ann.click(
            shown(await place.bob.slash(place.channel, "status", as_of="2026-09-25")), label="Timeline"
        ),
    ):
        message = shown(result)
        [gallery] = [each for each in message.components[0]["components"] if each["type"] == GALLERY]
        assert gallery["items"][0]["media"]["url"].endswith(FILE)
        assert gallery["items"][0]["description"].startswith("Timeline of Ferry merger: awaiting approval since")
        card = words(message.components)
        assert "**1** · " in card and "**12** · " in card and "**13**" not in card
        assert "· **in talks → signed**\n> " in card and "deadline moved from 30 September 2026 to 27 November" in card
        assert len(card) < 4_000
        picture = place.env.backend.get_message(place.channel.id, message.id).attachments[0]
        assert picture["filename"] == FILE
    assert shown(result).ephemeral

    standing = shown(await place.bob.slash(place.channel, "status"))
    await remove_deal(library, "Ferry merger")
    assert card_of(await place.bob.click(standing, label="Timeline")) == GONE


async def test_what_changed_is_answered_from_the_timeline(place: Place) -> None:
    await add_deal(place.bot.library, "Ferry merger", FERRY)
    result = await place.bob.slash(place.channel, "ask", question="what changed this week?", as_of="2026-09-25")
    card = card_of(result)
    assert "### deadline moved from 30 September 2026 to 27 November 2026" in card and "about 75 % sure" in card
    assert "> The Markets Council has postponed its ruling" in card and "Why this?" in labels(shown(result))
    quiet = card_of(await place.bob.slash(place.channel, "ask", question="anything new today?"))
    assert "### The articles don't say" in quiet and "nothing is newer." in quiet
