"""New articles in a server: feeds and watches as people set them, and what stands in the channel afterwards."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest
from simcord.backend.errors import SetupError
from simcord.results import InteractionResult

from bot.posts.arrange import arrange
from bot.posts.troubles import tell_troubles
from bot.store import posts
from index.deals import add_deal
from index.feeds.folders import Stillness
from index.feeds.keep import Polling, poll_once
from index.ingest import remove_article
from index.read.fetch import open_session
from index.work import work
from tests.bot.discord.conftest import Place, card_of, words
from tests.helpers.news_site import NewsSite, Piece, running

TODAY = datetime(2026, 1, 1, tzinfo=UTC)  # when the offline Discord begins
AHEAD = TODAY + timedelta(days=40)
DUE = f"{AHEAD.day} {AHEAD:%B %Y}"
LATER = TODAY + timedelta(days=75)
MOVED = f"{LATER.day} {LATER:%B %Y}"

FIRST = (
    f"The Orne lighthouse trust must sign the sale of the lighthouse to the pilots' guild by {DUE}, the notary said. "
    "The guild has put the price in an account. The trustees met behind closed doors on the matter. "
    "A keeper who was not asked said that the lamp would stay lit whoever owned the tower and its garden. "
)
AGAIN = (
    f"By {DUE} the Orne lighthouse trust must sign the sale of the lighthouse to the pilots' guild, a notary told us. "
    "The money for the tower lies in an account of the guild. Trustees met on the sale without the public. "
    "The keeper expects the lamp to stay lit whoever will own the tower and its garden. "
)
PUT_OFF = (
    f"The deadline for signing the sale of the Orne lighthouse was extended from {DUE} to {MOVED}, the notary said. "
    "The pilots' guild agreed to wait. The trust wants to hear the keeper before it signs away the tower. "
)
OTHER = (
    "The bakers of Pell Street have named their new cat after the mayor, who came to see it and was scratched. "
    "It was no political statement, the master baker said, and gave the mayor a bun. The cat sleeps in the flour. "
    "A petition asks that it be allowed to stay. The health inspector has not decided whether cats may live there. "
)
STEPS = {
    "Talks over the tower": (
        "The Orne trust and the pilots' guild are in talks on the sale of the Orne lighthouse, the notary said. The two "
        "sides met on Tuesday in the keeper's kitchen. The guild told reporters that it will pay for the repair of the "
        "harbour stairs below the tower. The keeper served tea and said that nobody had asked him anything at all."
    ),
    "Paint for the tower": (
        "The Orne lighthouse will be painted white and red again, the trust said. The pilots' guild likes "
        "the colours. The painter comes from the mainland and brings his own ladder. He has painted eleven towers so far."
    ),
    "Lighthouse sold": (
        "The Orne trust and the pilots' guild signed the contract on the sale of the Orne lighthouse on Thursday. The notary "
        "read all of its forty pages aloud. The lamp will stay lit. A cake in the shape of the tower was cut afterwards."
    ),
    "Guild on the stairs": (
        "The pilots' guild denied that it will pay for the repair of the harbour stairs below the Orne lighthouse. Its "
        "treasurer said that the trust had misheard. The stairs have been closed since the storm of last winter."
    ),
}  # fmt: skip


@dataclass
class Desk:
    place: Place
    site: NewsSite
    seconds: float = 0.0
    pieces: list[Piece] = field(default_factory=list)

    @property
    def now(self) -> float:
        return self.place.bot.now() + self.seconds

    async def store(self) -> None:
        await work(self.place.bot.library, until_empty=True)

    async def arrive(self, *pieces: Piece) -> None:
        """These appear in the feed on top; all that follows is done."""
        self.pieces = [*pieces, *[each for each in self.pieces if each.guid not in {p.guid for p in pieces}]]
        self.site.feed("/rss", *self.pieces)
        await self.look()

    async def look(self) -> None:
        with self.place.env.time_context():
            await self._look()
        self.place.bot.deliverer.wake()
        await self.place.env.settle()

    async def _look(self) -> None:
        bot = self.place.bot
        self.seconds += 90_000
        polling = Polling(shortest=1.0, allow_private=True)
        async with open_session(allow_private=True) as session:
            await poll_once(bot.library, polling, "test", session, Stillness(), clock=lambda: self.now)
        await self.store()
        await arrange(bot)
        await tell_troubles(bot)

    def messages(self) -> list[discord.Message]:
        """The bot's messages in the channel, as everybody sees them now."""
        return [
            each
            for each in self.place.channel.history(viewer=self.place.bob)
            if each.author.bot and not each.flags.ephemeral
        ]

    def shown(self) -> list[str]:
        return [text_of(each) for each in self.messages()]


