"""What amounts are told for: 'two evenings A WEEK', '20 euros PER WEEK' of a price for many weeks."""

from __future__ import annotations

from agent.builtin.interpret.compared import Draft
from agent.builtin.interpret.fitting import is_told_for, name_words
from agent.builtin.lexicon.units import MONEY
from agent.builtin.parse.bounds import Quantity
from agent.builtin.parse.measures import Measure
from kg.stems import singular
from kg.types import Kind


def is_told_for_other(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether a time only says how often something else is: 'two evenings A WEEK'."""
    i = quantity.low.first
    if i == 0 or draft.said[i].text not in ("a", "an", "per", "each") or quantity.op or not quantity.unit:
        return False
    word = draft.said[i - 1].text
    counted = any(each.end == i for each in draft.quantities)
    named = any(each.end == i for each in draft.phrases)
    return word.endswith("s") and singular(word) != word and not (counted or named)


def is_difference(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether an amount is how much less something costs than before: 'reduced BY £100 or more'."""
    by = draft.words(quantity.first - 1, quantity.first) == ["by"]
    unit = quantity.unit
    return by and unit is not None and (unit.dimension in MONEY or unit.dimension == "percent")


def untold_rate(draft: Draft, quantity: Quantity, measure: Measure) -> range:
    """Return what a measure does not carry of an amount: '20 euros PER WEEK', where weeks are counted too."""
    rate = (quantity.high or quantity.low).rate
    others = (each for each in draft.measures.every if each is not measure and each.kind == Kind.NUMBER)
    if not rate or is_told_for(measure, rate) or not any(rate in name_words(each) for each in others):
        return range(0)
    end = (quantity.high or quantity.low).end
    return range(end - 2, end)
