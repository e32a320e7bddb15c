"""200 questions at once in Discord while 300 articles are being ingested, in one process with the real client.

``python -m tests.bench.burst`` prints how many were answered, how soon each was acknowledged, and how long the event
loop was kept from its work. The client is discord.py's own, on an offline Discord; the models are the real ones.
"""

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from simcord import interactions
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.enums import AppCommandType, InteractionType
from simcord.env import Env
from simcord.results import InteractionResult

from bot.client import DealwireBot
from bot.clock import system_clock
from bot.settings import Settings
from index.embed import DEFAULT_MODEL
from index.ingest import ingest
from index.library import Library, open_library
from index.models import Draft
from index.read import Reading
from tests.bench.made import articles

QUESTIONS = (
    "when does {party} ratify the grain accord?",
    "how much does {party} pay for the port concession?",
    "who contests the spectrum licence of {party}?",
    "is the water treaty with {party} signed yet?",
)
PARTIES = ("Arvena", "Belmoor", "Corlund", "Drostan", "Elverance", "Farrowdale", "Hollin Rail")
BEAT = 0.005  # seconds between two looks at whether the loop is free


@dataclass
class Lag:
    """How late the loop is to what was due: what a heartbeat would notice."""

    late: list[float] = field(default_factory=list)

    async def run(self) -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(BEAT)
            self.late.append(time.perf_counter() - began - BEAT)


async def measure(questions: int, arriving: int, stored: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with open_library(data_dir=Path(folder), embedding_model=DEFAULT_MODEL) as library:
            await ingest(library, readings(articles(stored, seed=1)))
            bot = DealwireBot(library=library, settings=Settings(data_dir=Path(folder)), clock=system_clock)
            env = Env(bot, settle_timeout=900, shard_count=1)
            await env.start()
            try:
                await _burst(env, library, questions, arriving)
            finally:
                await env.shutdown()


async def _burst(env: Env, library: Library, questions: int, arriving: int) -> None:
    guild = env.create_guild(name="Deal watchers")
    channel = guild.create_text_channel("deals")
    people = [guild.add_member(env.create_user(f"person-{n}")) for n in range(questions)]
    await people[0].slash(channel, "ask", question="when is the grain accord ratified?")  # both models are loaded
    lag = Lag()
    beating = asyncio.create_task(lag.run())
    reading = asyncio.create_task(ingest(library, readings(articles(arriving, seed=2))))
    await asyncio.sleep(0.5)
    began = time.perf_counter()
    records = [invoke(env, person, channel, question(n)) for n, person in enumerate(people)]
    acknowledged: dict[int, float] = {}
    while len(acknowledged) < len(records):
        for number, record in enumerate(records):
            if record.responded and number not in acknowledged:
                acknowledged[number] = time.perf_counter() - began
        await asyncio.sleep(0.01)
    await env.settle(timeout=900)
    answered = time.perf_counter() - began
    report = await reading
    beating.cancel()
    results = [InteractionResult(env, record) for record in records]
    cards = [each for each in results if each.response is not None and each.response.components]
    acks, late = np.array(list(acknowledged.values())), np.array(lag.late)
    print(
        f"{len(records)} questions at once while {report.added} articles ({report.passages:,} passages) were ingested"
    )
    print(
        f"  answered            {len(cards)} of {len(records)}, the last after {answered:.1f} s ({len(cards) / answered:.1f} a second)"
    )
    print(f"  acknowledged        median {_ms(np.median(acks))}, last {_ms(acks.max())}   (mark: < 1,000 ms)")
    print(
        f"  event loop late by  median {_ms(np.median(late))}, p99 {_ms(np.percentile(late, 99))}, worst {_ms(late.max())}   (mark: p99 < 50 ms)"
    )
    print(f"  runs of the embedder for the questions: {library.together.batches}")
    print(f"  load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def question(number: int) -> str:
    return QUESTIONS[number % len(QUESTIONS)].format(party=PARTIES[number % len(PARTIES)]) + f" (clause {number})"


def invoke(env: Env, person: MemberActor, channel: ChannelHandle, words: str) -> Any:
    """One ``/ask`` as Discord sends it, without waiting for anything; simcord's record of it."""
    root = env.backend.find_command("ask", channel.guild.id if channel.guild else None, type=AppCommandType.CHAT_INPUT)
    assert root is not None
    options, _ = interactions.build_options(person, "ask", root, {"question": words}, channel_id=channel.id)
    record, payload = interactions.base_payload(
        env.backend,
        type=InteractionType.APPLICATION_COMMAND,
        channel_id=channel.id,
        guild_id=person.guild.id,
        user_id=person.id,
        data={"id": root["id"], "name": "ask", "type": AppCommandType.CHAT_INPUT, "options": options},
    )
    env.backend.emit("INTERACTION_CREATE", payload)
    return record


async def readings(drafts: list[Draft]) -> AsyncIterator[Reading]:
    for draft in drafts:
        yield Reading((draft,))


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:,.0f} ms"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--stored", type=int, default=200, help="articles that are there before")
    given = parser.parse_args()
    asyncio.run(measure(given.questions, given.articles, given.stored))
