"""From a file in a watched folder, or an item in a feed, to an answer and to a message; and many files at once.

``python -m tests.bench.arrival`` prints how long an article took until it could be asked about and until it was posted,
and how long questions took while several hundred landed. One process with everything that ``dealwire run`` runs, the
real client on an offline Discord, a real web server on 127.0.0.1, the real models.
"""

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import discord
import numpy as np
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env
from simcord.results import InteractionResult

from bot.client import DealwireBot
from bot.posts.duties import arriving
from bot.settings import Settings
from bot.store import deliveries
from index.answer import ask
from index.embed import DEFAULT_MODEL
from index.ingest import ingest
from index.library import Library, open_library
from index.models import Draft, Scope
from index.store import passages
from index.store.deadlines import count_articles
from tests.bench.burst import Lag, invoke, question, readings
from tests.bench.made import articles
from tests.helpers.news_site import NewsSite, Piece, running

LOOK = 0.05  # seconds between two looks at whether it is there
PATIENCE = 600.0
SHORT = 8  # sentences of an article that lands with many others, as an agency writes
PEOPLE = 40  # of whom none asks too often


@dataclass
class Desk:
    env: Env
    bot: DealwireBot
    channel: ChannelHandle
    people: list[MemberActor]
    folder: Path
    site: NewsSite

    @property
    def library(self) -> Library:
        return self.bot.library

    def posted(self) -> str:
        """Everything in the channel, as text."""
        history = self.channel.history(viewer=self.people[0])
        return str([[part.to_dict() for part in each.components] for each in history])  # type: ignore[misc]


async def measure(times: int, landing: int, stored: int) -> None:
    async with opened(stored) as desk:
        for what, land in (("file", _file), ("feed", _item)):
            taken = [await _one(desk, land, number) for number in range(times)]
            answerable, posted = (np.array(each) for each in zip(*taken, strict=True))
            print(
                f"an article lands in a {what}: answerable after {_seconds(answerable)} (mark: < 5), "
                f"posted after {_seconds(posted)} (mark: < 10)",
                flush=True,
            )
        await _many(desk, landing)
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


@asynccontextmanager
async def opened(stored: int) -> AsyncIterator[Desk]:
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory() as inbox, running() as site:
        settings = Settings(
            data_dir=Path(data), watch_folders=inbox, feed_interval=1, allow_private_addresses=True, database_url=None
        )
        async with open_library(data_dir=Path(data), embedding_model=DEFAULT_MODEL) as library:
            await ingest(library, readings(articles(stored, seed=1)))
            bot = DealwireBot(library=library, settings=settings, clock=_now)
            env = Env(bot, settle_timeout=PATIENCE, shard_count=1)
            await env.start()
            try:
                guild = env.create_guild(name="Deal watchers")
                channel = guild.create_text_channel("deals")
                people = [guild.add_member(env.create_user(f"person-{n}")) for n in range(PEOPLE)]
                manager = guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
                ann = guild.add_member(env.create_user("ann"), roles=[manager])
                desk = Desk(env, bot, channel, people, Path(inbox), site)
                site.feed("/rss", Piece("Old hat", "Nothing to see here, as everybody knows by now. " * 8, "old"))
                await ann.slash(channel, "feeds add", address=site.url("/rss"))
                await ann.slash(channel, "watch add", daily_cap=200)
                await people[0].slash(channel, "ask", question="when is the grain accord ratified?")  # models load
                async with arriving(bot):
                    await asyncio.sleep(3)  # the folder's first look
                    yield desk
            finally:
                await env.shutdown()


