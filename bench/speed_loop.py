"""`make bench`: what the loop itself costs, and how many calls and tokens a language model would need.

The first table replays the tool calls of the built-in model through the loop, with a model that answers at
once, and beside it makes the same calls as plain functions, one after the other, with the same guard. What is
more is the loop's: LangGraph, messages, checks. The second asks a scripted model that knows what every
query wants (`bench.ideal`), with the head start (`agent.head_start`) and without.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np
import typer
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from rich.console import Console
from rich.table import Table

from agent.answer_json import describe
from agent.assistant import Assistant, Turn, turn_of
from agent.graph import without_memory
from agent.guard.proof import examine
from agent.llm.spending import rough_tokens
from agent.models import chat_model
from agent.state import Context, new_turn
from agent.terminal import run_app
from bench import dataset
from bench.ideal import Ideal
from bench.options import Catalogue, Data, Queries
from bench.types import TYPES, Query
from tools.errors import ToolError
from tools.proposal import Proposal
from tools.toolsets import as_json

app = typer.Typer(add_completion=False, rich_markup_mode=None)
_REPEATS = 3
_LIMIT: Any = {"recursion_limit": 64}


class Replayed(BaseChatModel):
    """Makes the calls of a script, one step after the other, from the start with every `rewind`."""

    script: list[list[dict[str, Any]]]
    step: int = 0

    @property
    def _llm_type(self) -> str:
        return "usher-replayed"

    def bind_tools(self, *_: Any, **__: Any) -> Any:
        """Return the model: it calls what the script calls."""
        return self

    def rewind(self) -> None:
        """Begin again."""
        self.step = 0

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        message = AIMessage("", tool_calls=self.script[self.step])
        self.step += 1
        return ChatResult(generations=[ChatGeneration(message=message)])


@app.command()
def main(
    catalogue: Catalogue = "builtin",
    data: Data = None,
    queries: Queries = None,
) -> None:
    """Measure the loop beside plain function calls, then calls and tokens of a model that knows the answers.

    Example:

      python -m bench.speed_loop --queries recbench/queries.jsonl
    """
    assistant = Assistant(catalogue, data=data)
    asked = dataset.read(queries or [dataset.BUILTIN], assistant.graph)
    _, system = chat_model(Ideal(query=asked[0]), assistant.graph)
    context = replace(assistant.context, system=system)
    tools = rough_tokens([tool.offered() for tool in context.tools.values()])
    console = Console(width=None if sys.stdout.isatty() else 130)
    console.print(f"A step of the loop without its model, {len(asked)} requests, one run on this machine")
    console.print(overhead(assistant, asked))
    console.print(
        "\nCalls and tokens a request of a model that knows what is wanted, four characters a token"
    )
    console.print(needed(context, asked))
    console.print(
        f"With every call go {rough_tokens(system):,} tokens of the prompt, {tools:,} of the tools."
    )


def overhead(assistant: Assistant, queries: Sequence[Query]) -> Table:
    """Return the table of the loop beside plain calls: milliseconds a step, median and 95th percentile."""
    loop, bare = [], []
    for query in queries:
        script = _script(assistant, query.query)
        model = Replayed(script=script)
        context = replace(assistant.context, model=model, at_once=False)
        for repeat in range(_REPEATS + 1):
            model.rewind()
            pair = (
                _timed(lambda: looped(context, query.query)),  # noqa: B023 - called at once
                _timed(lambda: _plain(context, script)),  # noqa: B023
            )
            if repeat:  # the first warms up
                loop.append(1000 * pair[0] / len(script))
                bare.append(1000 * pair[1] / len(script))
    grid = Table(box=None, pad_edge=False)
    for name in ("what", "median", "p95", "median beside plain"):
        grid.add_column(name)
    rest = np.asarray(loop) - np.asarray(bare)
    plain = float(np.median(bare))
    for what, times in (("the loop", loop), ("the same calls as plain functions", bare), ("the rest", rest)):
        middle, high = np.percentile(times, (50, 95))
        grid.add_row(what, f"{middle:.2f} ms", f"{high:.2f} ms", f"{middle / plain:.2f}")
    return grid


def needed(context: Context, queries: Sequence[Query]) -> Table:
    """Return the table of calls and tokens a request of a type, with the head start and without."""
    grid = Table(box=None, pad_edge=False)
    for name in ("type", "n", "calls", "in two", "tokens in", "out", "without head start", "tokens in"):
        grid.add_column(name)
    for kind in TYPES:
        mine = [query for query in queries if query.type == kind]
        if mine:
            grid.add_row(kind, str(len(mine)), *_row(context, mine))
    return grid


def _row(context: Context, queries: Sequence[Query]) -> Iterator[str]:
    begun, bare = (
        [_driven(replace(context, language_model=started), query) for query in queries]
        for started in (True, False)
    )
    yield f"{np.mean([m.calls for m in begun]):.2f}"
    yield f"{np.mean([m.calls <= 2 for m in begun]):.0%}"
    yield f"{np.mean([m.sent for m in begun]):,.0f}"
    yield f"{np.mean([m.written for m in begun]):,.0f}"
    yield f"{np.mean([m.calls for m in bare]):.2f}"
    yield f"{np.mean([m.sent for m in bare]):,.0f}"


def _driven(context: Context, query: Query) -> Ideal:
    model = Ideal(query=query)
    looped(replace(context, model=model), query.query)
    return model


def _script(assistant: Assistant, request: str) -> list[list[dict[str, Any]]]:
    """Return the tool calls that the built-in model makes for a request, step by step."""
    state = without_memory().invoke(new_turn(request), context=assistant.context, config=_LIMIT)
    return [
        [{**call} for call in message.tool_calls]
        for message in state["messages"]
        if isinstance(message, AIMessage)
    ]


def looped(context: Context, request: str) -> Turn:
    """Answer a request through the loop."""
    return turn_of(without_memory().invoke(new_turn(request), context=context, config=_LIMIT))


def _plain(context: Context, script: Sequence[Sequence[dict[str, Any]]]) -> dict[str, Any]:
    """Make the calls of a script as functions, and prove the last one's items."""
    assert context.knowledge is not None  # noqa: S101
    proposal: Any = None
    for call in (call for step in script for call in step):
        with suppress(ToolError):  # what a tool refuses is part of a request
            proposal = context.tools[call["name"]].call(context.knowledge, call["args"])
            as_json(proposal)
    assert isinstance(proposal, Proposal)  # noqa: S101
    return describe(context.knowledge.graph, examine(context.knowledge.graph, proposal))


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    run_app(app)
