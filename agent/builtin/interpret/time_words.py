"""Amounts beside words that say what they are of: 'in the LAST five years', 'GUARANTEED for two years'."""

from __future__ import annotations

from agent.builtin.interpret.compared import Draft
from agent.builtin.parse.bounds import Quantity
from agent.builtin.parse.measures import Measure
from kg.stems import is_alike

_BEFORE = 3  # lexemes from what lasts to how long


def is_of_other_words(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether what looks like an amount is none: part of a name, or of years up to now."""
    return _begins_name(draft, quantity) or _is_span(draft, quantity)


def _begins_name(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether a name goes on where an article and a unit seem to count: 'a GUEST rating'."""
    article = draft.words(quantity.low.first, quantity.low.first + 1) in (["a"], ["an"])
    return article and any(each.first < quantity.end < each.end for each in draft.phrases)


def _is_span(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether an amount is of years up to now: 'in the LAST five years'."""
    led = draft.words(quantity.low.first - 1, quantity.low.first) in (["last"], ["past"])
    return led and quantity.unit is not None and quantity.low.spelling in ("years", "year")


def lasting(draft: Draft, quantity: Quantity) -> list[tuple[Measure, list[int]]]:
    """Return what lasts by another word: 'GUARANTEED for longer than 2 years'."""
    near = range(max(0, quantity.first - _BEFORE), quantity.first)
    timed = [each for each in draft.measures.every if draft.measures.own and each.said_unit is not None]
    return [(m, [i]) for m in timed for i in near if is_alike(draft.said[i].text, m.name)]
