"""A stream that falls silent, or that nobody waits for any more, is ended by whoever watches it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from agent.llm.errors import Silence
from agent.stopping import Stopped, is_given_up

_LOOK = 0.25  # seconds between two looks


def watched(response: Any, pieces: Iterable[bytes], first: float, between: float) -> Iterator[bytes]:
    """Yield the pieces of a streamed response as they come.

    Args:
        response: the response, whose connection is ended where that is due.
        pieces: its bytes.
        first: the most seconds until the first piece.
        between: the most seconds between two pieces.

    Raises:
        Silence: nothing came for longer.
        Stopped: the turn was given up.
    """
    watch = _Watch(response, first)
    try:
        for piece in pieces:
            watch.until = time.monotonic() + between
            watch.begun = True
            yield piece
    except Exception:
        watch.say(first, between)
        raise
    finally:
        watch.over.set()
    watch.say(first, between)


class _Watch:
    """Ends the connection of a response once it is due; nothing else wakes who waits for its next bytes."""

    def __init__(self, response: Any, first: float):
        self.until = time.monotonic() + first
        self.begun = False
        self.over = threading.Event()
        self._why: type[Exception] | None = None
        self._response = response
        self._is_given_up = is_given_up()
        threading.Thread(target=self._look, daemon=True).start()

    def say(self, first: float, between: float) -> None:
        """Say why the connection was ended, if it was ended here."""
        if self._why is Stopped:
            raise Stopped
        if self._why is Silence:
            raise Silence(between if self.begun else first, begun=self.begun)

    def _look(self) -> None:
        while not self.over.wait(min(_LOOK, max(0.0, self.until - time.monotonic()))):
            if self._is_given_up():
                self._why = Stopped
            elif time.monotonic() >= self.until:
                self._why = Silence
            if self._why is not None:
                self._end()
                return

    def _end(self) -> None:
        stream = self._response.extensions["network_stream"]
        connection: Any = stream.get_extra_info("socket")
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
