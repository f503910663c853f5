"""Quantities that may be of several measures, none of which is told: 'six months at most', 'under 40 €'.

Of a person's own table one of them must be told: by its name, by what only it is called, by the time it is
told for; or be what such a quantity is of unsaid, its price, its weight.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agent.builtin.interpret.bounds_meant import bounds_of
from agent.builtin.interpret.compared import Draft
from agent.builtin.interpret.fitting import in_unit, is_near, is_told_for, name_words
from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.units import MONEY
from agent.builtin.parse.bounds import Quantity
from agent.builtin.parse.measures import Measure
from agent.builtin.parse.topics import names_of_topics

Candidates = Sequence[tuple[Measure, list[int]]]
_HOURS = 24
_ADDING = frozenset("including incl inc includes with plus before after excluding excl without and".split())
_WHOLE = frozenset(
    "floor total living internal gross usable net overall whole size m2 sqm ground plot".split()
)
_ENDS = frozenset("min max minimum maximum from to".split())


def main_price(draft: Draft, quantity: Quantity, measure: Measure, named: Sequence[int]) -> Measure:
    """Return the price itself for what is paid beside it, which nothing tells: 'under £5' is no delivery."""
    if named or not (draft.measures.own and measure.is_money and measure.is_beside_price):
        return measure
    prices = [each for each in draft.measures.every if each.is_money and not each.is_beside_price]
    fit = [each for each in prices if bounds_of(draft, quantity, each) is not None]
    return min(fit, key=lambda each: (each.name.count("_"), each.name), default=measure)


def is_added(draft: Draft, quantity: Quantity, measure: Measure, named: Sequence[int]) -> bool:
    """Tell whether what is paid besides is only added to an amount: 'under £30 INCLUDING delivery'."""
    behind = [place for place in named if place >= quantity.end]
    between = draft.words(quantity.end, behind[0]) if behind else []
    return draft.measures.own and measure.is_beside_price and not _ADDING.isdisjoint(between)


def is_day_and_night(draft: Draft, quantity: Quantity, candidates: Candidates) -> bool:
    """Tell whether 24 hours are all day and night, and no length: '24 HOUR vets'."""
    hours = quantity.low.value == _HOURS and quantity.low.spelling.startswith("h")
    plain = hours and quantity.op in ("", "~", "is") and quantity.high is None
    told = (named for each, named in candidates if in_unit(quantity.low, quantity.unit, each) is not None)
    return draft.measures.own and plain and not any(told)


def is_of_part(measure: Measure, said: Collection[str]) -> bool:
    """Tell whether a size is of a part of items that is not named: a SMALL kennel, of its field."""
    own = name_words(measure) - _ENDS - _WHOLE - names_of_topics()
    return "area" in measure.topics and bool(own) and own.isdisjoint({word.rstrip("s") for word in said})


def is_one_of_several(price: Measure, prices: Sequence[Measure]) -> bool:
    """Tell whether other prices may cost nothing as well, and none of them is the price: 'FREE to join'."""
    if name_words(price) - _ENDS <= words("measures", "names of prices"):
        return False
    held = [each for each in prices if not each.is_beside_price and _thing(each) != _thing(price)]
    return any(each.literals is not None and float(each.literals.values.min(initial=1)) == 0 for each in held)


def is_of_several(draft: Draft, quantity: Quantity, first: Measure, candidates: Candidates) -> bool:
    """Tell whether a quantity with a unit is as likely of another measure as of the first."""
    if not draft.measures.own or quantity.unit is None or quantity.said or _is_told(quantity, first):
        return False
    if quantity.low.is_clock or quantity.low.out_of:
        return False
    named = next((places for each, places in candidates if each is first), [])
    if named or _is_plain(first, quantity):
        return False
    others = (each for each, places in candidates if not places and _thing(each) != _thing(first))
    return any(
        bounds_of(draft, quantity, each) is not None and _may_be(each, first, quantity) for each in others
    )


def _may_be(other: Measure, first: Measure, quantity: Quantity) -> bool:
    """Tell whether items have values like a quantity of the other measure if they have such of the first."""
    if first.is_money != other.is_money or (other.is_beside_price and not first.is_beside_price):
        return False
    if first.said_unit == quantity.unit != other.said_unit:
        return False  # '55 INCHES' of a screen, not of a width in cm
    return _is_within(other, quantity) or (not _is_within(first, quantity) and is_near(other, quantity))


def _is_within(measure: Measure, quantity: Quantity) -> bool:
    held = [] if measure.literals is None else measure.literals.values.tolist()
    ends = [quantity.low, *([quantity.high] if quantity.high else [])]
    values = [in_unit(each, each.unit or quantity.unit, measure) for each in ends]
    return bool(held) and any(each is not None and min(held) <= each <= max(held) for each in values)


def _is_told(quantity: Quantity, measure: Measure) -> bool:
    """Tell whether a measure is called after the unit, or told for the time, of a quantity."""
    last = quantity.high or quantity.low
    spelt = last.spelling.rstrip("s")
    return spelt in name_words(measure) or bool(last.rate and is_told_for(measure, last.rate))


def _is_plain(measure: Measure, quantity: Quantity) -> bool:
    """Tell whether a measure is called what such a quantity is of unsaid: 'weight', 'price', 'duration'."""
    if quantity.unit is not None and quantity.unit.dimension in MONEY:
        return name_words(measure) - _ENDS <= words("measures", "names of prices")
    return name_words(measure) - _ENDS <= names_of_topics()


def _thing(measure: Measure) -> frozenset[str]:
    """Return the words of a name without the end of a range that it is."""
    return frozenset(measure.name.split("_")) - _ENDS
