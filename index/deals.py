"""The deals that are followed: adding, changing, and which articles they hold.

Owns the order of work; what makes an article belong is judged in ``index.membership``. What a person said
of an article (``move_article``) outranks that judgement, and is remembered whatever is embedded anew.
"""

import asyncio
from collections.abc import Collection
from dataclasses import replace

import numpy as np
from sqlalchemy.ext.asyncio import AsyncConnection

from index.embed import Vectors
from index.errors import UsageError
from index.library import Library
from index.membership import BY_HAND, LEAST, Wanted, belongs, wanted
from index.models import Scope
from index.store import deals as store
from index.store.articles import changed, check_model, get_article, take_turn

LONGEST_NAME, LONGEST_ABOUT = 100, 1_000  # characters; a name must fit where Discord completes it


async def add_deal(
    library: Library,
    name: str,
    about: str,
    *,
    must: str = "",
    must_not: str = "",
    server_id: int | None = None,
    with_articles: Collection[int] = (),
) -> store.Deal:
    """Follow a deal; the articles that are there join it at once, and ``with_articles`` in any case. Raises UsageError."""
    name, about = " ".join(name.split()), " ".join(about.split())
    if not name or not about:
        raise UsageError('A deal needs a name and what it is about: dealwire deal add NAME --about "what it is about"')
    if len(name) > LONGEST_NAME or len(about) > LONGEST_ABOUT:
        raise UsageError(
            f"A deal's name has at most {LONGEST_NAME} characters, what it is about at most {LONGEST_ABOUT}."
        )
    vector = (await library.embed([deal_text(name, about)]))[0]
    async with library.database.write() as connection:
        await check_model(connection, library.embedding_model)
        # From here others wait: of two that add one name at once the second finds the first; and an article that
        # another process is storing joins by itself, or is there now.
        await take_turn(connection)
        if await store.find_deal(connection, name, server_id):
            raise UsageError(f"There is a deal named {name!r} already; choose another name, or remove that one first.")
        deal_id = await store.insert_deal(
            connection, name, about, vector, server_id, must=_words(must), must_not=_words(must_not)
        )
        for article_id in with_articles:
            if await get_article(connection, article_id, Scope(server_id=server_id)) is not None:
                await store.correct(connection, deal_id, article_id, True)
        count = await gather(connection, await named_deal(connection, name, server_id), vector)
        await changed(connection, model=library.embedding_model)
    return store.Deal(deal_id, name, about, count, _words(must), _words(must_not), server_id)


async def edit_deal(
    library: Library,
    name: str,
    *,
    new_name: str | None = None,
    about: str | None = None,
    must: str | None = None,
    must_not: str | None = None,
    server_id: int | None = None,
) -> store.Deal:
    """Change what is given; articles join and leave by the new description. Raises UsageError."""
    async with library.database.read() as connection:
        old = await named_deal(connection, name, server_id)
    new = replace(
        old,
        name=" ".join((new_name or old.name).split())[:LONGEST_NAME] or old.name,
        about=" ".join((about or old.about).split())[:LONGEST_ABOUT] or old.about,
        must=old.must if must is None else _words(must),
        must_not=old.must_not if must_not is None else _words(must_not),
    )
    vector = (await library.embed([deal_text(new.name, new.about)]))[0]
    async with library.database.write() as connection:
        await check_model(connection, library.embedding_model)
        await take_turn(connection)  # before looking, as in ``add_deal``
        there = await store.find_deal(connection, new.name, server_id)
        if there and there.id != new.id:
            raise UsageError(f"There is a deal named {there.name!r} already; choose another name.")
        await store.update_deal(connection, new, vector)
        count = await gather(connection, new, vector)
        await changed(connection)
    return replace(new, articles=count)


def deal_text(name: str, about: str) -> str:
    """What is embedded for a deal."""
    return f"{name}: {about}"


def _words(words: str) -> str:
    return ", ".join(part for each in words.split(",") if (part := " ".join(each.split())))


