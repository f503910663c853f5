"""Items by the titles that people give of them, and titles that tell items apart."""

from __future__ import annotations

from collections.abc import Sequence

from agent.assistant import Assistant
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.text import name_key, split_title
from kg.types import Item, ItemId
from tools.link import link_entities


def named(assistant: Assistant, title: str) -> list[ItemId]:
    """Return the items of a title, with its year if one is given, the most chosen first."""
    graph = assistant.graph
    name, year, _ = split_title(title)
    refs = graph.names.lookup([name_key(name)])[0]
    best = min((ref.form for ref in refs if ref.is_item), default=None)
    places = [ref.code for ref in refs if ref.is_item and ref.form == best]
    if not places:
        linked = link_entities(assistant.knowledge, title).mentions
        found = [ItemId(c.id) for mention in linked[:1] for c in mention.candidates if c.kind == "item"]
        places = [int(place) for place in graph.positions(found)]
    items = [graph.catalogue.items[place] for place in places]
    items = [item for item in items if year is None or item.year == year]
    chosen_often = graph.popularity[graph.positions([item.id for item in items])]
    ranked = sorted(zip(-chosen_often, [item.id for item in items], strict=True))
    return [item for _, item in ranked]


def only(graph: KnowledgeGraph, items: Sequence[ItemId], title: str) -> ItemId:
    """Return the one item that a title means.

    Raises:
        UsageError: it means none, or several that differ.
    """
    if not items:
        raise UsageError(f"There is no {title!r} in this catalogue.")
    names = list(dict.fromkeys(graph.item(item).name for item in items))
    if len(names) > 1 and split_title(title).year is None:
        raise UsageError(f"Which one: {' or '.join(names)}? Say it with its year.")
    return items[0]


def called(graph: KnowledgeGraph, key: ItemId) -> str:
    """Return the title of an item, with its year if another item is called so too."""
    if key not in graph:
        return key
    item: Item = graph.item(key)
    alike = graph.names.lookup([name_key(item.title)])[0]
    return item.name if sum(ref.is_item for ref in alike) > 1 else item.title