def text_of(message: discord.Message) -> str:
    return words([each.to_dict() for each in message.components])  # type: ignore[misc]


@pytest.fixture
def site() -> Iterator[NewsSite]:
    with running() as site:
        yield site


@pytest.fixture
async def desk(place: Place, site: NewsSite) -> AsyncIterator[Desk]:
    """The channel watches a feed that held one old item when it was added."""
    place.bot.settings = place.bot.settings.model_copy(update={"allow_private_addresses": True, "feed_interval": 1})
    desk = Desk(place, site)
    desk.pieces = [Piece("Old hat", OTHER.replace("cat", "dog"), "old")]
    site.feed("/rss", *desk.pieces)
    result = await place.ann.slash(place.channel, "feeds add", address=site.url("/rss"), post_here=True)
    assert "is read from now on" in said(result), said(result)
    await desk.store()
    yield desk


def said(result: InteractionResult) -> str:
    return "\n".join([m.content or words(m.components) for m in (result.response, *result.followups) if m])


def piece(title: str, text: str, guid: str, **more: Any) -> Piece:
    return Piece(title, text, guid, f"https://gazette.example/{guid}", published=TODAY, **more)


async def test_what_is_new_is_posted_once_with_its_sentences_and_what_it_brings(desk: Desk) -> None:
    assert desk.shown() == []
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"))
    [card] = desk.shown()
    assert "### Lighthouse to be sold" in card and "[gazette.example](<https://gazette.example/a>)" in card
    assert "**Harbour Gazette**" in card and "**New deadline**" in card and "> The Orne lighthouse trust" in card
    await desk.look()
    assert len(desk.shown()) == 1
    answer = await desk.place.bob.slash(
        desk.place.channel, "ask", question="by when must the lighthouse sale be signed?"
    )
    assert AHEAD.strftime("%Y") in card_of(answer) and "lighthouse" in card_of(answer)


async def test_one_story_is_one_message(desk: Desk) -> None:
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"))
    site = desk.site
    for number, text in enumerate((FIRST.replace("closed doors", "shut doors"), AGAIN)):
        path = f"/rss{number}"
        site.feed(path, Piece("Nothing yet", OTHER.replace("cat", f"hen {number}"), "x"), title=f"Outlet {number}")
        result = await desk.place.ann.slash(desk.place.channel, "feeds add", address=site.url(path), post_here=True)
        assert "is read" in said(result)
        site.feed(path, piece("Tower sale near", text, f"b{number}"), title=f"Outlet {number}")
        await desk.look()
    [card] = desk.shown()
    assert "also reported by 2: Outlet 0, Outlet 1" in card


async def test_a_moved_deadline_is_a_post_of_its_own_with_both_days(desk: Desk) -> None:
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"))
    await desk.arrive(piece("Lighthouse sale put off", PUT_OFF, "b"))
    assert len(desk.shown()) == 2
    assert "**Moved** from" in desk.shown()[1] and f"~~{AHEAD.day} {AHEAD:%B}" in desk.shown()[1]


