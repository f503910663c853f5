"""Numbers, dates, flags and scales in words: 'with a price from 10 to 20 EUR', 'that are in stock'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kg.literals import KINDS
from kg.types import Kind

_DAY = 24  # hours
_ORDERED = {"<": "under", "<=": "up to", ">": "over", ">=": "of at least", "is": "of"}
_DATED = {"<": "before", "<=": "up to", ">": "after", ">=": "from", "is": "in"}
_HAVING = ("has ", "have ", "with ")
_DONE = ("ed", "built", "made", "found", "bought", "sold", "grown", "written")  # what is done on a date
_SINGULAR = ("ss", "us", "is")
_TIMES = ("day", "week", "month", "year")  # units that are words


class Compared(Protocol):
    """A condition as it is said."""

    @property
    def relation(self) -> str:
        """The relation it is on."""

    @property
    def op(self) -> str:
        """How it is compared."""

    @property
    def value(self) -> str:
        """What it is compared with."""


def is_compared(op: str, kind: Kind) -> bool:
    """Tell whether a condition is on a number, a date or a flag, or compares the labels of a scale."""
    return kind in KINDS or op not in ("is", "contains")


def with_unit(value: str, unit: str) -> str:
    """Return a value with its unit: '12.5 EUR', '87 %', '9 days', '18:00'."""
    if unit == "clock" and value.isdecimal():
        hours, minutes = divmod(int(value), 60)
        return f"{hours - 24 if hours > _DAY or (hours == _DAY and minutes) else hours}:{minutes:02}"
    many = unit in _TIMES and value != "1"
    return f"{value} {unit}{'s' * many}" if unit else value


def compared(group: Sequence[Compared], kind: Kind, unit: str = "", last: str = "and") -> str:
    """Return conditions on one relation as what is said after a noun."""
    name = group[0].relation.replace("_", " ")
    if kind == Kind.FLAG:
        return f" {last} ".join(dict.fromkeys(_flag(name, each.value) for each in group))
    if kind == Kind.CATEGORY and all((each.op, each.value) == (">", "no") for each in group):
        return f"with {name}"
    words = _DATED if kind == Kind.DATE else _ORDERED
    bounds = _range(group, unit) if last == "and" else ""
    bounds = bounds or f" {last} ".join(f"{words[each.op]} {with_unit(each.value, unit)}" for each in group)
    if kind == Kind.DATE:
        return f"{name} {bounds}" if name.endswith(_DONE) else f"with a {name} {bounds}"
    if unit and unit == name:
        return f"with {bounds.removeprefix('of ')}"
    plural = name.endswith("s") and not name.endswith(_SINGULAR)
    return f"with {name} {bounds}" if plural else f"with {_article(name)} {name} {bounds}"


def claimed(said: str, unit: str = "") -> str:
    """Return what was claimed, '< 120', in words: 'under 120 min'."""
    op, _, value = said.rpartition(" ")
    return f"{_ORDERED[op]} {with_unit(value, unit)}" if op in _ORDERED else said


def held(relation: str, label: str, unit: str = "") -> str:
    """Return what an item has on a relation: 'running time: 96 min'."""
    name = relation.replace("_", " ")
    return with_unit(label, unit) if unit == name else f"{name}: {with_unit(label, unit)}"


def _range(group: Sequence[Compared], unit: str) -> str:
    """Return two bounds as a range: 'from 10 to 20 EUR'; '' if they are none."""
    by_op = {each.op: each.value for each in group}
    if len(group) != len(by_op) or set(by_op) != {">=", "<="}:
        return ""
    if by_op[">="] == by_op["<="]:
        return f"of {with_unit(by_op['>='], unit)}"
    low = with_unit(by_op[">="], unit) if unit == "clock" else by_op[">="]
    return f"from {low} to {with_unit(by_op['<='], unit)}"


def _flag(name: str, value: str) -> str:
    yes = value == "yes"
    having = next((start for start in _HAVING if name.startswith(start)), None)
    if having is not None:
        return f"{'with' if yes else 'without'} {name.removeprefix(having)}"
    name = name.removeprefix("is ")
    return f"that are {name}" if yes else f"that are not {name}"


def _article(name: str) -> str:
    return "an" if name[0] in "aeiou" else "a"
