"""The policies of a catalogue, enforced on what is already proved, whatever model proposed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from agent.answer import Answer
from kg.graph import KnowledgeGraph
from kg.policy import Policy
from kg.types import ItemId, RelationName


@dataclass(frozen=True, slots=True)
class Standing:
    """What a conversation settled, as policies need it; code keeps it, no model does.

    `known`: items the person has seen, bought or turned down. `has`: relation -> labels the person has; no
    entry where nobody was asked, an empty set where they have none or do not mind. `confirmed` and `refused`:
    relation -> labels that an earlier message asked about, and the answer.
    """

    known: frozenset[ItemId] = frozenset()
    has: Mapping[RelationName, frozenset[str]] = field(default_factory=dict)
    confirmed: Mapping[RelationName, frozenset[str]] = field(default_factory=dict)
    refused: Mapping[RelationName, frozenset[str]] = field(default_factory=dict)


def enforced(graph: KnowledgeGraph, policy: Policy, standing: Standing, answer: Answer) -> Answer:
    """Return an answer that keeps to the policy."""
    return answer
