"""Sends what is due, in order of its time: the claims, the retries and the sleep between them.

Rows of one place (a channel, a person) go out one after the other, places side by side; so a burst into one channel
holds up nobody else, and Discord's limits, which count by channel, are met by waiting. A place whose message failed
rests until that one is tried again, so that none overtakes it.
"""

import asyncio
import contextlib
import logging
import os
import random
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias
from uuid import uuid4

import aiohttp
import discord

from bot.deliveries.kinds import Kind, lateness
from bot.deliveries.send import Later, Never, Post, Sent
from bot.store import deliveries as store
from bot.store.deliveries import Delivery
from index.errors import DealwireError

if TYPE_CHECKING:
    from bot.client import DealwireBot

log = logging.getLogger(__name__)

LEASE = 60.0  # seconds that a process may keep what it claimed; after a kill, what it had waits for their end
RENEWED = 15.0  # seconds between renewals, while anything is being sent
AT_ONCE = 20  # rows claimed together
PLACES = 32  # written to at the same time
IDLE = 60.0  # seconds until a look at what other processes owe
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 300.0  # between attempts
BUGS = 5  # attempts at a message that cannot even be made
JUMP = 30.0  # seconds by which the clock may differ from the time that passed
FINISHING = 10.0  # seconds for what is being sent when the process ends

Source: TypeAlias = Callable[[float], Awaitable[float | None]]  # owes what is due now; tells when to come again
Place: TypeAlias = tuple[int | None, int | None]


