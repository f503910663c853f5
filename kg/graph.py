"""The knowledge graph: the typed read side over a catalogue, an exact set index for every (relation, value).

The hot path is compact arrays (`kg.index`): sets of items are sorted position arrays, and set algebra is
binary search in them. Items and entities are made objects where they are named.
See docs/decisions/0002-arrays-under-the-graph.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kg import text
from kg.catalogue import Catalogue
from kg.literals import Literals, among, satisfying, shown
from kg.names import NameIndex
from kg.rows import Places
from kg.types import YEAR, Condition, Edge, Entity, EntityId, Item, ItemId, Kind, Relation, RelationName

Positions = npt.NDArray[np.int32]
_EXACT_FORMS = 1  # FULL and ALIAS name an entity outright
_KEPT = 4096  # conditions, entities and items of which what holds is remembered: a turn asks again
_CHUNK = 256  # items tried together, best known first
_NOTHING: Positions = np.zeros(0, dtype=np.int32)


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
        self._index = catalogue.index
        index, items, entities = catalogue.index, catalogue.items, catalogue.entities
        self._item_at = Places(index.item_hashes, index.item_order, lambda place: items[place].id)
        self._entity_at = Places(index.entity_hashes, index.entity_order, lambda place: entities[place].id)
        self._relation_at = {each.name: index for index, each in enumerate(catalogue.relations)}
        self._entities_called = lru_cache(maxsize=_KEPT)(self._called)
        self._roles_of = lru_cache(maxsize=_KEPT)(self._counted)
        self._row = lru_cache(maxsize=_KEPT)(self._facts_at)
        self._proof_of = lru_cache(maxsize=_KEPT)(self._proving)

    # Items

    def __contains__(self, item: object) -> bool:
        return self._item_at.get(item) is not None

    def item(self, key: ItemId) -> Item:
        """Return the item with this id.

        Raises:
            KeyError: it is not in the catalogue.
        """
        return self.catalogue.items[self._item_at[key]]

    def positions(self, keys: Iterable[ItemId]) -> Positions:
        """Return the positions of those ids that are in the catalogue, in their order."""
        places = map(self._item_at.get, keys)
        return np.asarray([place for place in places if place is not None], dtype=np.int32)

    def ids(self, positions: Iterable[int]) -> list[ItemId]:
        """Return the ids of items by position, in their order."""
        return [self.catalogue.items[position].id for position in positions]

    @property
    def years(self) -> Positions:
        """Return every item's year, 0 where unknown: (n_items,) int32."""
        return self._index.years

    @cached_property
    def domains(self) -> tuple[str, ...]:
        """Return the domains of the items, in order of first appearance."""
        numbers = self._index.domains
        firsts = (int(np.argmax(numbers == n)) for n in range(int(numbers.max(initial=-1)) + 1))
        return tuple(self.catalogue.items[place].domain for place in firsts)

    @property
    def popularity(self) -> npt.NDArray[np.int64]:
        """Return how often every item was chosen: (n_items,) int64, zeros without histories."""
        return self._index.popularity

    def by_popularity(self, positions: Positions, first: int | None = None) -> Positions:
        """Order items: most chosen first, then best documented, ties by id.

        With `first`, so many of them; then the positions must be ascending.
        """
        if first is not None:
            positions = self._best_ranked(positions, first)
        return positions[np.argsort(self._index.ranks[positions])][:first]

    def _best_ranked(self, positions: Positions, first: int) -> Positions:
        """Return at least the first of some items; of very many by trying the best known ones in turn."""
        start, step = 0, max(_CHUNK, 2 * first * len(self._by_rank) // max(1, len(positions)))
        if step >= len(positions):
            return positions
        found: list[Positions] = []
        while start < len(self._by_rank) and sum(map(len, found)) < first:
            tried = self._by_rank[start : start + step]
            found.append(tried[among(tried, positions)])
            start, step = start + step, 2 * step
        return np.concatenate(found)

    @cached_property
    def _everything(self) -> Positions:
        every = np.arange(len(self.catalogue.items), dtype=np.int32)
        every.setflags(write=False)
        return every

    @cached_property
    def _by_rank(self) -> Positions:
        order = np.empty(len(self._index.ranks), dtype=np.int32)
        order[self._index.ranks] = np.arange(len(order), dtype=np.int32)
        return order

    def history(self, user: str) -> list[ItemId] | None:
        """Return what a user of the catalogue's log chose, oldest first; None if it knows no such user."""
        histories = self.catalogue.histories
        place = next((n for n, each in enumerate(self.catalogue.users) if each.id == user), None)
        return None if place is None or histories is None else self.ids(histories.of(place).tolist())

    # Relations and entities

    @property
    def relations(self) -> Sequence[Relation]:
        """Return the relations of the catalogue."""
        return self.catalogue.relations

    def relation(self, name: str) -> Relation:
        """Return the relation called so; one without facts if the catalogue has none."""
        at = self._relation_at.get(RelationName(name))
        return Relation(RelationName(name)) if at is None else self.relations[at]

    def has_relation(self, name: str) -> bool:
        """Tell whether the catalogue has a relation of this name."""
        return name in self._relation_at

    def entity(self, key: EntityId) -> Entity:
        """Return the entity with this id; KeyError if there is none."""
        return self.catalogue.entities[self._entity_at[key]]

    def values(self, item: ItemId, relation: str) -> list[Entity]:
        """Return what `item` has as `relation`, by label; empty if the catalogue does not know."""
        code = self._relation_at.get(RelationName(relation))
        row = self._row(self._item_at[item])
        return self._by_label(entity for _, told, entity in row if told == code)

    def _facts_at(self, position: int) -> list[list[int]]:
        start, end = self._index.row_starts[position : position + 2].tolist()
        found: list[list[int]] = self._edges[start:end].tolist()
        return found

    def _by_label(self, entities: Iterable[int]) -> list[Entity]:
        found = [self.catalogue.entities[place] for place in entities]
        return sorted(found, key=lambda entity: (entity.label, entity.id)) if len(found) > 1 else found

    def labels(self, item: ItemId, relation: str) -> list[str]:
        """Return what `item` has as `relation`, as shown: labels, or literals from low to high."""
        literals = self.literals(relation)
        if literals is None:
            return [entity.label for entity in self.values(item, relation)]
        return [shown(literals.kind, each) for each in literals.of_item(self._item_at[item])]

    def literals(self, relation: str) -> Literals | None:
        """Return the literals of a relation, the years of items among them; None if it has none."""
        if relation == YEAR and YEAR not in self._relation_at:
            return self._years_of_items
        return self.catalogue.literals.get(relation)

    @cached_property
    def _years_of_items(self) -> Literals:
        dated = np.flatnonzero(self.years > 0).astype(np.int32)
        return Literals(Kind.NUMBER, dated, self.years[dated])

    def facts(self, item: ItemId) -> dict[RelationName, list[Entity]]:
        """Return the entities of an item, relation by relation in catalogue order."""
        known = {each.name: self.values(item, each.name) for each in self.relations}
        return {name: entities for name, entities in known.items() if entities}

    def roles(self, entity: EntityId) -> dict[RelationName, int]:
        """Return in which relations an entity stands and to how many items, most first."""
        return dict(self._roles_of(self._entity_at[entity]))

    def _counted(self, entity: int) -> list[tuple[RelationName, int]]:
        counts = [len(self._items_of(code, entity)) for code in range(len(self.relations))]
        held = [(each.name, count) for each, count in zip(self.relations, counts, strict=True) if count]
        return sorted(held, key=lambda pair: (-pair[1], pair[0]))

    def entities_named(self, label: str, relation: str | None = None) -> list[Entity]:
        """Return the entities called `label`, spelling normalised; with `relation`, those that stand in it.

        An entity with exactly this label wins over those that merely normalise to the same key.
        """
        return [self.catalogue.entities[place] for place in self._entities_called(label, relation)]

    def _called(self, label: str, relation: str | None) -> tuple[int, ...]:
        refs = self.names.lookup([text.name_key(label)])[0]
        found = [-1 - ref.code for ref in refs if not ref.is_item and ref.form <= _EXACT_FORMS]
        if relation is not None:
            code = self._relation_at.get(RelationName(relation))
            found = [place for place in found if code is not None and len(self._items_of(code, place))]
        same = [place for place in found if self.catalogue.entities[place].label == label]
        return tuple(same or found)

    def labels_near(self, label: str, relation: str) -> list[str]:
        """Return labels near `label` that stand in a relation, nearest first: to offer as alternatives."""
        keys = [near.key for near in self.names.near(text.name_key(label), max_distance=3)]
        found = [entity.label for key in keys for entity in self.entities_named(key, relation)]
        return list(dict.fromkeys(found))

    def _items_of(self, relation: int, entity: int) -> Positions:
        keys, starts = self._index.value_keys, self._index.value_starts
        wanted = relation * len(self.catalogue.entities) + entity
        at = int(keys.searchsorted(wanted))
        if at == len(keys) or keys[at] != wanted:
            return _NOTHING
        return self._index.value_items[starts[at] : starts[at + 1]]

    # Sets

    def items_with(self, condition: Condition) -> Positions:
        """Return the items for which the condition is proved: sorted positions.

        One term of eq. 7 of arXiv 2503.09382.
        """
        literals = self.literals(condition.relation)
        if literals is not None:
            return literals.where(condition.op, condition.value)
        code = self._relation_at.get(condition.relation)
        if code is None:
            return _NOTHING
        labels = self._labels_meant(condition)
        entities = {e for label in labels for e in self._entities_called(label, condition.relation)}
        if not entities:
            return _NOTHING
        sets = [self._items_of(code, place) for place in sorted(entities)]
        return sets[0] if len(sets) == 1 else np.unique(np.concatenate(sets))

    def _labels_meant(self, condition: Condition) -> Sequence[str]:
        if condition.op == "is":
            return (condition.value,)
        return self.relation(condition.relation).on_scale(condition.op, condition.value)

    def is_compared(self, condition: Condition) -> bool:
        """Tell whether a condition compares values, so that one that is not known decides nothing."""
        return condition.op != "is" or self.literals(condition.relation) is not None

    def known(self, relation: str) -> Positions:
        """Return the items of which something is known on a relation: sorted positions."""
        if (literals := self.literals(relation)) is not None:
            return literals.known
        code = self._relation_at.get(RelationName(relation))
        return np.unique(self._edges[self._edges[:, 1] == code, 0]) if code is not None else _NOTHING

    def ordered(
        self,
        positions: Positions,
        relation: str,
        *,
        descending: bool = False,
        first: int | None = None,
        ranks: Positions | None = None,
    ) -> Positions:
        """Return those items that have a value on a relation, in its order.

        Ties are by `ranks` (n_items,), by popularity without. With `first`, so many of them.

        Raises:
            ValueError: the relation has neither literals nor a scale.
        """
        ranks = self._index.ranks if ranks is None else ranks
        if (literals := self.literals(relation)) is not None:
            return literals.ordered(positions, ranks, descending=descending, first=first)
        if not (scale := self.relation(relation).scale):
            raise ValueError(f"{relation!r} has no order")
        rungs = [self.items_with(Condition(RelationName(relation), each)) for each in scale]
        held = [positions[among(positions, rung)] for rung in (rungs[::-1] if descending else rungs)]
        found = [each[np.argsort(ranks[each])] for each in held]
        _, once = np.unique(joined := np.concatenate(found), return_index=True)
        return joined[np.sort(once)][:first]

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
        compared = [
            (literals, condition.op, condition.value)
            for condition in all_of
            if (literals := self.literals(condition.relation)) is not None
        ]
        sets = [self.items_with(each) for each in all_of if self.literals(each.relation) is None]
        if any_of:
            sets.append(np.unique(np.concatenate([self.items_with(condition) for condition in any_of])))
        if not sets:
            sets, compared = [satisfying(compared) if compared else self._everything], []
        found, *others = sorted(sets, key=len)
        for other in others:
            found = found[among(found, other)]
        for literals, op, value in compared:
            found = literals.among(found, op, value)
        for condition in none_of:
            found = found[~among(found, self.items_with(condition))]
        if years.first is not None:
            found = found[(self.years[found] >= years.first) & (self.years[found] > 0)]
        if years.last is not None:
            found = found[(self.years[found] <= years.last) & (self.years[found] > 0)]
        if domain is not None:
            code = self.domains.index(domain) if domain in self.domains else -1
            found = found[self._index.domains[found] == code]
        return found.astype(np.int32, copy=False)

    def proof(self, item: ItemId, condition: Condition) -> list[Edge]:
        """Return the edges that prove the condition for the item; none if none does."""
        if condition.relation not in self._relation_at:
            return []
        labels = self._labels_meant(condition)
        return [edge for label in labels for edge in self._proof_of(item, condition.relation, label)]

    def _proving(self, item: ItemId, relation: RelationName, value: str) -> tuple[Edge, ...]:
        position, code = self._item_at.get(item), self._relation_at.get(relation)
        if position is None or code is None:
            return ()
        wanted = self._entities_called(value, relation)
        held = [entity for _, told, entity in self._row(position) if told == code and entity in wanted]
        return tuple(Edge(item, relation, entity.id) for entity in self._by_label(held))

    def proved(self, item: ItemId, condition: Condition) -> list[tuple[RelationName, str]]:
        """Return what proves the condition for the item, `(relation, label)`: edges, or literals."""
        literals, position = self.literals(condition.relation), self._item_at.get(item)
        if literals is None:
            return [(e.relation, self.entity(e.entity).label) for e in self.proof(item, condition)]
        held = [] if position is None else literals.proving(position, condition.op, condition.value)
        return [(condition.relation, label) for label in held]
