"""What conditions a quantity sets on a measure: exactly, about, at most what is paid, at least a load."""

from __future__ import annotations

import re

from agent.builtin.interpret.compared import Draft
from agent.builtin.interpret.fitting import PERSONS, in_unit, is_nominal
from agent.builtin.interpret.passing import is_spent
from agent.builtin.interpret.waits import is_wait
from agent.builtin.lexicon.load import words
from agent.builtin.parse.bounds import Quantity
from agent.builtin.parse.measure_phrases import is_bounding
from agent.builtin.parse.measures import Measure
from kg.types import Kind, Op

_APART = 4  # lexemes from a quantity to what bears it
_AROUND = 0.1
_BOUNDING = {"min": "<=", "minimum": "<=", "max": ">=", "maximum": ">="}
_ROOM = 6  # lexemes from a length to the room that it is of
_SCREENS = frozenset(("screen", "display", "diagonal"))
_OFTEN = 3  # items of the same size
_THOUSAND = 1000.0
_POINTED = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_COUNTED = frozenset(
    ("players", "seats", "doors", "stars", "points", "chapters", "episodes", "seasons", "percent")
)


def bounds_of(draft: Draft, quantity: Quantity, measure: Measure) -> list[tuple[Op, float]] | None:
    """Return the conditions that a quantity sets on a measure in its unit; None if it does not fit."""
    quantity = _in_thousands(draft, quantity, measure)
    low = in_unit(quantity.low, quantity.low.unit or quantity.unit, measure)
    if low is None:
        return None
    if quantity.high is not None:
        high = in_unit(quantity.high, quantity.high.unit or quantity.unit, measure)
        return None if high is None else [(">=", low), ("<=", high)]
    op = quantity.op or _unsaid(draft, quantity, measure)
    if op == "<=" and _is_patience(draft, quantity, measure, low):
        return None
    if (
        "load" in measure.topics
        and (not quantity.op or _is_borne(draft, quantity, "load"))
        and op in ("is", "~", "<=")
    ):
        op = ">="  # who weighs 90 kg needs no less
    if op == "~" and _is_of_sizes(quantity, measure):
        return [(">=", low), ("<", low + 1)]  # of 13.3 inches is said '13 INCH'
    if op == "~" and low * _AROUND < 1 and _is_whole(measure):
        return [(">=", low - 1), ("<=", low + 1)]  # 'about a week' of whole nights
    if op == "~":
        return [(">=", round(low * (1 - _AROUND), 6)), ("<=", round(low * (1 + _AROUND), 6))]
    return [(op, low)]  # type: ignore[list-item]


def _is_patience(draft: Draft, quantity: Quantity, measure: Measure, value: float) -> bool:
    """Tell whether a number is how soon somebody gives up, below all there is: 'asleep AFTER TWO PAGES'."""
    held = [] if measure.literals is None else measure.literals.values.tolist()
    return "after" in draft.words(quantity.first, quantity.end) and bool(held) and value < min(held)


def _is_whole(measure: Measure) -> bool:
    held = [] if measure.literals is None else measure.literals.values.tolist()
    return bool(held) and all(value == int(value) for value in held) and measure.said_unit is not None


def _in_thousands(draft: Draft, quantity: Quantity, measure: Measure) -> Quantity:
    """Return a quantity with points between thousands, where items have whole numbers: '2.500 VIEWS'."""
    held = [] if measure.literals is None else measure.literals.values.tolist()
    whole = bool(held) and max(held) >= _THOUSAND and all(value == int(value) for value in held)
    ends = [quantity.low, *([quantity.high] if quantity.high else [])]
    small = bool(held) and max(held) >= _THOUSAND and quantity.low.value < min(held)
    if not ((whole or small) and all(_POINTED.fullmatch(draft.said[each.first].text) for each in ends)):
        return quantity
    low, *high = [each._replace(value=round(each.value * _THOUSAND)) for each in ends]
    return quantity._replace(low=low, high=high[0] if high else None)


