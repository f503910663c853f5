"""A policy in words: for those who look at a catalogue, and for a language model."""

from __future__ import annotations

from collections.abc import Iterator

from agent.phrasing import flat, listed, said
from kg.policy import Policy
from kg.types import Condition

_OPS = {">=": "at least", "<=": "at most", ">": "over", "<": "under"}


def rules(policy: Policy) -> Iterator[str]:
    """Yield the rules of a policy, a sentence each."""
    if policy.one_at_a_time:
        yield "It recommends one item at a time."
    if policy.exclude_known:
        yield "It never recommends what the person has seen or bought."
    if policy.available:
        yield f"It recommends only what has one of the person's own {said(policy.available)}."
    for condition in policy.always:
        yield f"Every item it recommends has {required(condition)}."
    if policy.ask:
        wanted = listed([said(each) for each in policy.ask])
        times = f"at most {policy.max_questions} message{'s' * (policy.max_questions != 1)}"
        yield f"Before the first item it asks for {wanted}; {times} of a conversation ask."
    for relation, labels in policy.confirm.items():
        asked = f"{said(relation)} {listed([flat(each) for each in labels], 'or')}"
        yield f"Before an item with {asked} it asks, in an earlier message, whether that is all right."
    for flag, sentence in policy.disclose.items():
        yield f"With an item that is {said(flag)} it says: “{flat(sentence)}”"


def required(condition: Condition) -> str:
    """Return what an item must have: 'price at most 20', 'in stock: yes'."""
    if condition.op == "is":
        return f"{said(condition.relation)}: {flat(condition.value)}"
    return f"{said(condition.relation)} {_OPS[condition.op]} {flat(condition.value)}"
