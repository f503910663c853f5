"""Which measure a quantity may be of, by its unit and the values of items; its value in that unit."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.units import MONEY, Unit, converted, units
from agent.builtin.parse.bounds import Quantity
from agent.builtin.parse.measures import Measure
from agent.builtin.parse.numbers import Amount
from agent.builtin.parse.topics import names_of_topics
from kg.stems import one_of

_MINUTES = 60.0  # of the longest unit beside which an m is a minute
_FAR = 20.0  # times what is least or most here, from which on a quantity is of something else
_FEW = 12  # different values of what comes in sizes
_POUNDS = ("pound", "pounds")
_EVERY = {
    "hourly": "hour",
    "daily": "day",
    "nightly": "night",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "annual": "year",
    "annually": "year",
}
PERSONS = frozenset(("sleeps", "serves", "seated"))  # topics that count people


def likeness(
    measure: Measure, quantity: Quantity
) -> tuple[bool, bool, bool, bool, bool, bool, bool, bool, int, str]:
    """Return how far a measure is from one that a quantity with a unit may be of.

    First what is told for the same time or thing ('a week'), then what is named after the unit, what is told
    in it, what has such values, the rest.
    """
    unit, own = quantity.unit, measure.said_unit
    told = _stem((quantity.high or quantity.low).spelling) in name_words(measure)
    same = own is not None and unit is not None and own.dimension == unit.dimension
    value = in_unit(quantity.low, unit, measure)
    compared = quantity.op not in ("", "is") or quantity.high is not None
    fits = value is not None and _has(measure, value, within=compared)
    rate = (quantity.high or quantity.low).rate
    exact = own is not None and unit is not None and own == unit  # '55 INCHES' of a screen, not of a width
    metres = (quantity.high or quantity.low).spelling == "m" and measure.unit == "m"
    return (
        not (rate and is_told_for(measure, rate)),
        not told,
        not metres,
        not same,
        not (fits and exact),
        not fits,
        (quantity.high or quantity.low).spelling not in measure.own.get("agent", ()),  # 'seats', of all
        bool(words("measures", "left over") & name_words(measure)) or measure.is_beside_price,
        measure.name.count("_"),
        measure.name,
    )


def is_counted_in(measure: Measure, quantity: Quantity) -> bool:
    """Tell whether a measure is called after the unit of a quantity: 'weeks'."""
    spelling = (quantity.high or quantity.low).spelling
    return quantity.unit is not None and bool(spelling) and _stem(spelling) in name_words(measure)


def in_unit(amount: Amount, unit: Unit | None, measure: Measure) -> float | None:
    """Return an amount in the unit of a measure; None if it does not fit."""
    own = measure.said_unit
    if measure.unit == "clock":
        return None  # what begins at a time of the day is told in no hours
    if amount.out_of or (measure.out_of and unit is not None):
        return _rated(amount, unit, measure)
    if unit is None:
        return amount.value
    others = {**dict.fromkeys(_POUNDS, "lb"), "m": "metres"}  # an m is a minute or a metre
    ways = [unit, units()[others[amount.spelling]]] if amount.spelling in others else [unit]
    value: float | None
    for way in ways:
        if amount.spelling == "m" and way is unit and own is not None and own.factor > _MINUTES:
            continue  # what is counted in months is said in no minutes
        if own is None and "age" in measure.topics and amount.spelling.startswith("y"):
            value = amount.value  # ages are years
        elif own is None and _stem(amount.spelling) in name_words(measure):
            value = amount.value  # 'hours per week' are counted in hours
        elif way.dimension == "players" and (PERSONS | {"attendance", "headcount", "groupsize"}) & set(
            measure.topics
        ):
            value = amount.value
        elif own is not None:
            value = converted(amount.value, way, own)
        elif way.dimension in ("degrees", "temperature") and "temperature" in measure.topics and own is None:
            value = amount.value  # in the degrees that items are told in
        elif way.dimension == "seats" and "seated" in measure.topics:
            value = amount.value
        elif way.dimension in MONEY:
            value = amount.value if measure.is_money or "salary" in measure.topics else None
        elif way.dimension in ("distance", "length") and way.dimension in measure.topics:
            value = amount.value  # in the unit that items are told in, whichever that is
        elif way.dimension in measure.topics or way.dimension == measure.name:
            value = round(amount.value * way.factor, 6)
        else:
            value = None
        if value is not None:
            return value
    return None


def _rated(amount: Amount, unit: Unit | None, measure: Measure) -> float | None:
    """Return a grade as a measure gives it: 80 of 100 for '8/10', 8.7 of 10 for '87 %'."""
    most = measure.out_of
    percent = unit is not None and unit.dimension == "percent"
    if not most or not (
        amount.out_of or percent or (unit is not None and unit.dimension in ("stars", "points"))
    ):
        return None
    out_of = amount.out_of or (100.0 if percent else 0.0)
    if not out_of and amount.value > most:
        return None  # 'in 12 POINT type' is no grade of five
    return round(amount.value * most / out_of, 6) if out_of else amount.value


def is_near(measure: Measure, quantity: Quantity) -> bool:
    """Tell whether a quantity is of the size of what items have: no class of three hours lasts weeks."""
    held = [] if measure.literals is None else [v for v in measure.literals.values.tolist() if v > 0]
    ends = [quantity.low, *([quantity.high] if quantity.high else [])]
    values = [in_unit(each, each.unit or quantity.unit, measure) for each in ends]
    known = [each for each in values if each]
    if not held or not known or min(known) < 0:
        return True
    return any(min(held) / _FAR <= each <= max(held) * _FAR for each in known)


def is_told_for(measure: Measure, rate: str) -> bool:
    """Tell whether a measure is told for a time or a thing: 'homework per WEEK'."""
    rate = _EVERY.get(rate, rate)
    names = (measure.name.replace("_", " "), *measure.own.get("agent", ()))
    every = {each for each, told in _EVERY.items() if told == rate}
    return any(f"per {rate}" in said or f"a {rate}" in said or every & set(said.split()) for said in names)


def is_paid(quantity: Quantity) -> bool:
    """Tell whether a quantity is an amount of money."""
    return quantity.unit is not None and quantity.unit.dimension in MONEY


def is_nominal(value: float, measure: Measure) -> bool:
    """Tell whether a number is one of the few that items have: '15.6 inch', '16 GB'."""
    held = [] if measure.literals is None else measure.literals.values.tolist()
    several = set(held)
    told = measure.said_unit is not None and measure.said_unit.dimension == "data"
    often = told or 2 * len(several) <= len(held) or held.count(value) > 1
    return value in several and len(several) <= _FEW and often


def _has(measure: Measure, value: float, *, within: bool) -> bool:
    """Tell whether items have values like one: on both sides; exactly this where sizes are not compared."""
    held = [] if measure.literals is None else measure.literals.values.tolist()
    if not held:
        return False
    return value in held if len(set(held)) <= _FEW and not within else min(held) <= value <= max(held)


def name_words(measure: Measure) -> set[str]:
    """Return the words of a measure's names, in the singular."""
    own = [
        *measure.name.split("_"),
        *(word for said in measure.own.get("agent", ()) for word in said.split()),
    ]
    return {word.rstrip("s") for word in own} - {"min", "max"}


def told_anywhere(draft_words: Collection[str], own: Sequence[Measure]) -> Measure | None:
    """Return the one of several measures of which a word that only it is called by is said: 'for a CHILD'."""
    said = {form for word in draft_words for form in (word.rstrip("s"), one_of(word))}
    told = [each for each in own if said & (distinct_words(each, own) - {"date", "day"})]
    return told[0] if len(own) > 1 and len(told) == 1 else None


def distinct_words(measure: Measure, others: Sequence[Measure]) -> set[str]:
    """Return the words of a measure's names that none of the others has, nor what is measured anywhere."""
    alike = {word for each in others if each is not measure for word in name_words(each)}
    return name_words(measure) - alike - words("comparators", "fillers") - names_of_topics()


def _stem(spelling: str) -> str:
    """Return the thing that a unit counts: 'seat' of 'seats' and '7 seater'."""
    return spelling.rstrip("s").removesuffix("er") if spelling.startswith("seat") else spelling.rstrip("s")
