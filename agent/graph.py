"""The loop, whatever model drives it: model -> tools -> model … -> recommend -> guard -> answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import Command

from agent import nodes
from agent.fallback import fallback
from agent.moves import Move, Next
from agent.state import Context, State

Graph = CompiledStateGraph[State, Context, State, State]
Node = Callable[[State, Context], Move]


def build(
    checkpointer: BaseCheckpointSaver[Any] | None = None, *, opened: Callable[[], Context] | None = None
) -> Graph:
    """Compile the loop.

    Nodes choose what comes next; with a checkpointer a conversation is kept by its thread id. Where nobody
    can hand over a context at run time, `opened` makes it; a turn then begins by itself.
    """
    own = partial(_step, opened=opened)
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


def _step(node: Node, opened: Callable[[], Context] | None) -> Any:
    """Return a node as a step of the graph, in the context it is given or one of our own making."""

    def step(state: State, runtime: Runtime[Context]) -> Command[Next]:
        context = opened() if opened else runtime.context
        move = node(state, context.heard)
        return Command(goto=move.goto, update=move.update)

    return step
