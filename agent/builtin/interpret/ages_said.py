"""Ages of those an item is for: 'for a 7 year old', where a number tells from which age on; 'rated 18+'."""

from __future__ import annotations

from agent.builtin.interpret.compared import Comparison, Draft
from agent.builtin.parse.bounds import Quantity
from agent.builtin.parse.measures import Measure
from kg.types import Kind, Op
from kg.values import shown

_LEAST = frozenset(("min", "minimum", "from"))
_BACK = 6
_TEN = 10.0
_KIN = frozenset(
    "son daughter child kid boy girl grandson granddaughter nephew niece brother sister he she".split()
)
_LEADS = frozenset(("for", "with"))
_RATED = frozenset(("rated", "rating", "age", "ages", "aged", "pegi", "usk", "esrb"))


def read_ages(draft: Draft) -> None:
    """Note from which age on items must be: at most what a child is of, at least what 'rated 18+' says."""
    measure = next((each for each in draft.measures.every if _is_least_age(each)), None)
    for quantity in draft.quantities if measure is not None else ():
        if measure is None or not draft.taken.isdisjoint(range(quantity.first, quantity.end)):
            continue
        op, end = _op(draft, quantity, measure)
        if op is not None:
            text, value = draft.text(quantity.first, end), shown(Kind.NUMBER, quantity.low.value)
            draft.comparisons.append(Comparison(measure.name, op, value, text, unit=measure.unit))
            draft.take(range(quantity.first, end))


def _is_least_age(measure: Measure) -> bool:
    named = set(measure.name.split("_"))
    return (
        measure.kind == Kind.NUMBER and "age" in measure.topics and bool(_LEAST & named or named == {"age"})
    )


def _op(draft: Draft, quantity: Quantity, measure: Measure) -> tuple[Op | None, int]:
    """Return how an age bounds the one that items are from, and where it ends."""
    end, unit = quantity.end, quantity.unit
    before = draft.words(quantity.first - _BACK, quantity.first)
    old = unit is not None and unit.dimension == "years" and draft.words(end, end + 1) in (["old"], ["olds"])
    if (old or (unit is not None and draft.words(end - 1, end) == ["yo"])) and _LEADS & set(before):
        return "<=", end + old
    child = unit is None and before[-1:] in (["is"], ["s"]) and _KIN & set(before[-3:])
    turned = before[-1:] in (["turned"], ["turning"])
    if draft.measures.own and not quantity.op and (child or turned) and measure.name != "age":
        return "<=", end  # 'my SON IS 14'
    plus = unit is None and quantity.op == ">=" and draft.words(end - 1, end) == ["+"]
    held = () if measure.literals is None else measure.literals.values.tolist()
    graded = any(quantity.low.value <= m.out_of <= _TEN for m in draft.measures.every)  # 'rated 7+' of ten
    if plus and _RATED & set(before[-2:]) and quantity.low.value in held and not graded:
        return ">=", end
    return None, end
