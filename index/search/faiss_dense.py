"""FAISS behind ``Dense``: keeps the shadow in step with the database, whichever process writes it.

Before each search the database's two counters are read. Appended passages are fetched by id; after a
removal the ids are compared; another model's or a damaged shadow is rebuilt from stored embeddings.
"""

import asyncio
import threading
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from index.embed import Vectors
from index.errors import StoreError
from index.models import Scope
from index.search import lists
from index.search.dense import Hit
from index.search.shadow import Allowed, Shadow, load_shadow
from index.store.articles import State, article_ids, read_state
from index.store.database import Database
from index.store.schema import passages

FILE_NAME = "passages.faiss"
BLOCK = 20_000  # rows fetched at a time: 30 MB of embeddings
SAMPLE = 64  # passages of a loaded file whose vectors are compared with the database's
SCOPES = 64  # whose passages are remembered: an eighth of a byte for each passage and scope
WORTH_SAVING = 2_000  # passages; fewer are read anew from the database quickly enough


class FaissDense:
    def __init__(self, database: Database, data_dir: Path, model: str) -> None:
        self._database = database
        self._path = data_dir / FILE_NAME
        self._model = model
        self._shadow: Shadow | None = None
        self._behind = 0  # passages changed since the file was written
        self._catching_up = asyncio.Lock()
        self._using = threading.Lock()  # FAISS must not search while it is changed
        self._allowed: dict[Scope, Allowed] = {}  # of the current generation

    async def search(self, vector: Vectors, limit: int, scope: Scope) -> list[Hit]:
        async def look(connection: AsyncConnection) -> list[Hit] | None:
            shadow, allowed = self._shadow, self._allowed.get(scope)
            if shadow is None or allowed is None or not self._is_at(await read_state(connection)):
                return None
            return self._search(shadow, vector, limit, allowed)

        # Where nothing changed since the last question, one way to a thread and back does.
        found = await self._database.look(look)
        if found is not None:
            return found
        shadow = await self.catch_up()
        if shadow is None:
            return []
        return await asyncio.to_thread(self._search, shadow, vector, limit, await self._inside(shadow, scope))

    def _search(self, shadow: Shadow, vector: Vectors, limit: int, allowed: Allowed) -> list[Hit]:
        with self._using:
            return [Hit(*found) for found in shadow.search(vector, limit, allowed)]

    async def vectors(self, connection: AsyncConnection, passage_ids: list[int]) -> Vectors:
        shadow = self._shadow
        if shadow is None or not passage_ids:
            return np.empty((0, 0), np.float32)

        with self._using:  # called in a look, which is off the event loop
            return shadow.vectors(passage_ids)

    async def catch_up(self) -> Shadow | None:
        """The shadow at the database's present generation; None while nothing is stored. Raises StoreError."""
        state = await self._database.look(read_state)
        if self._is_at(state):
            return self._shadow
        async with self._catching_up, self._database.read() as connection:
            state = await read_state(connection)
            if state.embedding_model is None:
                return None
            if state.embedding_model != self._model:
                raise StoreError(
                    f"The index was embedded with {state.embedding_model!r}, this process runs {self._model!r}; "
                    "restart it, or set DEALWIRE_EMBEDDING_MODEL alike everywhere and run: dealwire ingest PATH"
                )
            if self._shadow is None:
                self._shadow = await self._load(connection, state)
            if self._shadow is None or self._shadow.generation != state.generation:
                self._allowed.clear()
                await self._follow(connection, state)
            return self._shadow

    def _is_at(self, state: State) -> bool:
        shadow = self._shadow
        return shadow is not None and shadow.generation == state.generation and state.embedding_model == self._model

    async def save(self, *, always: bool = True) -> None:
        """With ``always=False`` only where it spares the next start real work. Raises StoreError."""
        if not always and self._shadow is None:
            return  # nobody searched
        shadow = await self.catch_up()
        if shadow is not None and shadow.wants_lists():
            await asyncio.to_thread(self._put_into_lists, shadow)
        if shadow is None or self._behind == 0 or not (always or self._behind >= WORTH_SAVING):
            return

        def run() -> None:
            with self._using:
                shadow.save(self._path)

        try:
            await asyncio.to_thread(run)
        except OSError as error:
            raise StoreError(
                f"The dense index could not be written to {self._path} ({error.strerror}); free some space there. "
                "Nothing is lost: it is made anew from the database at the next start."
            ) from error
        self._behind = 0

    def _put_into_lists(self, shadow: Shadow) -> None:
        """Questions are answered meanwhile, and articles come and go: what changed is made up for at the end."""
        with self._using:
            ids = shadow.passage_ids.copy()

        def vectors(wanted: npt.NDArray[np.int64]) -> Vectors:
            with self._using:  # a removed one is zeros until it is taken out again
                return shadow.vectors(wanted)

        made = lists.make(ids, vectors, shadow.dimensions)
        with self._using:
            now = shadow.passage_ids
            if len(new := np.setdiff1d(now, ids)):
                made.add_with_ids(shadow.vectors(new), new)
            if len(gone := np.setdiff1d(ids, now)):
                made.remove_ids(lists.selection(gone))
            shadow.replace(made)
        self._behind += len(ids)

    async def _load(self, connection: AsyncConnection, state: State) -> Shadow | None:
        """What the file holds, if it is of this model and of this database's past."""
        shadow = await asyncio.to_thread(load_shadow, self._path)
        if shadow is None or shadow.model != self._model or shadow.database != await _number(connection):
            return None
        if shadow.generation > state.generation:  # the database was put back to a backup
            return None
        newest = shadow.passage_ids[-SAMPLE:].tolist()
        rows = await connection.execute(select(passages.c.id, passages.c.embedding).where(passages.c.id.in_(newest)))
        for row in rows:  # or it was put back, and other articles were read since under the same ids
            if shadow.vectors([row.id]).astype("<f4").tobytes() != row.embedding:
                return None
        return shadow

    async def _follow(self, connection: AsyncConnection, state: State) -> None:
        if self._shadow is not None and self._shadow.database != await _number(connection):
            self._shadow = None  # a backup was put in the database's place: the same ids may be other passages
        shadow = self._shadow
        if shadow is not None and (shadow.removals != state.removals or shadow.generation > state.generation):
            stored = np.fromiter((await connection.execute(select(passages.c.id))).scalars(), np.int64)
            gone = np.setdiff1d(shadow.passage_ids, stored)
            if len(gone):
                with self._using:
                    shadow.remove(gone)
                self._behind += len(gone)
        last = shadow.last_id if shadow else 0
        while True:
            rows = (
                await connection.execute(
                    select(passages.c.id, passages.c.article_id, passages.c.embedding)
                    .where(passages.c.id > last)
                    .order_by(passages.c.id)
                    .limit(BLOCK)
                )
            ).all()
            if not rows:
                break
            last = rows[-1].id
            vectors = np.frombuffer(b"".join(row.embedding for row in rows), "<f4").reshape(len(rows), -1)
            if shadow is None:
                shadow = self._shadow = Shadow(self._model, vectors.shape[1], await _number(connection))
            with self._using:
                shadow.add(
                    np.fromiter((row.id for row in rows), np.int64),
                    np.fromiter((row.article_id for row in rows), np.int64),
                    np.ascontiguousarray(vectors),
                )
            self._behind += len(rows)
        if shadow is not None:
            shadow.generation, shadow.removals = state.generation, state.removals

    async def _inside(self, shadow: Shadow, scope: Scope) -> Allowed:
        """Worked out once a generation: most questions share a few scopes."""
        if scope in self._allowed:
            return self._allowed[scope]
        generation = shadow.generation
        ids = np.array(await self._database.look(lambda connection: article_ids(connection, scope)), np.int64)
        with self._using:
            allowed = shadow.allowed(ids)
        if generation == shadow.generation:  # else it is true for this question, and no longer for the next
            if len(self._allowed) >= SCOPES:
                self._allowed.pop(next(iter(self._allowed)))
            self._allowed[scope] = allowed
        return allowed


async def _number(connection: AsyncConnection) -> int:
    """A random number that each database got when it was made."""
    return int((await connection.exec_driver_sql("PRAGMA user_version")).scalar() or 0)
