"""The one error of this room."""

from __future__ import annotations

from pathlib import Path


class DataError(Exception):
    """A file or folder is not what it should be. The message names it, the line, what was expected and what to do."""

    def __init__(
        self, problem: str, *, path: Path | str | None = None, line: int | None = None, remedy: str = ""
    ):
        where = "" if path is None else f"{path}:{line}: " if line else f"{path}: "
        super().__init__(f"{where}{problem}" + (f"\n  {remedy}" if remedy else ""))
