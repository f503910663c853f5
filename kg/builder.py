"""Building a catalogue from items and facts as a source tells them."""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.catalogue import Catalogue
from kg.errors import DataError
from kg.literals import KINDS, Literals
from kg.relations import relation
from kg.types import Entity, EntityId, Item, ItemId, Relation

IntArray = npt.NDArray[np.int32]


class Builder:
    """Collects items and facts by id and packs them into a catalogue; repeats are kept once."""

    def __init__(self) -> None:
        self.items: dict[ItemId, Item] = {}
        self.entities: dict[EntityId, Entity] = {}
        self.relations: dict[str, Relation] = {}
        self.texts: dict[ItemId, str] = {}
        # Facts as three numbers each: ids by the order in which facts first name them.
        self._facts = array("i")
        self._numbers: tuple[dict[str, int], dict[str, int], dict[str, int]] = ({}, {}, {})
        self._literals: dict[str, tuple[list[ItemId], list[float]]] = {}

    def add_item(self, item: Item, text: str = "") -> None:
        """Add an item; a second item with the same id is an error of the source."""
        if item.id in self.items:
            raise DataError(f"item id {item.id!r} occurs twice", remedy="Give every item an id of its own.")
        self.items[item.id] = item
        if text:
            self.texts[item.id] = text

    def add_alias(self, key: ItemId, alias: str) -> None:
        """Add another title of an item."""
        item = self.items[key]
        if alias != item.title and alias not in item.aliases:
            self.items[key] = replace(item, aliases=(*item.aliases, alias))

    def add_fact(self, item: ItemId, name: str, entity: Entity) -> None:
        """Add the fact that `item` has `entity` as its `name`; the item may be added later."""
        if name not in self.relations:
            self.relations[name] = relation(name)
        self.entities.setdefault(entity.id, entity)
        items, relations, entities = self._numbers
        self._facts.append(items.setdefault(item, len(items)))
        self._facts.append(relations.setdefault(name, len(relations)))
        self._facts.append(entities.setdefault(entity.id, len(entities)))

    def add_value(self, item: ItemId, name: str, value: float) -> None:
        """Add a literal of `item`: a number, a date as `yyyymmdd`, a flag as 0 or 1; see `kg.literals`.

        A number that is infinite is unlimited.

        The kind is that of `relations[name]`, or the usual one of this name.

        Raises:
            ValueError: the relation's values are entities or texts, or the value is no number.
        """
        if name not in self.relations:
            self.relations[name] = relation(name)
        if self.relations[name].kind not in KINDS or not (value - value == 0 or value == math.inf):
            kind = self.relations[name].kind.value
            raise ValueError(
                f"{value!r} of {name}, whose kind is {kind}: expected a literal that is finite or unlimited"
            )
        items, values = self._literals.setdefault(name, ([], []))
        items.append(item)
        values.append(value)

    def finish(self, name: str, source: str, version: str, **rest: Any) -> Catalogue:
        """Pack everything; entities and facts are sorted so that equal input gives equal bytes.

        Raises:
            DataError: a fact is told of an item that was not added.
        """
        items = list(self.items.values())
        entities = [self.entities[key] for key in sorted(self.entities)]
        relations = [self.relations[key] for key in sorted(self.relations)]
        keys: list[list[str]] = [
            [item.id for item in items],
            [each.name for each in relations],
            [entity.id for entity in entities],
        ]
        edges = np.array(self._facts, dtype=np.int32).reshape(-1, 3)
        for column, (known, sequence) in enumerate(zip(self._numbers, keys, strict=True)):
            edges[:, column] = _positions(known, sequence)[edges[:, column]]
        at = {item.id: place for place, item in enumerate(items)}
        literals = {
            each: Literals.of(self.relations[each].kind, [_place_of(at, key) for key in told], values)
            for each, (told, values) in sorted(self._literals.items())
        }
        return Catalogue(
            *(name, source, version, items, entities, relations, _sorted_rows(edges)),
            texts=self.texts,
            literals=literals,
            **rest,
        )


def _positions(known: Mapping[str, int], keys: Sequence[str]) -> IntArray:
    """Return where each of the known ids, by number, is in `keys`."""
    at = {key: place for place, key in enumerate(keys)}
    return np.fromiter((_place_of(at, key) for key in known), dtype=np.int32, count=len(known))


def _place_of(at: Mapping[Any, int], key: str) -> int:
    if key not in at:
        raise DataError(f"a fact is told of {key[:80]!r}, which is no item", remedy="Add the item too.")
    return at[key]


def _sorted_rows(edges: IntArray) -> IntArray:
    """Return the rows in ascending order, each one once."""
    edges = edges[np.lexsort((edges[:, 2], edges[:, 1], edges[:, 0]))]
    fresh = np.ones(len(edges), dtype=bool)
    fresh[1:] = (edges[1:] != edges[:-1]).any(axis=1)
    return np.ascontiguousarray(edges[fresh])
