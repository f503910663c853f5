"""Comparisons with an item: its stored value is what others are compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from agent.builtin.dialogue.utterance import Utterance, pointed_at
from agent.builtin.interpret.compared import Comparison
from agent.builtin.respond import quantities as sentences
from kg.types import Kind
from kg.values import shown

_AROUND = 0.1


def with_thresholds(utterance: Utterance) -> tuple[Utterance, list[str]]:
    """Return a message whose comparisons with items have values, and what is said where one has none."""
    reading = utterance.reading
    if all(each.value for each in reading.comparisons) or not utterance.session.has("describe_item"):
        return utterance, []
    settled: list[Comparison] = []
    notes: list[str] = []
    for each in reading.comparisons:
        if each.value:
            settled.append(each)
            continue
        item = _item_of(utterance, each)
        described = utterance.session.call("describe_item", item=item) if item is not None else None
        values = described["relations"].get(each.relation, ()) if described else ()
        settled += _against(each, values)
        if not values:
            title = described["title"] if described else each.title
            notes.append(sentences.value_not_known(title, each.relation))
    return replace(utterance, reading=replace(reading, comparisons=tuple(settled))), notes


def _item_of(utterance: Utterance, comparison: Comparison) -> str | None:
    named = [t for t in utterance.reading.mentioned if t.text == comparison.title and t.choices]
    return named[0].choices[0].id if named else pointed_at(utterance)


def _against(comparison: Comparison, values: Sequence[Any]) -> list[Comparison]:
    """Return a comparison with the values of an item: the lowest to be below, the highest to be above."""
    if not values:
        return []
    if comparison.op != "~":
        value = values[-1] if comparison.op in (">", ">=") else values[0]
        return [replace(comparison, value=value)]
    try:
        number = float(values[0])
    except ValueError:
        return [replace(comparison, op="is", value=values[0])]
    low, high = (shown(Kind.NUMBER, round(number * (1 + sign * _AROUND), 6)) for sign in (-1, 1))
    return [
        replace(comparison, op=">=", value=low, by="around"),
        replace(comparison, op="<=", value=high, by="around"),
    ]
