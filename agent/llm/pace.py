"""Not too many requests at once, not too many a minute, none while the server asked for quiet."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Pace:
    """Lets requests of many threads through: `concurrency` at once, `per_minute` (None: any) spread out."""

    def __init__(
        self,
        concurrency: int,
        per_minute: float | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self._slots = threading.BoundedSemaphore(concurrency)
        self._apart = 60.0 / per_minute if per_minute else 0.0  # seconds
        self._clock = clock
        self._sleep = sleep
        self._free = 0.0  # when the next request may start
        self._lock = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and keep the slot while the context is open."""
        with self._slots:
            with self._lock:
                now = self._clock()
                start = max(now, self._free)
                self._free = start + self._apart
            if start > now:
                self._sleep(start - now)
            yield

    def hold(self, seconds: float) -> None:
        """Let nobody start for so long: one thread was told to slow down, and all are meant."""
        with self._lock:
            self._free = max(self._free, self._clock() + seconds)
