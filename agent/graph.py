"""The loop, whatever model drives it: model -> tools -> model … -> recommend -> guard -> answer."""

from __future__ import annotations

from functools import cache
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agent import nodes
from agent.state import Context, State

Graph = CompiledStateGraph[State, Context, State, State]


def build(checkpointer: BaseCheckpointSaver[Any] | None = None) -> Graph:
    """Compile the loop.

    Nodes choose what comes next; with a checkpointer a conversation is kept by its thread id.
    """
    graph = StateGraph(State, context_schema=Context)
    graph.add_node("model", nodes.ask_model, destinations=("tools", "guard"))
    graph.add_node("tools", nodes.run_tools, destinations=("model", "guard"))
    graph.add_node("guard", nodes.guard, destinations=("model", "__end__"))
    graph.add_edge(START, "model")
    return graph.compile(checkpointer=checkpointer)


@cache
def without_memory() -> Graph:
    """Return the compiled loop without a checkpointer, as benchmarks and one-shot questions use it."""
    return build()
