"""Folders beside a catalogue that are made at first use, sealed when written and made again if damaged."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from kg import checksums
from kg.folders import new_folder, remove, why_unwritable

T = TypeVar("T")
SEAL = "seal.json"
DAMAGE = (OSError, EOFError, LookupError, TypeError, ValueError)
_FOR_NOW: list[tempfile.TemporaryDirectory[str]] = []  # gone when the process ends
_LOG = logging.getLogger(__name__)


def kept(
    place: Path,
    make: Callable[[Path], None],
    read: Callable[[Path], T],
    *,
    damage: tuple[type[Exception], ...] = DAMAGE,
    unsealed: Collection[str] = (),
) -> T:
    """Return what `read` finds in a folder that `make` fills: made once, and again if it is damaged.

    What `read` raises of `damage` is damage too. One of several processes makes it while the others wait.
    Where nothing can be written it is made for this time only. The files `unsealed` may change when read.
    """
    found = _read(place, read, damage)
    if found is not None:
        return found[0]
    try:
        with _alone(place.parent):
            if not (found := _read(place, read, damage)):
                remove(place)
                with new_folder(place) as partial:
                    make(partial)
                    seal(partial, unsealed)
        return read(place) if found is None else found[0]
    except OSError as error:
        other = instead_of(place, error)
    make(other)
    return read(other)


def instead_of(place: Path, error: OSError) -> Path:
    """Return a folder for this time only, where a place cannot be written to; any other error is raised."""
    if not (why := why_unwritable(error)):
        raise error
    other = tempfile.TemporaryDirectory(prefix="usher-", ignore_cleanup_errors=True)
    _LOG.warning("%s cannot be kept (%s); it is made for this time only.", place, why)
    _FOR_NOW.append(other)
    return Path(other.name)


def seal(folder: Path, unsealed: Collection[str] = ()) -> None:
    """Write beside the files of a folder what each of them is."""
    files = sorted(each for each in folder.rglob("*") if each.is_file() and each.name not in unsealed)
    told = {each.relative_to(folder).as_posix(): checksums.checksum(each) for each in files}
    (folder / SEAL).write_text(checksums.sealed({"files": told}), encoding="utf-8")


def check(folder: Path) -> None:
    """Compare the files of a folder with its seal.

    Raises:
        ValueError: a file is missing or another one. The message names it.
    """
    try:
        files = checksums.unsealed((folder / SEAL).read_text(encoding="utf-8"))["files"]
    except (ValueError, LookupError, TypeError):
        raise ValueError(f"{SEAL} is not what was written") from None
    checksums.check(folder, files)


def _read(place: Path, read: Callable[[Path], T], damage: tuple[type[Exception], ...]) -> tuple[T] | None:
    """Return what is in a folder; None if it is not there, an older version's or damaged."""
    if not (place / SEAL).is_file():
        return None
    try:
        check(place)
        return (read(place),)
    except damage as error:
        _LOG.warning("%s is damaged (%s); it is made again.", place, error)
        remove(place)
        return None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process or thread at a time make something in a folder, where the system has such locks."""
    try:
        import fcntl

        held = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):  # Windows; or the folder is made first
        yield
        return
    try:
        with suppress(OSError):  # a disk without locks
            fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)
