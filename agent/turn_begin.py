"""What a message of the person settles before anybody answers it, whatever model does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from langchain_core.messages import HumanMessage

from agent.builtin.dialogue.small_talk import spoken
from agent.builtin.goal.state import Constraint, Goal, joined
from agent.standing_wishes import Wishes
from agent.state import Context, State
from agent.tracking import heard
from agent.wishes_heard import heard as wished
from agent.wishes_heard import shown_before
from kg.types import ItemId
from tools.wishes import Wish, against


def settled_by_message(context: Context, state: State) -> State:
    """Return the wishes and the dialogue state after the message that begins a turn; nothing later in it."""
    message = state["messages"][-1]
    if state.get("steps", 0) or state.get("repairs", 0) or not isinstance(message, HumanMessage):
        return {}
    kept: State = {}
    if context.knowledge is not None and (wishes := wished(context, state)) is not None:
        kept["wishes"] = wishes
    if context.policy:
        kept["dialogue"] = _dialogue_beside(context, {**state, **kept})
    return kept


def is_noted_alone(context: Context, state: State) -> bool:
    """Tell whether the message only wishes, and nothing that was shown before stands against it."""
    now = Wishes.of_data(state.get("wishes"))
    return now.request == "" and not _is_against_shown(context, state)


def _dialogue_beside(context: Context, state: State) -> dict[str, Any]:
    """Return the dialogue state after what a message says beside wishes.

    A wish alone turns down what was offered, if that stands against it, and nothing else.
    """
    now, text = Wishes.of_data(state.get("wishes")), state["messages"][-1].text
    if now.request != "":
        return heard(context, state.get("dialogue"), text if now.request is None else now.request)
    goal = _without_contradicted(Goal.of_data(state.get("dialogue")), now.added)
    if goal.offered is None or not _is_against_shown(context, state):
        return replace(goal, change="nothing", used=()).as_data()
    gone = joined(goal.gone, [goal.offered])
    return replace(goal, offered=None, gone=gone, change="told", used=tuple(spoken(text))).as_data()


def _without_contradicted(goal: Goal, added: Sequence[Wish]) -> Goal:
    """Return the dialogue state without constraints on what is not wanted any more."""
    gone = {
        (str(c.relation), c.op, c.value) for each in added if each.force == "none" for c in each.conditions
    }

    def left(constraints: Sequence[Constraint]) -> tuple[Constraint, ...]:
        return tuple(each for each in constraints if (each.relation, each.op, each.value) not in gone)

    one_of = tuple(group for group in map(left, goal.one_of) if group)
    return replace(goal, all_of=left(goal.all_of), one_of=one_of)


def _is_against_shown(context: Context, state: State) -> bool:
    """Tell whether something that was shown before stands against a wish that was added now."""
    assert context.knowledge is not None  # noqa: S101
    graph, now = context.knowledge.graph, Wishes.of_data(state.get("wishes"))
    shown = [ItemId(each) for each in shown_before(state) if each in graph]
    return any(np.isin(graph.positions(shown), against(graph, wish)).any() for wish in now.added)
