"""Entities by name: who is called so, in which relations, and which items have them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kg import text
from kg.catalogue import Catalogue
from kg.names import NameIndex
from kg.rows import Places
from kg.types import Entity, EntityId, RelationName

Positions = npt.NDArray[np.int32]
PROVED = 1 << 14  # proofs of the last items: an answer has thousands, each proved several times
KEPT = 4096  # names and entities of which what holds is remembered: a turn asks again
_EXACT_FORMS = 1  # FULL and ALIAS name an entity outright
NOTHING: Positions = np.zeros(0, dtype=np.int32)


class EntityIndex:
    """The entities of a catalogue, by position inside; items are only those that can be recommended."""

    def __init__(self, catalogue: Catalogue, names: NameIndex):
        self._catalogue = catalogue
        self._entities = catalogue.entities
        self._names = names
        self._index = catalogue.index
        self._offered = catalogue.offered
        entities = catalogue.entities
        index = catalogue.index
        self._at = Places(index.entity_hashes, index.entity_order, lambda place: entities[place].id)
        self.called = lru_cache(maxsize=KEPT)(self._called)
        self._roles_of = lru_cache(maxsize=KEPT)(self._counted)

    def of(self, key: EntityId) -> Entity:
        """Return the entity with this id; KeyError if there is none."""
        return self._entities[self._at[key]]

    def by_label(self, places: Sequence[int]) -> list[Entity]:
        """Return entities by position, ordered by label."""
        found = [self._entities[place] for place in places]
        return sorted(found, key=lambda entity: (entity.label, entity.id)) if len(found) > 1 else found

    def items(self, relation: int, entity: int) -> Positions:
        """Return the items that have an entity on a relation: sorted positions."""
        keys, starts = self._index.value_keys, self._index.value_starts
        wanted = relation * len(self._entities) + entity
        at = int(keys.searchsorted(wanted))
        if at == len(keys) or keys[at] != wanted:
            return NOTHING
        return offered(self._index.value_items[starts[at] : starts[at + 1]], self._offered)

    def roles(self, key: EntityId) -> dict[RelationName, int]:
        """Return in which relations an entity stands and to how many items, most first."""
        return dict(self._roles_of(self._at[key]))

    def _counted(self, entity: int) -> list[tuple[RelationName, int]]:
        relations = self._catalogue.relations
        counts = [len(self.items(code, entity)) for code in range(len(relations))]
        held = [(each.name, count) for each, count in zip(relations, counts, strict=True) if count]
        return sorted(held, key=lambda pair: (-pair[1], pair[0]))

    def _called(self, label: str, relation: int | None) -> tuple[int, ...]:
        """Return who is called `label`, spelling normalised; with a relation, those that stand in it.

        An entity with exactly this label wins over those that merely normalise to the same key.
        """
        refs = self._names.lookup([text.name_key(label)])[0]
        found = [-1 - ref.code for ref in refs if not ref.is_item and ref.form <= _EXACT_FORMS]
        if relation is not None:
            found = [place for place in found if len(self.items(relation, place))]
        same = [place for place in found if self._entities[place].label == label]
        return tuple(same or found)

    def held_by_name(self, places: Sequence[int], label: str) -> list[int]:
        """Return those of some entities that are called `label`, of whom the name index need not know."""
        key = text.name_key(label)
        return [
            place
            for place in places
            if key in map(text.name_key, (self._entities[place].label, *self._entities[place].aliases))
        ]

    def near(self, label: str, relation: int | None) -> list[str]:
        """Return labels near `label` that stand in a relation, nearest first."""
        keys = [near.key for near in self._names.near(text.name_key(label), max_distance=3)]
        found = [self._entities[place].label for key in keys for place in self.called(key, relation)]
        return list(dict.fromkeys(found))


def offered(positions: Positions, end: int) -> Positions:
    """Return those of some sorted positions that are below `end`."""
    if not len(positions) or positions[-1] < end:
        return positions
    return positions[: int(positions.searchsorted(end))]