def _unsaid(draft: Draft, quantity: Quantity, measure: Measure) -> str:
    """Return how a bare number is meant: exactly where things are counted, about where they are measured."""
    before = draft.words(quantity.first - _APART, quantity.first)
    spent = before[-1:] == ["for"] or not words("comparators", "what is spent").isdisjoint(before)
    if (measure.is_money and spent) or is_spent(draft, quantity):
        return "<="
    if "temperature" in measure.topics and _is_borne(draft, quantity, "temperature"):
        return "<="
    if PERSONS & set(measure.topics) and draft.words(quantity.first - 1, quantity.first) == ["for"]:
        return ">="  # 'FOR 120 guests'
    if draft.measures.own and measure.out_of and _is_in_parts(measure):
        return ">="  # who wants 4.5 STARS takes more
    if draft.measures.own and measure.limitless and is_bounding(measure):
        return ">="  # who stays two hours needs a MAX stay of no less
    if bound := _of_one_end(draft, quantity, measure):
        return bound
    if draft.measures.own and _is_room(draft, quantity):
        return "<="
    if draft.measures.own and is_wait(measure):
        return "<="  # who gives TWO DAYS' NOTICE takes what needs less
    if is_nominal(quantity.low.value, measure) or (draft.measures.own and _is_held_often(quantity, measure)):
        return "is"
    unit = measure.said_unit
    counted = unit is None or unit.dimension in _COUNTED or measure.out_of
    return "is" if counted and not (quantity.unit and quantity.unit.dimension == "duration") else "~"


def _is_held_often(quantity: Quantity, measure: Measure) -> bool:
    """Tell whether several items measure exactly what is said: of boats of 57 feet, 'a 57 FOOT boat'."""
    held = [] if measure.literals is None else measure.literals.values.tolist()
    value = in_unit(quantity.low, quantity.low.unit or quantity.unit, measure)
    return held.count(value) >= _OFTEN if value is not None else False


def _of_one_end(draft: Draft, quantity: Quantity, measure: Measure) -> str:
    """Return how an end is meant that alone is told: who has a TANK OF 60 LITRES takes what needs less."""
    end, _, thing = measure.name.partition("_")
    ends = {each.name.partition("_")[0] for each in draft.measures.every if each.name.endswith(f"_{thing}")}
    said = set(draft.words(quantity.first - _ROOM, quantity.end))
    alone = draft.measures.own and len(ends & set(_BOUNDING)) == 1
    return _BOUNDING.get(end, "") if alone and said.isdisjoint(_BOUNDING) else ""


def _is_in_parts(measure: Measure) -> bool:
    held = [] if measure.literals is None else measure.literals.values.tolist()
    return any(value != int(value) for value in held)


def _is_room(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether a length is of the room there is for items: 'has to FIT a GAP 56 cm wide'."""
    long = quantity.unit is not None and quantity.unit.dimension in ("length", "distance")
    near = draft.words(quantity.first - _ROOM, quantity.first) + draft.words(
        quantity.end, quantity.end + _ROOM
    )
    return long and bool({"gap", "alcove", "recess", "doorway", "niche"} & set(near))


def _is_of_sizes(quantity: Quantity, measure: Measure) -> bool:
    """Tell whether a whole number names a size that is told in tenths: '13 inch' of screens."""
    screen = not _SCREENS.isdisjoint(measure.name.split("_"))
    return (
        screen and not quantity.op and quantity.low.value == int(quantity.low.value) and measure.unit == "in"
    )


def _is_borne(draft: Draft, quantity: Quantity, topic: str) -> bool:
    """Tell whether items are said to bear a temperature or a load: 'SURVIVES -10 °C', 'CARRIES 120 kg'."""
    bearing = (each for each in draft.phrases if quantity.first - _APART <= each.first < quantity.first)
    return any(m for each in bearing for m in each.measures("verb") if topic in m.topics)


def leave_out_thirds(draft: Draft) -> None:
    """Leave out the third that a number says more of: 'CHEAP, under 20 euros'."""
    said = {each.relation for each in draft.comparisons if each.by != "third"}
    dates = {each.name for each in draft.measures.every if each.kind == Kind.DATE}
    said |= dates if draft.measures.own and said & dates else set()  # 'an OLD one, first run before 1990'
    draft.comparisons = [e for e in draft.comparisons if e.by != "third" or e.relation not in said]
