"""How quickly and how rightly a form of search finds the nearest vectors: the exact answer, and a row of the table."""

import time
from collections.abc import Callable

import numpy as np

from index.embed import Vectors

Search = Callable[[Vectors], list[int]]


def nearest(made: Vectors, asked: Vectors, inside: np.ndarray | None = None) -> list[set[int]]:  # type: ignore[type-arg]  # a mask
    """The exact first ten of each, by numpy alone."""
    best = []
    for block in (asked[n : n + 20] for n in range(0, len(asked), 20)):
        scores = made @ block.T
        if inside is not None:
            scores[~inside] = -2
        best += [set(column.tolist()) for column in np.argpartition(-scores, 10, axis=0)[:10].T]
    return best


def tell(name: str, build: float, size: int, search: Search, asked: Vectors, exact: list[set[int]]) -> None:
    search(asked[0])
    times, shared = [], []
    for question, right in zip(asked, exact, strict=True):
        began = time.perf_counter()
        found = search(question)
        times.append(1000 * (time.perf_counter() - began))
        shared.append(len(right & set(found[:10])) / 10)
    p50, p95 = np.percentile(times, [50, 95])
    print(
        f"| {name} | {build:.0f} s | {size / 2**20:,.0f} | {p50:.1f} ms | {p95:.1f} ms | {np.mean(shared):.3f} |",
        flush=True,
    )
