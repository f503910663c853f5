"""One query, asked until it is answered: again after a failure that was nobody's answer, never for too long.

A connection that broke, a server that is busy or ill (408, 425, 429, 5xx), a time-out: these say nothing
about a system, and are tried again with growing pauses. Everything else is a crash, written down at once.
"""

from __future__ import annotations

import random
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import NamedTuple

from agent.llm.errors import LimitReached, NotRecorded
from agent.llm.secrets import masked
from agent.llm.spending import about
from bench.systems.base import System
from bench.types import Answer, Query
from kg.errors import UsageError

_TRANSIENT = (408, 425, 429)
_BROKEN = {("openai", "APIConnectionError"), ("httpx", "TransportError"), ("httpcore", "NetworkError")}
_SAID = 500  # characters of an error that are kept
_LONGEST_PAUSE = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long a query is tried.

    `retries` after the first attempt; `timeout` seconds for all attempts and pauses of a query together, None
    for ever; `pause` seconds before the second attempt, then twice as long each time.
    """

    retries: int = 4
    timeout: float | None = None
    pause: float = 1.0


class Outcome(NamedTuple):
    """An answer, and whether what failed, if it failed, was the way to the system rather than the system."""

    answer: Answer
    unreachable: bool = False


def attempt(system: System, query: Query, patience: Patience) -> Outcome:
    """Ask a system a query. `latency_ms` is that of the last attempt; a failure is in `error`."""
    if patience.timeout is None:
        return _tries(system, query, patience, threading.Event())
    return _within(patience.timeout, system, query, patience)


def _within(seconds: float, system: System, query: Query, patience: Patience) -> Outcome:
    """Ask in a thread that is left behind when time is up: Python cannot stop it, but nobody waits for it."""
    given_up = threading.Event()
    came: SimpleQueue[Outcome | BaseException] = SimpleQueue()

    def work() -> None:
        try:
            came.put(_tries(system, query, patience, given_up))
        except BaseException as error:  # raised below, where somebody waits
            came.put(error)

    threading.Thread(target=work, daemon=True, name=f"query {query.id}").start()
    try:
        result = came.get(timeout=seconds)
    except Empty:
        given_up.set()
        said = f"TimeoutError: no answer within {seconds:g} s"
        return Outcome(Answer(id=query.id, error=said, latency_ms=round(seconds * 1000, 3)), True)
    if isinstance(result, BaseException):
        raise result
    return result


def _tries(system: System, query: Query, patience: Patience, given_up: threading.Event) -> Outcome:
    for number in range(patience.retries + 1):
        start = time.perf_counter()
        try:
            with about(query.id):
                answer, failure = system.answer(query), None
        except (LimitReached, NotRecorded):
            raise  # the end of the run, not of the query
        except Exception as error:  # a crash of ours or theirs: counted apart, the run goes on
            answer, failure = Answer(id=query.id, error=_said(error, number + 1)), error
        if not isinstance(answer, Answer):
            came = type(answer).__name__
            raise UsageError(f"the system answered with a {came}; expected a `bench.types.Answer`.")
        spent = round((time.perf_counter() - start) * 1000, 3)
        outcome = Outcome(
            answer.model_copy(update={"id": query.id, "latency_ms": spent}),
            failure is not None and is_transient(failure),
        )
        if not outcome.unreachable or number == patience.retries:
            break
        assert failure is not None  # noqa: S101
        if given_up.wait(_pause(failure, query, number, patience)):
            break
    return outcome


def is_transient(error: BaseException) -> bool:
    """Tell whether an error, or what caused it, is one of the way to a server and may be gone next time."""
    seen = 0
    cause: BaseException | None = error
    while cause is not None and seen < 5:
        if isinstance(cause, ConnectionError | TimeoutError) or _is_broken(cause):
            return True
        status = status_of(cause)
        if status is not None:
            # No money left is said with 429 as well, and will still be so in a minute.
            return (status in _TRANSIENT or status >= 500) and getattr(
                cause, "code", ""
            ) != "insufficient_quota"
        cause, seen = cause.__cause__, seen + 1
    return False


def status_of(error: BaseException) -> int | None:
    """Return the HTTP status an error carries, as clients of models keep it; None if it has none."""
    for holder in (error, getattr(error, "response", None)):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int):
            return status
    return None


def _is_broken(error: BaseException) -> bool:
    return any((kind.__module__.split(".")[0], kind.__name__) in _BROKEN for kind in type(error).__mro__)


def _pause(error: BaseException, query: Query, number: int, patience: Patience) -> float:
    """Return the seconds to wait: what the server asks for, else twice as long each time, spread by query."""
    with suppress(AttributeError, KeyError, TypeError, ValueError):
        asked = float(error.response.headers["retry-after"])  # type: ignore[attr-defined]
        if asked >= 0:
            return min(asked, _LONGEST_PAUSE)
    spread = random.Random(f"{query.id}/{number}").uniform(1, 1.5)  # noqa: S311 - not for secrets
    return min(patience.pause * float(2**number) * spread, _LONGEST_PAUSE)


def _said(error: Exception, attempts: int) -> str:
    plain = masked(f"{type(error).__name__}: {error}".encode("utf-8", "replace").decode("utf-8"))
    return (plain if attempts == 1 else f"after {attempts} attempts: {plain}")[:_SAID]
