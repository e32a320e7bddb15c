"""The FAISS index as a file and in memory. Owns its format; knows nothing of any database.

File: one line of JSON (what it holds, at which generation, by which model, and a checksum), then the
passages' article ids, then FAISS's own bytes. It is written whole to a temporary name, synced, and
renamed: a reader sees the old one or the new one, never half of one.
"""

import json
import os
import tempfile
import time
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from index.embed import Vectors
from index.search import lists

# FAISS wraps these at import time with arguments that its stubs do not know.
_SearchParameters: Any = faiss.SearchParameters
_SearchParametersIVF: Any = faiss.SearchParametersIVF
_IDSelectorBitmap: Any = faiss.IDSelectorBitmap

FORMAT = 2
ABANDONED = 600  # seconds
Ids = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Allowed:
    """Which passages a search may find, as long as none is added or removed."""

    number: int
    last_id: int  # those with higher ids are outside
    bitmap: npt.NDArray[np.uint8] | None  # the bit of each id; None: all of them


@dataclass
class Shadow:
    """Vectors by passage id, at one generation of the database."""

    model: str
    dimensions: int
    database: int = 0  # the number of the database that it is the shadow of
    generation: int = 0
    removals: int = 0
    index: Any = None
    article_ids: Ids = field(default_factory=lambda: np.empty(0, np.int64))  # one a row, as ``passage_ids``

    _ids: Ids | None = None  # a sorted copy of the index's own

    def __post_init__(self) -> None:
        if self.index is None:
            self.index = faiss.IndexIDMap2(faiss.IndexFlatIP(self.dimensions))

    @property
    def passage_ids(self) -> Ids:
        """Ascending, since passages are added in the order of their ids."""
        if self._ids is None:
            self._ids = lists.ids_of(self.index) if self.in_lists else faiss.vector_to_array(self.index.id_map)
        return self._ids

    @property
    def in_lists(self) -> bool:
        """Whether searches look at the nearest lists only; else they compare with every passage."""
        return isinstance(self.index, faiss.IndexIVFFlat)

    @property
    def last_id(self) -> int:
        return int(self.passage_ids[-1]) if len(self) else 0

    def __len__(self) -> int:
        return int(self.index.ntotal)

    def add(self, passage_ids: Ids, article_ids: Ids, vectors: Vectors) -> None:
        known = self.passage_ids if self.in_lists else None  # what costs time to gather anew
        self.index.add_with_ids(vectors, passage_ids)
        self._ids = None if known is None else np.concatenate([known, passage_ids])
        self.article_ids = np.concatenate([self.article_ids, article_ids])

    def remove(self, passage_ids: Ids) -> None:
        ids = self.passage_ids
        kept = ~np.isin(ids, passage_ids)
        gone = ids[~kept]
        self.index.remove_ids(lists.selection(gone) if self.in_lists else faiss.IDSelectorBatch(gone))
        self._ids = ids[kept]
        self.article_ids = self.article_ids[kept]

    def replace(self, index: Any) -> None:
        """Another index of the same passages takes the place of this one."""
        self._ids = self.passage_ids
        self.index = index

    def wants_lists(self) -> bool:
        """Whether there are enough passages, or four times as many as when the lists were made."""
        if len(self) <= lists.EXACT:
            return False
        return not self.in_lists or lists.number_for(len(self)) >= 2 * self.index.nlist

    def allowed(self, articles: Ids) -> Allowed:
        """The passages of some articles; those that are added later are outside."""
        inside = np.isin(self.article_ids, articles)
        if inside.all():
            return Allowed(len(inside), self.last_id, None)
        ids = self.passage_ids[inside]
        bits = np.zeros(8 * (self.last_id // 8 + 1), np.bool_)
        bits[ids] = True
        return Allowed(len(ids), self.last_id, np.packbits(bits, bitorder="little"))

    def search(self, vector: Vectors, limit: int, allowed: Allowed) -> list[tuple[int, float]]:
        """``(passage id, inner product)``, best first."""
        limit = min(limit, allowed.number)
        if limit == 0:
            return []
        selector = None
        if allowed.bitmap is not None:
            selector = _IDSelectorBitmap(allowed.bitmap)
        elif allowed.last_id < self.last_id:  # another question has caught up meanwhile
            selector = faiss.IDSelectorRange(0, allowed.last_id + 1)
        if self.in_lists:
            parameters = _SearchParametersIVF(sel=selector, nprobe=lists.probes(self.index.nlist, allowed.number))
        else:
            parameters = None if selector is None else _SearchParameters(sel=selector)
        scores, found = self.index.search(vector.reshape(1, -1), limit, params=parameters)
        return [(int(i), float(s)) for i, s in zip(found[0], scores[0], strict=True) if i >= 0]

    def vectors(self, passage_ids: Sequence[int] | Ids) -> Vectors:
        """Zeros for an id that is not there (any more)."""
        wanted = np.asarray(passage_ids, np.int64)
        ids = self.passage_ids
        place = np.minimum(np.searchsorted(ids, wanted), max(0, len(ids) - 1))
        there = ids[place] == wanted if len(ids) else np.zeros(len(wanted), np.bool_)
        found = np.zeros((len(wanted), self.dimensions), np.float32)
        if there.any():
            found[there] = self.index.reconstruct_batch(wanted[there])
        return found

    def save(self, path: Path) -> None:
        """Raises OSError."""
        _remove_debris(path)
        body = self.article_ids.astype("<i8").tobytes() + faiss.serialize_index(self.index).tobytes()
        header = {
            "format": FORMAT,
            "model": self.model,
            "dimensions": self.dimensions,
            "database": self.database,
            "generation": self.generation,
            "removals": self.removals,
            "passages": len(self),
            "crc32": zlib.crc32(body),
        }
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(json.dumps(header).encode() + b"\n")
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _remove_debris(path: Path) -> None:
    """Half-written files of processes that were killed; what a living one writes is younger."""
    for part in path.parent.glob(f"{path.name}*.part"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > ABANDONED:
                part.unlink()


def load_shadow(path: Path) -> Shadow | None:
    """What the file holds, or None where it is missing, damaged or of another format: then rebuild."""
    try:
        with path.open("rb") as file:
            header = json.loads(file.readline(4_096))
            body = file.read()
        if header["format"] != FORMAT or zlib.crc32(body) != header["crc32"]:
            return None
        split = 8 * header["passages"]
        shadow = Shadow(
            model=header["model"],
            dimensions=header["dimensions"],
            database=header["database"],
            generation=header["generation"],
            removals=header["removals"],
            index=faiss.deserialize_index(np.frombuffer(body, np.uint8, offset=split)),
            article_ids=np.frombuffer(body[:split], "<i8").astype(np.int64),
        )
    except (OSError, ValueError, KeyError, TypeError, RuntimeError):
        return None
    return shadow if len(shadow) == header["passages"] else None
