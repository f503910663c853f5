"""The knowledge graph: the typed read side over a catalogue, an exact set index for every (relation, value).

The hot path is compact arrays: sets of items are sorted position arrays, and set algebra is numpy's.
`to_networkx` gives neighbourhoods for analysis and drawing. See
docs/decisions/0002-arrays-under-the-graph.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from kg import text
from kg.catalogue import Catalogue
from kg.names import NameIndex
from kg.types import Condition, Edge, Entity, EntityId, Item, ItemId, Kind, Relation, RelationName

if TYPE_CHECKING:
    import networkx

Positions = npt.NDArray[np.int32]
_EXACT_FORMS = 1  # FULL and ALIAS name an entity outright


class Years(NamedTuple):
    """An inclusive range of years; None leaves an end open."""

    first: int | None = None
    last: int | None = None


class KnowledgeGraph:
    """What is known of a catalogue's items. Items are named by id outside and by position inside."""

    def __init__(self, catalogue: Catalogue, names: NameIndex):
        self.catalogue = catalogue
        self.names = names
        self._edges = catalogue.edges
        self._row_starts = np.searchsorted(self._edges[:, 0], np.arange(len(catalogue.items) + 1))
        value_keys = self._edges[:, 1].astype(np.int64) * len(catalogue.entities) + self._edges[:, 2]
        order = np.argsort(value_keys, kind="stable")
        self._value_keys = value_keys[order]
        self._value_items: Positions = self._edges[order, 0]
        self._relation_at = {each.name: index for index, each in enumerate(catalogue.relations)}

    # Items

    @cached_property
    def _item_at(self) -> dict[ItemId, int]:
        return {item.id: index for index, item in enumerate(self.catalogue.items)}

    @cached_property
    def _entity_at(self) -> dict[EntityId, int]:
        return {entity.id: index for index, entity in enumerate(self.catalogue.entities)}

    def __contains__(self, item: object) -> bool:
        return item in self._item_at

    def item(self, key: ItemId) -> Item:
        """Return the item with this id.

        Raises:
            KeyError: it is not in the catalogue.
        """
        return self.catalogue.items[self._item_at[key]]

    def positions(self, keys: Iterable[ItemId]) -> Positions:
        """Return the positions of those ids that are in the catalogue, in their order."""
        return np.asarray([self._item_at[key] for key in keys if key in self._item_at], dtype=np.int32)

    def ids(self, positions: Iterable[int]) -> list[ItemId]:
        """Return the ids of items by position, in their order."""
        return [self.catalogue.items[position].id for position in positions]

    @cached_property
    def years(self) -> npt.NDArray[np.int32]:
        """Return every item's year, 0 where unknown: (n_items,) int32."""
        return np.asarray([item.year or 0 for item in self.catalogue.items], dtype=np.int32)

    @cached_property
    def domains(self) -> tuple[str, ...]:
        """Return the domains of the items, in order of first appearance."""
        return tuple(dict.fromkeys(item.domain for item in self.catalogue.items))

    @cached_property
    def _domain_codes(self) -> npt.NDArray[np.int8]:
        code = {domain: index for index, domain in enumerate(self.domains)}
        return np.asarray([code[item.domain] for item in self.catalogue.items], dtype=np.int8)

    @cached_property
    def popularity(self) -> npt.NDArray[np.int64]:
        """Return how often every item was chosen: (n_items,) int64, zeros without histories."""
        histories = self.catalogue.histories
        if histories is None:
            return np.zeros(len(self.catalogue.items), dtype=np.int64)
        return np.bincount(histories.items, minlength=len(self.catalogue.items))

    def by_popularity(self, positions: Positions) -> Positions:
        """Order items: most chosen first, then best documented, ties by id."""
        facts = np.diff(self._row_starts)
        keys = [(-int(self.popularity[p]), -int(facts[p]), self.catalogue.items[p].id, p) for p in positions]
        return np.asarray([key[-1] for key in sorted(keys)], dtype=np.int32)

    # Relations and entities

    @property
    def relations(self) -> Sequence[Relation]:
        """Return the relations of the catalogue."""
        return self.catalogue.relations

    def relation_counts(self) -> list[tuple[RelationName, int, int]]:
        """Return, for every relation, its number of facts and of items that have it."""
        of = [self._edges[self._edges[:, 1] == code, 0] for code in range(len(self.relations))]
        return [
            (r.name, len(items), len(np.unique(items))) for r, items in zip(self.relations, of, strict=True)
        ]

    def has_relation(self, name: str) -> bool:
        """Tell whether the catalogue has a relation of this name."""
        return name in self._relation_at

    def entity(self, key: EntityId) -> Entity:
        """Return the entity with this id; KeyError if there is none."""
        return self.catalogue.entities[self._entity_at[key]]

    def values(self, item: ItemId, relation: str) -> list[Entity]:
        """Return what `item` has as `relation`, by label; empty if the catalogue does not know."""
        position, code = self._item_at[item], self._relation_at.get(RelationName(relation))
        row = self._edges[self._row_starts[position] : self._row_starts[position + 1]]
        found = [self.catalogue.entities[entity] for _, rel, entity in row if rel == code]
        return sorted(found, key=lambda entity: (entity.label, entity.id))

    def facts(self, item: ItemId) -> dict[RelationName, list[Entity]]:
        """Return everything known of an item, relation by relation in catalogue order."""
        known = {each.name: self.values(item, each.name) for each in self.relations}
        return {name: entities for name, entities in known.items() if entities}

    def roles(self, entity: EntityId) -> dict[RelationName, int]:
        """Return in which relations an entity stands and to how many items, most first."""
        wanted = np.arange(len(self.relations)) * len(self.catalogue.entities) + self._entity_at[entity]
        counts = np.searchsorted(self._value_keys, wanted + 1) - np.searchsorted(self._value_keys, wanted)
        held = [(each.name, int(count)) for each, count in zip(self.relations, counts, strict=True) if count]
        return dict(sorted(held, key=lambda pair: (-pair[1], pair[0])))

    def entities_named(self, label: str, relation: str | None = None) -> list[Entity]:
        """Return the entities called `label`, spelling normalised; with `relation`, those that stand in it.

        An entity with exactly this label wins over those that merely normalise to the same key.
        """
        found = self._named(text.name_key(label))
        if relation is not None:
            code = self._relation_at.get(RelationName(relation))
            found = [
                e for e in found if code is not None and len(self._items_of(code, self._entity_at[e.id]))
            ]
        same = [entity for entity in found if entity.label == label]
        return same or found

    def labels_near(self, label: str, relation: str) -> list[str]:
        """Return labels near `label` that stand in a relation, nearest first: to offer as alternatives."""
        keys = [near.key for near in self.names.near(text.name_key(label), max_distance=3)]
        found = [entity.label for key in keys for entity in self.entities_named(key, relation)]
        return list(dict.fromkeys(found))

    def _named(self, key: str) -> list[Entity]:
        refs = [ref for ref in self.names.lookup([key])[0] if not ref.is_item and ref.form <= _EXACT_FORMS]
        return [self.catalogue.entities[-1 - ref.code] for ref in refs]

    def _items_of(self, relation: int, entity: int) -> Positions:
        wanted = relation * len(self.catalogue.entities) + entity
        low, high = np.searchsorted(self._value_keys, (wanted, wanted + 1))
        return self._value_items[low:high]

    # Sets

    def items_with(self, condition: Condition) -> Positions:
        """Return the items for which the condition is proved: sorted positions.

        One term of eq. 7 of arXiv 2503.09382.
        """
        code = self._relation_at.get(condition.relation)
        entities = self.entities_named(condition.value, condition.relation)
        if code is None or not entities:
            return np.zeros(0, dtype=np.int32)
        sets = [self._items_of(code, self._entity_at[entity.id]) for entity in entities]
        return sets[0] if len(sets) == 1 else np.unique(np.concatenate(sets))

    def find(
        self,
        all_of: Sequence[Condition],
        none_of: Sequence[Condition] = (),
        any_of: Sequence[Condition] = (),
        *,
        years: Years = Years(),
        domain: str | None = None,
    ) -> Positions:
        """Return the items that satisfy `all_of`, none of `none_of`, and one of `any_of` if there are any.

        Also the years and the domain. Sorted positions; eq. 7 of arXiv 2503.09382, with negation and
        disjunction. An item of unknown year satisfies no bound.
        """
        every = np.arange(len(self.catalogue.items), dtype=np.int32)
        found = min((self.items_with(c) for c in all_of), key=len, default=every)
        for condition in all_of:
            found = np.intersect1d(found, self.items_with(condition), assume_unique=True)
        for condition in none_of:
            found = np.setdiff1d(found, self.items_with(condition), assume_unique=True)
        if any_of:
            either = np.unique(np.concatenate([self.items_with(condition) for condition in any_of]))
            found = np.intersect1d(found, either, assume_unique=True)
        if years.first is not None:
            found = found[(self.years[found] >= years.first) & (self.years[found] > 0)]
        if years.last is not None:
            found = found[(self.years[found] <= years.last) & (self.years[found] > 0)]
        if domain is not None:
            code = self.domains.index(domain) if domain in self.domains else -1
            found = found[self._domain_codes[found] == code]
        return found.astype(np.int32)

    def proof(self, item: ItemId, condition: Condition) -> list[Edge]:
        """Return the edges that prove the condition for the item; none if it is not proved."""
        if item not in self._item_at:
            return []
        wanted = {entity.id for entity in self.entities_named(condition.value, condition.relation)}
        held = self.values(item, condition.relation)
        return [Edge(item, condition.relation, entity.id) for entity in held if entity.id in wanted]

    def to_networkx(self, items: Iterable[ItemId]) -> networkx.MultiDiGraph[str]:
        """Return the items and everything known of them as a graph: item -> entity, keyed by relation."""
        import networkx as nx

        graph: networkx.MultiDiGraph[str] = nx.MultiDiGraph()
        for key in items:
            graph.add_node(key, label=self.item(key).name, kind="item")
            for relation, entities in self.facts(key).items():
                for entity in entities:
                    graph.add_node(entity.id, label=entity.label, kind="entity")
                    graph.add_edge(key, entity.id, key=relation)
        return graph


def kind_of(graph: KnowledgeGraph, relation: str) -> Kind:
    """Return what the values of a relation are."""
    return next((each.kind for each in graph.relations if each.name == relation), Kind.OTHER)
