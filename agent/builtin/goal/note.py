"""From what Usher answers to the dialogue state: what was asked, offered and must be answered next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from agent.builtin.goal.consent import asked_about
from agent.builtin.goal.state import PERSON, Goal, joined
from kg.policy import Policy


def noted(goal: Goal, answer: Mapping[str, Any], policy: Policy) -> Goal:
    """Return the state after an answer as data (`agent.answer_json`).

    Which restricted labels a question asks about is read from its text, whoever wrote it.
    """
    question = answer["question"] if answer["act"] == "ask" else None
    if question is None:
        items = [line["id"] for line in answer["items"]] if answer["act"] == "recommend" else []
        passed = [goal.offered] if goal.offered and items and goal.offered != items[0] else []
        offered = items[0] if items else goal.offered
        return replace(goal, offered=offered, gone=joined(goal.gone, passed), pending=(), confirming=())
    slots = [each.strip() for each in str(question["slot"]).split(",") if each.strip()]
    own = [PERSON] if policy.available in slots and goal.owned(str(policy.available)) is None else []
    return replace(
        goal,
        pending=(*own, *slots),
        asked=joined(goal.asked, [*own, *slots]),
        questions=goal.questions + 1,
        confirming=asked_about(question["text"], policy),
        offered=None,
    )
