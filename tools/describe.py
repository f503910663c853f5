"""describe_item: what is known of one item?"""

from __future__ import annotations

from tools import args
from tools.knowledge import Knowledge
from tools.types import Described, Evidence

_LONGEST = 1_500  # characters of a description


def describe_item(knowledge: Knowledge, item: str) -> Described:
    """Tell what the catalogue knows of one item: its year, all its facts, and what it is about.

    It answers questions about an item; on the relations it `lacks` nothing is known. A long description is
    cut at the end of a sentence.
    """
    graph = knowledge.graph
    (key,) = args.item_ids(graph, [item])
    known, facts = graph.item(key), graph.facts(key)
    proof = tuple(
        Evidence(key, name, entity.id, entity.label) for name, held in facts.items() for entity in held
    )
    labels = {name: tuple(entity.label for entity in held) for name, held in facts.items()}
    text = _cut(graph.catalogue.texts.get(key, ""))
    lacks = tuple(each.name for each in graph.relations if each.name not in facts)
    return Described(key, known.title, known.year, known.domain, labels, text, lacks, proof)


def _cut(text: str) -> str:
    """Return a text, or as many of its first sentences as are short enough."""
    if len(text) <= _LONGEST:
        return text.strip()
    first = text[:_LONGEST]
    end = max(first.rfind(mark) for mark in (". ", "! ", "? "))
    return (first[: end + 1] if end > 0 else first).strip()
