"""What becomes of an arrival: which channels want it, as a post of its own or as a further report of an earlier one.

An arrival is taken with a lease; all that follows from it (posts, owed messages, the log) is committed together with
its end, so that a kill at any moment leads to neither two posts nor none. Sends nothing: ``bot.deliveries`` does.
"""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.posts import hours
from bot.posts.content import Content, News
from bot.posts.judge import Verdict, judge, pings
from bot.store import deliveries, posts, servers, watches
from bot.store.deliveries import Owed
from bot.store.posts import Decision, Post
from bot.store.watches import Watch
from index.brought import Brought, brought, told_by
from index.errors import StoreError
from index.highlights import highlights
from index.models import Article, Scope
from index.split import Span
from index.store import arrivals, passages
from index.store.arrivals import Arrival
from index.store.articles import get_article

if TYPE_CHECKING:
    from bot.client import DealwireBot

STORY = 2 * 86400.0  # seconds in which further reports of an event join its post
MUTED = 14 * 86400.0  # in which a muted story stays so
ONE_EVENT = 0.78  # cosine of two articles' means, where the later one brings nothing new
AT_ONCE = 20
LEASE = 60.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Candidate:
    watch: Watch
    verdict: Verdict
    news: tuple[Brought, ...]


async def arrange(bot: "DealwireBot", worker: str = "") -> int:
    """All that has arrived, in order; how many. Raises StoreError: what was not decided is taken again."""
    worker = worker or f"{os.getpid()}"
    database = bot.library.database
    done = 0
    while True:
        async with database.read() as connection:
            if not await arrivals.any_due(connection):
                break
        taken = await database.transact(lambda connection: arrivals.take(connection, worker, AT_ONCE, LEASE))
        if not taken:
            break
        for each in taken:
            try:
                await _decide(bot, each, worker)
            except StoreError:
                raise
            except Exception:  # a bug met by one article must not stop the others
                log.exception("article %s could not be announced", each.article_id)
                await database.transact(lambda connection, each=each: arrivals.put_back(connection, worker, each))  # type: ignore[misc]
            done += 1
        bot.deliverer.wake()  # already now: while many articles land, this goes on for minutes
    return done


async def _decide(bot: "DealwireBot", arrival: Arrival, worker: str) -> None:
    now = bot.now()
    today = datetime.fromtimestamp(now, UTC).date()
    found: list[Candidate] = []
    renewed: dict[int, list[Brought]] = {}  # what a changed article brings, by server
    async with bot.library.database.read() as connection:
        article = await get_article(connection, arrival.article_id, Scope(server_id=arrival.server_id))
        if article is not None and arrival.kind == "added":
            found = await _candidates(connection, arrival, article, today)
        elif article is not None and arrival.kind == "updated":
            for each in {post.server_id for post in await posts.of_article(connection, article.id)}:
                renewed[each] = await brought(connection, article, Scope(server_id=each), today, anew=True)

    async def commit(connection: AsyncConnection) -> None:
        if not await arrivals.finish(connection, worker, arrival):
            return  # the lease ended: another decides
        await posts.take_turn(connection)
        if article is None:
            for post in await posts.of_article(connection, arrival.article_id):
                if post.article_id == arrival.article_id and not post.content.withdrawn:
                    await _renew(connection, post, post.content.model_copy(update={"withdrawn": True}), now)
        elif arrival.kind == "updated":
            for post in await posts.of_article(connection, article.id):
                if post.article_id == article.id:
                    await _changed(connection, post, article, renewed.get(post.server_id, ()), now)
        else:
            await _announce(connection, article, found, now)

    await bot.library.database.transact(commit)


async def _candidates(connection: AsyncConnection, arrival: Arrival, article: Article, today: date) -> list[Candidate]:
    deals = await passages.all_deals_of_article(connection, article.id)
    wanted = await watches.for_arrival(connection, arrival.server_id, arrival.feed_id, deals)
    news: dict[int, tuple[Brought, ...]] = {}
    found = []
    for watch in wanted:
        first = judge(replace(watch, only_news=False), article, ())
        if first.wanted and watch.server_id not in news:
            scope = Scope(server_id=watch.server_id)
            news[watch.server_id] = tuple(await brought(connection, article, scope, today))
        kinds = {each.kind for each in news.get(watch.server_id, ())}
        verdict = judge(watch, article, kinds) if first.wanted else first
        found.append(Candidate(watch, verdict, news.get(watch.server_id, ())))
    return found


async def _announce(connection: AsyncConnection, article: Article, found: Sequence[Candidate], now: float) -> None:
    decided: list[Decision] = []

    def note(watch: Watch, outcome: str, why: str) -> None:
        decided.append(Decision(watch.server_id, watch.channel_id, article.id, article.title, outcome, why, now))

    family = await passages.family(connection, article.id)
    done: set[int] = set()
    for each in found:
        watch = each.watch
        if not each.verdict.wanted:
            note(watch, "not posted", each.verdict.why)
            continue
        if watch.channel_id in done:
            note(watch, "not posted", f"another watch of this channel took it, and it also fits {watch.label}")
            continue
        done.add(watch.channel_id)
        post = await _story(connection, article, family, each, now)
        if post is None:
            outcome, why = await _post(connection, article, each, now)
            note(watch, outcome, why)
        elif post.muted:
            note(watch, "not posted", f"its story was muted here (“{post.content.title}”)")
        else:
            await _join(connection, post, article, now)
            note(watch, "added to a post", f"it tells the same as “{post.content.title}”, which was posted here")
    await posts.log(connection, decided)


