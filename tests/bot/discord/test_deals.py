"""``/deal`` as a manager and as anybody meets it: following, changing, moving articles, suggestions, channels."""

from bot.buttons.deals import CHANGED, GONE, KEPT
from bot.cards.deals import NOBODY, NOTHING_FREE
from bot.cogs.deals import NO_ARTICLE, NOWHERE
from index.deals import add_deal
from index.models import Scope
from index.store.articles import article_ids
from index.store.deals import list_deals
from tests.bot.discord.articles import add
from tests.bot.discord.conftest import Place, card_of, furnished, labels, shown

FERRY = "the merger of the ferry lines Pellow Steam Packet and Norrey Line"


async def held(place: Place, name: str) -> set[int]:
    async with place.bot.library.database.read() as connection:
        [deal] = [each for each in await list_deals(connection, place.guild.id) if each.name == name]
        return set(await article_ids(connection, Scope(server_id=place.guild.id, deal_id=deal.id)))


async def test_following_changing_and_leaving_a_deal(place: Place) -> None:
    channel, ann, bob = place.channel, place.ann, place.bob
    assert card_of(await bob.slash(channel, "deal list")) == NOBODY
    for command, options in (
        ("deal add", {"name": "Ferries", "about": FERRY}),
        ("deal suggest", {}),
        ("deal channel", {"deal": "none"}),
    ):
        refused = await bob.slash(channel, command, **options)
        assert refused.ephemeral and "Manage Server" in card_of(refused)
    added = await ann.slash(channel, "deal add", name="Ferries", about=FERRY, here=True)
    assert "Following it from now on." in card_of(added) and "7 articles" in card_of(added)
    assert "already; choose another name" in card_of(await ann.slash(channel, "deal add", name="ferries", about="x"))
    listed = card_of(await bob.slash(channel, "deal list"))
    assert f"**Ferries** {FERRY}" in listed and f"in <#{channel.id}>" in listed
    assert "Ferries" in card_of(await bob.slash(channel, "status"))

    nothing = await ann.slash(channel, "deal edit", deal="Ferries")
    assert "Nothing was given to change" in card_of(nothing)
    changed = card_of(await ann.slash(channel, "deal edit", deal="ferries", name="Boats", must_not="watchdog, kippers"))
    assert "**Boats**" in changed and "must not have: watchdog, kippers" in changed and "7 articles" not in changed
    fewer = await held(place, "Boats")
    assert "7 articles" in card_of(await ann.slash(channel, "deal edit", deal="Boats", must_not="none"))
    assert fewer < await held(place, "Boats")

    assert "about no deal any more" in card_of(await ann.slash(channel, "deal channel", deal="NONE"))
    await add_deal(place.bot.library, "Shared herring", "the herring treaty")
    assert "shared by whoever runs me" in card_of(await bob.slash(channel, "deal list"))
    assert "is about **Shared herring**" in card_of(await ann.slash(channel, "deal channel", deal="shared herring"))
    for command in ("deal edit", "deal remove"):
        options = {"deal": "Shared herring"} | ({"name": "x"} if command == "deal edit" else {})
        assert "shared with every server" in card_of(await ann.slash(channel, command, **options))
    names = [each["name"] for each in await ann.autocomplete(channel, "deal edit", "deal", "")]
    assert names == ["Boats"]

    question = shown(await ann.slash(channel, "deal remove", deal="Boats"))
    assert labels(question) == ["Stop following", "Keep it"]
    assert card_of(await ann.click(question, label="Keep it")) == KEPT
    question = shown(await ann.slash(channel, "deal remove", deal="Boats"))
    again = shown(await ann.slash(channel, "deal remove", deal="Boats"))
    assert "no longer followed" in card_of(await ann.click(question, label="Stop following"))
    assert card_of(await ann.click(again, label="Stop following")) == GONE


async def test_an_article_moved_by_hand_stays_there(place: Place) -> None:
    channel, ann = place.channel, place.ann
    text = "The mill at Orne is for sale, its owner wrote to the council. Nobody has called so far, he said."
    await add(place.bot.library, text, title="A mill is for sale")
    await ann.slash(channel, "deal add", name="Ferries", about=FERRY)
    await ann.slash(channel, "deal add", name="Mill", about="the sale of the mill at Orne")
    [mill] = await held(place, "Mill")
    assert card_of(await ann.slash(channel, "deal move", article=str(mill))) == NOWHERE
    assert card_of(await ann.slash(channel, "deal move", article="ferry", into="Mill")) == NO_ARTICLE
    assert card_of(await ann.slash(channel, "deal move", article="999", into="Mill")) == NO_ARTICLE
    choices = await ann.autocomplete(channel, "deal move", "article", "mill is")
    assert choices == [{"name": "A mill is for sale", "value": str(mill)}]
    moved = card_of(await ann.slash(channel, "deal move", article="a mill is for", into="Ferries", out_of="Mill"))
    assert "is in **Ferries** (now 8 articles) and out of **Mill** (now 0 articles)" in moved
    await ann.slash(channel, "deal edit", deal="Ferries", about=FERRY + ", two of them")
    await ann.slash(channel, "deal edit", deal="Mill", about="the sale of the mill at Orne by its owner")
    await add(place.bot.library, text + " He waits.", title="A mill is for sale")  # a new version of it
    assert mill in await held(place, "Ferries") and not await held(place, "Mill")


async def test_articles_that_belong_together_are_suggested_and_followed(place: Place) -> None:
    channel, ann = place.channel, place.ann
    suggested = await ann.slash(channel, "deal suggest")
    card = card_of(suggested)
    assert "**1. " in card and "Norrey and Pellow** · " in card and "clock" not in card.casefold()
    numbers = {}
    for section in shown(suggested).components[0]["components"][1:]:
        said = section["components"][0]["content"]
        numbers["ferry" if "Pellow" in said else said] = section["accessory"]["custom_id"]
    other = furnished(place.env, place.bot, "Strangers")
    modal = await ann.click(shown(suggested), custom_id=numbers["ferry"])
    followed = card_of(await ann.submit_modal(modal, {"name": "Ferries", "about": ""}))
    assert "**Ferries**" in followed and "(by hand)" in followed
    assert len(await held(place, "Ferries")) >= 3
    again = await ann.click(shown(suggested), custom_id=numbers["ferry"])
    assert card_of(await ann.submit_modal(again, {"name": "", "about": ""})) == CHANGED
    assert "Pellow" not in card_of(await ann.slash(channel, "deal suggest"))
    assert "Pellow" in card_of(await other.ann.slash(other.channel, "deal suggest"))  # what we follow is ours alone
    for about in ("the herring treaty between Ondrea and Kelmarch", "rare earths between China and the United States"):
        await add_deal(place.bot.library, about[:12], about)
    assert card_of(await ann.slash(channel, "deal suggest")) == NOTHING_FREE
    place.env.backend.get_guild(place.guild.id).members[ann.id].role_ids.clear()
    assert "Manage Server" in card_of(await ann.click(shown(suggested), custom_id=numbers["ferry"]))