async def test_a_turn_of_the_deal_and_a_contradiction_are_said_on_the_card(desk: Desk) -> None:
    place = desk.place
    about = "the sale of the Orne lighthouse by the Orne trust to the pilots' guild"
    await add_deal(place.bot.library, "Lighthouse", about, server_id=place.guild.id)
    await add_deal(place.bot.library, "Their secret", about, server_id=place.guild.id + 1)
    await place.ann.slash(place.channel, "feeds remove", feed="Harbour Gazette")
    desk.site.feed("/wire", *desk.pieces, title="Harbour Gazette")
    await place.ann.slash(place.channel, "feeds add", address=desk.site.url("/wire"))
    await place.ann.slash(place.channel, "watch add", deal="Lighthouse", only_news=True)
    for number, (title, text) in enumerate(STEPS.items()):
        desk.site.feed("/wire", piece(title, text, f"s{number}"), *desk.pieces, title="Harbour Gazette")
        await desk.look()
    talks, signed, denied = desk.shown()
    assert "**Where it stands:** in talks" in talks
    assert "**Where it stands:** in talks → signed" in signed and "before (Harbour Gazette): The Orne trust" in signed
    assert "**Contradicts an earlier report:**" in denied and "before (Harbour Gazette):" in denied
    assert "secret" not in "".join(desk.shown())
    told = said(await place.ann.slash(place.channel, "why-not", article="Paint"))
    assert "it brings no new date and no new state of affairs" in told


async def test_of_two_first_reports_that_come_together_one_is_the_news(desk: Desk) -> None:
    number = int(said(await desk.place.ann.slash(desk.place.channel, "watch list")).split("**")[1])
    await desk.place.ann.slash(desk.place.channel, "watch edit", watch=number, only_news=True)
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"), piece("Tower sale near", AGAIN, "b"))
    assert len(desk.shown()) == 1 and "**New deadline**" in desk.shown()[0]


async def test_a_changed_article_edits_its_post_and_says_what_went(desk: Desk) -> None:
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"))
    changed = FIRST.replace("The guild has put the price in an account.", "The guild has not paid anything yet.")
    await desk.arrive(piece("Lighthouse to be sold", changed, "a"))
    [card] = desk.shown()
    if "put the price" in card:  # it was quoted
        assert "Changed by its outlet" in card and "~~The guild has put the price" in card
    gone = FIRST.replace("must sign the sale of", "may refuse to sell")
    await desk.arrive(piece("Lighthouse to be sold", gone, "a"))
    [card] = desk.shown()
    assert "**Changed by its outlet since.**" in card and "~~The Orne lighthouse trust must sign" in card
    assert "> The Orne lighthouse trust may refuse" in card


async def test_a_withdrawn_article_is_marked(desk: Desk) -> None:
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"))
    async with desk.place.bot.library.database.read() as connection:
        [(post, _)] = await posts.recent(connection, desk.place.channel.id, 0.0)
    await remove_article(desk.place.bot.library, post.article_id)
    await desk.look()
    [card] = desk.shown()
    assert "**Withdrawn.**" in card and "~~Lighthouse to be sold~~" in card and "> " not in card


async def test_filters_and_why_not(desk: Desk) -> None:
    listed = await desk.place.ann.slash(desk.place.channel, "watch list")
    number = int(said(listed).split("**")[1])
    edited = await desk.place.ann.slash(
        desk.place.channel, "watch edit", watch=number, words="lighthouse, pier*", without="scandal", only_news=True
    )
    assert "without scandal; only what brings" in said(edited)
    await desk.arrive(piece("Bakers' cat", OTHER, "a"))
    await desk.arrive(piece("Lighthouse scandal", f"The lighthouse is a scandal. {OTHER}", "b"))
    assert desk.shown() == []
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "c"))
    assert len(desk.shown()) == 1
    told = said(await desk.place.ann.slash(desk.place.channel, "why-not"))
    assert "none of the words" in told and "“scandal”, which is excluded" in told and "posted" in told
    with pytest.raises(SetupError, match="not visible to this user"):
        await desk.place.bob.slash(desk.place.channel, "why-not")


