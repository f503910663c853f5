"""What is said of a scale by its labels: alternatives, bounds, what may be and what must not."""

from __future__ import annotations

from agent.builtin.goal.consent_clauses import allows, harmless, without
from agent.builtin.goal.hints import says
from agent.builtin.goal.labels import Group, groups_in, plain
from agent.builtin.goal.qualifiers import SENTENCE
from agent.builtin.goal.state import Constraint, Goal
from agent.builtin.goal.told import Frame, Told, more
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.lexicon.load import tables


def with_scale(found: Told, name: str, reading: ParsedRequest, goal: Goal, frame: Frame) -> Told:
    """Add what is said of a scale: 'PG-13 or R', 'R or unrated', 'nothing above PG', 'R is fine'."""
    labels, asked = frame.labels.get(name, ()), name in goal.pending
    restricted = frame.policy.confirm.get(name, ())  # type: ignore[call-overload]
    rungs = tuple(dict.fromkeys([*labels, *_scale_of(name, frame)]))
    for group in groups_in(reading.text, rungs, asked=asked):
        held = group.labels
        upper, lower = says(group.beside, "upper end"), says(group.beside, "lower end")
        allowed = tuple((name, label) for label in held if label in restricted)
        known = [label for label in held if label in labels]  # others are on the scale, and no item has them
        if goal.offered is not None and says(group.near, "degree"):
            continue  # a remark about the offer: 'too LIGHT'
        denied = says(group.near, "denying") and not says(group.near, "no denial")
        if (denied or _is_put_out(group)) and not (upper or lower):
            bars = tuple((name, label) for label in held)
            found = more(found, none_of=tuple(Constraint(name, "is", each) for each in known), barred=bars)
        elif upper or lower:
            bound = Constraint(name, "<=" if upper else ">=", held[0])
            found = more(found, all_of=(bound,), permitted=allowed)
        elif not known:
            continue
        elif len(allowed) == len(held) and _is_only_allowed(group, name, reading, goal):
            found = more(found, permitted=allowed)
        elif len(held) > 1:
            found = more(
                found, one_of=(tuple(Constraint(name, "is", each) for each in known),), permitted=allowed
            )
        else:
            found = more(found, all_of=(Constraint(name, "is", held[0]),), permitted=allowed)
        found = more(found, used=tuple(plain(reading.text[group.start : group.end]).split()))
    return found


def _is_only_allowed(group: Group, name: str, reading: ParsedRequest, goal: Goal) -> bool:
    """Tell whether restricted labels may be, 'R is fine', and are not what is wanted: 'rated R'.

    Several may be where the question was whether they are all right.
    """
    asked = all((name, label) in goal.confirming for label in group.labels)
    if says(group.beside, "demanding") or (len(group.labels) > 1 and not asked):
        return False
    ends = [0, *(each.end() for each in SENTENCE.finditer(reading.text)), len(reading.text)]
    start = max(end for end in ends if end <= group.start)
    end = min(end for end in ends if end >= group.end)
    said = plain(reading.text[start:end])
    if said == plain(reading.text[group.start : group.end]) and reading.text[start:end].rstrip().endswith(
        "?"
    ):
        return True  # "R? No objections."
    if len(group.labels) > 1 and says(said, "choosing"):
        return False  # "R or NC-17, either is fine"
    return (asked and name not in goal.pending) or says(said, "allowing") or allows(said)


def _is_put_out(group: Group) -> bool:
    """Tell whether what stands behind labels leaves them out: 'R IS OFF THE TABLE', 'R ISN'T for us'."""
    behind = f"{without(group.behind, harmless())} "
    said = (*tables("goal")["left out"], *tables("goal")["is put out"])
    return any(behind.startswith(f"{each} ") for each in said)


def _scale_of(name: str, frame: Frame) -> tuple[str, ...]:
    return next((measure.scale for measure in frame.measures if measure.name == name), ())
