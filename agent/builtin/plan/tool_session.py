"""Asking tools from straight-line code, one model turn at a time.

A policy is written as if tools answered at once. `ToolSession.call` returns an answer that the conversation
already holds; otherwise it notes the call. `NeedsTools` then carries all noted calls out to the graph, and
the policy runs again from the top with their answers: equal conversations lead to equal calls. A session that
can `run` tools itself goes on at once, and makes the same calls.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Arguments = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """A tool call that the policy needs an answer to."""

    name: str
    arguments: Arguments

    @property
    def key(self) -> str:
        """A text that is equal for equal calls."""
        return call_key(self.name, self.arguments)


def call_key(name: str, arguments: Mapping[str, Any]) -> str:
    """Return a text that is equal for equal calls."""
    return f"{name} {json.dumps(arguments, sort_keys=True, ensure_ascii=False)}"


Answers = Callable[[Sequence[Call]], list[Any]]


class NeedsTools(Exception):  # noqa: N818 - not an error
    """The policy cannot go on before these calls are answered."""

    def __init__(self, calls: Sequence[Call]):
        super().__init__(f"{len(calls)} calls pending")
        self.calls = list(calls)


@dataclass
class ToolSession:
    """The tools that are on, and what they have answered: call key -> result, None where a tool refused.

    `knows_person` tells whether tools know anything of the person who asks. With `run`, calls are answered
    at once: it returns the result of each, None where a tool refused.
    """

    tools: frozenset[str]
    answers: dict[str, Any] = field(default_factory=dict)
    knows_person: bool = False
    run: Answers | None = None

    def has(self, name: str) -> bool:
        """Tell whether a tool is on."""
        return name in self.tools

    def call(self, name: str, **arguments: Any) -> Any:
        """Return a tool's answer, None if it refused.

        Raises:
            Pending: it has not been asked yet.
        """
        return self.call_all([Call(name, arguments)])[0]

    def call_all(self, calls: Sequence[Call]) -> list[Any]:
        """Return the answers to several calls, in their order; all that are missing are asked in one turn."""
        asked = [(call.key, call) for call in calls]
        missing = {key: call for key, call in asked if key not in self.answers}
        if missing and self.run is None:
            raise NeedsTools(list(missing.values()))
        if missing and self.run is not None:
            self.answers |= zip(missing, self.run(list(missing.values())), strict=True)
        return [self.answers[key] for key, _ in asked]
