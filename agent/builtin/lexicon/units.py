"""Units of measure: how they are spelled, and what of one is in another. Money is never converted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from agent.builtin.lexicon.load import tables
from kg.text import fold
from kg.units import spellings

MONEY = frozenset(("EUR", "USD", "GBP", "JPY", "CHF", "INR"))
_LENGTHS = {"distance", "length"}  # of ways and of things: in km and in cm
_CM_IN_KM = 100_000.0
_TIMES = {"years", "duration"}
_DAY, _YEAR = 1440.0, 525_949.2  # minutes
_DOLLARS = frozenset(("aud", "cad", "nzd", "sgd", "hkd"))  # whose speakers say "dollars" too


class Unit(NamedTuple):
    """A unit: what it measures, how many of the base unit it is, and where its zero lies there."""

    dimension: str
    factor: float
    zero: float = 0.0


@cache
def units() -> Mapping[str, Unit]:
    """Return the units by their spellings."""
    found: dict[str, Unit] = {}
    for heading, words in tables("units").items():
        dimension, _, numbers = heading.partition(": ")
        unit = Unit(dimension, *map(float, numbers.split()))
        found |= dict.fromkeys(words, unit)
    return found


@lru_cache(maxsize=1 << 10)
def unit_called(spelling: str) -> Unit | None:
    """Return the unit of a spelling or symbol; a currency that is not known is a dimension of its own."""
    said = fold(spelling.strip())
    if said in _DOLLARS:
        return units()["usd"]
    if len(said) > 1 and said in units():
        return units()[said]
    # One letter is several units: "m" is said of minutes, "metres" is not.
    longest = sorted(spellings(spelling.strip()), key=len, reverse=True)
    alike = (units()[each] for each in longest if each in units())
    return (
        next(alike, None)
        or units().get(said)
        or (Unit(said.upper(), 1.0) if len(said) == 3 and spelling.isupper() else None)
    )


def converted(value: float, said: Unit, wanted: Unit) -> float | None:
    """Return a value of one unit in another; None if they measure different things."""
    if {said.dimension, wanted.dimension} == _LENGTHS:
        value *= _CM_IN_KM if said.dimension == "distance" else 1 / _CM_IN_KM
    elif {said.dimension, wanted.dimension} == _TIMES:
        if max(said.factor, wanted.factor) < _DAY:
            return None  # a length of years is none of minutes
        value *= _YEAR if said.dimension == "years" else 1 / _YEAR
    elif (said.dimension, wanted.dimension) in (("degrees", "temperature"), ("volume", "consumption")):
        return round(value * said.factor, 6)  # those of the catalogue: 'drinks 7 litres'
    elif said.dimension != wanted.dimension:
        return None
    return round((value * said.factor + said.zero - wanted.zero) / wanted.factor, 6)