async def test_the_days_cap_and_its_digest(desk: Desk) -> None:
    number = int(said(await desk.place.ann.slash(desk.place.channel, "watch list")).split("**")[1])
    await desk.place.ann.slash(desk.place.channel, "watch edit", watch=number, daily_cap=1, digest_at="00:30")
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"))
    await desk.arrive(piece("Bakers' cat", OTHER, "b"))
    await desk.arrive(piece("Lighthouse sale put off", PUT_OFF, "c"))
    assert len(desk.shown()) == 1
    await desk.place.env.advance_time(1_900)
    assert len(desk.shown()) == 2
    digest = desk.shown()[1]
    assert "2 more articles" in digest and digest.index("put off") < digest.index("Bakers")  # news first
    await desk.place.env.advance_time(600)
    assert len(desk.shown()) == 2


async def test_quiet_hours_hold_a_post_back_and_lose_none(desk: Desk) -> None:
    now = desk.place.env.now()
    hours = f"{(now - timedelta(hours=1)):%H:%M}-{(now + timedelta(hours=2)):%H:%M}"
    number = int(said(await desk.place.ann.slash(desk.place.channel, "watch list")).split("**")[1])
    await desk.place.ann.slash(desk.place.channel, "watch edit", watch=number, quiet=hours)
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"))
    assert desk.shown() == []
    await desk.place.env.advance_time(3 * 3600)
    assert len(desk.shown()) == 1


async def test_a_forum_gets_a_thread_with_its_tags_and_a_deal_its_articles(desk: Desk) -> None:
    place = desk.place
    await add_deal(
        place.bot.library, "Lighthouse", "the sale of the Orne lighthouse to the pilots", server_id=place.guild.id
    )
    forum = place.guild.create_forum_channel("stories")
    result = await place.ann.slash(place.channel, "watch add", deal="lighthouse", channel=forum)
    assert "the deal Lighthouse" in said(result)
    await desk.arrive(piece("Bakers' cat", OTHER, "a"), piece("Lighthouse to be sold", FIRST, "b"))
    [thread] = forum.threads
    assert thread.name == "Lighthouse to be sold" and "Lighthouse" in text_of(thread.history()[0])
    await desk.arrive(piece("Lighthouse to be sold", FIRST.replace("must sign", "may now sign"), "b"))
    assert len(forum.threads) == 1
    # In Discord a thread has its first message's id; offline it has not, so that the edit itself finds nothing.
    edits = [each.path for each in place.env.http_requests if each.method == "PATCH"]
    assert f"/channels/{thread.id}/messages/{thread.id}" in edits


async def test_muting_a_story(desk: Desk) -> None:
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"))
    [message] = desk.messages()
    refused = await desk.place.bob.click(message, label="Mute this story")
    assert "may manage messages" in said(refused)
    assert "two weeks" in said(await desk.place.ann.click(message, label="Mute this story"))
    await desk.arrive(piece("Lighthouse again", FIRST.replace("closed", "locked"), "b"))
    assert len(desk.shown()) == 1 and "also reported" not in desk.shown()[0]


async def test_asking_about_a_post_also_after_a_restart(desk: Desk) -> None:
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"))
    [message] = desk.messages()
    modal = await desk.place.bob.click(message, label="Ask about this")
    answer = await desk.place.bob.submit_modal(modal, {"question": "who wants to buy the lighthouse?"})
    assert "guild" in card_of(answer)


async def test_a_role_is_pinged_for_chosen_kinds_only(desk: Desk) -> None:
    role = desk.place.guild.create_role("watchers", mentionable=True)
    number = int(said(await desk.place.ann.slash(desk.place.channel, "watch list")).split("**")[1])
    options = {"watch": number, "role": role, "ping_for": "deadline, moved"}
    result = await desk.place.ann.slash(desk.place.channel, "watch edit", **options)
    assert "watches" in said(result)
    await desk.arrive(piece("Bakers' cat @everyone", OTHER, "a"))
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "b"))
    cat, sale = desk.messages()
    assert f"<@&{role.id}>" not in text_of(cat) and f"<@&{role.id}>" in text_of(sale)
    asked = [each.json for each in desk.place.env.http_requests if each.method == "POST"]
    allowed = [each["allowed_mentions"] for each in asked if isinstance(each, dict) and "allowed_mentions" in each]
    assert [each.get("roles") for each in allowed[-2:]] == [None, [role.id]], allowed


