"""``make bench-million``: a million made passages in FAISS, in each form that was considered, and in pgvector.

Run by hand, for it takes a quarter of an hour. ``--passages N`` takes another number, ``--only flat,lists,…`` some
of the forms. Each is built, asked and let go before the next: memory stays under 5 GB for a million.
Recall is of the exact search's first ten. Vectors are made, so that only sizes, times and recall mean something.
"""

import argparse
import os
import platform
import time
from collections.abc import Callable, Iterator
from typing import Any

import faiss
import numpy as np
from rich.console import Console
from rich.progress import track

from index.embed import Vectors
from index.search import lists
from index.search.shadow import Allowed, Shadow
from tests.bench.million_postgres import pgvector
from tests.bench.recall import Search, nearest, tell

DIMENSIONS = 384
QUESTIONS = 200
BLOCK = 20_000
err = Console(stderr=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--only", default=",".join(FORMS))
    given = parser.parse_args()
    os.nice(10)
    faiss.omp_set_num_threads(1)
    print(f"Python {platform.python_version()}, FAISS {faiss.__version__}, one thread, load {os.getloadavg()[0]:.1f}\n")
    print(f"{given.passages:,} passages, {QUESTIONS} questions\n")
    print("| form | build | MB | p50 | p95 | recall@10 |\n|---|---|---|---|---|---|")
    made = clusters(given.passages)
    asked = questions(made)
    exact = nearest(made, asked)
    for name in given.only.split(","):
        FORMS[name](made, asked, exact)


def clusters(number: int, seed: int = 7) -> Vectors:
    """Unit vectors as sentences of news have them: stories of very unequal size, in topics, and noise that is
    stronger in some directions than in others; shape ``(number, DIMENSIONS)``."""
    chance = np.random.default_rng(seed)
    stories = max(20, number // 200)
    slope = (np.arange(1, DIMENSIONS + 1) ** -0.4).astype(np.float32)  # spread by direction
    slope /= np.sqrt((slope**2).mean())
    topics = chance.normal(size=(200, DIMENSIONS)).astype(np.float32) * slope
    centres = topics[chance.integers(200, size=stories)]
    centres = 0.7 * centres + 0.7 * chance.normal(size=centres.shape).astype(np.float32) * slope
    share = np.arange(1, stories + 1) ** -0.8
    story = chance.choice(stories, size=number, p=share / share.sum())
    made = np.empty((number, DIMENSIONS), np.float32)
    for first in track(range(0, number, BLOCK), "making vectors", console=err, transient=True):
        own = story[first : first + BLOCK]
        block = centres[own] + 0.8 * chance.standard_normal((len(own), DIMENSIONS), np.float32) * slope
        made[first : first + BLOCK] = block / np.linalg.norm(block, axis=1, keepdims=True)
    return made


def questions(made: Vectors) -> Vectors:
    """Near a passage, and yet none: half noise."""
    chance = np.random.default_rng(8)
    asked = made[chance.integers(len(made), size=QUESTIONS)]
    asked = asked + 0.7 * chance.normal(size=asked.shape).astype(np.float32) / DIMENSIONS**0.5
    near: Vectors = asked / np.linalg.norm(asked, axis=1, keepdims=True)
    return near.astype(np.float32)


def _blocks(made: Vectors, what: str) -> Iterator[Vectors]:
    for first in track(range(0, len(made), BLOCK), what, console=err, transient=True):
        yield made[first : first + BLOCK]


def _measured(name: str, index: Any, parameters: Any = None) -> Callable[[Vectors, Vectors, list[set[int]]], None]:
    def run(made: Vectors, asked: Vectors, exact: list[set[int]]) -> None:
        build, ready = _built(index, made, name)
        given = parameters(ready) if parameters else None

        def search(question: Vectors) -> list[int]:
            return ready.search(question[None], 40, params=given)[1][0].tolist()  # type: ignore[no-any-return]  # FAISS is untyped

        tell(name, build, len(faiss.serialize_index(ready)), search, asked, exact)

    return run


def _built(index: Callable[[int], Any], made: Vectors, name: str) -> tuple[float, Any]:
    began = time.perf_counter()
    ready = index(len(made))
    if not ready.is_trained:
        number = min(len(made), 40 * getattr(ready, "nlist", 1_000))
        ready.train(made[np.random.default_rng(1).choice(len(made), number, replace=False)])
    for block in _blocks(made, name):
        ready.add(block)
    return time.perf_counter() - began, ready


def _product(made: Vectors) -> tuple[float, Shadow]:
    """As the product has it, by its own class."""
    began = time.perf_counter()
    ids = np.arange(len(made), dtype=np.int64)
    shadow = Shadow("made", DIMENSIONS, index=lists.make(ids, lambda wanted: made[wanted], DIMENSIONS))
    shadow.article_ids = ids // 20
    return time.perf_counter() - began, shadow


def _lists(made: Vectors, asked: Vectors, exact: list[set[int]]) -> None:
    build, shadow = _product(made)
    whole = Allowed(len(made), len(made) - 1, None)
    size = len(faiss.serialize_index(shadow.index))
    tell("lists of full vectors (what Dealwire has)", build, size, _by(shadow, whole), asked, exact)


def _by(shadow: Shadow, allowed: Allowed) -> Search:
    return lambda question: [found for found, _ in shadow.search(question, 40, allowed)]


def _scopes(made: Vectors, asked: Vectors, exact: list[set[int]]) -> None:
    """The same inside scopes: the articles that fall into them are many, some, few."""
    build, shadow = _product(made)
    chance = np.random.default_rng(9)
    articles = len(made) // 20
    for share in (0.5, 0.1, 0.01):
        some = np.sort(chance.choice(articles, int(articles * share), replace=False))
        allowed = shadow.allowed(some)
        right = nearest(made, asked, np.isin(shadow.article_ids, some))
        tell(f"the same, a scope of {share:.0%}", build, 0, _by(shadow, allowed), asked, right)


def _lists_8bit(number: int) -> Any:
    index = faiss.index_factory(DIMENSIONS, f"IVF{lists.number_for(number)},SQ8", faiss.METRIC_INNER_PRODUCT)
    index.cp.niter = lists.ROUNDS
    return index


def _graph_8bit(number: int) -> Any:
    index = faiss.IndexHNSWSQ(DIMENSIONS, faiss.ScalarQuantizer.QT_8bit, 16, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = 80
    return index


FORMS = {
    "flat": _measured("flat, full vectors", lambda _: faiss.IndexFlatIP(DIMENSIONS)),
    "lists": _lists,
    "scopes": _scopes,
    "half": _measured(
        "flat, half precision",
        lambda _: faiss.IndexScalarQuantizer(DIMENSIONS, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT),
    ),
    "lists-8bit": _measured(
        "lists, 8 bits",
        _lists_8bit,
        lambda index: faiss.SearchParametersIVF(nprobe=lists.probes(index.nlist, index.ntotal)),
    ),
    "graph-8bit": _measured(
        "HNSW, 8 bits, efSearch 160", _graph_8bit, lambda _: faiss.SearchParametersHNSW(efSearch=160)
    ),
    "pgvector": pgvector,
}


if __name__ == "__main__":
    main()
