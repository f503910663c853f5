"""Intervals: how often something is due, where a number tells after how long: 'water EVERY 10 DAYS'.

What is done more often has the shorter interval: 'at most once a week' is every seven days or later.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from agent.builtin.interpret.compared import Comparison, Draft
from agent.builtin.lexicon.load import tables
from agent.builtin.lexicon.units import Unit, converted, units
from agent.builtin.parse.measures import Measure
from agent.builtin.parse.numbers import amount_at, unit_at
from kg.types import Kind, Op
from kg.values import shown

_MARKS = frozenset(("every", "interval", "intervals", "frequency"))
_TIMES = {"once": 1.0, "twice": 2.0}
_PER = ("a", "an", "per", "every", "each")
_BACK = 4
_STEM = 4  # letters that a word and the name of what is due share


class _Time(NamedTuple):
    value: float
    unit: Unit
    first: int
    end: int


def read_intervals(draft: Draft) -> None:
    """Note how often what an item needs is due."""
    measure = next((each for each in draft.measures.every if _is_interval(each)), None)
    i = 0
    while measure is not None and i < len(draft.said):
        time = _time_at(draft, i)
        own = measure.said_unit
        value = converted(time.value, time.unit, own) if time is not None and own is not None else None
        if time is None or value is None or not draft.taken.isdisjoint(range(time.first, time.end)):
            i += 1
            continue
        op, first, end = _compared(draft, time)
        text = draft.text(first, end)
        draft.comparisons.append(
            Comparison(measure.name, op, shown(Kind.NUMBER, round(value, 3)), text, unit=measure.unit)
        )
        draft.take([*range(first, end), *_name_words(draft, measure, first, end)])
        i = end


def _is_interval(measure: Measure) -> bool:
    unit = measure.said_unit
    timed = unit is not None and unit.dimension in ("duration", "years")
    return measure.kind == Kind.NUMBER and timed and bool(_MARKS & set(measure.name.split("_")))


def _time_at(draft: Draft, i: int) -> _Time | None:
    """Return the time between two: 'every 10 days', 'every other week', 'twice a month', 'weekly'."""
    word, following = draft.said[i].text, draft.words(i + 1, i + 2)
    if (unit := _often().get(word)) is not None:
        return _Time(1.0, unit, i, i + 1)
    if word == "every":
        count, at = (2.0, i + 2) if following in (["other"], ["second"]) else (1.0, i + 1)
        amount = amount_at(draft.said, at) if at < len(draft.said) else None
        if amount is not None and amount.unit is not None:
            return _Time(amount.value, amount.unit, i, amount.end)
        found, end = unit_at(draft.said, at)
        return _Time(count, found, i, end) if found is not None else None
    times, at = _TIMES.get(word, 0.0), i + 1
    number = amount_at(draft.said, i) if not times else None
    if number is not None and draft.words(number.end, number.end + 1) == ["times"]:
        times, at = number.value, number.end + 1
    if times and draft.words(at, at + 1) and draft.said[at].text in _PER:
        amount = amount_at(draft.said, at + 1) if at + 1 < len(draft.said) else None
        found, end = (amount.unit, amount.end) if amount is not None else unit_at(draft.said, at + 1)
        every = amount.value if amount is not None else 1.0
        return _Time(every / times, found, i, end) if found is not None else None
    return None


@cache
def _often() -> Mapping[str, Unit]:
    """Return the unit of the interval that a word says by itself: 'weekly'."""
    told = tables("comparators")["how often"]
    return {word: units()[unit] for word, unit in zip(told[::2], told[1::2], strict=True)}


def _compared(draft: Draft, time: _Time) -> tuple[Op, int, int]:
    """Return how a time is compared, turned round where 'often' is, and where that begins and ends."""
    for section, op in (("less often", ">="), ("rarer", ">"), ("more often", "<="), ("oftener", "<")):
        for phrase in tables("comparators")[f"{section}, before"]:
            start = time.first - len(phrase.split())
            if start >= 0 and draft.text(start, time.first) == phrase:
                return op, start, time.end  # type: ignore[return-value]
        for phrase in tables("comparators").get(f"{section}, behind", ()):
            end = time.end + len(phrase.split())
            if draft.text(time.end, end) == phrase:
                return op, time.first, end  # type: ignore[return-value]
    return "is", time.first, time.end


def _name_words(draft: Draft, measure: Measure, first: int, end: int) -> list[int]:
    """Return where what is due is named beside: 'WATERED every week', 'every week or later WATERING'."""
    stems = [word[:_STEM] for word in measure.name.split("_") if len(word) >= _STEM and word not in _MARKS]
    near = (*range(max(0, first - _BACK), first), *range(end, min(len(draft.said), end + 2)))
    told = [i for i in near if any(draft.said[i].text.startswith(stem) for stem in stems)]
    return [*told, *(i for i in near if draft.said[i].text in ("needs", "need", "only"))]