class Deliverer:
    """``start`` and ``stop``; ``wake`` after owing; ``kinds`` and ``sources`` are filled by the cogs."""

    def __init__(self, bot: "DealwireBot", *, idle: float = IDLE) -> None:
        self.kinds: dict[str, Kind] = {}
        self.sources: list[Source] = []
        self.idle = idle
        self.worker = f"{os.getpid()}-{uuid4().hex[:8]}"
        self._bot = bot
        self._post = Post(bot)
        self._busy: dict[Place, asyncio.Task[None]] = {}
        self._resting: dict[Place, float] = {}  # until when, by the monotonic clock
        self._unknown: set[str] = set()
        self._task: asyncio.Task[None] | None = None
        self._woken = False
        self._offset: float | None = None  # of the clock against the monotonic one
        self._leased: dict[Place, float] = {}  # when each place's leases began, by the monotonic clock
        self._renewing: asyncio.Task[None] | None = None

    def start(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="deliveries")

    async def stop(self) -> None:
        """Claims no more, and lets what is being sent arrive. What is cut off is looked up by the next start."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        if self._busy:
            _, late = await asyncio.wait(list(self._busy.values()), timeout=FINISHING)
            for each in late:
                each.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def wake(self) -> None:
        """Something is owed, or what is due changed."""
        self._woken = True
        self._bot.dispatch("deliveries_woken")

    async def _run(self) -> None:
        while True:
            self._woken = False
            try:
                pause = await self._step()
            except DealwireError as error:  # the database is away: nothing is lost, and nothing can be done
                log.warning("Deliveries wait: %s", error)
                pause = FIRST_PAUSE
            except Exception:
                log.exception("Deliveries met a bug; they go on in a moment.")
                pause = FIRST_PAUSE
            if not self._woken:
                await self._rest(pause)

    async def _rest(self, seconds: float) -> None:
        # By the client's own listeners, since an offline Discord knows this wait and winds it forward.
        with contextlib.suppress(TimeoutError):
            await self._bot.wait_for("deliveries_woken", timeout=max(0.0, seconds))

    async def _step(self) -> float:
        """Claim and start all there is room for; seconds until there may be more."""
        await self._mind_the_clock()
        now = self._bot.now()
        moments = [now + self.idle]
        for source in self.sources:
            found = await source(now)
            if found is not None:
                moments.append(found)
        while len(self._busy) < PLACES:
            began = time.monotonic()
            claimed = await self._claim()
            if not claimed:
                break
            places: dict[Place, list[Delivery]] = {}
            for each in claimed:
                places.setdefault(each.place, []).append(each)
            for place, ones in places.items():
                self._leased[place] = began
                self._busy[place] = asyncio.create_task(self._send_all(place, ones), name="delivering")
            if self._renewing is None:
                self._renewing = asyncio.create_task(self._renew(), name="renewing leases")
        else:
            return self.idle  # woken by the first place that is done
        async with self._bot.library.database.read() as connection:
            due = await store.next_due(connection, now)
        if due is not None:
            moments.append(due)
        # The clock may have been put back by weeks since ``now``; that is noticed at the next look.
        wait = min(min(moments) - self._bot.now(), self.idle)
        rest = [until - time.monotonic() for until in self._resting.values()]
        return max(0.05, min([wait, *rest]))

    async def _claim(self) -> list[Delivery]:
        monotonic = time.monotonic()
        self._resting = {place: until for place, until in self._resting.items() if until > monotonic}
        held = {*self._busy, *self._resting}
        return await self._bot.library.database.transact(
            lambda connection: store.claim(connection, self.worker, self._bot.now(), LEASE, AT_ONCE, held)
        )

    async def _renew(self) -> None:
        while self._busy:
            await asyncio.sleep(RENEWED)
            began = time.monotonic()
            try:
                async with self._bot.library.database.write() as connection:
                    await store.renew(connection, self.worker, self._bot.now(), LEASE)
                self._leased.update(dict.fromkeys(self._busy, began))
            except DealwireError as error:
                log.warning("Leases could not be renewed: %s", error)

    async def _mind_the_clock(self) -> None:
        """At the start, and after the clock was put back, nothing waits for a time that was reckoned by another."""
        offset = self._bot.now() - time.monotonic()
        if self._offset is None or offset < self._offset - JUMP:
            now = self._bot.now()
            async with self._bot.library.database.write() as connection:
                await store.straighten(connection, now, LEASE + LONGEST_PAUSE)
        self._offset = offset

    async def _send_all(self, place: Place, ones: list[Delivery]) -> None:
        """One place's claimed rows, in their order; those that were not begun are handed back."""
        begun = 0
        try:
            there = await self._look_up([each for each in ones if each.doubt_since is not None])
            for each in ones:
                if time.monotonic() > self._leased[place] + LEASE - RENEWED:
                    break  # asleep, or without a database: by now they may be somebody else's
                begun += 1
                if not await self._send_one(each, there):
                    break
            if begun < len(ones):
                async with self._bot.library.database.write() as connection:
                    await store.hand_back(connection, self.worker, ones[begun:])
        except DealwireError as error:  # what it did not write down is looked up when the lease has ended
            log.warning("A delivery waits: %s", error)
            self._resting[place] = time.monotonic() + FIRST_PAUSE
        except Exception:
            log.exception("A delivery met a bug.")
            self._resting[place] = time.monotonic() + FIRST_PAUSE
        finally:
            self._busy.pop(place, None)
            if not self._busy and self._renewing is not None:
                self._renewing.cancel()
                self._renewing = None
            self.wake()

    async def _look_up(self, doubtful: list[Delivery]) -> dict[int, int]:
        if not doubtful:
            return {}
        try:
            return await self._post.find(doubtful)
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, TimeoutError) as error:
            # Lost would be worse than twice, and the nonce still guards the next minutes.
            log.warning("Could not look up what may have been sent: %s", error)
            return {}

    async def _send_one(self, delivery: Delivery, there: dict[int, int]) -> bool:
        """Whether the next one may follow; if not, the rest of this place's rows are handed back."""
        outcome: Sent | Later | Never | None
        kind = self.kinds.get(delivery.kind)
        if kind is None:
            if delivery.kind not in self._unknown:
                log.error("Nobody here delivers messages of kind %r.", delivery.kind)
                self._unknown.add(delivery.kind)
            outcome = Later("this process does not know its kind", LONGEST_PAUSE, certain=True)
        elif delivery.id in there:
            outcome = Sent(there[delivery.id])
        else:
            outcome = await self._attempt(kind, delivery)
        return await self._settle(kind, delivery, outcome)

    async def _attempt(self, kind: Kind, delivery: Delivery) -> Sent | Later | Never | None:
        try:
            outgoing = await kind.render(delivery, lateness(delivery, self._bot.now()))
        except DealwireError as error:
            return Later(str(error), certain=delivery.doubt_since is None)
        except Exception:
            log.exception("Delivery %s of kind %s cannot be made.", delivery.id, delivery.kind)
            if delivery.attempts >= BUGS:
                return Never("it cannot be made (a bug; the log has it)")
            return Later("it cannot be made", certain=delivery.doubt_since is None)
        return await self._post.send(delivery, outgoing) if outgoing is not None else None

    async def _settle(self, kind: Kind | None, delivery: Delivery, outcome: Sent | Later | Never | None) -> bool:
        """Write down what became of it."""
        database = self._bot.library.database
        if isinstance(outcome, Later):
            pause = outcome.seconds if outcome.seconds is not None else _pause(delivery.attempts)
            self._resting[delivery.place] = time.monotonic() + (pause if kind is not None else 0.0)
            certain = outcome.certain and delivery.doubt_since is None
            async with database.write() as connection:
                until = self._bot.now() + pause
                await store.put_off(connection, delivery.id, self.worker, until, outcome.why, certain=certain)
            return kind is None
        async with database.write() as connection:
            if isinstance(outcome, Sent):
                await store.mark_sent(connection, delivery.id, outcome.message_id, self._bot.now())
                if kind is not None:
                    await kind.sent(connection, delivery, outcome.message_id)
            elif outcome is None:
                await store.set_cancelled(connection, delivery.id)
            elif await store.set_undeliverable(connection, delivery.id, outcome.why) and kind is not None:
                notice = await kind.undeliverable(connection, delivery, outcome.why)
                if notice is not None:
                    await store.owe(connection, notice)
        return True


def _pause(attempts: int) -> float:
    """Doubled with each attempt, and scattered."""
    longest: float = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(attempts - 1, 10))
    return longest * random.uniform(0.8, 1.2)  # noqa: S311
