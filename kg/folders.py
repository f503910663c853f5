"""Folders that are there whole or not at all, files without a torn line, and known by their content."""

from __future__ import annotations

import errno
import glob
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from kg.errors import UnwritableError

_UNFINISHED = "-unfinished-"
_YOUNG = 10.0  # seconds in which a folder that was begun is held by who began it
ELSEWHERE = "Free some space, or let USHER_HOME name a place that can be written to."
_FULL, _FORBIDDEN = "the disk is full", "it may not be written to"
_SYSTEM = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: _FORBIDDEN,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
}
_SQLITE = {13: _FULL, 8: _FORBIDDEN, 3: _FORBIDDEN, 14: _FORBIDDEN}  # FULL, READONLY, PERM, CANTOPEN
_SQLITE |= dict.fromkeys((778, 4618, 4874), _FULL)  # IOERR_WRITE, IOERR_SHMOPEN, IOERR_SHMSIZE
_TELL: ContextVar[Callable[[Path], None] | None] = ContextVar("_TELL", default=None)


@contextmanager
def telling(tell: Callable[[Path], None]) -> Iterator[None]:
    """Within it, `tell` is given every folder that is begun, as building one may take its time."""
    before = _TELL.set(tell)
    try:
        yield
    finally:
        _TELL.reset(before)


def private_folder(folder: Path) -> Path:
    """Make a folder, and what is missing above it, for its owner alone; return it."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
    return folder


def private_file(path: Path) -> Path:
    """Make a file for its owner alone, in a folder that is; one that others may read is closed to them."""
    private_folder(path.parent)
    if not path.exists():
        path.touch(mode=0o600)
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return path


def why_unwritable(error: BaseException) -> str:
    """Return why nothing could be written, where that is what went wrong; else nothing.

    What failed because of it (a transaction that cannot be ended) is not what went wrong.
    """
    if error.__context__ is not None and (why := why_unwritable(error.__context__)):
        return why
    if (code := getattr(error, "sqlite_errorcode", None)) is not None:
        return _SQLITE.get(code) or _SQLITE.get(code & 0xFF, "")
    return _SYSTEM.get(error.errno or 0, "") if isinstance(error, OSError) else ""


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Within it, a full disk and the like are said as such.

    Raises:
        UnwritableError: nothing can be written.
    """
    import sqlite3

    try:
        yield
    except (OSError, sqlite3.Error) as error:
        if not (why := why_unwritable(error)):
            raise
        raise UnwritableError(why, path=path, remedy=ELSEWHERE) from error


class new_folder:  # noqa: N801 - reads as a statement: with new_folder(path) as partial
    """Write a folder beside its place and rename it at the end; on any error nothing is left.

    If the folder exists by then (another process was faster) the other's is kept. What processes left that
    were killed is swept.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    def __enter__(self) -> Path:
        if (tell := _TELL.get()) is not None:
            tell(self.folder)
        private_folder(self.folder.parent)
        sweep(self.folder.parent, self.folder.name)
        self.partial = unfinished(self.folder)
        self._held = hold(self.partial)
        return self.partial

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self.partial.rename(self.folder)
        except OSError:
            if not self.folder.is_dir():
                raise
        finally:
            shutil.rmtree(self.partial, ignore_errors=True)
            if self._held is not None:
                os.close(self._held)


def hold(folder: Path) -> int | None:
    """Hold a folder until the descriptor returned is closed or the process ends; None if another holds it.

    Where a system or a disk has no such locks nobody holds anything: a descriptor of nothing is returned.
    """
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows
        return os.open(os.devnull, os.O_RDONLY)
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        return None
    except OSError:
        os.close(held)
        return os.open(os.devnull, os.O_RDONLY)
    return held


def unfinished(folder: Path) -> Path:
    """Return a new folder beside the place of one; `sweep` removes it if this process is killed."""
    return Path(tempfile.mkdtemp(prefix=f".{folder.name}{_UNFINISHED}", dir=folder.parent))


def remove(folder: Path) -> None:
    """Take a folder away at once, so that nobody reads the half of it."""
    if folder.exists():
        gone = unfinished(folder)
        try:
            folder.rename(gone / folder.name)
        finally:
            shutil.rmtree(gone, ignore_errors=True)


def sweep(parent: Path, name: str = "") -> None:
    """Remove the unfinished folders in `parent`, of one `name` if given, that no process holds any more."""
    for left in _unfinished(parent, name):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _YOUNG and (held := hold(left)) is not None:
                if os.path.samestat(os.fstat(held), left.stat()):
                    shutil.rmtree(left, ignore_errors=True)
                os.close(held)


def is_begun(folder: Path) -> bool:
    """Tell whether some process is writing a folder that is not in its place yet."""
    for begun in _unfinished(folder.parent, folder.name):
        with suppress(OSError):
            if (held := hold(begun)) is None:
                return True
            os.close(held)
    return False


def _unfinished(parent: Path, name: str) -> Iterator[Path]:
    return parent.glob(f".{glob.escape(name) or '*'}{_UNFINISHED}????????")


def cut_torn_line(path: Path) -> None:
    """Cut off a last line that was not written to its end, as a killed run leaves it; no file is no error."""
    if path.exists():
        data = path.read_bytes()
        whole = data.rfind(b"\n") + 1
        if whole < len(data):
            with path.open("r+b") as stream:
                stream.truncate(whole)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
