"""The built-in model's answer in the place of one that a language model failed to give."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from agent import nodes
from agent.best_so_far import best_so_far
from agent.messages import this_turn
from agent.models import chat_model
from agent.moves import Move
from agent.standing_wishes import under
from agent.state import Context, State

_MOST = 8  # nodes of a turn that moves at once


def fallback(state: State, context: Context) -> Move:
    """Answer with what the built-in model proves of the request.

    What it cannot prove gives way to what the language model found and proved.
    """
    failed = state.get("failed")
    done = _turn(_reading(replace(context, stands_in=failed)), _as_asked(state))
    best = None if _is_proved(done["answer"]) else best_so_far(state, by_facts=True)
    if best and nodes.examined(under(context, state), best, state).items:
        return Move(goto="guard", update={"proposal": best, "repairs": 1, "failed": None})
    return Move(goto="__end__", update={**done, "steps": state.get("steps", 0), "failed": None})


def _reading(context: Context) -> Context:
    """Return what a run is given whose model is the built-in one."""
    assert context.knowledge is not None  # noqa: S101
    model, system = chat_model("builtin", context.knowledge.graph, policy=context.policy)
    return replace(context, model=model, system=system, language_model=False, at_once=True)


def _as_asked(state: State) -> State:
    """Return the state as the turn found it."""
    messages = state["messages"]
    asked = len(messages) - len(this_turn(messages)) + 1
    fresh: State = {"messages": messages[:asked], "steps": 0, "repairs": 0, "proposal": None, "failed": None}
    return {**state, **fresh}


def _turn(context: Context, state: State) -> Any:
    """Return what a turn changes; its messages are those that it adds."""
    changed = cast(State, {"messages": []})
    step = nodes.ask_model
    for _ in range(_MOST):
        move = step(state, context)
        changed, state = nodes.after(changed, move.update), nodes.after(state, move.update)
        if move.goto == "__end__":
            return changed
        step = nodes.guard if move.goto == "guard" else nodes.ask_model
    from langgraph.errors import GraphRecursionError

    raise GraphRecursionError(f"a turn of more than {_MOST} steps")


def _is_proved(answer: dict[str, Any]) -> bool:
    """Tell whether an answer says something that was compared with what is stored, or asks."""
    by_facts = answer["items"] and answer["basis"] == "proved"
    return bool(by_facts or any(answer[name] for name in ("facts", "corrections", "question", "unknown")))