async def test_a_feed_that_fails_is_told_once_and_again_when_it_recovers(desk: Desk) -> None:
    desk.site.break_("/rss", 500)
    for _ in range(5):
        await desk.look()
    [told] = desk.shown()
    assert "Harbour Gazette cannot be read" in told and "status 500" in told
    await desk.arrive(piece("Bakers' cat", OTHER, "a"))
    assert "can be read again" in desk.shown()[2] or "can be read again" in desk.shown()[1]
    assert len(desk.shown()) == 3


async def test_what_the_commands_refuse(desk: Desk) -> None:
    ann, bob, here = desk.place.ann, desk.place.bob, desk.place.channel
    assert "private or local" in said(await _without_private(desk, "feeds add", address="http://127.0.0.1:9/x"))
    assert "must look like https:" in said(await ann.slash(here, "feeds add", address="no address at all"))
    assert "either the address" in said(await ann.slash(here, "feeds add"))
    for command in ("feeds list", "watch list"):
        with pytest.raises(SetupError, match="not visible to this user"):
            await bob.slash(here, command)
    assert "There is no feed" in said(await ann.slash(here, "watch add", feed="nobody's"))
    assert "There is no deal" in said(await ann.slash(here, "watch add", deal="nobody's"))
    assert "are no hours" in said(await ann.slash(here, "watch add", quiet="at night"))
    assert "no kind of news" in said(await ann.slash(here, "watch add", ping_for="gossip"))
    assert "There is no watch 999" in said(await ann.slash(here, "watch remove", watch=999))
    everyone = desk.place.guild.default_role
    assert "may not ping" in said(await ann.slash(here, "watch add", role=everyone))


async def _without_private(desk: Desk, name: str, **options: Any) -> InteractionResult:
    bot = desk.place.bot
    bot.settings = bot.settings.model_copy(update={"allow_private_addresses": False})
    return await desk.place.ann.slash(desk.place.channel, name, **options)


async def test_feeds_listed_tested_paused_and_removed(desk: Desk) -> None:
    ann, here = desk.place.ann, desk.place.channel
    assert "Harbour Gazette" in said(await ann.slash(here, "feeds list"))
    assert "looked at <t:" in said(await ann.slash(here, "feeds status"))
    tested = said(await ann.slash(here, "feeds test", address=desk.site.url("/rss")))
    assert "A feed: Harbour Gazette, 1 articles" in tested and "### Old hat" in tested
    assert "is paused" in said(await ann.slash(here, "feeds pause", feed="Harbour Gazette"))
    assert "goes on" in said(await ann.slash(here, "feeds pause", feed="Harbour Gazette"))
    assert "its articles stay" in said(await ann.slash(here, "feeds remove", feed="Harbour Gazette"))
    assert "no feeds yet" in said(await ann.slash(here, "feeds list"))
    assert "No channel watches" in said(await ann.slash(here, "watch list"))  # its watch went with it


async def test_catching_up_with_a_deal_privately(desk: Desk) -> None:
    place = desk.place
    await add_deal(
        place.bot.library, "Lighthouse", "the sale of the Orne lighthouse to the pilots", server_id=place.guild.id
    )
    nothing = await place.bob.slash(place.channel, "catchup", deal="Lighthouse")
    assert "nothing new" in said(nothing) and nothing.ephemeral
    await desk.arrive(piece("Lighthouse to be sold", FIRST, "a"), piece("Bakers' cat", OTHER, "b"))
    told = said(await place.bob.slash(place.channel, "catchup", deal="Lighthouse"))
    assert "one new report" in told and "Lighthouse to be sold" in told and "Bakers" not in told
    assert "There is no deal" in said(await place.bob.slash(place.channel, "catchup", deal="Tramways"))
    assert "about no deal" in said(await place.bob.slash(place.channel, "catchup"))
