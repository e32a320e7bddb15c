from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from index.models import Draft, Scope
from index.store import articles as store
from index.store.candidates import Recent, fetch_candidates
from index.store.database import Database
from index.store.schema import buckets, passages
from tests.index.store_both import made

MOMENT = datetime(2025, 11, 17, 13, 40, tzinfo=UTC)


async def add(database: Database, draft: Draft, server_id: int | None = None) -> int:
    async with database.write() as connection:
        number = await store.insert_article(connection, draft, made.passages(draft.text), server_id)
        await store.changed(connection, model="words")
        return number


async def count(database: Database, table: object) -> int:
    async with database.read() as connection:
        return (await connection.execute(select(func.count()).select_from(table))).scalar_one()  # type: ignore[arg-type]


@pytest.mark.parametrize("published", [None, date(2025, 11, 17), MOMENT])
async def test_an_article_comes_back_as_it_was(database: Database, published: object) -> None:
    given = made.draft(
        published=published, text="Füße, 水 and 🚢: “quoted”.\n\nSecond line.", url="https://a.example/1"
    )
    number = await add(database, given)
    async with database.read() as connection:
        stored = await store.get_article(connection, number, Scope())
    assert stored is not None
    assert stored.model_dump(exclude={"id", "reprint_of"}) == given.model_dump()


async def test_candidates_are_slices_whatever_the_script(database: Database) -> None:
    text = "Füße 🚢 und 水. Mitte der Stadt. Das Ende"
    number = await add(database, made.draft(text=text))
    async with database.read() as connection:
        ids = list((await connection.execute(select(passages.c.id).order_by(passages.c.position))).scalars())
        found = await fetch_candidates(connection, ids[::-1], Scope())
    assert [each.text for each in found] == ["Das Ende", "Mitte der Stadt.", "Füße 🚢 und 水."]
    assert found[1].before == "Füße 🚢 und 水." and found[1].after == "Das Ende"
    assert all(text[each.start : each.end] == each.text and each.article_id == number for each in found)


async def test_what_is_remembered_of_passages_is_seen_by_nobody_outside_their_scope(database: Database) -> None:
    ours, theirs = await add(database, made.draft(1), 1), await add(database, made.draft(2), 2)
    recent = Recent()
    async with database.read() as connection:
        ids = list((await connection.execute(select(passages.c.id).order_by(passages.c.id))).scalars())
        known = recent.at(2)
        first = await known.fetch(connection, ids, Scope(server_id=1))
        again = await known.fetch(connection, ids, Scope(server_id=1))
        assert all(one is other for one, other in zip(first, again, strict=True)), "not read again"
        assert {each.article_id for each in first} == {ours}
        assert {each.article_id for each in await known.fetch(connection, ids, Scope(server_id=2))} == {theirs}
        assert await known.fetch(connection, ids, Scope(server_id=3)) == []
        whole = await known.of(connection, [first[0].article], Scope(server_id=1))
        assert [each.passage_id for each in whole] == [each.passage_id for each in first]
        for day in range(1, 29):
            for month in (1, 2, 3):
                assert await known.fetch(connection, ids, Scope(server_id=1, as_of=date(2001, month, day))) == []
        assert len(known.inside) <= store.SCOPES, "scopes are many"
        assert [each.article_id for each in await known.fetch(connection, ids, Scope(server_id=1))] == [ours] * len(
            first
        )
    assert recent.at(2) is known and recent.at(3) is not known, "another generation knows nothing"


async def test_the_same_reading_is_found_again(database: Database) -> None:
    by_url, by_file = made.draft(1, url="https://a.example/1"), made.draft(2)
    by_feed = made.draft(3, feed_id="item-3")
    numbers = [await add(database, each) for each in (by_url, by_file, by_feed)]
    async with database.read() as connection:
        for draft, number in zip((by_url, by_file, by_feed), numbers, strict=True):
            changed = draft.model_copy(update={"text": "Another text."})
            same = await store.find_same(connection, changed, None)
            assert same is not None and same.id == number and same.digest != store.digest(changed)
            assert await store.find_same(connection, changed, 7) is None, "another server's"
        assert await store.find_same(connection, made.draft(4), None) is None


async def test_a_new_version_replaces_the_passages(database: Database) -> None:
    number = await add(database, made.draft())
    async with database.write() as connection:
        await store.set_buckets(connection, number, [-(2**63), 5, 2**63 - 1])
        await store.replace_article(connection, number, made.draft(text="All new."), made.passages("All new."))
    assert (await count(database, passages), await count(database, buckets)) == (1, 0)


async def test_deleting_takes_everything_with_it(database: Database) -> None:
    first, second = await add(database, made.draft(1)), await add(database, made.draft(2))
    async with database.write() as connection:
        await store.set_buckets(connection, first, [1, 2])
        await store.link_reprint(connection, second, first)
        await store.delete_article(connection, first)
    assert (await count(database, passages), await count(database, buckets)) == (2, 0)
    async with database.read() as connection:
        (left,) = await store.list_articles(connection, Scope())
    assert left.id == second and left.reprint_of is None


async def test_scopes(database: Database) -> None:
    days = {1: date(2025, 1, 1), 2: date(2025, 6, 1), 3: None}
    shared = [await add(database, made.draft(n, published=day)) for n, day in days.items()]
    own = await add(database, made.draft(4, published=date(2025, 3, 1)), server_id=2**63 - 1)
    async with database.read() as connection:

        async def inside(scope: Scope) -> set[int]:
            return set(await store.article_ids(connection, scope))

        assert await inside(Scope()) == set(shared)
        assert await inside(Scope(server_id=2**63 - 1)) == {*shared, own}
        assert await inside(Scope(server_id=1)) == set(shared)
        assert await inside(Scope(as_of=date(2025, 3, 1))) == {shared[0]}
        assert await inside(Scope(server_id=2**63 - 1, as_of=date(2025, 3, 1))) == {shared[0], own}
        assert await store.get_article(connection, own, Scope()) is None
        assert await store.holds_more(connection, Scope(), 2) and not await store.holds_more(connection, Scope(), 3)


async def test_newest_first_unknown_days_last(database: Database) -> None:
    told = [None, date(2025, 11, 17), MOMENT, date(2024, 2, 29)]
    for number, published in enumerate(told):
        await add(database, made.draft(number, published=published))
    async with database.read() as connection:
        found = await store.list_articles(connection, Scope())
    assert [each.published for each in found] == [MOMENT, date(2025, 11, 17), date(2024, 2, 29), None]


async def test_odd_text_is_stored(database: Database) -> None:
    """What one database would refuse and the other take: NUL, a very long address, a very long word."""
    odd = made.draft(text="A\0B " + "x" * 5_000 + ". End", url="https://a.example/" + "y" * 5_000, title="\0")
    number = await add(database, odd)
    async with database.read() as connection:
        stored = await store.get_article(connection, number, Scope())
        same = await store.find_same(connection, odd, None)
    assert stored is not None and len(stored.text) == len(odd.text) and same is not None and same.id == number


async def test_buckets_bring_the_articles_of_the_fortnight_together(database: Database) -> None:
    days = [date(2025, 5, 1), date(2025, 5, 10), date(2025, 8, 1), date(2025, 5, 2)]
    ids = [await add(database, made.draft(n, published=day), 7 if n == 3 else None) for n, day in enumerate(days)]
    async with database.write() as connection:
        for number in ids:
            await store.set_buckets(connection, number, [number * 100, -4])
        mates = await store.bucket_mates(connection, ids[0], days[0])
    assert [mate.id for mate in mates] == [ids[1]]
