"""An answer as plain data: what the graph's state keeps, `usher ask --json` prints and the API sends.

docs/answers.md explains every field. Nothing in it has a character that no reader sees: a control, a change
of direction, a space without width is written out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from agent.answer import Answer, Line, Second, Told
from agent.answer_text import text
from agent.card_relations import CardRelations
from agent.phrasing import first_sentence, flat, printable
from agent.wishes_said import as_data
from kg.graph import KnowledgeGraph
from kg.types import Condition, ItemId, Kind
from kg.values import interval

CARDS = 50  # items of a list that come with facts to show; nobody looks at more, and long lists stay quick
_CARD = ("director", "author", "genre", "series")
_ON_CARD = 4  # relations of a catalogue that has none of these
_LABELS = 3  # of a relation
_LINK = re.compile(r"\w+://\S+|\bwww\.\S+")
_REASON = 300  # characters of what a server said
_KEPT = 4_096  # items of a catalogue


def describe(graph: KnowledgeGraph, answer: Answer) -> dict[str, Any]:
    """Return an answer as plain data, with the text that a person reads."""
    said: dict[str, Any] = {
        "act": answer.act,
        "text": "",
        "items": [_line(graph, line, place < CARDS) for place, line in enumerate(answer.items)],
        "basis": answer.basis,
        "conditions": [_condition(graph, each) for each in answer.conditions],
        "any_of": [_condition(graph, each) for each in answer.any_of],
        "none_of": [_condition(graph, each) for each in answer.none_of],
        "order": [asdict(each) for each in answer.order],
        "facts": [_fact(each) for each in answer.facts],
        "corrections": [
            {
                "items": list(each.items),
                "relation": each.relation,
                "claimed": printable(each.claimed),
                "true": [printable(label) for label in each.true],
            }
            for each in answer.corrections
        ],
        "unknown": [printable(each) for each in answer.unknown],
        "unused": [printable(each) for each in answer.unused],
        "only_known": [printable(each) for each in answer.only_known],
        "question": answer.question and _flat(asdict(answer.question)),
        "also": answer.also and _second(graph, answer.also),
        "note": flat(answer.note),
        "removed": [printable(each) for each in answer.removed],
        "wishes": [as_data(each, graph) for each in answer.wishes],
    }
    if answer.stands_in:
        told = {name: _LINK.sub("[link]", flat(value)) for name, value in answer.stands_in.items()}
        said["fallback"] = {name: value[:_REASON] for name, value in told.items()}
    return said | {"text": text(said, graph)}


def _line(graph: KnowledgeGraph, line: Line, with_card: bool) -> dict[str, Any]:
    with_card = with_card and line.id in graph
    return {
        "id": line.id,
        "title": printable(line.title),
        "year": line.year,
        "about": printable(first_sentence(graph.catalogue.texts.get(line.id, ""))) if with_card else "",
        "facts": {name: [*held] for name, held in _cards(graph)(line.id)} if with_card else {},
        "proof": [[relation, printable(label)] for relation, label in line.proof],
        "notices": [flat(each) for each in line.notices],
    }


Card = tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=8)
def _cards(graph: KnowledgeGraph) -> Callable[[ItemId], Card]:
    """Return what tells some facts of an item: who made it and what kind it is, else what comes first.

    What is recommended at all is recommended often.
    """
    names = [str(each.name) for each in graph.relations]
    wanted = [name for name in _CARD if name in names]
    if not wanted:
        makers, kinds = CardRelations.of(graph)
        wanted = list(dict.fromkeys((*makers, *kinds, *names)))[:_ON_CARD]

    @lru_cache(maxsize=_KEPT)
    def card(item: ItemId) -> Card:
        found = ((name, graph.labels(item, name)[:_LABELS]) for name in wanted)
        return tuple((name, tuple(map(printable, held))) for name, held in found if held)

    return card


def _second(graph: KnowledgeGraph, also: Second) -> dict[str, Any]:
    said = {"label": also.label, "question": also.question, "choices": list(also.choices)}
    return {
        **_flat(said),
        "items": [_line(graph, line, place < CARDS) for place, line in enumerate(also.items)],
        "conditions": [_condition(graph, each) for each in also.conditions],
    }


def _fact(told: Told) -> dict[str, Any]:
    fact = told.fact
    words = {"title": told.title, "values": fact.values, "asked": fact.asked}
    return {"item": fact.item, "relation": fact.relation, "verdict": fact.verdict, **_flat(words)}


def _condition(graph: KnowledgeGraph, condition: Condition) -> dict[str, Any]:
    """Return a condition; the value of one on a number or the year is a number."""
    literals = graph.literals(condition.relation)
    said = interval(literals.kind, condition.value) if literals and literals.kind is Kind.NUMBER else None
    value: str | float = printable(condition.value) if said is None else said[0]
    value = int(value) if isinstance(value, float) and value.is_integer() else value
    return {"relation": condition.relation, "op": condition.op, "value": value}


def _flat(said: dict[str, Any]) -> dict[str, Any]:
    return {
        name: [flat(each) for each in value] if isinstance(value, list) else flat(value)
        for name, value in said.items()
    }
