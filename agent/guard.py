"""The last word: what may be said to a person.

Facts are proved here again, whatever the model and its tools said.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple

from kg.graph import KnowledgeGraph
from kg.types import Condition, ItemId
from tools.types import Act, Basis, Correction, Fact, Order, Proposal, Question, SecondReading

_TWO = 2  # choices between readings


@dataclass(frozen=True, slots=True)
class Line:
    """A recommended item with the facts that prove it: `(relation, label)`."""

    id: ItemId
    title: str
    year: int | None
    proof: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Second:
    """The second reading of a request, proved too; what to ask if nothing decides between the two."""

    label: str
    items: tuple[Line, ...]
    conditions: tuple[Condition, ...]
    question: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a person.

    `conditions` are proved for every line; `removed` says what the guard took out.
    """

    items: tuple[Line, ...]
    conditions: tuple[Condition, ...]
    any_of: tuple[Condition, ...]
    none_of: tuple[Condition, ...]
    corrections: tuple[Correction, ...]
    note: str
    also: Second | None
    removed: tuple[str, ...]
    act: Act = "recommend"
    basis: Basis | None = None
    facts: tuple[Fact, ...] = ()
    unknown: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    question: Question | None = None
    order: tuple[Order, ...] = ()


def examine(graph: KnowledgeGraph, proposal: Proposal, found: Set[ItemId] | None = None) -> Answer:
    """Prove a proposal. Unproved items and corrections are left out and named in `removed`.

    So is every item that is not among those `found`, if it is known which were.
    """
    removed: list[str] = []
    stated = _Stated(proposal.conditions, proposal.any_of, proposal.none_of, found)
    items = _proved(graph, proposal.items, stated, removed)
    corrections = []
    for correction in proposal.corrections:
        if problem := _false_correction(graph, correction):
            removed.append(problem)
        else:
            corrections.append(correction)
    also = _second(graph, proposal.also, stated, removed)
    said = (proposal.conditions, proposal.any_of, proposal.none_of)
    return Answer(
        items,
        *said,
        tuple(corrections),
        proposal.note,
        also,
        tuple(removed),
        _act(proposal, items),
        _basis(proposal, items),
        proposal.facts,
        proposal.unknown,
        proposal.unused,
        proposal.question,
        proposal.order,
    )


def _act(proposal: Proposal, items: Sequence[Line]) -> Act:
    if proposal.act is not None:
        return proposal.act
    if items:
        return "recommend"
    return "ask" if proposal.question else "inform" if proposal.facts else "decline"


def _basis(proposal: Proposal, items: Sequence[Line]) -> Basis | None:
    if not items:
        return None
    stated = proposal.conditions or proposal.any_of or proposal.none_of
    return "proved" if stated else proposal.basis or "text"


def unexamined(graph: KnowledgeGraph, proposal: Proposal) -> Answer:
    """Return a proposal as it is. For ablations only: nothing a person sees goes through here."""
    items = tuple(
        Line(key, graph.item(key).title if key in graph else key, None, ())
        for key in map(ItemId, proposal.items)
    )
    said = (proposal.conditions, proposal.any_of, proposal.none_of)
    return Answer(items, *said, proposal.corrections, proposal.note, None, ())


class _Stated(NamedTuple):
    """What is said to hold: all of these, one of these, none of these; and what was found at all."""

    all_of: Sequence[Condition]
    any_of: Sequence[Condition] = ()
    none_of: Sequence[Condition] = ()
    found: Set[ItemId] | None = None


def _proved(
    graph: KnowledgeGraph, items: Sequence[str], stated: _Stated, removed: list[str]
) -> tuple[Line, ...]:
    lines = []
    for key in map(ItemId, items):
        if key not in graph:
            removed.append(f"{key!r} is not in the catalogue")
            continue
        item = graph.item(key)
        if stated.found is not None and key not in stated.found:
            removed.append(f"{item.name}: no tool found it for this request")
            continue
        edges = {condition: graph.proof(key, condition) for condition in (*stated.all_of, *stated.any_of)}
        missing = [condition for condition in stated.all_of if not edges[condition]]
        if stated.any_of and not any(edges[condition] for condition in stated.any_of):
            missing += stated.any_of
        held = [condition for condition in stated.none_of if graph.proof(key, condition)]
        if missing or held:
            wrong = missing or held
            removed.append(f"{item.name}: {'not proved' if missing else 'excluded'}: {wrong[0]}")
            continue
        facts = [(e.relation, graph.entity(e.entity).label) for found in edges.values() for e in found]
        lines.append(Line(key, item.title, item.year, tuple(dict.fromkeys(facts))))
    return tuple(lines)


def _false_correction(graph: KnowledgeGraph, correction: Correction) -> str | None:
    """Return why a correction must not be said; None if it holds.

    Every item has one of the true values and not the claimed one; every true value is held by one of them.
    """
    if not (correction.items and correction.claimed.strip()):
        return "a correction without items or without what was claimed"
    believed: set[str] = set()
    for key in map(ItemId, correction.items):
        if key not in graph:
            return f"correction of {key!r}, which is not in the catalogue"
        held = {entity.label for entity in graph.values(key, correction.relation)}
        if not held & set(correction.true):
            said = f"{correction.relation} is not {', '.join(correction.true)}"
            return f"correction of {graph.item(key).name}: {said}"
        if correction.claimed.casefold() in {label.casefold() for label in held}:
            return f"correction of {graph.item(key).name}: {correction.claimed} is right"
        believed |= held
    invented = [value for value in correction.true if value not in believed]
    return f"correction to {invented[0]!r}, which nothing proves" if invented else None


def _second(
    graph: KnowledgeGraph, also: SecondReading | None, stated: _Stated, removed: list[str]
) -> Second | None:
    if also is None:
        return None
    lines = _proved(graph, also.items, stated._replace(all_of=also.conditions), removed)
    question = also.question.strip() if len(also.choices) == _TWO else ""
    choices = tuple(also.choices) if question else ()
    return Second(also.label, lines, tuple(also.conditions), question, choices) if lines else None


def swapped(answer: Answer, also: Second) -> Answer:
    """Return the answer under its second reading, once the person has chosen that.

    What was noted of the first reading is left out.
    """
    return replace(answer, items=also.items, conditions=also.conditions, note="", also=None)


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
        "facts": [asdict(each) for each in answer.facts],
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


def _condition(condition: Condition) -> dict[str, str]:
    return {"relation": condition.relation, "value": condition.value}
