"""What the graph remembers of a conversation, and what a run is given.

State is plain data, so that it can be stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, TypedDict

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AnyMessage, HumanMessage
from langgraph.graph.message import add_messages

from tools.toolsets import Tool
from tools.types import Knowledge

MAX_STEPS = 12
REPAIR = "guard"  # the name under which the guard speaks to the model


class State(TypedDict, total=False):
    """The conversation and the current turn.

    Of the turn: model calls made, repairs asked for, the proposal, the answer.
    """

    messages: Annotated[list[AnyMessage], add_messages]
    steps: int
    repairs: int
    proposal: dict[str, Any] | None
    answer: dict[str, Any] | None


@dataclass(frozen=True)
class Context:
    """What one run works with.

    The facts, the tools that are on, the model, and how many model calls it may make.
    """

    knowledge: Knowledge | None = None
    tools: Mapping[str, Tool] = field(default_factory=dict)
    model: BaseChatModel | None = None
    system: str = ""
    max_steps: int = MAX_STEPS


def new_turn(request: str) -> State:
    """Return the input of a turn: the request, and the turn's own fields reset."""
    return {
        "messages": [{"role": "user", "content": request}],  # type: ignore[list-item]
        "steps": 0,
        "repairs": 0,
        "proposal": None,
        "answer": None,
    }


def this_turn(messages: Sequence[AnyMessage]) -> Sequence[AnyMessage]:
    """Return the messages since the person's last request; what the guard sends back is of the same turn."""
    said = [i for i, m in enumerate(messages) if isinstance(m, HumanMessage) and m.name != REPAIR]
    return messages[said[-1] :] if said else messages
