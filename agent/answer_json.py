"""An answer as plain data: what the graph's state keeps, `usher ask --json` prints and the API sends."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from agent.answer import Answer, Line, Second
from kg.graph import year_of
from kg.types import YEAR, Condition


def describe(answer: Answer) -> dict[str, Any]:
    """Return an answer as plain data, as the graph's state keeps it and `usher ask --json` prints it."""
    return {
        "act": answer.act,
        "basis": answer.basis,
        "items": [_line(line) for line in answer.items],
        "conditions": [_condition(c) for c in answer.conditions],
        "any_of": [_condition(c) for c in answer.any_of],
        "none_of": [_condition(c) for c in answer.none_of],
        "corrections": [
            {"items": c.items, "relation": c.relation, "claimed": c.claimed, "true": c.true}
            for c in answer.corrections
        ],
        "order": [asdict(each) for each in answer.order],
        "facts": [asdict(each) | {"values": list(each.values)} for each in answer.facts],
        "unknown": list(answer.unknown),
        "unused": list(answer.unused),
        "question": answer.question and asdict(answer.question),
        "note": answer.note,
        "also": answer.also and _described(answer.also),
        "removed": list(answer.removed),
    }


def _described(also: Second) -> dict[str, Any]:
    return {
        "label": also.label,
        "items": [_line(line) for line in also.items],
        "conditions": [_condition(c) for c in also.conditions],
        "question": also.question,
        "choices": list(also.choices),
    }


def _line(line: Line) -> dict[str, Any]:
    proof = [list(fact) for fact in line.proof]
    return {"id": line.id, "title": line.title, "year": line.year, "proof": proof}


def _condition(condition: Condition) -> dict[str, Any]:
    """Return a condition; the value of one on the year is a number."""
    year = year_of(condition) if condition.relation == YEAR else None
    value = condition.value if year is None else year
    return {"relation": condition.relation, "op": condition.op, "value": value}
