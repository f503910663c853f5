"""Proof that plans are what they say: by the graph's own set algebra, and none of the miners' arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bench.plans.types import Plan
from bench.types import QueryClaim, QueryReference
from kg.graph import KnowledgeGraph
from kg.text import name_key
from kg.types import Condition, ItemId, RelationName

_MINED = ("interest", "demographic")


def audit(graph: KnowledgeGraph, plans: Iterable[Plan]) -> list[str]:
    """Return what is wrong with plans, one line a fault, each with the plan's id; nothing if all is well.

    Checked: truth is what `graph.find` gives for the conditions (eq. 7) but for mentioned items; no true item
    is visible (eq. 6); shown and true choices are the user's own; references determine their value and claims
    are false by the graph; ids occur once.
    """
    chosen = _histories(graph)
    faults: list[str] = []
    seen: set[str] = set()
    for plan in plans:
        found = [*_truth(graph, plan), *visible(plan), *_history(plan, chosen), *_hints(graph, plan)]
        if plan.id in seen:
            found.append("the id occurs twice")
        seen.add(plan.id)
        faults += [f"{plan.id}: {fault}" for fault in found]
    return faults


def visible(plan: Plan) -> Iterator[str]:
    """Yield the true items that the plan shows: in the history, among the seeds, or as what is mentioned."""
    mentioned = [item for reference in plan.references for item in reference.items]
    mentioned += plan.claim.items if plan.claim else []
    for where, items in (("history", plan.history), ("seeds", plan.seeds), ("mentioned items", mentioned)):
        for item in sorted(set(items) & set(plan.truth)):
            yield f"the true item {item} is in the {where}"


def _truth(graph: KnowledgeGraph, plan: Plan) -> Iterator[str]:
    if not plan.truth:
        yield "nothing is true"
    if plan.type == "interest":
        return
    conditions = [Condition(RelationName(c.relation), c.value) for c in plan.conditions]
    found: set[str] = set(graph.ids(graph.find(conditions, domain=plan.domain).tolist()))
    if plan.type in _MINED:
        if not set(plan.truth) <= found:
            yield "a favourite does not meet the conditions"
    elif set(plan.truth) != found - set(plan.ignore):
        yield f"the truth has {len(plan.truth)} items, the graph finds {len(found)}"


def _history(plan: Plan, chosen: Mapping[str, frozenset[str]]) -> Iterator[str]:
    if plan.type in _MINED:
        return
    own = chosen.get(plan.user_id or "", frozenset())
    if not set(plan.history) <= own:
        yield "the history shows what the user did not choose"
    if set(plan.truth_in_history) != set(plan.truth) & own or not plan.truth_in_history:
        yield "the truth in the history is not the user's part of the truth"


def _hints(graph: KnowledgeGraph, plan: Plan) -> Iterator[str]:
    stated = {(each.relation, each.value) for each in plan.conditions}
    if (plan.type == "implicit") != bool(plan.references) or (plan.type == "misinformed") != bool(plan.claim):
        yield "references belong to implicit and claims to misinformed plans"
    for reference in plan.references:
        if (reference.relation, reference.value) not in stated:
            yield f"the reference for {reference.value!r} is to no condition"
        if _shared(graph, reference) != {reference.value}:
            yield f"the items {reference.items} do not determine {reference.value!r}"
    if plan.claim:
        yield from _claim(graph, plan.claim, stated)


def _claim(graph: KnowledgeGraph, claim: QueryClaim, stated: set[tuple[str, str]]) -> Iterator[str]:
    held = [_labels(graph, item, claim.relation) for item in claim.items]
    if any(name_key(claim.claimed) in map(name_key, labels) for labels in held):
        yield f"the claim of {claim.claimed!r} is true"
    shared = frozenset.intersection(*held) if held else frozenset()
    if not claim.truths or not claim.truths <= shared:
        yield f"{sorted(claim.truths)} is not what the items have"
    if claim.anchor == "item" and claim.truths != shared:
        yield "the items do not determine the true value"
    wanted = {claim.claimed} if claim.anchor == "value" else claim.truths
    if not any((claim.relation, label) in stated for label in wanted):
        yield "the claim is about no condition"


def _shared(graph: KnowledgeGraph, reference: QueryReference) -> frozenset[str]:
    held = [_labels(graph, item, reference.relation) for item in reference.items]
    return frozenset.intersection(*held) if held else frozenset()


def _labels(graph: KnowledgeGraph, item: str, relation: str) -> frozenset[str]:
    return frozenset(entity.label for entity in graph.values(ItemId(item), relation))


def _histories(graph: KnowledgeGraph) -> dict[str, frozenset[str]]:
    histories, items = graph.catalogue.histories, [item.id for item in graph.catalogue.items]
    if histories is None:
        return {}
    return {
        user.id: frozenset(items[place] for place in histories.of(number).tolist())
        for number, user in enumerate(graph.catalogue.users)
    }
