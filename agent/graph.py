"""The loop, whatever model drives it: model -> tools -> model … -> recommend -> guard -> answer."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache, partial
from typing import Any, Protocol, cast

from langchain_core.messages import convert_to_messages
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.errors import GraphRecursionError
from langgraph.graph import END, START, StateGraph
from langgraph.graph.message import add_messages
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import Command

from agent import nodes
from agent.fallback import fallback
from agent.state import Context, State

Graph = CompiledStateGraph[State, Context, State, State]


class Node(Protocol):
    """A step of the loop."""

    def __call__(self, state: State, runtime: Runtime[Context]) -> Command[nodes.Next]:
        """Return what changes, and which step comes next."""
        ...


def build(
    checkpointer: BaseCheckpointSaver[Any] | None = None, *, opened: Callable[[], Context] | None = None
) -> Graph:
    """Compile the loop.

    Nodes choose what comes next; with a checkpointer a conversation is kept by its thread id. Where nobody
    can hand over a context at run time, `opened` makes it; a turn then begins by itself.
    """
    own = partial(_within, opened) if opened else _as_given
    graph = StateGraph(State, context_schema=Context)
    graph.add_node("model", own(nodes.ask_model), destinations=("tools", "guard", "fallback"))
    graph.add_node("tools", own(nodes.run_tools), destinations=("model", "guard", "fallback"))
    graph.add_node("guard", own(nodes.guard), destinations=("model", "fallback", "__end__"))
    graph.add_node("fallback", own(fallback), destinations=("guard", "__end__"))
    if opened:
        graph.add_node("begin", nodes.begin)
        graph.add_edge("begin", "model")
    graph.add_edge(START, "begin" if opened else "model")
    return graph.compile(checkpointer=checkpointer)


@cache
def without_memory() -> Graph:
    """Return the compiled loop without a checkpointer, as benchmarks and one-shot questions use it."""
    return build()


def straight(context: Context, sent: State, most: int) -> State:
    """Return the state after a turn of a model that moves at once: what the loop without memory returns.

    Nobody watches, waits or resumes, so no steps are scheduled, which is a quarter of such a turn.

    Raises:
        GraphRecursionError: it made more than `most` steps.
    """
    said: Any = _with_ids(convert_to_messages(sent.get("messages", [])))
    state: Any = {**sent, "messages": said}
    step, runtime = _STEPS["model"], Runtime(context=context)
    for _ in range(most):
        move = step(state, runtime)
        update: Any = move.update or {}
        said = _joined(said, update.get("messages", []))
        state = {**state, **update, "messages": said}
        if move.goto == END:
            return cast(State, state)
        step = _STEPS[move.goto]
    raise GraphRecursionError(f"a turn of more than {most} steps")


def _joined(messages: Any, more: Any) -> Any:
    """Return what `add_messages` returns; new messages, which have no ids yet, only go behind."""
    if any(each.id is not None for each in more):
        return add_messages(messages, more)
    return [*messages, *_with_ids(more)]


def _with_ids(messages: Any) -> Any:
    for each in messages:
        if each.id is None:
            each.id = os.urandom(16).hex()
    return messages


_STEPS: dict[Any, Node] = {"model": nodes.ask_model, "tools": nodes.run_tools, "guard": nodes.guard}


def _as_given(node: Node) -> Node:
    return node


def _within(opened: Callable[[], Context], node: Node) -> Node:
    """Return a node that works in a context of our own making."""

    def within(state: State, runtime: Runtime[Context]) -> Command[nodes.Next]:
        return node(state, runtime.override(context=opened()))

    return within
