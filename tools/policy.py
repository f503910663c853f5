"""check_policy: may an item be recommended here, and what must be said or asked first?"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from kg.graph import KnowledgeGraph
from kg.policy import Policy
from kg.types import YEAR, Condition, ItemId, RelationName
from tools import args
from tools.knowledge import Knowledge
from tools.types import Evidence

_YES = "yes"


@dataclass(frozen=True, slots=True)
class PolicyCheck:
    """What the policy of a catalogue demands for an item.

    It may be recommended where it is `allowed`, else `reasons` say why not. `must_disclose` is said with it.
    `must_confirm` are its labels, `(relation, label)`, that an earlier message than the offer asks about.
    `must_have` are its labels of which the person must have one; None where nothing need be shared.
    """

    item: ItemId
    allowed: bool
    reasons: tuple[str, ...]
    must_disclose: tuple[str, ...]
    must_confirm: tuple[tuple[RelationName, str], ...]
    must_have: tuple[str, ...] | None
    evidence: tuple[Evidence, ...]


def check_policy(knowledge: Knowledge, item: str) -> PolicyCheck:
    """Tell whether the rules of this catalogue allow an item to be recommended to the person.

    `must_disclose` are sentences to say with it. `must_confirm` are labels of it to ask the person about in
    a message of its own, before the item is named. Of `must_have` the person must have one.
    """
    graph, policy = knowledge.graph, knowledge.policy
    (key,) = args.item_ids(graph, [item])
    reasons = [f"it lacks {condition}" for condition in lacking(graph, policy, key)]
    if policy.exclude_known and key in knowledge.asker.history:
        reasons.append("the person knows it already")
    shared = None
    if policy.available:
        shared = tuple(graph.labels(key, policy.available))
        reasons += [] if shared else [f"it has no {policy.available}"]
    names = dict.fromkeys(each.relation for each in policy.always)
    told = [*names, *policy.confirm, *policy.disclose, *([policy.available] if policy.available else [])]
    proof = [fact for name in dict.fromkeys(told) if name != YEAR for fact in args.known(graph, key, name)]
    return PolicyCheck(
        key,
        not reasons,
        tuple(reasons),
        notices(graph, policy, key),
        restricted(graph, policy, key),
        shared,
        tuple(proof),
    )


def lacking(graph: KnowledgeGraph, policy: Policy, key: ItemId) -> tuple[Condition, ...]:
    """Return the conditions of a policy that are not proved of an item."""
    return tuple(each for each in policy.always if not graph.proved(key, each))


def restricted(graph: KnowledgeGraph, policy: Policy, key: ItemId) -> tuple[tuple[RelationName, str], ...]:
    """Return the labels of an item that must be confirmed before it is offered."""
    return tuple(
        (name, label)
        for name, labels in policy.confirm.items()
        for label in among(graph.labels(key, name), frozenset(labels))
    )


def notices(graph: KnowledgeGraph, policy: Policy, key: ItemId) -> tuple[str, ...]:
    """Return what must be said with an item."""
    return tuple(said for flag, said in policy.disclose.items() if graph.proved(key, Condition(flag, _YES)))


def among(labels: list[str], wanted: Set[str]) -> list[str]:
    """Return those of the labels that are wanted, however they are spelled in large and small letters."""
    names = {each.casefold() for each in wanted}
    return [each for each in labels if each.casefold() in names]
