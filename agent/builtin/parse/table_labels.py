"""What labels of a person's own table say of its relations: that there is none, or that they are lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from agent.builtin.lexicon.load import words
from agent.builtin.parse.topics import spoken
from kg.graph import KnowledgeGraph
from kg.literals import KINDS
from kg.stems import singular
from kg.text import fold
from kg.types import Relation

Words = tuple[str, ...]
_MOST = 200  # labels of a relation that are looked through


def labels_of_nothing(
    graph: KnowledgeGraph, wording: Mapping[str, Mapping[str, Any]]
) -> Mapping[Words, tuple[str, str]]:
    """Return by the name of a relation its one label that says there is none: 'none', 'not needed'."""
    found: dict[Words, tuple[str, str]] = {}
    for relation in graph.relations:
        if relation.kind in KINDS or relation.name not in wording:
            continue
        labels = [entity.label for entity in graph.entities_of(relation.name)[:_MOST]]
        none = [each for each in labels if fold(each) in words("comparators", "labels of nothing")]
        none = none or [each for each in labels if says_nothing(each)]
        flags = any(each.casefold() == "yes" for each in labels)  # read as such
        if len(none) == 1 and len(labels) > 1 and not flags:
            for said in (relation.name.replace("_", " "), *wording[relation.name].get("agent", ())):
                name = spoken(said)
                for form in (name, (*name[:-1], singular(name[-1])), (*name[:-1], name[-1] + "s")):
                    found.setdefault(form, (str(relation.name), none[0]))
    return found


def lists_of(graph: KnowledgeGraph, wording: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """Return the relations of which some item has several labels."""
    held = {
        str(each.name): sum(graph.roles(e.id)[each.name] for e in graph.entities_of(each.name))
        for each in _labelled(graph.relations, wording)
    }
    return frozenset(name for name, count in held.items() if count > len(graph.known(name)))


def says_nothing(label: str) -> bool:
    """Tell whether a label says that there is none, or that a thing is not so: 'none', 'not needed'."""
    said = fold(label)
    return said in words("comparators", "labels of nothing") or said.startswith("not ")


def _labelled(relations: Iterable[Relation], wording: Mapping[str, Mapping[str, Any]]) -> list[Relation]:
    return [each for each in relations if each.kind not in KINDS and not each.scale and each.name in wording]
