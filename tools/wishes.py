"""Standing wishes of a person: what recommendations keep to over requests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from kg.graph import KnowledgeGraph, Positions
from kg.types import Condition, ItemId, RelationName

SEQUEL = RelationName("sequel")  # no relation of a catalogue: it follows from series and years
ITEM = RelationName("item")  # nor is this: an item by its id
_OF_SEQUELS = ("series", "previous_work")
_NOTHING: Positions = np.zeros(0, dtype=np.int32)
Force = Literal["none", "only", "less", "both"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants over requests.

    "none" with any of the `conditions`, nothing with all of them ("both"), "only" those with one, or "less"
    of them, which come last. Without conditions, "only" wants items of the `domain`; with them, it speaks of
    items of the domain. `always`: it outlives the conversation. `asked`: the person has asked for it all the
    same since, so a search that states it is given it. What is not known of an item is not against a wish.
    The relation `SEQUEL` stands for items that are not the first of their series, `ITEM` for one item.
    """

    conditions: tuple[Condition, ...]
    force: Force = "none"
    always: bool = False
    domain: str | None = None
    asked: bool = False

    @property
    def key(self) -> tuple[tuple[Condition, ...], Force, str | None]:
        """What is wished, however long."""
        return self.conditions, self.force, self.domain

    def as_data(self) -> dict[str, Any]:
        """Return the wish as JSON has it."""
        stated = [{"relation": str(c.relation), "op": c.op, "value": c.value} for c in self.conditions]
        held = {"conditions": stated, "force": self.force, "always": self.always, "domain": self.domain}
        return held | ({"asked": True} if self.asked else {})

    @staticmethod
    def of_data(data: Mapping[str, Any]) -> Wish:
        """Return the wish that data tell."""
        stated = (Condition(RelationName(c["relation"]), c["value"], c["op"]) for c in data["conditions"])
        domain, asked = data.get("domain"), data.get("asked", False)
        return Wish(tuple(stated), data["force"], data["always"], domain, asked)


def against(graph: KnowledgeGraph, wish: Wish) -> Positions:
    """Return the items that a wish is not for: ascending positions."""
    if wish.force == "both":
        return graph.find(wish.conditions, domain=wish.domain)
    if wish.force != "only":
        sets = [_with(graph, condition) for condition in wish.conditions]
        unwanted = np.unique(np.concatenate(sets)) if sets else _NOTHING
        return _of_domain(graph, unwanted, wish.domain)
    if not wish.conditions:
        every = np.arange(graph.catalogue.offered, dtype=np.int32)
        return np.setdiff1d(every, graph.find([], domain=wish.domain), assume_unique=True)
    known = [graph.known(relation) for relation in {str(c.relation): None for c in wish.conditions}]
    others = np.setdiff1d(np.unique(np.concatenate(known)), graph.find([], any_of=wish.conditions))
    return _of_domain(graph, others, wish.domain)


def _with(graph: KnowledgeGraph, condition: Condition) -> Positions:
    if condition.relation == SEQUEL:
        return _sequels(graph)
    if condition.relation == ITEM:
        return graph.positions([key for key in [ItemId(condition.value)] if key in graph])
    return graph.items_with(condition)


def _of_domain(graph: KnowledgeGraph, positions: Positions, domain: str | None) -> Positions:
    return positions if domain is None else np.intersect1d(positions, graph.find([], domain=domain))


def states(wish: Wish, stated: Iterable[Condition]) -> bool:
    """Tell whether conditions speak of what a wish is about: its values, or what it compares."""
    if any(each.relation == SEQUEL for each in wish.conditions):
        return any(each.relation in (SEQUEL, *_OF_SEQUELS) for each in stated)
    if wish.force == "both":
        return set(wish.conditions) <= set(stated)
    compared = {c.relation for c in wish.conditions if c.op != "is" or wish.force == "only"}
    values = {c.value.casefold() for c in wish.conditions if c.op == "is"}
    return any(each.relation in compared or each.value.casefold() in values for each in stated)


def barred(graph: KnowledgeGraph, wishes: Sequence[Wish], stated: Sequence[Condition] = ()) -> Positions:
    """Return the items that wishes leave out of a search for what is stated: ascending positions."""
    held = [each for each in wishes if each.force != "less" and not (each.asked and states(each, stated))]
    sets = [against(graph, wish) for wish in held]
    return np.unique(np.concatenate(sets)) if sets else _NOTHING


def knows_sequels(graph: KnowledgeGraph) -> bool:
    """Tell whether a catalogue says what follows what."""
    return any(relation.name in _OF_SEQUELS for relation in graph.relations)


@lru_cache(maxsize=8)
def _sequels(graph: KnowledgeGraph) -> Positions:
    """Return the items with a previous work, or of a later year than another of their series and domain."""
    codes = {str(relation.name): code for code, relation in enumerate(graph.relations)}
    edges, items = graph.catalogue.edges, graph.catalogue.items
    found = set(edges[edges[:, 1] == codes.get("previous_work", -1), 0].tolist())
    of_series = edges[edges[:, 1] == codes.get("series", -1)]
    first: dict[tuple[int, str], int] = {}
    dated: list[tuple[int, tuple[int, str], int]] = []
    for place, series in of_series[:, [0, 2]].tolist():
        item = items[place]
        if item.year is not None:
            key = (series, str(item.domain))
            first[key] = min(item.year, first.get(key, item.year))
            dated.append((place, key, item.year))
    found |= {place for place, key, year in dated if year > first[key]}
    return np.array(sorted(p for p in found if p < graph.catalogue.offered), dtype=np.int32)