async def _one(desk: Desk, land: Callable[[Desk, Draft], None], number: int) -> tuple[float, float]:
    """Seconds until the best citation of an answer is its, and until its card is in the channel."""
    [draft] = articles(1, seed=1_000 + number + (500 if land is _item else 0))
    place = f"Ketterdam quay {draft.origin.split('/')[1]}"
    # A day of its own: what is like an earlier report and brings nothing new joins that report's post.
    due = date(2031, 1, 1) + timedelta(weeks=int(place.split()[-1]) - 1_000)
    told = f"{place} was leased to the harbour pilots, who must pay for it by {due:%d %B %Y}. {draft.text}"
    draft = draft.model_copy(update={"title": place, "text": told})
    before = await _newest(desk.library)
    began = time.perf_counter()
    land(desk, draft)
    while await _newest(desk.library) == before:
        await _in_time(began)
    scope = Scope(server_id=desk.channel.guild.id if desk.channel.guild else None)
    answer = await ask(desk.library, f"who leased {place}?", scope)
    assert any(each.title == draft.title for each in answer.citations), answer
    answerable = time.perf_counter() - began
    while draft.title not in desk.posted():
        await _in_time(began)
    return answerable, time.perf_counter() - began


def _file(desk: Desk, draft: Draft) -> None:
    (desk.folder / f"{draft.title}.md").write_text(_as_markdown(draft), "utf-8")


def _item(desk: Desk, draft: Draft) -> None:
    desk.site.feed("/rss", Piece(draft.title, draft.text, draft.title, published=datetime.now(UTC)))


def _as_markdown(draft: Draft) -> str:
    return f"# {draft.title}\n\n{draft.text}\n"


async def _many(desk: Desk, landing: int) -> None:
    """Files that land together, and a question at a time meanwhile, each by another person."""
    before = await _count(desk.library)
    for number, each in enumerate(articles(landing, sentences=SHORT, seed=3)):
        (desk.folder / f"many-{number}.md").write_text(_as_markdown(each), "utf-8")
    lag = Lag()
    beating = asyncio.create_task(lag.run())
    began = time.perf_counter()
    taken: list[float] = []
    while await _count(desk.library) < before + landing:
        taken.append(await _asked(desk, len(taken)))
        await asyncio.sleep(0.2)
        await _in_time(began)
    stored = time.perf_counter() - began
    beating.cancel()
    async with desk.library.database.read() as connection:
        state = await deliveries.count_states(connection, desk.bot.now())
    late = np.array(lag.late)
    print(
        f"{landing} articles land at once: all stored after {stored:.0f} s; {len(taken)} questions meanwhile: median "
        f"{1000 * np.median(taken):,.0f} ms, p95 {1000 * np.percentile(taken, 95):,.0f} ms (mark: < 1,000), event loop late "
        f"by p99 {1000 * np.percentile(late, 99):.0f} ms (mark: < 50); messages {state}",
        flush=True,
    )


async def _asked(desk: Desk, number: int) -> float:
    began = time.perf_counter()
    record = invoke(desk.env, desk.people[number % PEOPLE], desk.channel, question(number))
    while True:
        response = InteractionResult(desk.env, record).response
        if response is not None and response.components:
            return time.perf_counter() - began
        await asyncio.sleep(0.005)


async def _newest(library: Library) -> int:
    async with library.database.read() as connection:
        return max(await passages.newest(connection, 1), default=0)


async def _count(library: Library) -> int:
    async with library.database.read() as connection:
        return await count_articles(connection)


async def _in_time(began: float) -> None:
    assert time.perf_counter() - began < PATIENCE, "it did not come to that"
    await asyncio.sleep(LOOK)


def _now() -> datetime:
    """The machine's time: the offline Discord's own stands still."""
    return datetime.fromtimestamp(time.clock_gettime(time.CLOCK_REALTIME), UTC)


def _seconds(taken: np.ndarray) -> str:  # type: ignore[type-arg]
    return f"{np.median(taken):.1f} s, at most {taken.max():.1f} s"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--landing", type=int, default=500)
    parser.add_argument("--stored", type=int, default=200, help="articles that are there before")
    given = parser.parse_args()
    asyncio.run(measure(given.times, given.landing, given.stored))
