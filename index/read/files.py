"""Owns finding and opening articles on disk. Must not follow anything out of what the person named.

A file that is named is read whatever it is called. In a folder (walked in a fixed order) only the
endings below are taken; other files are listed as ``skipped``, so that the caller can say so. Hidden
files and folders, editors' backups and temporary files are nobody's articles and are passed over.
"""

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import UnreadableError
from index.models import Failure
from index.read.reader import SIZE_LIMIT, read_bytes, too_large
from index.read.result import Reading

ENDINGS = frozenset(
    ".txt .text .html .htm .xhtml .xht .shtml .xml .rss .atom .rdf .md .markdown .mkd .mdown .asp .aspx .php".split()
)
_BACKUP = ("~", ".bak", ".swp", ".swo", ".tmp", ".temp", ".orig", ".part", ".crdownload", ".old")


@dataclass(slots=True)
class Found:
    """What is under some paths. ``paths`` are to be read one by one; its length is the progress bar's total."""

    paths: list[Path] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)  # files of other kinds, inside folders
    failures: list[Failure] = field(default_factory=list)  # missing paths, folders without permission


def find_files(paths: Iterable[str | os.PathLike[str]]) -> Found:
    """Every file to read under ``paths``, once each. Opens none; what is amiss is in ``failures``."""
    found = Found()
    seen: set[tuple[int, int]] = set()
    for each in paths:
        path = Path(each)
        try:
            status = path.stat()
        except OSError as error:
            found.failures.append(Failure(str(path), _sentence(path, error)))
            continue
        if not stat.S_ISDIR(status.st_mode):
            _add(found, path, status, seen)
            continue
        again = (status.st_dev, status.st_ino) in seen
        before = len(found.paths) + len(found.failures)
        _walk(path, found, seen)
        if len(found.paths) + len(found.failures) == before and not again:
            found.failures.append(
                Failure(str(path), f"The folder {path} holds no articles; put text, HTML, feeds or Markdown into it.")
            )
    return found


def read_path(path: str | os.PathLike[str], *, limit: int = SIZE_LIMIT) -> Reading:
    """The articles of one file; ``origin`` is the path as given. Raises UnreadableError with a sentence."""
    path = Path(path)
    try:
        # A fifo would block for ever, were it opened before looking.
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableError(f"{path} is a folder; read the files in it.")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError(f"{path} is not a file but a device, pipe or socket; give a file or a folder.")
        if status.st_size > limit:
            raise UnreadableError(too_large(status.st_size, limit))
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise UnreadableError(_sentence(path, error)) from None
    return read_bytes(data, origin=str(path), name=path.name, limit=limit)


def _walk(folder: Path, found: Found, seen: set[tuple[int, int]]) -> None:
    """Depth first, names in order. Folders that were walked before, through a symlink too, are not again."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            status = here.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            found.failures.append(Failure(str(here), _sentence(here, error)))
            continue
        folders: list[Path] = []
        for entry in entries:
            if entry.name.startswith((".", "#")) or entry.name.lower().endswith(_BACKUP):
                continue
            path = here / entry.name
            try:
                status = entry.stat()
            except OSError as error:  # a dangling symlink, or one that points to itself
                found.failures.append(Failure(str(path), _sentence(path, error)))
                continue
            if stat.S_ISDIR(status.st_mode):
                folders.append(path)
            elif stat.S_ISREG(status.st_mode) and path.suffix.lower() in ENDINGS:
                _add(found, path, status, seen)
            else:
                found.skipped.append(path)
        waiting += reversed(folders)


def _add(found: Found, path: Path, status: os.stat_result, seen: set[tuple[int, int]]) -> None:
    identity = (status.st_dev, status.st_ino)
    if identity not in seen:
        seen.add(identity)
        found.paths.append(path)


def _sentence(path: Path, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        if path.is_symlink():
            return f"{path} is a link to something that does not exist; mend or remove the link."
        return f"There is nothing at {path}; check the path."
    if isinstance(error, PermissionError):
        return f"There is no permission to read {path}; give yourself the right to read it."
    if isinstance(error, IsADirectoryError | NotADirectoryError):
        return f"A part of {path} is not a folder; check the path."
    if isinstance(error, OSError) and "symbolic link" in str(error).lower():
        return f"{path} is a link that leads back to itself; remove the link."
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{path} cannot be read ({reason}); check the path and the disk."
