"""Folders that are there whole or not at all, files without a torn line, and known by their content."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

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
    path.touch(mode=0o600)
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return path


class new_folder:  # noqa: N801 - reads as a statement: with new_folder(path) as partial
    """Write a folder beside its place and rename it at the end; on any error nothing is left.

    If the folder exists by then (another process was faster) the other's is kept.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    def __enter__(self) -> Path:
        if (tell := _TELL.get()) is not None:
            tell(self.folder)
        private_folder(self.folder.parent)
        self.partial = Path(tempfile.mkdtemp(prefix=f".{self.folder.name}-", dir=self.folder.parent))
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
