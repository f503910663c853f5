"""The documents of items: what is embedded and counted of them is their title, kinds and text."""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph import KnowledgeGraph
from kg.stored_texts import StoredTexts
from kg.types import Condition, Item, RelationName


def document(graph: KnowledgeGraph, item: Item) -> str:
    """Return the text that stands for an item: title, categories, and what is said about it."""
    named = dict.fromkeys(entity.label for entity in graph.values(item.id, "genre"))
    return _joined(item.title, list(named), graph.catalogue.texts.get(item.id, ""))


def _joined(title: str, kinds: Sequence[str], text: str) -> str:
    return ". ".join(part for part in (title, ", ".join(kinds), text) if part)


def documents(graph: KnowledgeGraph) -> list[str]:
    """Return the document of every item that can be recommended, in catalogue order."""
    kinds: dict[int, list[str]] = {}
    for label in dict.fromkeys(entity.label for entity in graph.entities_of("genre")):
        for place in graph.items_with(Condition(RelationName("genre"), label)).tolist():
            kinds.setdefault(place, []).append(label)
    kept = graph.catalogue.texts
    texts = dict(kept.pairs()) if isinstance(kept, StoredTexts) else kept
    return [
        _joined(item.title, kinds.get(place, ()), texts.get(item.id, ""))
        for place, item in enumerate(graph.offered)
    ]
