"""What a server does with tools, how much its model reads, how quick it is, and the mode that fits."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, NamedTuple

from agent.llm import server_props
from agent.llm.client import Client
from agent.llm.errors import Unanswered
from agent.llm.settings import Mode, Settings
from kg.errors import UsageError

_LOOP_READS = 8000  # tokens that a turn of the loop may come to
_PATIENCE = 30.0  # seconds that a person waits for one reply of the loop to begin
_CALL_READS = 4000  # tokens of one request of the loop
_LONG = "one two three four five six seven eight nine ten " * 30


class Measured(NamedTuple):
    """What was found out: tools dropped, tokens of the context, tokens a second; None: not told."""

    dropped: bool | None = None
    context: int | None = None
    reads: float | None = None
    writes: float | None = None

    def mode(self, *, calls: bool) -> tuple[Mode, str]:
        """Return the mode that fits, and why; `calls`: a tool was called when it was asked for."""
        if self.dropped:
            return "one-call", "the model is not told of tools"
        if not calls:
            return "one-call", "it called no tool when asked to"
        if self.context is not None and self.context < _LOOP_READS:
            return "one-call", f"the loop needs some {_LOOP_READS:,} tokens of context"
        if self.reads is not None and self.reads * _PATIENCE < _CALL_READS:
            return "one-call", f"a request of the loop would be read in {_CALL_READS / self.reads:,.0f} s"
        return "loop", "it calls tools"

    def lines(self, *, calls: bool) -> Iterator[tuple[str, str]]:
        """Yield what to print, a name and what is said of it."""
        told = {True: "dropped: the model never sees them", False: "passed on to the model"}
        yield "tools", "not told by its counts" if self.dropped is None else told[self.dropped]
        yield "context", "not said" if self.context is None else f"{self.context:,} tokens"
        if self.reads and self.writes:
            yield "speed", f"reads {self.reads:,.0f} tokens a second, writes {self.writes:,.0f}"
        mode, why = self.mode(calls=calls)
        yield "mode", f"{mode}: {why} (USHER_MODE)"


def measure(model: str, settings: Settings, tool: dict[str, Any]) -> Measured:
    """Ask a server four small things; what it does not answer stays unknown."""
    props = server_props.of(settings)
    short = settings.model_copy(update={"max_tokens": 1, "tool_calls": "native", "retries": 0})
    with_tool, without = (_read(model, short, tools) for tools in ([tool], []))
    dropped = None if props.tools is None else not props.tools
    if dropped is None and with_tool and without:
        dropped = with_tool.read - without.read < len(str(tool)) / 20
    long, words = _read(model, short, [], _LONG), _read(model, short, [], "Count to fifty.", 32)
    writes = words.wrote / words.seconds if words and words.seconds and words.wrote > 1 else None
    reads = long.read / long.seconds if long and long.seconds and long.read else None
    return Measured(dropped, props.context, reads, writes)


class _Reply(NamedTuple):
    read: int
    wrote: int
    seconds: float


def _read(
    model: str, settings: Settings, tools: list[dict[str, Any]], text: str = "Say OK.", limit: int = 1
) -> _Reply | None:
    client: Any = Client.connect(model, settings.model_copy(update={"max_tokens": limit}))
    start = time.perf_counter()
    try:
        reply = (client.bind_tools(tools) if tools else client).invoke(text)
    except (Unanswered, UsageError):
        return None
    used = reply.usage_metadata
    took = time.perf_counter() - start
    return _Reply(used["input_tokens"], used["output_tokens"], took) if used else None
