"""The lines a person typed, for the arrow keys: one file a person, where the terminal has readline."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from agent.memory import DEFAULT_USER
from kg.store import home

_LINES = 1000


class Typed:
    """The lines of the person at the terminal; as a context manager they are kept at the end."""

    def __init__(self, user: str):
        self._user = user
        self._readline: Any = None

    def __enter__(self) -> Typed:
        with suppress(ImportError):
            import readline

            self._readline = readline
            readline.set_history_length(_LINES)
        self._read()
        return self

    def __exit__(self, *_: object) -> None:
        self._write()

    def become(self, user: str) -> None:
        """Keep the lines of the person who leaves, and fetch those of the one who comes."""
        self._write()
        self._user = user
        self._read()

    def erase(self) -> None:
        """Forget the lines of the person, here and on disk."""
        if self._readline is not None:
            self._readline.clear_history()
        place(self._user).unlink(missing_ok=True)

    def _read(self) -> None:
        if self._readline is not None:
            self._readline.clear_history()
            with suppress(OSError):
                self._readline.read_history_file(place(self._user))

    def _write(self) -> None:
        if self._readline is not None:
            with suppress(OSError):
                path = place(self._user)
                path.touch(mode=0o600)
                path.chmod(0o600)
                self._readline.write_history_file(path)


def place(user: str) -> Path:
    """Return the file of a person's lines; another name than the default is not readable off it."""
    return home() / ("history" if user == DEFAULT_USER else f"history-{_short(user)}")


def _short(user: str) -> str:
    return sha256(user.encode()).hexdigest()[:16]
