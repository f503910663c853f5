"""What hard requests are mined from: titles that name one item, people by their role, years, genres."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.graph import KnowledgeGraph
from kg.text import name_key
from kg.types import Condition, Item, ItemId, RelationName

ROLES = {
    "movie": ("director", "writer", "composer", "cinematographer", "editor", "producer"),
    "book": ("author",),
}
MOST = 30  # true items; more make a category
_SHORTEST = 4  # letters of a title that is no word of a sentence


@dataclass(frozen=True)
class Facts:
    """The domain's part of a graph, with one source of chance."""

    graph: KnowledgeGraph
    domain: str
    rng: random.Random

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The roles of people that the graph knows."""
        return tuple(role for role in ROLES.get(self.domain, ()) if self.graph.has_relation(role))

    @cached_property
    def offered(self) -> Sequence[Item]:
        """Items that may be recommended and whose title names nothing else."""
        return [item for item in self.graph.offered if self._named(item)]

    @cached_property
    def outside(self) -> Sequence[Item]:
        """Items that are only known, whose title names nothing else."""
        known = self.graph.catalogue.items[self.graph.catalogue.offered :]
        return [item for item in known if self._named(item)]

    def shuffled(self, items: Sequence[Item]) -> Iterator[Item]:
        """Yield items in random order."""
        return iter(self.rng.sample(items, len(items)))

    def the(self, role: str, item: Item) -> str | None:
        """Return the one person who has a role in an item; None if nobody is known, or several are."""
        labels = self.graph.labels(item.id, role)
        return labels[0] if len(set(labels)) == 1 else None

    def all_of(self, role: str, label: str) -> list[Item]:
        """Return every known item that a person has a role in, only known ones too, by position."""
        held = self.graph.items_with(Condition(RelationName(role), label))
        items = [self.graph.item(key) for key in self.graph.ids(held.tolist())]
        return [item for item in items if item.domain == self.domain]

    def true(self, role: str, label: str, *without: Item) -> list[Item]:
        """Return the items with a role that may be recommended, but those that were mentioned."""
        return [
            item for item in self.all_of(role, label) if self.graph.offers(item.id) and item not in without
        ]

    def stranger(self, role: str, item: Item) -> str | None:
        """Return somebody of a role who has no part in an item."""
        part = {name_key(entity.label) for held in self.graph.facts(item.id).values() for entity in held}
        people = self.graph.entities_of(role)
        for _ in range(20 if people else 0):
            label = self.rng.choice(people).label
            if name_key(label) not in part and " " in label:
                return label
        return None

    def genres(self, item: Item) -> set[str]:
        """Return the genres of an item."""
        return set(self.graph.labels(ItemId(item.id), "genre")) if self.graph.has_relation("genre") else set()

    def _named(self, item: Item) -> bool:
        key = name_key(item.title)
        return item.domain == self.domain and len(key) >= _SHORTEST and self._titles[key] == 1

    @cached_property
    def _titles(self) -> Counter[str]:
        return Counter(name_key(item.title) for item in self.graph.catalogue.items)
