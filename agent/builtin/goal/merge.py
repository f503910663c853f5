"""A dialogue state with what was said merged into it, or with what follows from a rejection."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from agent.builtin.goal.state import PERSON, Constraint, Goal, joined
from agent.builtin.goal.told import Frame, Told
from agent.builtin.parse.measures import Measure

_ABOVE, _BELOW = (">", ">="), ("<", "<=")


def merged(goal: Goal, said: Told, frame: Frame) -> Goal:
    """Merge what was said: a bound replaces one on its side, a group a group, what is said a guess."""
    single = {measure.name for measure in frame.measures}
    all_of = [each for each in goal.all_of if not any(_replaces(new, each, single) for new in said.all_of)]
    ruled = {(each.relation, each.value) for each in said.none_of}
    fresh = [e for e in said.all_of if e not in all_of and (e.relation, e.value) not in ruled]
    spoken = {each.relation for group in said.one_of for each in group}
    one_of = [group for group in goal.one_of if group[0].relation not in spoken]
    wanted = {(each.relation, each.value) for each in (*fresh, *(c for g in said.one_of for c in g))}
    all_of = [each for each in all_of if (each.relation, each.value) not in ruled or each.op != "is"]
    all_of = [each for each in all_of if each.relation not in spoken or each.relation not in single]
    none_of = [each for each in goal.none_of if (each.relation, each.value) not in wanted]
    none_of += [each for each in dict.fromkeys(said.none_of) if each not in none_of]
    has = goal.has
    if said.has is not None and frame.policy.available is not None:
        has = (
            *(each for each in has if each[0] != frame.policy.available),
            (frame.policy.available, said.has),
        )
    return replace(
        goal,
        all_of=(*all_of, *fresh),
        one_of=(*one_of, *said.one_of),
        none_of=tuple(none_of),
        preferred=(*goal.preferred, *(each for each in said.preferred if each not in goal.preferred)),
        has=has,
        closed=joined(goal.closed, [PERSON] if said.has is not None else []),
        confirmed=tuple(each for each in goal.confirmed if each not in said.barred),
        refused=tuple(each for each in goal.refused if each not in said.permitted),
    )


def without_dropped(goal: Goal, gone: Set[str]) -> Goal:
    """Return a state without the constraints on some relations."""
    if not gone:
        return goal
    return replace(
        goal,
        all_of=tuple(each for each in goal.all_of if each.relation not in gone),
        one_of=tuple(group for group in goal.one_of if group[0].relation not in gone),
        none_of=tuple(each for each in goal.none_of if each.relation not in gone),
    )


def _replaces(new: Constraint, old: Constraint, single: set[str]) -> bool:
    """Tell whether a constraint takes the place of an old one: a bound on its side, another label."""
    if new.relation != old.relation or new.relation not in single:
        return False
    if "is" in (new.op, old.op):
        return True
    same_side = (new.op in _ABOVE and old.op in _ABOVE) or (new.op in _BELOW and old.op in _BELOW)
    return same_side or old.source == "inferred"


def with_guesses(state: Goal, guesses: Sequence[Constraint], frame: Frame) -> Goal:
    """Add what follows from a rejection; a closer bound takes the place of a wider one.

    Where guessed bounds leave no label of a scale, the older one was none: only its label is barred.
    """
    barring = [each for each in guesses if each.op == "is"]
    bounds = [each for each in guesses if each.op != "is"]
    for measure in (each for each in frame.measures if each.scale):
        older = [each for each in state.all_of if _is_guess_on(each, measure)]
        fresh = [each for each in bounds if each.relation == measure.name]
        if fresh and not _left(measure.scale, [*older, *fresh]):
            state = replace(state, all_of=tuple(each for each in state.all_of if each not in older))
            barring += [replace(each, op="is") for each in older]
            if not _left(measure.scale, fresh) - {each.value for each in older}:
                bounds = [each for each in bounds if each not in fresh]
                barring += [replace(each, op="is") for each in fresh]
    kept = [
        each
        for each in state.all_of
        if not (
            each.source == "inferred" and any(each.relation == b.relation and each.op == b.op for b in bounds)
        )
    ]
    return replace(
        state,
        all_of=(*kept, *bounds),
        none_of=(*state.none_of, *(each for each in barring if each not in state.none_of)),
    )


def _is_guess_on(constraint: Constraint, measure: Measure) -> bool:
    return constraint.relation == measure.name and constraint.source == "inferred" and constraint.op != "is"


def _left(scale: Sequence[str], bounds: Sequence[Constraint]) -> set[str]:
    """Return the labels of a scale that satisfy all bounds; one whose label is not on it bounds nothing."""
    left = set(scale)
    for bound in bounds:
        if bound.value in scale:
            at = scale.index(bound.value)
            above = bound.op in _ABOVE
            left &= set(scale[at + (bound.op == ">") :] if above else scale[: at + (bound.op == "<=")])
    return left
