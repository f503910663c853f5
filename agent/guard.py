"""The last word: what may be said to a person.

Facts are proved here again, whatever the model and its tools said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.graph import KnowledgeGraph
from kg.types import Condition, ItemId
from tools.types import Correction, Proposal, SecondReading


@dataclass(frozen=True, slots=True)
class Line:
    """A recommended item with the facts that prove it: `(relation, label)`."""

    id: ItemId
    title: str
    year: int | None
    proof: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a person.

    `conditions` are proved for every line; `removed` says what the guard took out.
    """

    items: tuple[Line, ...]
    conditions: tuple[Condition, ...]
    corrections: tuple[Correction, ...]
    note: str
    also: tuple[str, tuple[Line, ...]] | None
    removed: tuple[str, ...]


def examine(graph: KnowledgeGraph, proposal: Proposal) -> Answer:
    """Prove a proposal. Unproved items and corrections are left out and named in `removed`."""
    removed: list[str] = []
    items = _proved(graph, proposal.items, proposal.conditions, removed)
    corrections = []
    for correction in proposal.corrections:
        if problem := _false_correction(graph, correction):
            removed.append(problem)
        else:
            corrections.append(correction)
    also = _second(graph, proposal.also, removed)
    return Answer(items, proposal.conditions, tuple(corrections), proposal.note, also, tuple(removed))


def _proved(
    graph: KnowledgeGraph, items: Sequence[str], conditions: Sequence[Condition], removed: list[str]
) -> tuple[Line, ...]:
    lines = []
    for key in map(ItemId, items):
        if key not in graph:
            removed.append(f"{key!r} is not in the catalogue")
            continue
        item = graph.item(key)
        proof: list[tuple[str, str]] = []
        for condition in conditions:
            edges = graph.proof(key, condition)
            if not edges:
                removed.append(f"{item.name}: not proved: {condition}")
                break
            proof += [(edge.relation, graph.entity(edge.entity).label) for edge in edges]
        else:
            lines.append(Line(key, item.title, item.year, tuple(dict.fromkeys(proof))))
    return tuple(lines)


def _false_correction(graph: KnowledgeGraph, correction: Correction) -> str | None:
    """Return why a correction must not be said.

    None if the graph holds every true value for every item it names.
    """
    for key in map(ItemId, correction.items):
        if key not in graph:
            return f"correction of {key!r}, which is not in the catalogue"
        held = {entity.label for entity in graph.values(key, correction.relation)}
        if not held & set(correction.true):
            true = ", ".join(correction.true)
            return f"correction of {graph.item(key).name}: {correction.relation} is not {true}"
        if correction.claimed in held:
            return f"correction of {graph.item(key).name}: {correction.claimed} is right"
    return None if correction.items and correction.true else "a correction without items or true values"


def _second(
    graph: KnowledgeGraph, also: SecondReading | None, removed: list[str]
) -> tuple[str, tuple[Line, ...]] | None:
    if also is None:
        return None
    lines = _proved(graph, also.items, also.conditions, removed)
    return (also.label, lines) if lines else None


def describe(answer: Answer) -> dict[str, Any]:
    """Return an answer as plain data, as the graph's state keeps it and `usher ask --json` prints it."""
    return {
        "items": [
            {
                "id": line.id,
                "title": line.title,
                "year": line.year,
                "proof": [list(fact) for fact in line.proof],
            }
            for line in answer.items
        ],
        "conditions": [{"relation": c.relation, "value": c.value} for c in answer.conditions],
        "corrections": [
            {"items": c.items, "relation": c.relation, "claimed": c.claimed, "true": c.true}
            for c in answer.corrections
        ],
        "note": answer.note,
        "also": answer.also
        and {
            "label": answer.also[0],
            "items": [
                {
                    "id": line.id,
                    "title": line.title,
                    "year": line.year,
                    "proof": [list(fact) for fact in line.proof],
                }
                for line in answer.also[1]
            ],
        },
        "removed": list(answer.removed),
    }
