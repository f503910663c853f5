"""Compare one claim of an answer with what the graph stores."""

from __future__ import annotations

from agent.verify.reading import Said
from agent.verify.types import CheckedClaim
from kg.graph import KnowledgeGraph
from kg.relations import OPEN
from kg.text import name_key
from kg.types import YEAR, Condition, RelationName


def checked_claim(graph: KnowledgeGraph, claim: Said) -> CheckedClaim:
    """Compare a claim: it holds on one of its relations, or another value is stored on one, or none is.

    Another value of a relation that is open, as a cast is, contradicts nothing.
    """
    title = graph.item(claim.item).title
    names = [name for name in claim.relations if name == YEAR or graph.has_relation(name)]
    names = names or [str(each.name) for each in graph.relations] if not claim.relations else names
    for name in names:
        condition = Condition(RelationName(name), claim.claimed, claim.op)
        spelled = name_key(claim.claimed) in map(name_key, graph.labels(claim.item, name))
        if graph.proved(claim.item, condition) or (claim.op == "is" and spelled):
            return CheckedClaim(claim.item, title, name, claim.claimed, "proved")
    if claim.relations and OPEN.isdisjoint(names):
        for name in names:
            if values := graph.labels(claim.item, name):
                return CheckedClaim(claim.item, title, name, claim.claimed, "contradicted", tuple(values))
    return CheckedClaim(claim.item, title, (claim.relations or ("",))[0], claim.claimed, "unknown")
