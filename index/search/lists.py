"""Beyond ``EXACT`` passages: vectors in lists by what they are near to, of which a search reads the nearest.

FAISS's IVF with full vectors (Sivic & Zisserman 2003): passages are added and removed one by one, what is found
has its exact score, and a vector can be had back as it was stored. How many lists are read depends on how many
passages the scope allows: about ``COMPARED`` are compared, so that a small scope is searched exactly.
"""

from collections.abc import Callable
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from index.embed import Vectors

EXACT = 200_000  # passages that are all compared with each question
COMPARED = 60_000  # passages of the scope that are compared with a question beyond that
LEAST = 0.05  # of all lists are read at any rate; with fewer too much is missed
PER_LIST = 40  # vectors that each list is learnt from, FAISS's own lower bound
ROUNDS = 8  # of k-means; further ones change hardly anything
BLOCK = 50_000  # vectors moved at a time: 77 MB

_DirectMap: Any = faiss.__dict__["DirectMap"]  # which the stubs do not know
_IDSelectorArray: Any = faiss.IDSelectorArray  # wrapped at import time with arguments that the stubs do not know
Ids = npt.NDArray[np.int64]


def number_for(passages: int) -> int:
    """How many lists: about twice the root, as a power of two, so that it changes when there are four times as many."""
    return int(2 ** round(np.log2(2 * max(1, passages) ** 0.5)))


def probes(lists: int, allowed: int) -> int:
    """How many lists to read where a scope has so many passages."""
    return min(lists, int(np.ceil(lists * max(LEAST, COMPARED / max(1, allowed)))))


def make(ids: Ids, vectors_of: Callable[[Ids], Vectors], dimensions: int) -> Any:
    """An index with all of them; ``vectors_of`` is asked for a block of ids at a time. Takes a minute a million."""
    number = number_for(len(ids))
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(dimensions), dimensions, number, faiss.METRIC_INNER_PRODUCT)
    index.cp.niter = ROUNDS
    index.cp.max_points_per_centroid = PER_LIST
    sample = np.random.default_rng(1).choice(len(ids), min(len(ids), number * PER_LIST), replace=False)
    index.train(vectors_of(ids[np.sort(sample)]))
    index.set_direct_map_type(_DirectMap.Hashtable)
    for first in range(0, len(ids), BLOCK):
        block = ids[first : first + BLOCK]
        index.add_with_ids(vectors_of(block), block)
    return index


def selection(ids: Ids) -> Any:
    """For ``remove_ids``: lists find what is to go by its id, and take no other kind of selection."""
    return _IDSelectorArray(np.ascontiguousarray(ids))


def ids_of(index: Any) -> Ids:
    """All that are in it, ascending."""
    inside = index.invlists
    sizes = [(each, inside.list_size(each)) for each in range(index.nlist)]
    found = [faiss.rev_swig_ptr(inside.get_ids(each), size).copy() for each, size in sizes if size]
    return np.sort(np.concatenate(found)).astype(np.int64) if found else np.empty(0, np.int64)
