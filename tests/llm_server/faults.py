"""Faults at a rate, by seed: which request fails how depends on its body and attempt, not on the clock."""

from __future__ import annotations

import json
import random
import threading
from collections import Counter
from typing import Any

from llm_server.replies import Body, Message

KINDS = ("429", "500", "reset", "half", "malformed")


class Faults:
    """Decides what goes wrong with a request, and counts what was injected.

    An attempt at one body fails with probability `rate`, each kind as often; `malformed` hits tool calls
    only, and is counted where it did.
    """

    def __init__(self, rate: float = 0.0, seed: int = 0, kinds: tuple[str, ...] = KINDS):
        self.rate = rate
        self.seed = seed
        self.kinds = kinds
        self.injected: Counter[str] = Counter()
        self._attempts: Counter[str] = Counter()
        self._lock = threading.Lock()

    def draw(self, body: Body) -> str | None:
        """Return the fault of the next attempt at a body, if any."""
        key = json.dumps(body, sort_keys=True)
        with self._lock:
            self._attempts[key] += 1
            chance = random.Random(f"{self.seed}/{self._attempts[key]}/{key}")  # noqa: S311
        return chance.choice(self.kinds) if chance.random() < self.rate else None

    def count(self, kind: str) -> None:
        """Note that a fault was injected."""
        with self._lock:
            self.injected[kind] += 1


def malformed(message: Message) -> Message:
    """Return a message whose last tool call has arguments that end in the middle."""
    *others, last = message["tool_calls"]
    function: dict[str, Any] = last["function"]
    broken = {**function, "arguments": function["arguments"][: len(function["arguments"]) // 2] or "{"}
    return message | {"tool_calls": [*others, last | {"function": broken}]}
