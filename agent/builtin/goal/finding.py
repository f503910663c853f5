"""What still satisfies the state of a dialogue, by `narrow_down`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agent.builtin.goal.state import Constraint, Goal, conditions
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.plan.tool_session import ToolSession
from kg.policy import Policy


@dataclass(frozen=True, slots=True)
class Desk:
    """What a decision is made with."""

    session: ToolSession
    vocabulary: Vocabulary
    policy: Policy


def narrowed(goal: Goal, desk: Desk) -> tuple[dict[str, Any] | None, list[Constraint]]:
    """Return what satisfies the state, and the guesses it was found under.

    Guesses that leave nothing are given up: first what must not be, then the bounds.
    """
    guesses = goal.inferred
    found = desk.session.call("narrow_down", **query_of(goal, guesses, desk))
    bounds = [each for each in guesses if each.op != "is"]
    for fewer in (bounds, []):
        if found and not found["items"] and len(fewer) < len(guesses):
            guesses = fewer
            found = desk.session.call("narrow_down", **query_of(goal, guesses, desk))
    return found, guesses


def query_of(goal: Goal, guesses: Sequence[Constraint], desk: Desk) -> dict[str, Any]:
    """Return the arguments of `narrow_down` for a state, with some of its guesses."""
    said = [each for each in goal.all_of if each.source == "said"]
    always = [{"relation": c.relation, "op": c.op, "value": c.value} for c in desk.policy.always]
    barred = [each for each in goal.none_of if each.source == "said"]
    refused = [{"relation": relation, "value": label} for relation, label in goal.refused]
    query: dict[str, Any] = {
        "conditions": [*conditions(said), *always],
        "one_of": [conditions(group) for group in groups_of(goal, desk)],
        "none_of": [*conditions(barred), *refused, *conditions([g for g in guesses if g.op == "is"])],
        "inferred": conditions([each for each in guesses if each.op != "is"]),
        "preferred": conditions(goal.preferred),
        "exclude_items": [
            *goal.gone,
            *([goal.offered] if goal.offered and goal.offered not in goal.gone else []),
        ],
        "exclude_known": desk.policy.exclude_known,
        "ask": goal.questions == 0,
    }
    return query | ({"domain": goal.domain} if goal.domain else {})


def groups_of(goal: Goal, desk: Desk) -> list[tuple[Constraint, ...]]:
    """Return the groups of which one must hold, what the person has among them."""
    available = desk.policy.available
    owned = goal.owned(available) if available is not None else None
    had = tuple(Constraint(available, "is", label) for label in owned) if available and owned else ()
    return [*goal.one_of, *([had] if had else [])]


def agents_of(relation: str, desk: Desk) -> Sequence[str]:
    """Return the catalogue's own words for a relation."""
    return desk.vocabulary.agents.get(relation, ())


def spoken_name(relation: str, desk: Desk) -> str:
    """Return what a relation is called in speech."""
    return next(iter(agents_of(relation, desk)), relation.replace("_", " "))
