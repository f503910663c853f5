"""Threads that answer requests, in the order in which they came."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

T = TypeVar("T")

_IDLE = 10.0  # seconds after which a thread without work ends


class Threads:
    """At most so many threads; started when there is work, ended when there is none for a while.

    A thread goes from one piece of work to the next without the event loop. It never keeps a process alive.
    """

    def __init__(self, most: int, *, idle: float = _IDLE):
        self._most = most
        self._idle = idle
        self._queue: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()
        self._count = 0
        self._lock = Lock()

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Queue some work; where its future is cancelled before a thread is free, it is not begun."""
        future: Future[T] = Future()
        with self._lock:
            self._queue.put((future, work))
            if self._count < self._most:
                self._count += 1
                Thread(target=self._run, name="usher-answers", daemon=True).start()
        return future

    def _run(self) -> None:
        while True:
            try:
                future, work = self._queue.get(timeout=self._idle)
            except Empty:
                if self._has_ended():
                    return
                continue
            if future.set_running_or_notify_cancel():
                _finish(future, work)
            del future, work  # nothing of a request is held while there is no other

    def _has_ended(self) -> bool:
        """Take this thread out of the count, unless work came in the meantime."""
        with self._lock:
            if not self._queue.empty():
                return False
            self._count -= 1
            return True


def _finish(future: Future[T], work: Callable[[], T]) -> None:
    try:
        result = work()
    except BaseException as error:
        future.set_exception(error)
    else:
        future.set_result(result)