async def _story(
    connection: AsyncConnection, article: Article, family: set[int], each: Candidate, now: float
) -> Post | None:
    """The post here that this article is a further report of: a reprint, or alike and with nothing new."""
    recent = await posts.recent(connection, each.watch.channel_id, now - MUTED)
    recent = [(post, told) for post, told in recent if post.muted or post.at >= now - STORY]
    for post, told in reversed(recent):
        if told & family:
            return post
    heads = {post.article_id for post, _ in recent if not post.content.withdrawn}
    alike = await passages.likeness(connection, article.id, heads) if heads else {}
    brings = {told_by(one.kind, one.day, one.what) for one in each.news}
    for post, _ in sorted(recent, key=lambda one: -alike.get(one[0].article_id, 0.0)):
        told_there = {told_by(one.kind, one.day, one.what) for one in post.content.news}
        if alike.get(post.article_id, 0.0) >= ONE_EVENT and (brings <= told_there or post.muted):
            return post
    return None


async def _post(connection: AsyncConnection, article: Article, each: Candidate, now: float) -> tuple[str, str]:
    """A post of its own, at once, after the quiet hours, or in the digest; what to say of it in the log."""
    watch = each.watch
    where = hours.zone((await servers.get_server(connection, watch.server_id)).time_zone)
    full = await posts.count_since(connection, watch.id, hours.day_began(now, where)) >= watch.daily_cap
    later = watch.digest or full
    due = hours.next_digest(now, watch.digest_at, where) if later else now
    content = await _content(connection, article, each)
    post_id = await posts.add(
        connection,
        server_id=watch.server_id,
        channel_id=watch.channel_id,
        watch_id=watch.id,
        content=content,
        digest_due=due if later else None,
        at=now,
    )
    place = {"server_id": watch.server_id, "channel_id": watch.channel_id, "person_id": watch.person_id}
    if later:
        payload = {"watch_id": watch.id, "due": due}
        owed = Owed(f"digest:{watch.id}:{int(due)}", "digest", payload, due, about=watch.about, **place)
        await deliveries.owe(connection, owed)
        why = "the watch collects" if watch.digest else f"today's {watch.daily_cap} posts were out already"
        return "digest", f"{each.verdict.why}; {why}"
    due = hours.after_quiet(now, watch.quiet_from, watch.quiet_to, where)
    owed = Owed(f"post:{post_id}", "post", {"post_id": post_id}, due, about=watch.about, **place)
    await deliveries.owe(connection, owed)
    return "posted", each.verdict.why + ("; it waits for the end of the quiet hours" if due > now else "")


async def _content(connection: AsyncConnection, article: Article, each: Candidate) -> Content:
    deals = await passages.deals_of_article(connection, article.id, each.watch.server_id)
    deal_id = each.watch.deal_id or next(iter(deals), None)
    spans = [Span(one.start, one.end) for one in each.news]
    quotes = await highlights(connection, article, deal_id, spans)
    watch = each.watch
    return Content(
        article_id=article.id,
        title=article.title,
        source=article.source,
        published=article.published,
        url=article.url,
        deal=deals.get(deal_id) if deal_id else None,
        deal_id=deal_id,
        quotes=tuple(one.quote for one in quotes),
        news=tuple(_told(one, article) for one in each.news),
        role_id=watch.role_id if pings(watch, [one.kind for one in each.news]) else None,
        forum=watch.forum,
        tags=watch.tags,
    )


def _told(news: Brought, article: Article) -> News:
    return News(
        kind=news.kind,
        what=news.what,
        quote=article.text[news.start : news.end],
        day=news.day,
        was=news.was,
        deadline_id=news.deadline_id,
        earlier=news.earlier,
        earlier_source=news.earlier_source,
    )


async def _join(connection: AsyncConnection, post: Post, article: Article, now: float) -> None:
    """“Also reported by”: each outlet once, and never the one that the post itself is by."""
    await posts.add_article(connection, post.id, article.id, article.source)
    known = {each.casefold() for each in (post.content.source, *post.content.also)}
    if article.source and article.source.casefold() not in known:
        also = (*post.content.also, article.source)
        await _renew(connection, post, post.content.model_copy(update={"also": also}), now)


async def _changed(
    connection: AsyncConnection, post: Post, article: Article, news: Sequence[Brought], now: float
) -> None:
    """Its outlet changed it: what was quoted and is no longer there is said to be gone."""
    old = post.content
    gone = tuple(each for each in old.quotes if each not in article.text)
    shown = {"title": article.title, "source": article.source, "published": article.published, "url": article.url}
    if not gone and all(getattr(old, name) == value for name, value in shown.items()):
        return
    kept = tuple(each for each in old.news if each.quote in article.text)
    known = {told_by(each.kind, each.day, each.what) for each in kept}
    kept += tuple(_told(each, article) for each in news if told_by(each.kind, each.day, each.what) not in known)
    quotes = old.quotes
    if gone:
        found = await highlights(connection, article, old.deal_id, [Span(each.start, each.end) for each in news])
        quotes = tuple(each.quote for each in found)
    update = shown | {"quotes": quotes, "news": kept, "replaced": gone or old.replaced, "changed": True}
    await _renew(connection, post, old.model_copy(update=update), now)


async def _renew(connection: AsyncConnection, post: Post, content: Content, now: float) -> None:
    version = await posts.set_content(connection, post, content)
    sent = await deliveries.by_key(connection, f"post:{post.id}")
    if sent is not None and sent.state == deliveries.SENT and sent.message_id is not None:
        await deliveries.owe(connection, edit_of(post, version, sent.message_id, now))


def edit_of(post: Post, version: int, message_id: int, now: float) -> Owed:
    """In a forum the post's thread has its first message's id."""
    return Owed(
        key=f"post:{post.id}:{version}",
        kind="edit",
        payload={"post_id": post.id, "message_id": message_id},
        due=now,
        server_id=post.server_id,
        channel_id=message_id if post.content.forum else post.channel_id,
    )
