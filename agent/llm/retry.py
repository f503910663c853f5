"""Trying again: which failures may be gone next time, how long to wait, and how failures are called."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from agent.llm.errors import BadReply, CutOff, ErrorInReply, Silence

FIRST = 0.5  # seconds before the second attempt; twice as long each time
LONGEST = 60.0  # seconds of a pause of our own
PATIENCE = 300.0  # seconds a server may ask us to wait; more is an answer in itself
_BUSY = (408, 409, 425, 429)
_NEVER = (501, 505)
NO_BEGINNING = "no beginning"


class Trouble(NamedTuple):
    """A failure: what it is called, whether to try again, and the seconds the server asked us to wait."""

    kind: str
    again: bool
    wait: float | None = None


def trouble(error: BaseException) -> Trouble | None:
    """Return what kind of failure an error is; None if it is none of the way to a model."""
    status = getattr(error, "status_code", None)
    status = error.status if isinstance(error, ErrorInReply) else status
    if isinstance(status, int):
        again = status in _BUSY or (status >= 500 and status not in _NEVER)
        # No money left is said with 429 as well, and will still be so in a minute.
        spent = getattr(error, "code", None) == "insufficient_quota"
        return Trouble(str(status), again and not spent, _asked(error))
    names = {kind.__name__ for kind in type(error).__mro__}
    if isinstance(error, CutOff):
        return Trouble("cut off", True)
    if isinstance(error, BadReply):
        return Trouble("no completion", True)
    if isinstance(
        error, Silence
    ):  # a server that never began may still be at it: asked again, it would queue
        return Trouble("timeout" if error.begun else NO_BEGINNING, error.begun)
    if isinstance(error, TimeoutError) or names & {"APITimeoutError", "TimeoutException"}:
        return Trouble("timeout", True)
    if "RemoteProtocolError" in {type(error).__name__, type(error.__cause__).__name__}:
        return Trouble("cut off", True)
    if isinstance(error, ConnectionError) or names & {"APIConnectionError", "TransportError", "APIError"}:
        return Trouble("connection", True)
    return None


def pause(number: int, key: str, asked: float | None) -> float:
    """Return the seconds to wait after attempt `number` (from 0).

    What the server asks for, else twice as long each time; spread by request, so that those that failed
    together do not come back together.
    """
    spread = random.Random(f"{key}/{number}").random()  # noqa: S311 - not for secrets
    if asked is not None:
        return asked + spread * FIRST * (asked > 0)
    return min(FIRST * 2.0**number, LONGEST) * (0.5 + spread / 2)


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Return the seconds of a header `Retry-After` (a number or a date) or `retry-after-ms`."""
    exact = _number(headers.get("retry-after-ms"))
    if exact is not None:
        return max(0.0, exact / 1000)
    said = headers.get("retry-after")
    seconds = _number(said)
    if seconds is not None:
        return max(0.0, seconds)
    try:
        date = parsedate_to_datetime(said or "")
    except ValueError:
        return None
    at = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max(0.0, (at - (now or datetime.now(UTC))).total_seconds())


def _asked(error: BaseException) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None)
    return None if headers is None else retry_after(headers)


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if number < float("inf") else None  # nor NaN
