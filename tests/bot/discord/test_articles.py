"""``/articles`` and “Add to the index”: adding by link, file and message; listing, reading, removing; and who may."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.cards.articles import listing
from bot.cards.text import length
from bot.store.servers import set_server
from index.models import Scope
from index.store.articles import list_articles
from index.store.listing import Listed
from tests.bot.discord.conftest import Place, card_of, labels, shown

TEXT = (
    "The lighthouse at Cape Merrow was sold to its keeper for one crown, the harbour board said on Friday. "
    "The keeper, Odda Brisk, has until 14 March 2026 to repair the lamp, or the sale is void."
)
MARKDOWN = f"---\ntitle: Lighthouse sold\ndate: 2026-01-16\nsource: Merrow Post\n---\n\n{TEXT}\n"
PAGE = f"<html><head><title>Lighthouse sold</title></head><body><article><h1>Lighthouse sold</h1><p>{TEXT}</p></article></body></html>"


@pytest.fixture
async def site() -> AsyncIterator[str]:
    """A page on the loopback."""

    async def page(request: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    app = web.Application()
    app.router.add_get("/sold", page)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def own(place: Place) -> list[str]:
    async with place.bot.library.database.read() as connection:
        found = await list_articles(connection, Scope(server_id=place.guild.id))
    async with place.bot.library.database.read() as connection:
        shared = {each.id for each in await list_articles(connection, Scope())}
    return [each.title for each in found if each.id not in shared]


async def add_file(place: Place, text: str = MARKDOWN, name: str = "sold.md") -> str:
    return card_of(await place.ann.slash(place.channel, "articles add", file=(name, text.encode())))


async def test_a_file_is_read_and_answers_come_from_it(place: Place) -> None:
    said = await add_file(place)
    assert "1 added" in said and "Lighthouse sold" in said
    card = card_of(
        await place.bob.slash(place.channel, "ask", question="until when must the keeper repair the lighthouse lamp?")
    )
    assert "14 March 2026" in card and "Merrow Post" in card
    assert "1 unchanged" in await add_file(place)
    assert "not read: " in await add_file(place, "", "empty.md")
    assert await own(place) == ["Lighthouse sold"]


async def test_a_link_is_fetched_where_the_operator_allows_it(place: Place, site: str) -> None:
    refused = card_of(await place.ann.slash(place.channel, "articles add", link=f"{site}/sold"))
    assert "never fetched" in refused and "1 failed" in refused
    place.bot.settings = place.bot.settings.model_copy(update={"allow_private_addresses": True})
    assert "1 added" in card_of(await place.ann.slash(place.channel, "articles add", link=f"{site}/sold"))
    assert "There is no page" in card_of(await place.ann.slash(place.channel, "articles add", link=f"{site}/none"))


@pytest.mark.parametrize(
    "link", ["/etc/passwd", "pyproject.toml", "file:///etc/passwd", "ftp://a.example/b", "no link"]
)
async def test_what_is_no_link_is_never_looked_for(place: Place, link: str) -> None:
    result = await place.ann.slash(place.channel, "articles add", link=link)
    assert result.ephemeral and "beginning with https, or attach" in card_of(result)
    assert "Give a link" in card_of(await place.ann.slash(place.channel, "articles add"))


async def test_a_message_is_added_by_its_menu(place: Place, site: str) -> None:
    place.bot.settings = place.bot.settings.model_copy(update={"allow_private_addresses": True})
    for content, attachments, added in (
        (TEXT, (), True),
        (f"look: <{site}/sold>", (), True),
        ("as a file", [("sold.txt", f"Another lighthouse\n\n{TEXT} It is tall.".encode())], True),
        ("ok", (), False),
    ):
        message = await place.bob.send(place.channel, content, attachments=attachments)
        said = card_of(await place.ann.context_menu(place.channel, "Add to the index", message))
        assert ("added" in said or "unchanged" in said) if added else "There is no article in that message" in said
    assert len(await own(place)) >= 2


async def test_who_may_add(place: Place) -> None:
    refused = await place.bob.slash(place.channel, "articles add", link="https://outlet.example/a")
    assert refused.ephemeral and "people who may manage this server" in card_of(refused)
    message = await place.bob.send(place.channel, TEXT)
    assert "people who may manage" in card_of(await place.bob.context_menu(place.channel, "Add to the index", message))
    async with place.bot.library.database.write() as connection:
        await set_server(connection, place.guild.id, adders="everyone")
    assert "1 added" in card_of(await place.bob.context_menu(place.channel, "Add to the index", message))
    removing = await place.bob.slash(place.channel, "articles remove", article="1")
    assert removing.ephemeral and "Manage Server" in card_of(removing)


async def test_the_list_has_pages_and_marks_whose_they_are(place: Place) -> None:
    await add_file(place)
    first = await place.bob.slash(place.channel, "articles list")
    card = card_of(first)
    assert first.ephemeral and "### 21 articles, page 1 of 3" in card and "shared" in card
    assert labels(shown(first)) == ["‹ newer", "older ›"]
    turned = await place.bob.click(shown(first), label="older ›")
    assert turned.acknowledged
    assert "page 2 of 3" in card_of_message(place, first)
    mine = card_of(await place.bob.slash(place.channel, "articles list", own=True))
    assert "### 1 article\n" in mine and "Lighthouse sold" in mine and "this server's" in mine


def card_of_message(place: Place, result: object) -> str:
    return card_of(result)  # type: ignore[arg-type]


async def test_an_article_is_found_by_its_title_and_shown(place: Place) -> None:
    await add_file(place)
    [choice] = await place.bob.autocomplete(place.channel, "articles show", "article", "lighthouse")
    card = card_of(await place.bob.slash(place.channel, "articles show", article=choice["value"]))
    assert "### Lighthouse sold" in card and "> The lighthouse at Cape Merrow" in card and "Merrow Post" in card
    assert "### Lighthouse sold" in card_of(
        await place.bob.slash(place.channel, "articles show", article="lighthouse sold")
    )
    for wrong in ("999999", "no such words"):
        said = await place.bob.slash(place.channel, "articles show", article=wrong)
        assert said.ephemeral and ("no such article" in card_of(said) or "no article has" in card_of(said))


async def test_removing_asks_first_and_then_answers_no_longer_come_from_it(place: Place) -> None:
    await add_file(place)
    [choice] = await place.ann.autocomplete(place.channel, "articles remove", "article", "")
    assert choice["name"].startswith("Lighthouse sold")
    asked = await place.ann.slash(place.channel, "articles remove", article=choice["value"])
    assert asked.ephemeral and "Remove “Lighthouse sold”" in card_of(asked)
    await place.ann.click(shown(asked), label="Keep it")
    assert await own(place) == ["Lighthouse sold"]
    asked = await place.ann.slash(place.channel, "articles remove", article=choice["value"])
    await place.ann.click(shown(asked), label="Remove it")
    assert "is removed" in card_of(asked) and await own(place) == []
    question = "until when must the keeper repair the lighthouse lamp?"
    assert "lighthouse" not in card_of(await place.bob.slash(place.channel, "ask", question=question)).split("\n", 1)[1]


async def test_shared_articles_are_the_operators_to_remove(place: Place) -> None:
    said = card_of(await place.ann.slash(place.channel, "articles remove", article="1"))
    assert "is shared with every server" in said


def test_a_page_of_long_links_fits_into_a_message() -> None:
    url = "https://news.example/" + "a" * 470
    listed = [
        Listed(n, "A title of some length " * 4, "The Outlet", "2026-01-16", url, url, None, None) for n in range(10)
    ]
    assert length(listing(listed, 10, 0)) < 4_000 and "news.example" not in listing(listed, 10, 0)
    assert "news.example" in listing(listed[:3], 3, 0)
