"""check_fact: is it true?"""

from __future__ import annotations

from rapidfuzz.distance import OSA

from kg.text import name_key
from kg.types import Condition, Op, RelationName
from tools import args
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.types import FactCheck


def check_fact(knowledge: Knowledge, item: str, relation: str, value: str, op: Op = "is") -> FactCheck:
    """Check a claim about an item, e.g. that its director is Steven Spielberg.

    Verdict: supported; contradicted, with the true values; unknown, which is not false.

    Unknown is what the catalogue has no such relation of for the item. Numbers, dates and years may be
    compared: `op` ">=" with value "120".
    `misspelling_of` names the true value that the claimed one misspells.
    """
    graph = knowledge.graph
    (key,) = args.item_ids(graph, [item])
    if not value.strip():
        raise ToolError("value is empty; give the name that is claimed.")
    claim = Condition(RelationName(relation), value, op)
    if graph.is_compared(claim):
        args.conditions(graph, [claim])
    name = claim.relation if graph.literals(relation) is not None else args.relation_name(graph, relation)
    labels, proof = tuple(graph.labels(key, name)), args.evidence(graph, [key], [claim])
    if graph.proved(key, claim):
        return FactCheck(key, name, value, "supported", labels, None, proof, op)
    if not labels:
        return FactCheck(key, name, value, "unknown", (), None, (), op)
    wrong = None if graph.is_compared(claim) else misspelling_of(value, labels)
    return FactCheck(key, name, value, "contradicted", labels, wrong, args.known(graph, key, name), op)


def misspelling_of(claimed: str, labels: tuple[str, ...]) -> str | None:
    """Return the label that `claimed` misspells by a letter or two; None if it is another name."""
    key = name_key(claimed)
    apart = sorted((OSA.distance(key, name_key(label)), label) for label in labels)
    distance, label = apart[0] if apart else (len(key), "")
    allowed = 1 if len(key) < 8 else 2
    return label if distance <= allowed and len(key) >= 4 else None
