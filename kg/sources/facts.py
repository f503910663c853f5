"""The facts of a person's own tables: what the cells of relations say."""

from __future__ import annotations

import re
import unicodedata

from kg.builder import Builder
from kg.relations import relation
from kg.sources.columns import one_line
from kg.sources.formats import Cell
from kg.sources.mapping import Mapping
from kg.types import Entity, EntityId, ItemId, Kind, Relation, RelationName


class Facts:
    """Adds facts to a builder that has all items already."""

    def __init__(self, builder: Builder, mapping: Mapping):
        self.builder = builder
        self.wording = mapping.wording
        self._separator = re.compile("|".join(map(re.escape, mapping.separators)) or r"(?!)")
        self._known: dict[tuple[str, str], list[Entity]] = {}  # most cells occur many times

    def add(self, item: ItemId, name: str, cell: Cell) -> bool:
        """Add what a cell says of an item; return whether it says anything."""
        if isinstance(cell, str):
            values = self._known.get((name, cell))
            if values is None:
                values = self._known[name, cell] = self._values(name, cell)
        else:
            values = self._values(name, cell)
        for value in values:
            self.builder.add_fact(item, name, value)
        return bool(values)

    def many(self, cell: Cell) -> list[str]:
        """Return the values of a cell, each once, in order."""
        parts = self._separator.split(cell) if isinstance(cell, str) else cell
        return list(dict.fromkeys(value for part in parts if (value := one_line(part))))

    def _values(self, name: str, cell: Cell) -> list[Entity]:
        labels = self.many(cell)
        kind = self.wording[name].kind if name in self.wording else relation(name).kind
        if labels:
            self.builder.relations.setdefault(name, Relation(RelationName(name), kind))
        if kind is Kind.WORK:  # a work that is in the catalogue may be named by its id
            items = self.builder.items
            labels = [items[ItemId(each)].title if each in items else each for each in labels]
        space = "person" if kind is Kind.PERSON else name
        return [Entity(EntityId(f"{space}/{_same(label)}"), label) for label in labels]


def _same(label: str) -> str:
    """Return what labels that differ only in case have in common."""
    return unicodedata.normalize("NFC", label).casefold()
