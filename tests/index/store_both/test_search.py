"""Both halves of retrieval give the same on both databases: exact figures where exactness is promised."""

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from sqlalchemy import select

from index.errors import StoreError
from index.library import Library
from index.models import Scope
from index.search.hybrid import retrieve
from index.store import articles as store
from index.store import deals
from index.store.schema import passages
from tests.helpers.made_vectors import HashEmbedder, clustered
from tests.index.store_both import made

NUMBER, EACH = 60, 5  # articles, passages in each
WORDS = "licence truce envoy tariff 12.5 harbour café naïve 水 30 november ferry".split()


async def fill(library: Library) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Row ``i`` is the vector of passage ``i + 1``; article ``n`` is of server ``n % 3``, 0 being shared."""
    vectors = clustered(NUMBER * EACH, 64, 3, clusters=12)
    pick = np.random.default_rng(4)
    async with library.database.write() as connection:
        for n in range(NUMBER):
            new = [
                store.NewPassage(0, 4, " ".join(pick.choice(WORDS, 6)), vectors[n * EACH + k].astype("<f4").tobytes())
                for k in range(EACH)
            ]
            day = date(2025, 1 + n % 12, 1)
            await store.insert_article(connection, made.draft(n, published=day), new, n % 3 or None)
        deal = await deals.insert_deal(connection, "D", "d", vectors[0], None)
        await deals.set_deal_articles(connection, [(deal, number, 0.5) for number in (1, 4, 7)])
        await store.changed(connection, model="words")
    return vectors


SCOPES = {
    "shared": (Scope(), lambda n: n % 3 == 0),
    "server": (Scope(server_id=2), lambda n: n % 3 in {0, 2}),
    "day": (Scope(as_of=date(2025, 3, 31)), lambda n: n % 3 == 0 and n % 12 < 3),
    "deal": (Scope(deal_id=1), lambda n: n in {0, 3, 6}),
    "nothing": (Scope(as_of=date(1999, 1, 1)), lambda n: False),
}


@pytest.mark.parametrize("name", SCOPES)
async def test_the_nearest_inside_the_scope_and_no_others(either: Library, name: str) -> None:
    vectors = await fill(either)
    scope, inside = SCOPES[name]
    rows = np.array([i for i in range(len(vectors)) if inside(i // EACH)], int)
    for query in clustered(5, 64, 9, clusters=12):
        found = await either.dense.search(query, 10, scope)
        near = rows[np.argsort(-(vectors[rows] @ query))][:10]
        assert [hit.passage_id for hit in found] == list(near + 1)
        assert np.allclose([hit.score for hit in found], vectors[near] @ query, atol=1e-5)


async def test_vectors_in_the_order_asked_for_and_zeros_for_the_gone(either: Library) -> None:
    vectors = await fill(either)
    await either.dense.search(vectors[0], 1, Scope())
    async with either.database.read() as connection:
        found = await either.dense.vectors(connection, [7, 99_999, 3])
    assert np.allclose(found, [vectors[6], np.zeros(64), vectors[2]], atol=1e-6)


async def test_a_deleted_article_is_found_no_more(either: Library) -> None:
    vectors = await fill(either)
    await either.dense.search(vectors[0], 1, Scope())
    async with either.database.write() as connection:
        await store.delete_article(connection, 1)
        await store.changed(connection, removed=True)
    assert all(hit.passage_id > EACH for hit in await either.dense.search(vectors[0], 50, Scope()))
    assert all(hit.passage_id > EACH for hit in (await either.lexical.search(["ferry", "truce"], 50, Scope())).hits)


async def test_another_model_is_refused_in_a_sentence(either: Library) -> None:
    vectors = await fill(either)
    async with either.database.write() as connection:
        await store.changed(connection, model="another")
    with pytest.raises(StoreError, match="DEALWIRE_EMBEDDING_MODEL"):
        await either.dense.search(vectors[0], 3, Scope())


@pytest.mark.parametrize("word", WORDS)
async def test_each_term_is_found_and_counted_exactly(either: Library, word: str) -> None:
    await fill(either)
    async with either.database.read() as connection:
        rows = await connection.execute(select(passages.c.id, passages.c.terms))
        holding = {row.id for row in rows if word in row.terms.split()}
    everywhere = await either.lexical.search([word, "absent"], 1_000, Scope(server_id=1))
    elsewhere = await either.lexical.search([word, "absent"], 1_000, Scope(server_id=2))
    for found in (everywhere, elsewhere):
        assert found.counts == {word: len(holding)} and found.total == NUMBER * EACH
    assert {hit.passage_id for hit in [*everywhere.hits, *elsewhere.hits]} == holding


async def test_rare_terms_outweigh_frequent_ones(either: Library) -> None:
    async with either.database.write() as connection:
        texts = ["licens rain"] * 50 + ["licens truce"] * 9 + ["envoy licens"] + ["truce rain"] * 10
        new = [store.NewPassage(0, 4, words, bytes(256)) for words in texts]
        await store.insert_article(connection, made.draft(), new, None)
        await store.changed(connection, model="words")
    found = (await either.lexical.search(["licens", "truce", "envoy"], 12, Scope())).hits
    assert found[0].passage_id == 60
    assert {hit.passage_id for hit in found[1:10]} == set(range(51, 60))
    assert all(one.score >= other.score for one, other in pairwise(found))


async def test_no_terms_and_an_empty_index(either: Library) -> None:
    assert await either.lexical.search([], 5, Scope()) == ([], {}, 0)
    assert await either.lexical.search(["truce"], 5, Scope()) == ([], {}, 0)
    assert await either.dense.search(HashEmbedder().embed(["truce"])[0], 5, Scope()) == []
    assert await retrieve(either, "is the truce signed?", Scope()) == []


async def test_both_halves_together(either: Library) -> None:
    for number, text in enumerate(["The truce ends on 30 November. Rain fell.", "The ferry sank. No truce was named."]):
        async with either.database.write() as connection:
            await store.insert_article(connection, made.draft(number, text=text), made.passages(text), None)
            await store.changed(connection, model="words")
    found = await retrieve(either, "when does the truce end?", Scope())
    assert found[0].candidate.text == "The truce ends on 30 November."
    assert found[0].candidate.after == "Rain fell."


async def test_what_was_found_before_is_seen_as_it_is_now(either: Library) -> None:
    """The second question meets passages that the first has met: replaced, too late for its day, or gone."""
    for number, text in enumerate(["The truce ends on 30 November.", "The truce was signed in Oslo."]):
        async with either.database.write() as connection:
            draft = made.draft(number, text=text, published=date(2025, 1 + number, 1))
            await store.insert_article(connection, draft, made.passages(text), None)
            await store.changed(connection, model="words")

    async def told(scope: Scope = Scope()) -> set[str]:  # noqa: B008 - frozen
        return {each.candidate.text for each in await retrieve(either, "when does the truce end?", scope)}

    assert await told() == {"The truce ends on 30 November.", "The truce was signed in Oslo."}
    assert await told(Scope(as_of=date(2025, 1, 15))) == {"The truce ends on 30 November."}
    async with either.database.write() as connection:
        text = "The truce ends on 15 December."
        await store.replace_article(connection, 1, made.draft(0, text=text), made.passages(text))
        await store.changed(connection, removed=True)
    assert await told() == {"The truce ends on 15 December.", "The truce was signed in Oslo."}
    async with either.database.write() as connection:
        await store.delete_article(connection, 2)
        await store.changed(connection, removed=True)
    assert await told() == {"The truce ends on 15 December."}
