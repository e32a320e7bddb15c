"""Questions that arrive together: one run of the model, the same vectors, and failures that stay with their askers."""

import asyncio
from collections.abc import Sequence

import numpy as np
import pytest

from index.embed import Embedder, Vectors
from index.errors import ModelError
from index.model_thread import ModelThread
from index.together import MOST, REMEMBERED, Together


async def test_a_burst_is_embedded_in_few_runs_with_the_same_vectors(embedder: Embedder, models: ModelThread) -> None:
    together = Together(models)
    texts = [f"when does licence number {n} end?" for n in range(MOST + 20)]
    vectors = await asyncio.gather(*(together.embed(embedder, text) for text in texts))
    assert together.batches == 2
    np.testing.assert_allclose(np.stack(vectors), embedder.embed_questions(texts), atol=1e-5)
    again = await together.embed(embedder, texts[0])
    assert together.batches == 2 and again is vectors[0]


async def test_those_who_come_while_a_batch_runs_are_the_next_one(embedder: Embedder, models: ModelThread) -> None:
    together = Together(models)
    first = asyncio.create_task(together.embed(embedder, "who signed?"))
    for _ in range(5):  # its batch is under way
        await asyncio.sleep(0)
    assert together.batches == 1
    rest = [asyncio.create_task(together.embed(embedder, f"who signed page {n}?")) for n in range(9)]
    await asyncio.gather(first, *rest)
    assert together.batches == 2


async def test_one_that_goes_away_leaves_the_others_theirs(embedder: Embedder, models: ModelThread) -> None:
    together = Together(models)
    gone, stays = (asyncio.create_task(together.embed(embedder, "is it law yet?")) for _ in range(2))
    await asyncio.sleep(0)
    gone.cancel()
    assert (await stays).shape == (384,)


class Broken:
    name = "broken"

    def embed(self, texts: Sequence[str]) -> Vectors:
        raise ModelError("The model is broken; mend it.")

    embed_questions = embed


async def test_a_model_that_fails_is_told_to_each_and_tried_again(embedder: Embedder, models: ModelThread) -> None:
    together = Together(models)
    asked = await asyncio.gather(*(together.embed(Broken(), f"{n}?") for n in range(3)), return_exceptions=True)
    assert [type(each) for each in asked] == [ModelError] * 3
    with pytest.raises(ModelError):
        await together.embed(Broken(), "0?")
    assert (await together.embed(embedder, "0?")).shape == (384,)


async def test_it_remembers_only_so_many(models: ModelThread) -> None:
    class Counting:
        name = "counting"

        def embed(self, texts: Sequence[str]) -> Vectors:
            return np.ones((len(texts), 2), np.float32)

        embed_questions = embed

    together = Together(models)
    await asyncio.gather(*(together.embed(Counting(), str(n)) for n in range(3 * REMEMBERED)))
    assert len(together._known) == REMEMBERED
