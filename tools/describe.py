"""describe_item: what is known of one item?"""

from __future__ import annotations

from kg.types import RelationName
from tools import args
from tools.knowledge import Knowledge
from tools.types import Described

_LONGEST = 1_500  # characters of a description


def describe_item(knowledge: Knowledge, item: str) -> Described:
    """Tell what the catalogue knows of one item: its year, all its facts, and what it is about.

    On the relations it `lacks` nothing is known.

    It answers questions about an item. A long description is cut at the end of a sentence.
    """
    graph = knowledge.graph
    (key,) = args.item_ids(graph, [item])
    known = graph.item(key)
    proof = [fact for each in graph.relations for fact in args.known(graph, key, each.name)]
    labels: dict[RelationName, tuple[str, ...]] = {}
    for fact in proof:
        labels[fact.relation] = (*labels.get(fact.relation, ()), fact.label)
    text = _cut(graph.catalogue.texts.get(key, ""))
    lacks = tuple(each.name for each in graph.relations if each.name not in labels)
    return Described(key, known.title, known.year, known.domain, labels, text, lacks, tuple(proof))


def _cut(text: str) -> str:
    """Return a text, or as many of its first sentences as are short enough."""
    if len(text) <= _LONGEST:
        return text.strip()
    first = text[:_LONGEST]
    end = max(first.rfind(mark) for mark in (". ", "! ", "? "))
    return (first[: end + 1] if end > 0 else first).strip()
