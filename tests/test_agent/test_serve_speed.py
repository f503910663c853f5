"""What a server answers with: threads in order, and worker processes that share the connections."""

from __future__ import annotations

import pickle
import socket
import sys
import threading
import time
from concurrent.futures import Future
from typing import Any

import pytest

pytest.importorskip("uvicorn")

from agent.http.threads import Threads
from agent.http.workers import OwnInEachProcess

# Threads


def test_work_is_done_in_the_order_it_came() -> None:
    done: list[int] = []
    threads = Threads(1)
    for each in [threads.submit(lambda number=number: done.append(number)) for number in range(50)]:  # type: ignore[misc]
        each.result(5)
    assert done == list(range(50))


def test_no_more_threads_than_allowed_work_at_once() -> None:
    lock, now, most = threading.Lock(), 0, 0

    def work() -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.01)
        with lock:
            now -= 1

    threads = Threads(2)
    for each in [threads.submit(work) for _ in range(20)]:
        each.result(5)
    assert most == 2


def test_cancelled_work_that_waits_is_not_begun() -> None:
    threads, go, begun = Threads(1), threading.Event(), []
    running = threads.submit(go.wait)
    waiting: Future[Any] = threads.submit(lambda: begun.append(1))
    assert waiting.cancel()
    go.set()
    running.result(5)
    threads.submit(lambda: None).result(5)
    assert begun == []


def test_what_work_raises_is_raised_to_who_waits_and_the_thread_goes_on() -> None:
    threads = Threads(1)
    with pytest.raises(ZeroDivisionError):
        threads.submit(lambda: 1 // 0).result(5)
    assert threads.submit(lambda: 1).result(5) == 1


def test_threads_without_work_end_and_come_again() -> None:
    def names() -> set[str]:
        return {each.name for each in threading.enumerate() if each not in before}

    before = set(threading.enumerate())
    threads = Threads(2, idle=0.05)
    threads.submit(lambda: None).result(5)
    assert names() == {"usher-answers"}
    end = time.monotonic() + 5
    while names() and time.monotonic() < end:
        time.sleep(0.01)
    assert names() == set()
    assert threads.submit(lambda: 1).result(5) == 1


# Worker processes


def _held() -> OwnInEachProcess:
    """Return an address as the process that starts workers holds it."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(("127.0.0.1", 0))
    return OwnInEachProcess(made.family, made.type, made.proto, made.detach())


def _accepted(listening: socket.socket) -> int:
    count = 0
    listening.settimeout(0.2)
    while True:
        try:
            listening.accept()[0].close()
        except TimeoutError:
            return count
        count += 1


@pytest.mark.skipif(sys.platform != "linux", reason="Linux spreads connections among sockets")
def test_workers_share_connections_among_sockets_of_their_own() -> None:
    with _held() as held:
        workers: list[socket.socket] = [pickle.loads(pickle.dumps(held)) for _ in range(2)]  # noqa: S301
        for each in workers:
            each.listen(128)
        clients = [socket.create_connection(workers[0].getsockname()) for _ in range(64)]
        shares = [_accepted(each) for each in workers]
        for opened in (*clients, *workers):
            opened.close()
    assert sum(shares) == 64
    assert min(shares) >= 8


@pytest.mark.skipif(sys.platform != "linux", reason="Linux spreads connections among sockets")
def test_an_address_at_which_workers_listen_is_taken() -> None:
    """A second server must say so, and not share the connections of the first."""
    with _held() as held, pickle.loads(pickle.dumps(held)) as worker:  # noqa: S301
        worker.listen()
        with socket.socket() as other:
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with pytest.raises(OSError, match="in use"):
                other.bind(held.getsockname())
