"""Units of measure: how they are spelled, and what one is in another."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).with_name("units.txt")


class Unit(NamedTuple):
    """A unit: its symbol ("min"), what it measures ("time"), how much of the base it is, and its zero."""

    name: str
    dimension: str
    size: float
    zero: float = 0.0


@cache
def units() -> Mapping[str, Unit]:
    """Return the units there are by their symbols."""
    return {unit.name: unit for unit in _spelled().values()}


def unit_of(spelling: str) -> Unit | None:
    """Return the unit that is spelled so, whatever the case: 'Minutes', '€', 'lbs'."""
    said = " ".join(spelling.casefold().split())
    return _spelled().get(said) or _spelled().get(said.removesuffix("."))


@cache
def spellings(name: str) -> tuple[str, ...]:
    """Return how a unit of this symbol is spelled, in small letters."""
    return tuple(said for said, unit in _spelled().items() if unit.name == name)


def converted(value: float, given: str, wanted: str) -> float | None:
    """Return a value given in one unit in another one; None where they do not measure the same."""
    if given == wanted:
        return value
    one, other = units().get(given), units().get(wanted)
    if one is None or other is None or one.dimension != other.dimension:
        return None
    if one.zero == other.zero:
        return round(value * (one.size / other.size), 9)
    return round((value * one.size + one.zero - other.zero) / other.size, 9)


def dimension(name: str) -> str:
    """Return what a unit measures; nothing of an unknown one."""
    unit = units().get(name)
    return unit.dimension if unit else ""


@cache
def _spelled() -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    dimension = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            dimension = line[3:].strip()
        elif line and not line.startswith("#"):
            name, size, said = line.split(maxsplit=2)
            factor, _, zero = size.partition("@")
            unit = Unit(name, dimension, float(factor), float(zero or 0))
            for index, part in enumerate(said.split("'")):
                for spelling in [part] if index % 2 else part.split():
                    found.setdefault(spelling, unit)
    return found