async def remove_deal(library: Library, name: str, *, server_id: int | None = None) -> store.Deal:
    """The deal that was removed. Raises UsageError when there is none of that name."""
    async with library.database.write() as connection:
        deal = await named_deal(connection, name, server_id)
        await store.delete_deal(connection, deal.id)
        await changed(connection)
    return deal


async def move_article(
    library: Library, name: str, article_id: int, *, into: bool, server_id: int | None = None
) -> store.Deal:
    """Put an article into a deal, or take it out, for good. Raises UsageError."""
    async with library.database.write() as connection:
        deal = await named_deal(connection, name, server_id)
        if await get_article(connection, article_id, Scope(server_id=server_id)) is None:
            raise UsageError(f"There is no article {article_id}; the list of articles shows their numbers.")
        await store.correct(connection, deal.id, article_id, into)
        await store.unlink(connection, deal.id, article_id)
        if into:
            await store.set_deal_articles(connection, [(deal.id, article_id, BY_HAND)])
        await changed(connection)
        return next(each for each in await store.list_deals(connection, server_id) if each.id == deal.id)


async def named_deal(connection: AsyncConnection, name: str, server_id: int | None = None) -> store.Deal:
    """Raises UsageError, naming the deals that there are."""
    deal = await store.find_deal(connection, name, server_id)
    if deal is None:
        known = ", ".join(each.name for each in await store.list_deals(connection, server_id))
        raise UsageError(f"There is no deal named {name!r}; there are: {known or 'none yet (dealwire deal add)'}.")
    return deal


async def chosen_deal(connection: AsyncConnection, name: str | None, server_id: int | None = None) -> store.Deal | None:
    """The deal of that name; without one, the only deal there is, or None where none is followed.

    Raises UsageError where there are several to choose from.
    """
    if name:
        return await named_deal(connection, name, server_id)
    known = await store.list_deals(connection, server_id)
    if len(known) > 1:
        raise UsageError(f"Name a deal; there are: {', '.join(each.name for each in known)}.")
    return known[0] if known else None


async def join_deals(
    connection: AsyncConnection, article_id: int, passage_vectors: Vectors, server_id: int | None
) -> None:
    """Put an article that was just stored into the deals that it is about. ``server_id`` is the article's."""
    await store.clear_article(connection, article_id)
    deals, vectors = await store.deals_for(connection, server_id)
    if not deals:
        return
    said = await store.corrections_of(connection, article_id=article_id)
    mean = passage_vectors.mean(axis=0) if len(passage_vectors) else np.zeros(vectors.shape[1], np.float32)
    likeness = vectors @ (mean / (np.linalg.norm(mean) or 1))
    title, text = (await store.texts_of(connection, [article_id]))[article_id]
    links = []
    for deal, like in zip(deals, likeness, strict=True):
        by_hand = said.get((deal.id, article_id))
        if by_hand or (by_hand is None and belongs(_wanted(deal), float(like), title, text)):
            links.append((deal.id, article_id, BY_HAND if by_hand else float(like)))
    await store.set_deal_articles(connection, links)


async def gather(connection: AsyncConnection, deal: store.Deal, vector: Vectors) -> int:
    """Set anew which articles belong to a deal; how many."""
    await store.clear_deal(connection, deal.id)
    article_ids, vectors = await store.article_vectors(connection, deal.server_id)
    said = {article: yes for (_, article), yes in (await store.corrections_of(connection, deal_id=deal.id)).items()}
    likeness = dict(zip(article_ids, (float(each) for each in vectors @ vector), strict=True)) if article_ids else {}
    near = [article for article, like in likeness.items() if like >= LEAST and article not in said]
    texts = await store.texts_of(connection, near)
    asked = _wanted(deal)
    joined = await asyncio.to_thread(lambda: [each for each in near if belongs(asked, likeness[each], *texts[each])])
    links = [(deal.id, each, likeness[each]) for each in joined]
    links += [(deal.id, article, BY_HAND) for article, yes in said.items() if yes]
    await store.set_deal_articles(connection, links)
    return len(links)


def _wanted(deal: store.Deal) -> Wanted:
    return wanted(deal.about, deal.must, deal.must_not)
