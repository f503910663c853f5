"""One run at a time in a folder: a second one is refused, whatever became of the first."""

from __future__ import annotations

from pathlib import Path

from kg.errors import UsageError
from kg.folders import hold

_HELD: dict[tuple[int, int], int] = {}


def keep(folder: Path) -> None:
    """Hold a folder until this process ends; the system frees it if the process is killed.

    Raises:
        UsageError: another process holds it.
    """
    told = folder.stat()
    key = (told.st_dev, told.st_ino)
    if key in _HELD:
        return
    held = hold(folder)
    if held is None:
        raise UsageError(
            f"{folder} is being written by another run.\n  Wait until it is done, or give another --out."
        )
    _HELD[key] = held
