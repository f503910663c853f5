"""What can go wrong with data, and with what was asked of Usher as a program."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path


class DataError(Exception):
    """A file or folder is not what it should be.

    The message names it, the line, what was expected and what to do.
    """

    def __init__(
        self, problem: str, *, path: Path | str | None = None, line: int | None = None, remedy: str = ""
    ):
        where = "" if path is None else f"{path}:{line}: " if line else f"{path}: "
        super().__init__(f"{where}{problem}" + (f"\n  {remedy}" if remedy else ""))


class UnwritableError(DataError):
    """Nothing can be written to a place: no damage, and no reason not to answer."""


class UnreachableError(DataError):
    """A server that keeps something does not answer, or cannot go on: no damage, and worth another try."""


class UsageError(ValueError):
    """A name or option that does not exist or does not fit. The message names what came and what there is."""

    @classmethod
    def unknown(cls, what: str, name: str, known: Iterable[str]) -> UsageError:
        """Return the error for a name that is not in a table, with the nearest one that is."""
        names = list(known)
        close = get_close_matches(name, names, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else "."
        return cls(f"unknown {what} {name!r}{hint}\n  Known: {', '.join(names)}.")
