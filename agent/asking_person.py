"""Letting the person decide between two readings of a request."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from agent.answer import Answer, Second, swapped
from agent.messages import call_and_answer
from agent.state import State
from tools.toolsets import as_json


def asked_person(answer: Answer, also: Second) -> tuple[Answer, State]:
    """Let the person decide between two readings; return the answer, and what to remember of it.

    The chosen one is what a later turn follows up on. `interrupt` suspends the run here; the node runs again
    when it is resumed with 0 or 1, the place of the choice.
    """
    from langgraph.types import interrupt  # late: only a conversation is suspended

    if interrupt({"question": also.question, "choices": list(also.choices)}) != 1:
        return replace(answer, also=None), {}
    chosen = swapped(answer, also)
    stated = {"conditions": chosen.conditions, "any_of": chosen.any_of, "none_of": chosen.none_of}
    said: dict[str, Any] = {name: [asdict(each) for each in held] for name, held in stated.items()}
    said |= {"note": chosen.note, "items": [line.id for line in chosen.items]}
    told = as_json({"items": said["items"], "chosen": also.choices[1]})
    return chosen, {"messages": call_and_answer("recommend", said, told, "chosen")}
