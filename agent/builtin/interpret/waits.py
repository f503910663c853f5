"""Waits: how soon items can be had: 'I need it TOMORROW', 'delivered the SAME DAY'."""

from __future__ import annotations

from agent.builtin.interpret.compared import Comparison, Draft
from agent.builtin.interpret.timed import is_told
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.units import converted, units
from agent.builtin.parse.measures import Measure
from kg.types import Kind
from kg.values import shown

_TIMED = ("duration", "years")


def is_wait(measure: Measure) -> bool:
    """Tell whether a number is how long one waits for an item: 'delivery days', 'notice needed'."""
    unit = measure.said_unit
    timed = unit is not None and unit.dimension in _TIMED
    named = not words("measures", "waits").isdisjoint(measure.name.split("_"))
    return measure.kind == Kind.NUMBER and timed and named


def read_waits(draft: Draft) -> None:
    """Note when items are needed, where one number tells how long they take."""
    waits = [each for each in draft.measures.every if is_wait(each) and not each.name.startswith("min_")]
    for days, section in ((0.0, "at once"), (1.0, "in a day")) if len(waits) == 1 else ():
        for said in sorted(tables("measures")[section], key=len, reverse=True):
            spoken = said.split()
            for i in range(len(draft.said) - len(spoken) + 1):
                span = range(i, i + len(spoken))
                if draft.words(i, span.stop) == spoken and draft.taken.isdisjoint(span):
                    _note(draft, waits[0], days, span)


def _note(draft: Draft, measure: Measure, days: float, span: range) -> None:
    own = measure.said_unit
    value = converted(days, units()["days"], own) if own is not None else None
    if value is None or is_told(draft, span.start):
        return
    text = draft.text(span.start, span.stop)
    draft.comparisons.append(
        Comparison(measure.name, "<=", shown(Kind.NUMBER, value), text, unit=measure.unit)
    )
    draft.take(span)
