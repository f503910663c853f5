"""What is going on, in one dim line of the terminal that goes away when it is done.

Where nobody looks (a pipe, a file, a terminal that cannot move its cursor) there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from agent.phrasing import printable
from kg.folders import telling

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status

_SPINNER = 4  # cells
_BUILT = {
    "lsa": "the word vectors",
    "taste": "what people choose after what",
    "vectors": "the vectors of descriptions",
    "words": "the index of descriptions",
}


class StatusLine:
    """The line, on a console; not shown before something is said."""

    def __init__(self, console: Console):
        self.console = console
        self._status: Status | None = None

    def say(self, text: str) -> None:
        """Show a text in place of the one before."""
        from rich.text import Text

        if not self.console.is_terminal or self.console.is_dumb_terminal:
            return
        line = Text(printable(text), style="dim")
        line.truncate(max(self.console.width - _SPINNER, 1), overflow="ellipsis")
        if self._status is None:
            self._status = self.console.status(line)
            self._status.start()
        else:
            self._status.update(line)

    def clear(self) -> None:
        """Take the line away; the next text brings it back."""
        if self._status is not None:
            self._status.stop()
            self._status = None


@contextmanager
def status_line(console: Console) -> Iterator[StatusLine]:
    """Yield a line for some work, that says too what is built on the way and kept for later."""
    line = StatusLine(console)
    try:
        with telling(lambda folder: line.say(f"building {built(folder)}, once …")):
            yield line
    finally:
        line.clear()


@contextmanager
def opening(what: str = "") -> Iterator[None]:
    """Show on stderr that something is opened, and what is built for it; without `what` only the latter."""
    from rich.console import Console

    with status_line(Console(stderr=True)) as line:
        if what:
            line.say(f"opening {what} …")
        yield


def built(folder: Path) -> str:
    """Return what a folder of Usher's home holds."""
    if folder.parent.name == "catalogues":
        return f"the catalogue {folder.name.rpartition('-')[0]}"
    kind = folder.name.partition("-")[0]
    return _BUILT.get(kind, f"the {kind} of the catalogue")
