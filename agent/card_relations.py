"""Which relations of a catalogue say who made an item and what kind it is, for cards.

That follows from their names, from how the catalogue's mapping calls them in speech, and from their kinds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.graph import KnowledgeGraph
from kg.literals import KINDS
from kg.types import Kind, Relation

_MAKERS = (  # the likelier of several first: a film has a director, a writer and a producer
    *("director", "author", "artist", "band", "performer", "painter", "developer", "designer", "creator"),
    *("maker", "brand", "manufacturer", "winery", "brewery", "writer", "composer", "producer", "publisher"),
    *("studio", "label", "vendor", "seller"),
)
_KINDS = frozenset(("genre", "genres", "kind", "type", "category", "style", "variety", "cuisine"))
_NO_MAKERS = frozenset((*KINDS, Kind.PLACE, Kind.LANGUAGE, Kind.SERIES, Kind.WORK))
_NO_KINDS = frozenset(("award", "age_rating", "media_type", "language"))
_MOST_KINDS = 2  # relations
_Own = Mapping[str, Mapping[str, Sequence[str]]]  # relation -> part of speech -> words, of a mapping


class CardRelations(NamedTuple):
    """Relations that say who made an item, the likeliest first, and those that say what kind it is."""

    makers: tuple[str, ...]
    kinds: tuple[str, ...]

    @classmethod
    def of(cls, graph: KnowledgeGraph) -> CardRelations:
        """Return those of a catalogue; of a kind that it has none of, none."""
        own = (graph.catalogue.notes.get("wording") or {}).get("relations", {})
        return cls(_makers(graph, own), _kinds(graph, own))


def _makers(graph: KnowledgeGraph, own: _Own) -> tuple[str, ...]:
    possible = [each for each in graph.relations if each.kind not in _NO_MAKERS]
    named = [(min(_places(each, own)), each.name) for each in possible if _places(each, own)]
    if named:
        return tuple(name for _, name in sorted(named, key=lambda each: each[0]))
    makes = [each.name for each in possible if any(v.endswith(" by") for v in _said(each, own, "verb"))]
    people = [each.name for each in possible if each.kind is Kind.PERSON and each.name != "actor"]
    firms = [each.name for each in possible if each.kind is Kind.ORGANISATION]
    return tuple(dict.fromkeys([*makes, *people[:1], *firms[:1]]))


def _places(relation: Relation, own: _Own) -> list[int]:
    """Return where the names of a relation stand among those of makers."""
    return [_MAKERS.index(name) for name in _spoken(relation, own) if name in _MAKERS]


def _kinds(graph: KnowledgeGraph, own: _Own) -> tuple[str, ...]:
    """Return categories: one called a genre or the like, else those said before the noun ('red wines')."""
    possible = [
        each
        for each in graph.relations
        if each.kind is Kind.CATEGORY and not each.scale and each.name not in _NO_KINDS
    ]
    if any(each.name == "genre" for each in possible):
        return ("genre",)
    named = [each.name for each in possible if _KINDS & set(_spoken(each, own))]
    plain = [each.name for each in possible if not _said(each, own, "preposition")]
    return tuple(dict.fromkeys([*named, *plain]))[:_MOST_KINDS]


def _spoken(relation: Relation, own: _Own) -> list[str]:
    return [relation.name.lower(), *(word.lower() for word in _said(relation, own, "agent"))]


def _said(relation: Relation, own: _Own, how: str) -> list[str]:
    return [str(each) for each in own.get(relation.name, {}).get(how, ())]
