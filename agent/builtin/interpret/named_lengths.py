"""Lengths of ways that have names: '10k', 'a half marathon', 'ten milers', where items have them."""

from __future__ import annotations

from collections.abc import Iterator

from agent.builtin.interpret.compared import Comparison, Draft
from agent.builtin.lexicon.load import tables
from agent.builtin.lexicon.units import converted, units
from agent.builtin.parse.measures import Measure
from kg.stems import singular
from kg.text import NUMBER_WORDS
from kg.types import TITLE, Kind, Op
from kg.values import shown

_MARATHON = 42.195  # km
_NAMES = {("half", "marathon"): _MARATHON / 2, ("marathon",): _MARATHON}
_MILERS = frozenset(("miler", "milers"))
_OPS: tuple[Op, ...] = ("<=", ">=", "<", ">")
_ALIKE = 0.01  # of a length: 42.2 km is a marathon
_MONEY = frozenset("$ € £ ¥ ₹".split())


def read_named_lengths(draft: Draft) -> None:
    """Note the distance that a name tells, where some item has it."""
    measures = [each for each in draft.measures.every if _is_of_ways(each)]
    for span, length in list(_named(draft)) if draft.measures.own and len(measures) == 1 else ():
        measure = measures[0]
        own = measure.said_unit
        value = converted(length, units()["km"], own) if own is not None else None
        if value is None or not draft.taken.isdisjoint(span) or not _has(measure, value):
            continue
        op, first = _compared(draft, span.start)
        span, text = range(first, span.stop), draft.text(first, span.stop)
        low, high = value * (1 - _ALIKE), value * (1 + _ALIKE)
        bounds = {">=": low, ">": high, "<=": high, "<": low}
        for each in (op,) if op else (">=", "<="):
            told = shown(Kind.NUMBER, round(bounds[each], 3))
            draft.comparisons.append(Comparison(measure.name, each, told, text, unit=measure.unit))
        draft.take(span)


def _compared(draft: Draft, end: int) -> tuple[Op | None, int]:
    """Return what a length is compared by that begins at a lexeme, and where this begins."""
    end -= draft.words(end - 1, end) in (["a"], ["an"])
    for op in _OPS:
        for said in sorted(tables("comparators")[f"{op} before"], key=len, reverse=True):
            first = end - len(said.split())
            if first >= 0 and draft.text(first, end) == said:
                return op, first
    return None, end


def _is_of_ways(measure: Measure) -> bool:
    unit = measure.said_unit
    return measure.kind == Kind.NUMBER and unit is not None and unit.dimension == "distance"


def _has(measure: Measure, value: float) -> bool:
    held = [] if measure.literals is None else measure.literals.values.tolist()
    return any(abs(each - value) <= _ALIKE * value for each in held)


def _named(draft: Draft) -> Iterator[tuple[range, float]]:
    """Yield where a length is named, and how many kilometres it is."""
    mile = units()["mile"].factor
    for i, each in enumerate(draft.said):
        after = draft.words(i + 1, i + 2)
        number = NUMBER_WORDS.get(each.text, each.text)
        if number.isdecimal() and after == ["k"] and not _MONEY & set(draft.words(i - 1, i)):
            yield range(i, i + 2), float(number)
        elif number.isdecimal() and after and after[0] in _MILERS:
            yield range(i, i + 2), int(number) * mile
        for name, length in _NAMES.items():
            span = range(i, i + len(name))
            said = tuple(map(singular, draft.words(i, span.stop)))
            halved = name == ("marathon",) and draft.words(i - 1, i) in (["half"], ["ultra"])
            if said == name and not halved and all(_is_free(draft, at) for at in span):
                yield span, length


def _is_free(draft: Draft, i: int) -> bool:
    """Tell whether a lexeme names no title of its own; what only is part of titles does not."""
    place = draft.said[i].place
    chunk = draft.chunks[place] if place >= 0 else None
    part = chunk is not None and chunk.held_roles == {TITLE}
    return not draft.said[i].named or part
