"""What a request sends to a language model: tokens a call and a request, in the loop and in one call.

A scripted model that knows what every query wants (`bench.ideal`) drives the loop. In one-call mode a model
takes the first value of every choice, or the last: that is the worst that any model can do, and the answers
that it changes are counted. Nothing is asked over a network but a tokenizer, if one is named.
"""

from __future__ import annotations

import json
import sys
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from langchain_core.messages import AIMessage, BaseMessage, convert_to_openai_messages
from langchain_core.outputs import ChatResult
from langchain_core.runnables import Runnable
from pydantic import PrivateAttr
from rich.console import Console
from rich.table import Table

from agent.assistant import Assistant
from agent.graph import without_memory
from agent.llm.spending import rough_tokens
from agent.state import Context, new_turn
from agent.terminal import run_app
from bench import dataset
from bench.ideal import Ideal
from bench.options import Catalogue, Data, Queries
from bench.scripted import Taking
from bench.types import TYPES, Query

app = typer.Typer(add_completion=False, rich_markup_mode=None)
Count = Callable[[Any], int]
_LIMIT: Any = {"recursion_limit": 64}
_SECONDS = 30.0


class Counted(Ideal):
    """Answers a query, and counts the tokens of everything it is sent, call by call."""

    _sent: list[Any] = PrivateAttr(default_factory=list)
    _offered: Sequence[Any] = PrivateAttr(default=())

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> Runnable[Any, AIMessage]:
        """Return the model with these tools."""
        self._offered = list(tools)
        return self

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        self._sent.append([convert_to_openai_messages(messages), self._offered])
        return super()._generate(messages)

    def tokens_of_calls(self, count: Count) -> list[int]:
        """Return the tokens of every call."""
        return [count(each) for each in self._sent]


@app.command()
def main(
    catalogue: Catalogue = "builtin",
    data: Data = None,
    queries: Queries = None,
    tokenizer: Annotated[
        str | None, typer.Option(help="URL of a llama.cpp server; default: four characters a token")
    ] = None,
    save: Annotated[Path | None, typer.Option(help="keep the figures of the loop here")] = None,
    against: Annotated[
        Path | None, typer.Option(help="figures of another build, kept by --save: ratios to them")
    ] = None,
) -> None:
    """Count the tokens that requests send to a language model, in the loop and in one call.

    Example:

      python -m bench.prompt_tokens --tokenizer http://127.0.0.1:8080
    """
    count = rough_tokens if tokenizer is None else of_server(tokenizer)
    console = Console(width=None if sys.stdout.isatty() else 130)
    assistant = Assistant(catalogue, data=data, model=Taking())
    asked = dataset.read(queries or [dataset.BUILTIN], assistant.graph)
    console.print(f"Tokens by {'four characters each' if tokenizer is None else f'the model at {tokenizer}'}")
    loop = {query.id: in_loop(assistant, query, count) for query in asked}
    if save:
        save.write_text(json.dumps(loop), encoding="utf-8")
    before = json.loads(against.read_text(encoding="utf-8")) if against else {}
    console.print(table_of_loop(asked, loop, before))
    if hasattr(Context, "drafting"):  # a build before it has no such mode
        console.print(table_of_one_call(assistant, asked, count, before))


def of_server(url: str) -> Count:
    """Return a counter by the tokenizer of a llama.cpp server."""

    def count(sent: Any) -> int:
        body = json.dumps({"content": json.dumps(sent, ensure_ascii=False)}).encode()
        asked = urllib.request.Request(  # noqa: S310 - the URL is the caller's own
            f"{url.rstrip('/')}/tokenize", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(asked, timeout=_SECONDS) as reply:  # noqa: S310
            return len(json.load(reply)["tokens"])

    return count


def in_loop(assistant: Assistant, query: Query, count: Count) -> list[int]:
    """Return the tokens that every call of a query sends, where a model takes the shortest way."""
    model = Counted(query=query)
    context = replace(assistant.context, model=model)
    without_memory().invoke(new_turn(query.query), context=context, config=_LIMIT)
    return model.tokens_of_calls(count)


def table_of_loop(asked: Sequence[Query], loop: dict[str, list[int]], before: dict[str, list[int]]) -> Table:
    """Return the table of the loop: the first call, the longest of these, and all calls of a request."""
    grid = _grid(
        "loop", "n", "first call", "most of a call", "request", "to the other build: call", "request"
    )
    for kind, mine in _by_type(asked):
        first, whole = [loop[q.id][0] for q in mine], [sum(loop[q.id]) for q in mine]
        row = [f"{np.mean(first):,.0f}", f"{max(first):,}", f"{np.mean(whole):,.0f}"]
        row += _ratios(mine, before, float(np.mean(first)), float(np.mean(whole)))
        grid.add_row(kind, str(len(mine)), *row)
    return grid


def table_of_one_call(
    assistant: Assistant,
    asked: Sequence[Query],
    count: Count,
    before: dict[str, list[int]],
) -> Table:
    """Return the table of one-call mode: how many are asked at all, tokens of these, changed at worst."""
    grid = _grid(
        "one call", "n", "asked", "a call", "most", "request", "to the other build: request", "changed"
    )
    for kind, mine in _by_type(asked):
        calls, changed = [], 0
        for query in mine:
            first, sent = once(assistant, query, 0)
            calls.append([count(each) for each in sent])
            changed += bool(sent) and first != once(assistant, query, -1)[0]
        made = [tokens for each in calls for tokens in each]
        whole = float(np.mean([sum(each) for each in calls]))
        other = _ratios(mine, before, whole, whole)[1]
        mean, most = (f"{np.mean(made):,.0f}", f"{max(made):,}") if made else ("", "")
        grid.add_row(
            kind,
            str(len(mine)),
            f"{np.mean([bool(each) for each in calls]):.0%}",
            mean,
            most,
            f"{whole:,.1f}",
            other,
            str(changed),
        )
    return grid


def once(assistant: Assistant, query: Query, place: int) -> tuple[list[str], list[Any]]:
    """Return the items of an answer in one-call mode, and what was sent for it."""
    from agent.models import in_mode

    model = Taking(place=place)
    context = in_mode(replace(assistant.context, model=model), "one-call")
    state = without_memory().invoke(new_turn(query.query), context=context, config=_LIMIT)
    return [line["id"] for line in state["answer"]["items"]], model.taken()


def _grid(*names: str) -> Table:
    grid = Table(box=None, pad_edge=False)
    for name in names:
        grid.add_column(name)
    return grid


def _by_type(asked: Sequence[Query]) -> list[tuple[str, list[Query]]]:
    groups = [(str(kind), [query for query in asked if query.type == kind]) for kind in TYPES]
    return [*((kind, mine) for kind, mine in groups if mine), ("all", list(asked))]


def _ratios(mine: Sequence[Query], before: dict[str, list[int]], call: float, request: float) -> list[str]:
    """Return a call and a request by those of another build on the same queries; "" without one."""
    known = [before[query.id] for query in mine if query.id in before]
    if not known:
        return ["", ""]
    first, whole = np.mean([each[0] for each in known]), np.mean([sum(each) for each in known])
    return [f"{call / first:.3f}", f"{request / whole:.3f}"]


if __name__ == "__main__":
    run_app(app)
