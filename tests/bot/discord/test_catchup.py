"""``/catchup`` and ``/why-not`` where there is more than they show."""

from bot.store import posts
from bot.store.posts import Decision
from index.deals import add_deal
from index.ingest import ingest
from index.models import Draft
from index.read import Reading
from index.store.deals import clear_deal, find_deal, set_deal_articles
from tests.bot.discord.conftest import Place, card_of
from tests.helpers import made

MANY = 15


async def given(place: Place) -> None:
    """So many articles of one deal."""

    async def readings():  # type: ignore[no-untyped-def]
        yield Reading(tuple(Draft(text=made.text(n), title=made.title(n), origin=f"{n}.txt") for n in range(MANY)))

    library, server_id = place.bot.library, place.guild.id
    await add_deal(library, "Notices", "short news of invented firms", server_id=server_id)
    stored: list[int] = []
    await ingest(library, readings(), server_id=server_id, on_stored=lambda each: stored.append(each.article_id or 0))
    async with library.database.write() as connection:
        deal = await find_deal(connection, "Notices", server_id)
        assert deal is not None
        await clear_deal(connection, deal.id)
        await set_deal_articles(connection, [(deal.id, each, 1.0) for each in stored])


async def test_catching_up_says_how_many_there_were_and_how_many_it_shows(place: Place) -> None:
    await given(place)
    told = card_of(await place.bob.slash(place.channel, "catchup", deal="Notices"))
    assert f"{MANY} new reports" in told and "-# The newest 12 are shown; ask me about the earlier ones" in told
    assert sum(made.title(each) in told for each in range(MANY)) == 12


async def test_why_not_finds_an_article_behind_many_others(place: Place) -> None:
    now = place.bot.now()

    def decided(title: str) -> Decision:
        return Decision(place.guild.id, place.channel.id, 1, title, "posted", "it fits", now)

    async with place.bot.library.database.write() as connection:
        await posts.log(connection, [decided("Übernahme in Orne"), *[decided(f"Notice {n}") for n in range(250)]])
    for typed in ("übernahme", "Orne"):
        told = card_of(await place.ann.slash(place.channel, "why-not", article=typed))
        assert "**Übernahme in Orne**: posted; it fits." in told and "Notice" not in told
    told = card_of(await place.ann.slash(place.channel, "why-not", article="100 % Orne_"))
    assert "has not arrived in the last two weeks" in told
