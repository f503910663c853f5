"""Any catalogue with typed facts as a shop: values, what its fields are called, policies that fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from bench.tau_rec.types import FieldType, Shop, Thing, Value
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.policy import Policy
from kg.types import YEAR, Kind, Relation, RelationName

_LABELLED = frozenset(
    (Kind.CATEGORY, Kind.PLACE, Kind.LANGUAGE, Kind.ORGANISATION, Kind.PERSON, Kind.SERIES, Kind.OTHER)
)
_COUNTS = ("vote", "count", "rank", "id")  # numbers that nobody wants an item by
_AVAILABLE = ("streaming", "service", "platform", "store", "shop", "dealer")
_SPONSORED = ("sponsored", "promoted")
_AGES = ("R", "NC-17")
_FILM = {"movie": "film"}
_FIRST = ("genre", "style", "type", "body_type", "category", "kind")  # what an item is above all
PROMOTED = "Note: this is a promoted recommendation."


def shop_of(graph: KnowledgeGraph) -> Shop:
    """Return the catalogue's items of its largest domain, with its policies or such as fit its relations.

    Raises:
        UsageError: the catalogue has no category to begin a request with.
    """
    domain = _domain(graph)
    relations = [*graph.relations, *([] if graph.has_relation(YEAR) else [Relation(YEAR, Kind.NUMBER)])]
    told: Mapping[str, Any] = graph.catalogue.notes.get("wording") or {}
    fields = {
        str(each.name): FieldType(
            str(each.name), each.kind, each.unit, each.scale, _nouns(each.name, told.get("relations") or {})
        )
        for each in relations
        if each.kind in _LABELLED | {Kind.NUMBER, Kind.FLAG} and not _counts(each.name)
    }
    things = _things(graph, domain, fields)
    fields = {name: field for name, field in fields.items() if any(thing.values[name] for thing in things)}
    noun = next(iter(told.get("nouns") or ()), _FILM.get(domain, domain))
    policy = graph.catalogue.policy or _policy(fields)
    return Shop(things, fields, policy, noun, main=_main(fields, graph.catalogue.name))


def _domain(graph: KnowledgeGraph) -> str:
    counted = Counter(item.domain for item in graph.offered)
    return min(counted, key=lambda name: (-counted[name], name))


def _things(graph: KnowledgeGraph, domain: str, fields: Mapping[str, FieldType]) -> list[Thing]:
    """Return the items of a domain, most popular first."""
    things = []
    for at, place in enumerate(graph.by_popularity(np.arange(graph.catalogue.offered, dtype=np.int32))):
        item = graph.catalogue.items[place]
        if item.domain == domain:
            values = {name: _values(graph, int(place), field) for name, field in fields.items()}
            things.append(Thing(item.id, item.title, values, -at))
    return things


def _values(graph: KnowledgeGraph, place: int, field: FieldType) -> tuple[Value, ...]:
    literals = graph.literals(field.name)
    if literals is None:
        return tuple(graph.labels(graph.catalogue.items[place].id, field.name))
    held = [float(each) for each in literals.of_item(place)]
    return tuple(bool(each) for each in held) if field.kind is Kind.FLAG else tuple(held)


def _nouns(name: str, wording: Mapping[str, Any]) -> tuple[str, ...]:
    said = tuple((wording.get(name) or {}).get("agent") or ())
    return said or (name.replace("_", " "),)


def _counts(name: str) -> bool:
    return any(part in _COUNTS for part in name.replace("votes", "vote").split("_"))


def _main(fields: Mapping[str, FieldType], catalogue: str) -> str:
    kinds = [name for name, field in fields.items() if field.kind is Kind.CATEGORY and not field.scale]
    if not kinds:
        raise UsageError(
            f"the catalogue {catalogue!r} has no category to ask for;"
            " dialogues need a relation such as genre or style."
        )
    return next((name for name in _FIRST if name in kinds), kinds[0])


def _policy(fields: Mapping[str, FieldType]) -> Policy:
    """Return policies that fit what a catalogue tells: each where there is a relation for it."""
    named = dict(sorted(fields.items()))
    available = next((n for n in named if any(part in n for part in _AVAILABLE)), None)
    flag = next((n for n in named if named[n].kind is Kind.FLAG and n in _SPONSORED), None)
    ages = {n: labels for n in named if (labels := tuple(a for a in _AGES if a in named[n].scale))}
    return Policy(
        exclude_known=True,
        available=RelationName(available) if available else None,
        ask=(RelationName(available),) if available else (),
        disclose={RelationName(flag): PROMOTED} if flag else {},
        confirm={RelationName(name): labels for name, labels in ages.items()},
        one_at_a_time=True,
    )
