"""The models' thread: questions first, one at a time, failures to who asked, and an end that leaves nobody waiting."""

import asyncio
import threading
import time

import pytest

from index.errors import ModelError
from index.model_thread import ModelThread


class Held:
    """Work that goes on until it is let go, so that what comes meanwhile has to queue."""

    def __init__(self) -> None:
        self.begun, self.let_go = threading.Event(), threading.Event()

    def __call__(self) -> None:
        self.begun.set()
        assert self.let_go.wait(60)


async def test_a_question_goes_before_the_rest_of_an_ingestion(models: ModelThread) -> None:
    held, order = Held(), list[str]()
    running = [asyncio.create_task(models.run(held, waits=True))]
    await asyncio.to_thread(held.begun.wait, 60)
    for who, waits in (("passages", True), ("more passages", True), ("question", False), ("another", False)):
        running.append(asyncio.create_task(models.run(lambda who=who: order.append(who), waits=waits)))  # type: ignore[misc]
    await asyncio.sleep(0)
    held.let_go.set()
    await asyncio.gather(*running)
    assert order == ["question", "another", "passages", "more passages"]


async def test_while_a_question_is_answered_an_ingestion_stands_back(models: ModelThread) -> None:
    order = list[str]()
    await models.run(lambda: None)
    with models.question():
        passages = asyncio.create_task(models.run(lambda: order.append("passages"), waits=True))
        await asyncio.sleep(0.05)  # nothing else is there to do
        await models.run(lambda: order.append("reading"))
        assert order == ["reading"]
    await passages
    assert order == ["reading", "passages"]


async def test_an_ingestion_comes_to_an_end_however_many_ask(models: ModelThread) -> None:
    """There is always a question's work in the queue: two hundred people's, each asking anew when answered."""
    asked = True

    async def ask() -> None:
        while asked:
            with models.question():
                await models.run(lambda: time.sleep(0.001))

    asking = [asyncio.create_task(ask()) for _ in range(200)]
    await asyncio.sleep(0.05)
    try:
        for _ in range(2):
            await asyncio.wait_for(models.run(lambda: None, waits=True), 60)
    finally:
        asked = False
        await asyncio.gather(*asking)


async def test_all_of_it_runs_in_one_thread(models: ModelThread) -> None:
    threads = await asyncio.gather(*(models.run(threading.get_ident) for _ in range(20)))
    assert len(set(threads)) == 1 and threads[0] != threading.get_ident()


async def test_a_failure_is_told_to_who_asked_and_to_nobody_else(models: ModelThread) -> None:
    def broken() -> None:
        raise ModelError("The model is broken; mend it.")

    told = await asyncio.gather(models.run(broken), models.run(lambda: 7), return_exceptions=True)
    assert isinstance(told[0], ModelError) and told[1] == 7


async def test_who_went_away_is_passed_over(models: ModelThread) -> None:
    held, done = Held(), list[str]()
    first = asyncio.create_task(models.run(held))
    await asyncio.to_thread(held.begun.wait, 60)
    gone = asyncio.create_task(models.run(lambda: done.append("gone")))
    stays = asyncio.create_task(models.run(lambda: done.append("stays")))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    held.let_go.set()
    await asyncio.gather(first, stays)
    assert done == ["stays"]


async def test_its_end_waits_for_what_runs_and_cancels_what_waits() -> None:
    models, held = ModelThread(), Held()
    first = asyncio.create_task(models.run(held))
    await asyncio.to_thread(held.begun.wait, 60)
    second = asyncio.create_task(models.run(lambda: None))
    await asyncio.sleep(0)
    closing = asyncio.create_task(asyncio.to_thread(models.close))
    await asyncio.sleep(0.01)
    assert not closing.done()
    held.let_go.set()
    await asyncio.gather(first, closing)
    with pytest.raises(asyncio.CancelledError):
        await second


async def test_after_its_end_it_takes_no_work() -> None:
    models = ModelThread()
    assert await models.run(lambda: 7) == 7
    models.close()
    with pytest.raises(RuntimeError):
        await models.run(lambda: 7)


def test_the_end_of_one_that_never_began() -> None:
    ModelThread().close()
