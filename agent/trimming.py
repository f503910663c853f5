"""Long conversations: the messages of the last turns are kept, and of older ones what they settled."""

from __future__ import annotations

from typing import Any

from langchain_core.messages import RemoveMessage, SystemMessage

from agent.builtin.replies import settled_by
from agent.messages import EARLIER, turns
from agent.state import State

KEPT_TURNS = 6


def trimmed(state: State) -> State:
    """Return the update that removes the messages of all but the last turns, and keeps what they settled."""
    spoken = turns(state["messages"])
    gone = spoken[:-KEPT_TURNS]
    if not gone:
        return {}
    first = next(i for i, message in enumerate(state["messages"]) if message is spoken[-KEPT_TURNS][0])
    removed: list[Any] = [RemoveMessage(str(message.id)) for message in state["messages"][:first]]
    return {"messages": removed, "earlier": settled_by(gone, state.get("earlier"))}


def earlier_message(state: State) -> list[SystemMessage]:
    """Return the message that tells the built-in model what older turns settled; none if nothing is gone."""
    settled = state.get("earlier")
    return [SystemMessage("", additional_kwargs={EARLIER: settled})] if settled is not None else []
