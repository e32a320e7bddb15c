"""Copies of an embedded database while others use it. Owns SQLite's online backup, in both directions.

Both are one transaction to SQLite: a backup is the state at one moment, and who has the database open sees
a restored one as any other change. A PostgreSQL server has better tools of its own.
"""

import os
import secrets
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from index.errors import StoreError
from index.store.schema import REVISION
from index.store.sqlite import WRITER_PATIENCE, sqlite_sentence


def back_up(database: Path, to: Path) -> int:
    """Write a copy, whole and checked, or nothing; its number of bytes. Raises StoreError."""
    if not database.is_file():
        raise StoreError(f"There is nothing to back up in {database.parent}; read some articles first.")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=to.parent, prefix=f".{to.name}.", suffix=".part")
        os.close(handle)
        try:
            _copy(database, Path(name))
            _check(Path(name))
            with Path(name).open("rb") as file:
                os.fsync(file.fileno())
            Path(name).replace(to)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return to.stat().st_size
    except OSError as error:
        raise StoreError(f"The backup {to} could not be written ({error.strerror}); choose another place.") from error


def restore(backup: Path, database: Path, *, replace: bool) -> None:
    """Put a backup in the place of the database, after looking whether it is sound. Raises StoreError."""
    if not backup.is_file():
        raise StoreError(f"There is no backup {backup}.")
    _check(backup)
    if database.is_file() and not replace:
        raise StoreError(
            f"{database.parent} holds a library already; say --replace to put the backup in its place "
            "(and back it up first, if in doubt)."
        )
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The data folder {database.parent} could not be made ({error.strerror}).") from error
    before = _counters(database) if database.is_file() else (0, 0)
    _copy(backup, database)
    _mark_as_another(database, before)


def _counters(database: Path) -> tuple[int, int]:
    """Generation and removals; of what is no library any more, nothing."""
    try:
        with closing(_open(database)) as connection:
            generation, removals = connection.execute("SELECT generation, removals FROM state").fetchone()
    except (sqlite3.Error, TypeError):
        return 0, 0
    return int(generation), int(removals)


def _mark_as_another(database: Path, before: tuple[int, int]) -> None:
    """Who has the library open took note of articles under the same ids and generations; these are others."""
    try:
        with closing(sqlite3.connect(database, timeout=WRITER_PATIENCE)) as connection:
            connection.execute(
                "UPDATE state SET generation = max(generation, ?) + 1, removals = max(removals, ?) + 1", before
            )
            connection.execute(f"PRAGMA user_version = {secrets.randbelow(2**31 - 1) + 1}")
            connection.commit()
    except sqlite3.Error as error:
        raise StoreError(sqlite_sentence(str(database), error) or f"{database} refused: {error}") from error


def _copy(source: Path, to: Path) -> None:
    try:
        with closing(_open(source)) as ours, closing(sqlite3.connect(to, timeout=WRITER_PATIENCE)) as theirs:
            ours.backup(theirs)  # all pages in one step: in several, each change by others would start it anew
    except sqlite3.Error as error:
        told = sqlite_sentence(str(to), error) or f"{source} could not be copied to {to}: {error}"
        raise StoreError(told) from error


def _check(path: Path) -> None:
    try:
        with closing(_open(path)) as connection:
            sound = [row[0] for row in connection.execute("PRAGMA quick_check(1)")] == ["ok"]
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"{path} is no backup of Dealwire's, or it is damaged ({error}).") from error
    if not sound:
        raise StoreError(f"{path} is damaged; take another backup.")
    if revision is None or revision[0] > REVISION:
        raise StoreError(f"{path} was written by a newer Dealwire; upgrade with: pip install -U dealwire")


def _open(path: Path) -> sqlite3.Connection:
    """For reading; a file that is not there is not made."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=WRITER_PATIENCE)
