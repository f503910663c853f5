"""Amounts beside words that say what they are of: 'in the LAST five years', 'GUARANTEED for two years'."""

from __future__ import annotations

from collections.abc import Mapping

from agent.builtin.interpret.compared import Draft
from agent.builtin.lexicon.load import groups
from agent.builtin.parse.bounds import Quantity
from agent.builtin.parse.measures import Measure
from agent.builtin.parse.numbers import RATES
from kg.stems import is_alike

_PAYING = frozenset("cost costs charge charges charged pay paid price fee rent".split())
_TIMES = ("duration", "years")  # dimensions of what lasts
_BEFORE = 3  # lexemes from what lasts to how long

_OF_STORIES = frozenset("day days week weeks month months year years".split())


def is_of_other_words(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether what looks like an amount is none: part of a name, of years up to now, of a price."""
    return (
        _begins_name(draft, quantity)
        or _is_nothing_of(draft, quantity)
        or _is_span(draft, quantity)
        or _is_rate(draft, quantity)
        or _is_place_in_book(draft, quantity)
        or _is_time_of_story(draft, quantity)
    )


def _is_place_in_book(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether a number says where in a book something stands: 'a murder ON PAGE ONE'."""
    return draft.words(quantity.low.first - 1, quantity.low.first) == ["page"] and not draft.measures.own


def _is_time_of_story(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether it is told how long a story goes on: 'set OVER ONE DAY', 'within A WEEK'."""
    led = draft.words(quantity.low.first - 1, quantity.low.first)
    if draft.measures.own or quantity.low.spelling not in _OF_STORIES:
        return False
    return quantity.low.spelling.startswith("day") or led in (["over"], ["in"], ["within"], ["across"])


def _is_rate(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether a time only says what a price is for: 'what does X cost A MONTH'."""
    low = quantity.low
    single = draft.words(low.first, low.first + 1) in (["a"], ["an"], ["per"]) and low.spelling in RATES
    near = draft.words(low.first - _BEFORE, low.first)
    return draft.measures.own and single and not quantity.op and not _PAYING.isdisjoint(near)


def _begins_name(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether what seems to count is part of a name, or one: 'a GUEST rating', 'HALF A DAY'."""
    article = draft.words(quantity.low.first, quantity.low.first + 1) in (["a"], ["an"])
    if article and any(each.first < quantity.end < each.end for each in draft.phrases):
        return True
    whole = (e for e in draft.phrases if (e.first, e.end) == (quantity.low.first, quantity.low.end))
    return draft.said[quantity.low.first].text == "half" and any(each.measures("name") for each in whole)


def _is_nothing_of(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether there is to be none of what is named behind: 'ZERO drop', which is read elsewhere."""
    zero = draft.measures.own and draft.words(quantity.low.first, quantity.low.end) == ["zero"]
    return zero and any(e.first == quantity.low.end and e.measures("name") for e in draft.phrases)


def _is_span(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether an amount is of years up to now: 'in the LAST five years'."""
    led = draft.words(quantity.low.first - 1, quantity.low.first) in (["last"], ["past"])
    return led and quantity.unit is not None and quantity.low.spelling in ("years", "year")


def lasting(draft: Draft, quantity: Quantity) -> list[tuple[Measure, list[int]]]:
    """Return what lasts by another word: 'GUARANTEED for longer than 2 years'."""
    near = range(max(0, quantity.first - _BEFORE), quantity.first) if quantity.unit is not None else ()
    own = [each for each in draft.measures.every if draft.measures.own and each.said_unit is not None]
    timed = [each for each in own if each.said_unit and each.said_unit.dimension in _TIMES]
    return [(m, [i]) for m in timed for i in near if is_alike(draft.said[i].text, m.name)]


def is_of_other_side(draft: Draft, quantity: Quantity, measure: Measure) -> bool:
    """Tell whether a length is of another side than a measure: '8 foot LONG' of a height."""
    if quantity.unit is None or quantity.unit.dimension not in ("length", "distance"):
        return False
    said = draft.words(quantity.end, quantity.end + 1) + draft.words(quantity.first, quantity.first + 1)
    own = {side for word in measure.name.split("_") for side, names in _sides().items() if word in names}
    told = {side for word in said for side, names in _sides().items() if word in names}
    return draft.measures.own and bool(own and told) and own.isdisjoint(told)


def _sides() -> Mapping[str, tuple[str, ...]]:
    return groups("measures", "side")
