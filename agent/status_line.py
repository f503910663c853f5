"""What is going on, in one dim line of the terminal that goes away when it is done.

Where nobody looks (a pipe, a file, a terminal that cannot move its cursor) there is none; of work that takes
its time a line on stderr every few seconds says how far it is.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from agent.phrasing import printable
from agent.progress_line import ProgressLine
from kg.folders import telling
from kg.progress import told

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status

_SPINNER = 4  # cells
_OFTEN, _SELDOM = 0.2, 5.0  # seconds between lines of progress, on a terminal and elsewhere
_BUILT = {
    "lsa": "the word vectors",
    "taste": "what people choose after what",
    "vectors": "the vectors of descriptions",
    "words": "the index of descriptions",
}


def _to_stderr(text: str) -> None:
    sys.stderr.write(f"{printable(text)}\n")


class StatusLine:
    """The line, on a console; not shown before something is said."""

    def __init__(self, console: Console):
        self.console = console
        self._status: Status | None = None
        self._said = ""

    @property
    def is_seen(self) -> bool:
        """Whether there is a line at all."""
        return self.console.is_terminal and not self.console.is_dumb_terminal

    def say(self, text: str) -> None:
        """Show a text in place of the one before."""
        self._said = text
        self._show(text)

    def progress(self, clock: Callable[[], float] = time.monotonic) -> ProgressLine:
        """Return what says in this line, or in lines on stderr, how far work is."""
        if self.is_seen:
            return ProgressLine(self._show, self._back, every=_OFTEN, clock=clock)
        return ProgressLine(_to_stderr, every=_SELDOM, least=_SELDOM, clock=clock)

    def _back(self) -> None:
        """Show again what was said before progress was."""
        if self._said:
            self._show(self._said)
        else:
            self.clear()

    def _show(self, text: str) -> None:
        from rich.text import Text

        if not self.is_seen:
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
        self._said = ""
        if self._status is not None:
            self._status.stop()
            self._status = None


@contextmanager
def status_line(console: Console) -> Iterator[StatusLine]:
    """Yield a line for some work, that says too what is built on the way and kept for later."""
    line = StatusLine(console)
    try:
        building = telling(lambda folder: line.say(f"building {built(folder)}, once …"))
        with building, told(line.progress()):
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
