"""What calls of a run used and cost, line by line, and a limit to it."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

from agent.llm.errors import LimitReached
from agent.llm.prices import Price
from kg.folders import cut_torn_line

_about: ContextVar[str | None] = ContextVar("about", default=None)
REFUSED = "refused: "  # a fault that is kept like a reply, since what follows depends on it
_GO_ON = "\n  Nothing is lost: the same command with a higher limit goes on where this one stopped."
_IN_FLIGHT = 10.0  # seconds
_GUESS = 1000  # tokens a reply may have where nothing limits it


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that happened: a reply from the server or the cache, or a failure on the way to one.

    `fault` names what was wrong (of a reply: a tool call that does not parse); tokens of a reply from the
    cache were not spent again. `finish` is why a reply ended, as the server says it.
    """

    key: str
    source: Literal["server", "cache", "failure"]
    fault: str | None = None
    input: int = 0
    cached: int = 0
    output: int = 0
    reasoning: int = 0
    seconds: float = 0.0
    about: str | None = None
    finish: str | None = None


class Watch(Protocol):
    """Somebody who is told of every call, and may stop it."""

    def before(self, body: Mapping[str, Any]) -> None:
        """Hear of a call that is about to be made.

        Raises:
            LimitReached: it must not be made.
        """
        ...

    def after(self, use: Use) -> None:
        """Hear of what happened."""
        ...


@contextmanager
def about(what: str) -> Iterator[None]:
    """Say what the calls made here are for, such as a query's id."""
    token = _about.set(what)
    try:
        yield
    finally:
        _about.reset(token)


def subject() -> str | None:
    """Return what calls made here are for."""
    return _about.get()


def tokens_of(reply: Mapping[str, Any]) -> dict[str, int]:
    """Return the tokens of a completion: sent, of these cached by the server, written, of these reasoning."""
    said = reply.get("usage") or {}
    sent = said.get("prompt_tokens_details") or {}
    written = said.get("completion_tokens_details") or {}
    cached = sent.get("cached_tokens") or said.get("prompt_cache_hit_tokens")  # the latter is DeepSeek's
    return {
        "input": int(said.get("prompt_tokens") or 0),
        "cached": int(cached or 0),
        "output": int(said.get("completion_tokens") or 0),
        "reasoning": int(written.get("reasoning_tokens") or 0),
    }


@dataclass
class Totals:
    """Sums over a run. `calls` were answered by the server, `hits` by the cache; `retries` are failures."""

    calls: int = 0
    hits: int = 0
    retries: int = 0
    input: int = 0
    cached: int = 0
    output: int = 0
    reasoning: int = 0
    cost: float = 0.0
    unpriced: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    def add(self, use: Mapping[str, Any]) -> None:
        """Add one use as plain data."""
        if use.get("fault") and use["source"] != "cache":  # it was counted when it came
            self.faults[str(use["fault"])] += 1
        if use["source"] == "cache":
            self.hits += 1
        elif use["source"] == "failure":
            self.retries += 1
        else:
            self.calls += 1
            for name in ("input", "cached", "output", "reasoning"):
                setattr(self, name, getattr(self, name) + use.get(name, 0))
            self.cost += use.get("cost") or 0.0
            self.unpriced += use.get("cost") is None

    def plain(self) -> dict[str, Any]:
        """Return the sums as `run.json` holds them; `cost` is None if no call had a known price."""
        known = self.unpriced < self.calls or not self.calls
        return asdict(self) | {
            "cost": round(self.cost, 6) if known else None,
            "faults": dict(sorted(self.faults.items())),
        }


class Ledger:
    """Writes every use into a file, a line each, and stops at a limit.

    A run that goes on reads what was used before, so a limit is one of the whole run. Calls in flight count
    with what they may cost: the limit is not passed, but for what a reply longer than expected costs.
    """

    def __init__(
        self,
        path: Path,
        price: Price | None,
        *,
        max_cost: float | None = None,
        max_calls: int | None = None,
        max_tokens: int | None = None,
    ):
        self.path = path
        self.price = price
        self.max_cost = max_cost
        self.max_calls = max_calls
        self.keys: set[str] = set()
        self.totals = Totals()
        self._output = max_tokens or _GUESS
        self._reserved: dict[int, float] = {}  # by thread
        self._ended = False
        self._lock = threading.Condition()
        for use in uses(path):
            self._count(use)
        self._stream = path.open("a", encoding="utf-8", newline="\n")

    def before(self, body: Mapping[str, Any]) -> None:
        """Reserve what a call may cost.

        Raises:
            LimitReached: more would be spent than was allowed.
        """
        may_cost = self._may_cost(body)
        with self._lock:
            if self._ended:
                raise LimitReached("the run has ended.")
            calls = self.totals.calls + len(self._reserved)
            cost = self.totals.cost + sum(self._reserved.values()) + may_cost
            if self.max_calls is not None and calls >= self.max_calls:
                raise LimitReached(f"--max-calls {self.max_calls} is reached.{_GO_ON}")
            if self.max_cost is not None and cost > self.max_cost:
                raise LimitReached(
                    f"the next call might pass --max-cost {self.max_cost:g}:"
                    f" ${self.totals.cost:.4f} is spent, ${cost - self.totals.cost:.4f} may come.{_GO_ON}"
                )
            self._reserved[threading.get_ident()] = may_cost

    def after(self, use: Use) -> None:
        """Write down what happened."""
        row = {name: value for name, value in asdict(use).items() if value not in (None, 0, 0.0)}
        if use.source == "server":
            row["cost"] = self.price.cost(use.input, use.cached, use.output) if self.price else None
        with self._lock:
            if use.source != "cache":
                self._reserved.pop(threading.get_ident(), None)
                self._lock.notify_all()
            self._count(row)
            if not self._stream.closed:  # a query that was given up may still end
                self._stream.write(json.dumps(row) + "\n")
                self._stream.flush()

    def close(self) -> None:
        """Allow no further call, wait a little for those in flight, which are paid for, and close."""
        with self._lock:
            self._ended = True
            self._lock.wait_for(lambda: not self._reserved, timeout=_IN_FLIGHT)
            self._stream.close()

    def _count(self, row: Mapping[str, Any]) -> None:
        self.totals.add(row)
        if row["source"] != "failure" or str(row.get("fault")).startswith(REFUSED):
            self.keys.add(row["key"])

    def _may_cost(self, body: Mapping[str, Any]) -> float:
        if self.price is None:
            return 0.0
        return self.price.cost(rough_tokens(body), 0, self._output)


def rough_tokens(value: Any) -> int:
    """Return roughly how many tokens a JSON value has: a token is about four characters of English."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return len(text) // 4 + 1


def uses(path: Path) -> Iterator[dict[str, Any]]:
    """Yield what a ledger's file holds; a torn last line is cut off."""
    cut_torn_line(path)
    if path.exists():
        yield from map(json.loads, path.read_bytes().splitlines())
