"""A turn of a model that moves at once, step by step: nobody watches, waits or resumes.

LangGraph would schedule the same steps, which is a quarter of such a turn; it is not loaded here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, cast

from langchain_core.messages import convert_to_messages

from agent import nodes
from agent.moves import Move
from agent.state import Context, State, joined

_TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")
_STEPS: Mapping[str, Callable[[State, Context], Move]] = MappingProxyType(
    {"model": nodes.ask_model, "tools": nodes.run_tools, "guard": nodes.guard}
)


def straight(context: Context, sent: State, most: int) -> State:
    """Return the state after a turn of a model that moves at once: what the loop without memory returns.

    Raises:
        GraphRecursionError: it made more than `most` steps.
    """
    said: Any = _with_ids(convert_to_messages(sent.get("messages", [])))
    state: Any = {**sent, "messages": said}
    context = context.heard if _may_be_heard() else context
    step = _STEPS["model"]
    for _ in range(most):
        move = step(state, context)
        said = _behind(said, move.update.get("messages", []))
        state = {**state, **move.update, "messages": said}
        if move.goto == "__end__":
            return cast(State, state)
        step = _STEPS[move.goto]
    from langgraph.errors import GraphRecursionError

    raise GraphRecursionError(f"a turn of more than {most} steps")


def _may_be_heard() -> bool:
    """Tell whether somebody may listen to a run: LangChain is in use, or traces are asked for."""
    return "langchain_core.runnables" in sys.modules or any(os.environ.get(name) for name in _TRACING)


def _behind(messages: Any, more: Any) -> Any:
    """Return what `joined` returns; new messages, which have no ids yet, only go behind."""
    if any(each.id is not None for each in more):
        return joined(messages, more)
    return [*messages, *_with_ids(more)]


def _with_ids(messages: Any) -> Any:
    for each in messages:
        if each.id is None:
            each.id = os.urandom(16).hex()
    return messages
