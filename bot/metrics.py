"""``/metrics`` and ``/health`` for whoever runs Dealwire: off unless a port is set, on loopback unless a host is.

Owns the registry and the small HTTP server. What is counted in this process is counted as it happens; what the
database knows (what waits, what is owed) is looked up when somebody asks.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.settings import Settings
from bot.store.deliveries import backlog
from index.errors import StoreError, UsageError
from index.library import Library
from index.store import queue
from index.store.articles import read_state
from index.watch import Watch

STAGES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)  # seconds
LAGS = (0.005, 0.02, 0.05, 0.1, 0.25, 1.0, 5.0)
TICK = 0.5  # seconds between two looks at how late the event loop is
PATIENCE = 5.0  # seconds that the database may take to count as there

log = logging.getLogger(__name__)


class Metrics(Watch):
    """The registry of one process. ``library.watch`` of its library."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        here = self.registry
        self._questions = Counter("dealwire_questions", "Questions, by what became of them", ["outcome"], registry=here)
        self._stages = Histogram(
            "dealwire_stage_seconds", "A question's stages", ["stage"], buckets=STAGES, registry=here
        )
        self._lag = Histogram("dealwire_loop_lag_seconds", "How late the event loop is", buckets=LAGS, registry=here)
        self._queue = Gauge(
            "dealwire_queue_documents", "Documents that were read and not stored", ["state"], registry=here
        )
        self._behind = Gauge("dealwire_ingestion_lag_seconds", "How long the oldest of them has waited", registry=here)
        self._owed = Gauge("dealwire_deliveries", "Messages: due, late or undeliverable", ["state"], registry=here)
        self._generation = Gauge("dealwire_generation", "Goes up with every change of the index", registry=here)
        self._database = Gauge("dealwire_database_up", "Whether the database answers", registry=here)
        for outcome in ("answered", "not told", "failed"):
            self._questions.labels(outcome)

    def stage(self, name: str, seconds: float) -> None:
        self._stages.labels(name).observe(seconds)

    def asked(self, outcome: str) -> None:
        self._questions.labels(outcome).inc()

    async def feel_the_loop(self) -> None:
        """Until cancelled: what blocks the event loop makes this sleep too long."""
        while True:
            began = time.perf_counter()
            await asyncio.sleep(TICK)
            self._lag.observe(max(0.0, time.perf_counter() - began - TICK))

    async def page(self, library: Library) -> bytes:
        try:
            await asyncio.wait_for(self._look(library), PATIENCE)
        except (StoreError, TimeoutError):
            self._database.set(0)
        else:
            self._database.set(1)
        return generate_latest(self.registry)

    async def _look(self, library: Library) -> None:
        async with library.database.read() as connection:
            waiting = await queue.length(connection)
            owed = await backlog(connection, time.time())
            self._generation.set((await read_state(connection)).generation)
        for state in ("waiting", "taken", "failed"):
            self._queue.labels(state).set(getattr(waiting, state))
        self._behind.set(waiting.oldest)
        for state, number in owed.items():
            self._owed.labels(state).set(number)


@asynccontextmanager
async def measured(library: Library, settings: Settings) -> AsyncIterator[Library]:
    """The library, and where a port is set both pages while it is open. Raises UsageError when it is taken."""
    if settings.metrics_port is None:
        yield library
        return
    metrics = Metrics()
    runner = web.AppRunner(_pages(metrics, library), access_log=None)
    await runner.setup()
    feeling = asyncio.create_task(metrics.feel_the_loop())
    try:
        try:
            await web.TCPSite(runner, settings.metrics_host, settings.metrics_port).start()
        except OSError as error:
            raise UsageError(
                f"The port {settings.metrics_port} of {settings.metrics_host} cannot be used for metrics "
                f"({error.strerror or error}); set DEALWIRE_METRICS_PORT to a free one, one for each process."
            ) from error
        log.info("metrics: http://%s:%d/metrics", settings.metrics_host, settings.metrics_port)
        yield replace(library, watch=metrics)
    finally:
        feeling.cancel()
        await asyncio.gather(feeling, return_exceptions=True)
        await runner.cleanup()


def _pages(metrics: Metrics, library: Library) -> web.Application:
    async def show(_: web.Request) -> web.Response:
        return web.Response(body=await metrics.page(library), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def health(_: web.Request) -> web.Response:
        """Whether it can work: the operator's own address, so it says no more than that."""
        try:
            await asyncio.wait_for(library.database.look(read_state), PATIENCE)
        except (StoreError, TimeoutError):
            return web.Response(status=503, text="the database does not answer\n")
        return web.Response(text="well\n")

    pages = web.Application()
    pages.router.add_get("/metrics", show)
    pages.router.add_get("/health", health)
    return pages
