"""Ages of those an item is for: 'for a 7 year old', where a number tells from which age on; 'rated 18+'."""

from __future__ import annotations

from agent.builtin.interpret.bare_numbers import is_among
from agent.builtin.interpret.compared import Comparison, Draft
from agent.builtin.interpret.fitting import PERSONS
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
_CHILDREN = frozenset("kids children sons daughters boys girls grandchildren".split())
_SMALL = frozenset("toddler toddlers baby grandchild teenager teenagers".split())
_OWNERS = frozenset(("my", "our", "your", "his", "her", "their"))
_ON = (["+"], ["plus"], ["up"], ["over"], ["above"], ["older"], ["upwards"])  # '14 AND OVER'
_GROWN, _ADULT = "18", 18.0
_RATED = frozenset(("rated", "rating", "age", "ages", "aged", "pegi", "usk", "esrb"))


def read_ages(draft: Draft) -> None:
    """Note from which age on items must be: at most what a child is of, at least what 'rated 18+' says."""
    measure = next((each for each in draft.measures.every if _is_least_age(each)), None)
    if measure is not None and draft.measures.own:
        _read_grown_ups(draft, measure)
    for quantity in draft.quantities if measure is not None else ():
        if measure is None or not draft.taken.isdisjoint(range(quantity.first, quantity.end)):
            continue
        op, end = _op(draft, quantity, measure)
        if op is not None:
            first = _before_ages(draft, quantity.first)
            text, value = draft.text(first, end), shown(Kind.NUMBER, quantity.low.value)
            draft.comparisons.append(Comparison(measure.name, op, value, text, unit=measure.unit))
            draft.take(range(first, end))


def _is_least_age(measure: Measure) -> bool:
    named = set(measure.name.split("_"))
    return (
        measure.kind == Kind.NUMBER
        and "age" in measure.topics
        and bool(_LEAST & named or named == {"age"} or _RATED & named)
    )


def _op(draft: Draft, quantity: Quantity, measure: Measure) -> tuple[Op | None, int]:
    """Return how an age bounds the one that items are from, and where it ends."""
    end, unit = quantity.end, quantity.unit
    before = draft.words(quantity.first - _BACK, quantity.first)
    old = unit is not None and unit.dimension == "years" and draft.words(end, end + 1) in (["old"], ["olds"])
    led = bool(_LEADS & set(before)) or (draft.measures.own and bool(_OWNERS & set(before)))
    if (old or (unit is not None and draft.words(end - 1, end) == ["yo"])) and led:
        return "<=", end + old
    aged = before[-1:] in (["of"], ["aged"], ["age"]) and (_KIN | _CHILDREN | _SMALL) & set(before[-2:-1])
    if draft.measures.own and aged and led and unit is None and not quantity.op:
        return "<=", end  # 'for a CHILD OF seven'
    several = draft.words(end, end + 1) in (["and"], [","], ["&"])
    if draft.measures.own and not quantity.op and several and _are_children(before):
        return "<=", _past_ages(draft, end)  # 'my KIDS ARE 10 and 12'
    child = unit is None and before[-1:] in (["is"], ["s"]) and _KIN & set(before[-3:])
    turned = before[-1:] in (["turned"], ["turning"])
    if draft.measures.own and not quantity.op and (child or turned) and measure.name != "age":
        return "<=", end  # 'my SON IS 14'
    plus = unit is None and quantity.op == ">=" and draft.words(end - 1, end)[:1] in _ON
    marked = draft.measures.own and draft.words(quantity.first - 1, quantity.first) in (
        ["("],
        ["only"],
        [":"],
    )
    held = () if measure.literals is None else measure.literals.values.tolist()
    graded = any(quantity.low.value <= m.out_of <= _TEN for m in draft.measures.every)  # 'rated 7+' of ten
    known = plus and quantity.low.value in held
    if known and (marked or _RATED & set(before[-2:])) and not graded:
        return ">=", end
    alone = not before or before[-1] in ("for", ",", "or")
    return (">=" if known and alone and not _may_count_persons(draft, quantity) else None), end


def _may_count_persons(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether items here are for so many persons: 'for 4+'."""
    rooms = [each for each in draft.measures.every if PERSONS & set(each.topics)]
    return any(is_among(each, quantity) for each in rooms)


def _read_grown_ups(draft: Draft, measure: Measure) -> None:
    """Note 'ADULTS ONLY', 'for adults only': what nobody below 18 may do."""
    held = () if measure.literals is None else measure.literals.values.tolist()
    for i in range(len(draft.said) - 1) if _ADULT in held else ():
        two = draft.words(i, i + 2)
        if two not in (["adults", "only"], ["adult", "only"], ["only", "adults"]) or i in draft.taken:
            continue
        end = i + 2
        first = i - (draft.words(i - 1, i) == ["for"])
        text = draft.text(first, end)
        draft.comparisons.append(Comparison(measure.name, ">=", _GROWN, text, unit=measure.unit))
        draft.take(range(first, end))


def _are_children(before: list[str]) -> bool:
    """Tell whether ages are those of children of the asker: 'my KIDS ARE'."""
    return before[-1:] in (["are"], ["aged"], ["re"]) and bool(_CHILDREN & set(before[-4:]))


def _before_ages(draft: Draft, first: int) -> int:
    """Return where it begins that ages are of children: 'my KIDS ARE 10'."""
    start = first - (draft.words(first - 1, first) in (["are"], ["aged"]))
    return (
        start - 1 if draft.words(start - 1, start)[:1] and draft.said[start - 1].text in _CHILDREN else first
    )


def _past_ages(draft: Draft, end: int) -> int:
    """Return where further ages end: '10 AND 12', '6, 8 and 11'."""
    while end + 1 < len(draft.said) and (
        draft.said[end].text in ("and", ",", "&") and draft.said[end + 1].is_number
    ):
        end += 2
    return end
