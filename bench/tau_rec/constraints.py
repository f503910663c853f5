"""Whether an item meets a constraint: every operator, by the item's own values."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence

from bench.tau_rec.types import Constraint, Op, Thing, Value

_COMPARED: Mapping[Op, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


def holds(constraint: Constraint, thing: Thing) -> bool:
    """Tell whether a constraint is met; an unknown value meets only those that rule values out."""
    held = thing.values.get(constraint.field, ())
    compared = _COMPARED.get(constraint.op)
    if compared is not None and isinstance(constraint.value, float | int):
        bound = float(constraint.value)
        return any(isinstance(each, float | int) and compared(float(each), bound) for each in held)
    found = any(_same(each, wanted) for each in held for wanted in _wanted(constraint))
    return not found if constraint.op in ("not_contains", "not_in", "!=") else found


def all_hold(constraints: Sequence[Constraint], thing: Thing) -> bool:
    """Tell whether an item meets every constraint."""
    return all(holds(each, thing) for each in constraints)


def _wanted(constraint: Constraint) -> Sequence[Value]:
    return constraint.value if isinstance(constraint.value, list) else (constraint.value,)


def _same(held: Value, wanted: Value) -> bool:
    if isinstance(held, str) and isinstance(wanted, str):
        return held.casefold() == wanted.casefold()
    return held == wanted
