"""Standing wishes of a person: what recommendations keep to over requests, unless a request says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from kg.graph import KnowledgeGraph, Positions
from kg.types import Condition, RelationName

SEQUEL = RelationName("sequel")  # no relation of a catalogue: it follows from series and years
_OF_SEQUELS = ("series", "previous_work")
_NOTHING: Positions = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Wish:
    """Items with any of `conditions` are not wanted; or, where they are not `unwanted`, only those are.

    `always`: it outlives the conversation. The relation `SEQUEL` stands for items that are not the first of
    their series.
    """

    conditions: tuple[Condition, ...]
    unwanted: bool = True
    always: bool = False

    @property
    def key(self) -> tuple[tuple[Condition, ...], bool]:
        """What is wished, however long."""
        return self.conditions, self.unwanted

    def as_data(self) -> dict[str, Any]:
        """Return the wish as JSON has it."""
        stated = [{"relation": str(c.relation), "op": c.op, "value": c.value} for c in self.conditions]
        return {"conditions": stated, "unwanted": self.unwanted, "always": self.always}

    @staticmethod
    def of_data(data: dict[str, Any]) -> Wish:
        """Return the wish that data tell."""
        stated = (Condition(RelationName(c["relation"]), c["value"], c["op"]) for c in data["conditions"])
        return Wish(tuple(stated), data["unwanted"], data["always"])


def against(graph: KnowledgeGraph, wish: Wish) -> Positions:
    """Return the items that a wish leaves out: ascending positions."""
    if wish.unwanted:
        sets = [_sequels(graph) if c.relation == SEQUEL else graph.items_with(c) for c in wish.conditions]
        return np.unique(np.concatenate(sets)) if sets else _NOTHING
    wanted = graph.find([], any_of=wish.conditions)
    return np.setdiff1d(np.arange(graph.catalogue.offered, dtype=np.int32), wanted, assume_unique=True)


def yields(wish: Wish, stated: Iterable[Condition]) -> bool:
    """Tell whether a request states what a wish is about; then the request is what counts."""
    if wish.unwanted and wish.conditions[0].relation == SEQUEL:
        return any(each.relation in _OF_SEQUELS for each in stated)
    compared = {c.relation for c in wish.conditions if c.op != "is" or not wish.unwanted}
    values = {c.value.casefold() for c in wish.conditions if c.op == "is"}
    return any(each.relation in compared or each.value.casefold() in values for each in stated)


def barred(graph: KnowledgeGraph, wishes: Sequence[Wish], stated: Sequence[Condition] = ()) -> Positions:
    """Return the items that wishes leave out of a search for what is stated: ascending positions."""
    sets = [against(graph, wish) for wish in wishes if not yields(wish, stated)]
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
