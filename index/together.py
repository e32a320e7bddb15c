"""Questions that arrive together are embedded together. Owns the waiting of the few milliseconds that takes.

While one batch is embedded, all that arrive meanwhile become the next one: an idle machine makes nobody wait, and
a burst is a few runs of the model instead of one each, which also wait less often behind an ingestion's.
No task waits for work: one runs while there is some.
"""

import asyncio
from collections import OrderedDict
from functools import partial

from index.embed import Embedder, Vectors
from index.model_thread import ModelThread

MOST = 64  # texts of one batch
REMEMBERED = 512  # vectors: a question is embedded while it waits for its turn, and used when it has it


class Together:
    def __init__(self, models: ModelThread) -> None:
        self._models = models
        self._waiting: dict[str, asyncio.Future[Vectors]] = {}
        self._working: asyncio.Task[None] | None = None
        self._known: OrderedDict[tuple[str, str], Vectors] = OrderedDict()
        self.batches = 0  # runs of the model

    async def embed(self, embedder: Embedder, text: str) -> Vectors:
        """Shape ``(dimensions,)``. Raises what the embedder raises."""
        known = self._known.get((embedder.name, text))
        if known is not None:
            return known
        if text not in self._waiting:
            self._waiting[text] = asyncio.get_running_loop().create_future()
        waiting = self._waiting[text]
        if self._working is None:
            self._working = asyncio.create_task(self._work(embedder))
        return await asyncio.shield(waiting)  # others may wait for the same text

    async def _work(self, embedder: Embedder) -> None:
        try:
            await asyncio.sleep(0)  # those that arrived in the same turn of the loop join
            while self._waiting:
                await self._batch(embedder, list(self._waiting)[:MOST])
        finally:
            self._working = None
            for waiting in self._waiting.values():  # the loop is closing: nobody is left waiting
                waiting.cancel()
            self._waiting.clear()

    async def _batch(self, embedder: Embedder, texts: list[str]) -> None:
        self.batches += 1
        try:
            vectors = await self._models.run(partial(embedder.embed_questions, texts))
        except Exception as error:  # whatever a model raises concerns those who asked, and nobody else
            for text in texts:
                waiting = self._waiting.pop(text)
                waiting.set_exception(error)
                waiting.exception()  # taken note of, even where whoever asked has gone
            return
        for text, vector in zip(texts, vectors, strict=True):
            self._known[embedder.name, text] = vector
            self._waiting.pop(text).set_result(vector)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
