"""What a step of the loop decides: what changes, and which step comes next."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

Next = Literal["model", "tools", "guard", "fallback", "__end__"]


class Move(NamedTuple):
    """The step that comes next, and what changes of the state, a part of `agent.state.State`."""

    goto: Next
    update: Any
