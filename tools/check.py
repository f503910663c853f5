"""check_fact: is it true?"""

from __future__ import annotations

from rapidfuzz.distance import OSA

from kg.text import name_key
from kg.types import Condition
from tools import args
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.types import Evidence, FactCheck


def check_fact(knowledge: Knowledge, item: str, relation: str, value: str) -> FactCheck:
    """Check a claim about an item, e.g. that its director is Steven Spielberg.

    Verdict: supported; contradicted, with the true values; unknown if the catalogue has no such relation for
    the item (unknown is not false). `misspelling_of` names the true value that the claimed one misspells.
    """
    graph = knowledge.graph
    (key,) = args.item_ids(graph, [item])
    name = args.relation_name(graph, relation)
    if not value.strip():
        raise ToolError("value is empty; give the name that is claimed.")
    held = graph.values(key, name)
    proof = args.evidence(graph, [key], [Condition(name, value)])
    labels = tuple(entity.label for entity in held)
    if proof:
        return FactCheck(key, name, value, "supported", labels, None, proof)
    if not held:
        return FactCheck(key, name, value, "unknown", (), None, ())
    against = tuple(Evidence(key, name, entity.id, entity.label) for entity in held)
    return FactCheck(key, name, value, "contradicted", labels, misspelling_of(value, labels), against)


def misspelling_of(claimed: str, labels: tuple[str, ...]) -> str | None:
    """Return the label that `claimed` misspells by a letter or two; None if it is another name."""
    key = name_key(claimed)
    apart = sorted((OSA.distance(key, name_key(label)), label) for label in labels)
    distance, label = apart[0] if apart else (len(key), "")
    allowed = 1 if len(key) < 8 else 2
    return label if distance <= allowed and len(key) >= 4 else None
