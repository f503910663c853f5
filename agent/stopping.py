"""A turn that nobody waits for any more ends at its next step, in the thread that works on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_IS_STOPPED: ContextVar[Callable[[], bool] | None] = ContextVar("is_stopped", default=None)


class Stopped(Exception):  # noqa: N818 - not an error: nobody is told
    """The turn was given up."""


@contextmanager
def given_up_when(is_stopped: Callable[[], bool]) -> Iterator[None]:
    """Let the turns of a block end once something holds."""
    token = _IS_STOPPED.set(is_stopped)
    try:
        yield
    finally:
        _IS_STOPPED.reset(token)


def is_given_up() -> Callable[[], bool]:
    """Return what tells whether the turn was given up; it may be asked from any thread."""
    return _IS_STOPPED.get() or (lambda: False)


def go_on() -> None:
    """Do nothing, unless the turn was given up.

    Raises:
        Stopped: it was.
    """
    is_stopped = _IS_STOPPED.get()
    if is_stopped is not None and is_stopped():
        raise Stopped
