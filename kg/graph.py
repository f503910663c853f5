"""The knowledge graph: the typed read side over a catalogue, an exact set index for every (relation, value).

The hot path is compact arrays (`kg.index`): sets of items are sorted position arrays, and set algebra is
binary search in them. Items and entities are made objects where they are named.
See docs/decisions/0002-arrays-under-the-graph.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from kg.catalogue import Catalogue
from kg.entities import KEPT, NOTHING, PROVED, EntityIndex, Positions, offered
from kg.items import Items
from kg.literals import Literals, among, satisfying
from kg.names import NameIndex
from kg.title_words import TitleWords, contains, says
from kg.types import TITLE, YEAR, Condition, Edge, Entity, EntityId, ItemId, Kind, Relation, RelationName
from kg.values import shown

__all__ = ["KnowledgeGraph", "Positions", "Years"]


class Years(NamedTuple):
    """An inclusive range of years; None leaves an end open."""

    first: int | None = None
    last: int | None = None


class KnowledgeGraph(Items):
    """What is known of a catalogue's items. Items are named by id outside and by position inside.

    All of them are proved and described; what is found are those that can be recommended.
    """

    def __init__(self, catalogue: Catalogue, names: NameIndex):
        super().__init__(catalogue)
        self.names = names
        self._edges = catalogue.edges
        self._entities = EntityIndex(catalogue, names)
        self._relation_at = {each.name: index for index, each in enumerate(catalogue.relations)}
        self._row = lru_cache(maxsize=PROVED)(self._facts_at)
        self._known = lru_cache(maxsize=KEPT)(self._known_on)
        self._proof_of = lru_cache(maxsize=PROVED)(self._proving)
        self._labels_saying = lru_cache(maxsize=KEPT)(self._saying)

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
        return self._entities.of(key)

    def values(self, item: ItemId, relation: str) -> list[Entity]:
        """Return what `item` has as `relation`, by label; empty if the catalogue does not know."""
        code = self._relation_at.get(RelationName(relation))
        row = self._row(self._item_at[item])
        return self._entities.by_label([entity for _, told, entity in row if told == code])

    def _facts_at(self, position: int) -> list[list[int]]:
        start, end = self._index.row_starts[position : position + 2].tolist()
        found: list[list[int]] = self._edges[start:end].tolist()
        return found

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

    @cached_property
    def title_words(self) -> TitleWords:
        """Return the words of the titles of what can be recommended."""
        return TitleWords(lambda: self.offered)

    def is_of_title(self, condition: Condition) -> bool:
        """Tell whether a condition is on the words of an item's title."""
        stated = condition.relation, condition.op
        return stated == (TITLE, "contains") and TITLE not in self._relation_at

    def facts(self, item: ItemId) -> dict[RelationName, list[Entity]]:
        """Return the entities of an item, relation by relation in catalogue order."""
        known = {each.name: self.values(item, each.name) for each in self.relations}
        return {name: entities for name, entities in known.items() if entities}

    def roles(self, entity: EntityId) -> dict[RelationName, int]:
        """Return in which relations an entity stands and to how many items, most first."""
        return self._entities.roles(entity)

    def entities_of(self, relation: str) -> list[Entity]:
        """Return what items that can be recommended have on a relation, by label."""
        code = self._relation_at.get(RelationName(relation))
        edges = self.catalogue.offered_edges
        places = [] if code is None else np.unique(edges[edges[:, 1] == code, 2]).tolist()
        return self._entities.by_label(places)

    def label_counts(self, positions: Positions, relation: str) -> dict[str, int]:
        """Return how many of some items have each value on a relation, by label."""
        starts, ends = self._index.row_starts[positions], self._index.row_starts[positions + 1]
        before = np.cumsum(ends - starts) - (ends - starts)
        rows = np.repeat(starts - before, ends - starts) + np.arange(int((ends - starts).sum()))
        codes, entities = self._edges[rows, 1], self._edges[rows, 2]
        held = entities[codes == self._relation_at.get(RelationName(relation), -1)]
        found = Counter[str]()
        for place, count in zip(*np.unique(held, return_counts=True), strict=True):
            found[self.catalogue.entities[int(place)].label] += int(count)
        return found

    def entities_named(self, label: str, relation: str | None = None) -> list[Entity]:
        """Return the entities called `label`, spelling normalised; with `relation`, those that stand in it.

        An entity with exactly this label wins over those that merely normalise to the same key.
        """
        return [self.catalogue.entities[place] for place in self._called(label, relation)]

    def _called(self, label: str, relation: str | None) -> tuple[int, ...]:
        if relation is None:
            return self._entities.called(label, None)
        code = self._relation_at.get(RelationName(relation))
        return () if code is None else self._entities.called(label, code)

    def labels_near(self, label: str, relation: str) -> list[str]:
        """Return labels near `label` that stand in a relation, nearest first: to offer as alternatives."""
        code = self._relation_at.get(RelationName(relation))
        return [] if code is None else self._entities.near(label, code)

    # Sets

    def items_with(self, condition: Condition) -> Positions:
        """Return the items for which the condition is proved: sorted positions; a term of eq. 7 below."""
        if self.is_of_title(condition):
            return self.title_words.having(condition.value)
        literals = self.literals(condition.relation)
        if literals is not None:
            return offered(literals.where(condition.op, condition.value), self.catalogue.offered)
        code = self._relation_at.get(condition.relation)
        if code is None:
            return NOTHING
        labels = self._labels_meant(condition)
        entities = {e for label in labels for e in self._entities.called(label, code)}
        if not entities:
            return NOTHING
        sets = [self._entities.items(code, place) for place in sorted(entities)]
        return sets[0] if len(sets) == 1 else np.unique(np.concatenate(sets))

    def _labels_meant(self, condition: Condition) -> Sequence[str]:
        if condition.op == "is":
            return (condition.value,)
        if condition.op == "contains":
            return self._labels_saying(condition.relation, condition.value)
        return self.relation(condition.relation).on_scale(condition.op, condition.value)

    def _saying(self, relation: RelationName, words: str) -> tuple[str, ...]:
        return tuple(each.label for each in self.entities_of(relation) if says(each.label, words))

    def is_compared(self, condition: Condition) -> bool:
        """Tell whether a condition compares values, so that one that is not known decides nothing."""
        return condition.op not in ("is", "contains") or self.literals(condition.relation) is not None

    def known(self, relation: str) -> Positions:
        """Return the items of which something is known on a relation: sorted positions."""
        return self._known(relation)

    def has_all(self, relation: str) -> bool:
        """Tell whether something is known on a relation of every item that can be recommended."""
        return len(self._known(relation)) == self.catalogue.offered

    def _known_on(self, relation: str) -> Positions:
        if (literals := self.literals(relation)) is not None:
            return offered(literals.known, self.catalogue.offered)
        code = self._relation_at.get(RelationName(relation))
        edges = self.catalogue.offered_edges
        return np.unique(edges[edges[:, 1] == code, 0]) if code is not None else NOTHING

    def ordered(
        self,
        positions: Positions,
        relation: str,
        *,
        descending: bool = False,
        first: int | None = None,
        ranks: Positions | None = None,
    ) -> Positions:
        """Return those items that have a value on a relation, in its order; with `first`, so many of them.

        Ties are by `ranks` (n_items,), by popularity without.

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
        """Return the items that satisfy `all_of`, none of `none_of`, one of `any_of`, years and domain.

        Sorted; eq. 7 of arXiv 2503.09382, with negation and disjunction. An unknown year fits none.
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
            end = self.catalogue.offered
            sets, compared = [offered(satisfying(compared), end) if compared else self._everything], []
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
        told = [entity for _, each, entity in self._row(position) if each == code]
        wanted: Sequence[int] = self._entities.called(value, code)
        if position >= self.catalogue.offered:  # some of what it has is no name to ask for
            wanted = [*wanted, *self._entities.held_by_name(told, value)]
        held = [entity for entity in told if entity in wanted]
        return tuple(Edge(item, relation, entity.id) for entity in self._entities.by_label(held))

    def proved(self, item: ItemId, condition: Condition) -> list[tuple[RelationName, str]]:
        """Return what proves the condition for the item, `(relation, label)`: edges, literals, its title."""
        if self.is_of_title(condition):
            title = self.item(item).title
            return [(TITLE, title)] if contains(title, condition.value) else []
        literals, position = self.literals(condition.relation), self._item_at.get(item)
        if literals is None:
            return [(e.relation, self.entity(e.entity).label) for e in self.proof(item, condition)]
        held = [] if position is None else literals.proving(position, condition.op, condition.value)
        return [(condition.relation, label) for label in held]
