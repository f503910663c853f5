"""Items of a catalogue by id and by position: what is offered, their years, how often they were chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kg.catalogue import Catalogue
from kg.entities import Positions
from kg.literals import among
from kg.rows import Places
from kg.types import Item, ItemId

_CHUNK = 256  # items tried together, best known first


class Items:
    """The items of a catalogue. They are named by id outside and by position inside."""

    def __init__(self, catalogue: Catalogue):
        self.catalogue = catalogue
        self._index = catalogue.index
        index, items = catalogue.index, catalogue.items
        self._item_at = Places(index.item_hashes, index.item_order, lambda place: items[place].id)

    def __contains__(self, item: object) -> bool:
        return self._item_at.get(item) is not None

    def place(self, item: object) -> int | None:
        """Return the position of the item with this id; None if it is not in the catalogue."""
        return self._item_at.get(item)

    def offers(self, item: object) -> bool:
        """Tell whether an item can be recommended, and is not only known."""
        place = self._item_at.get(item)
        return place is not None and place < self.catalogue.offered

    @property
    def offered(self) -> Sequence[Item]:
        """Return the items that can be recommended, in catalogue order."""
        items = self.catalogue.items
        return items[: self.catalogue.offered] if self.catalogue.references else items

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

    def at(self, positions: Iterable[int]) -> list[Item]:
        """Return items by position, in their order."""
        items = self.catalogue.items
        return [items[position] for position in positions]

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

    def domain_counts(self) -> dict[str, int]:
        """Return how many items of every domain can be recommended, in order of first appearance."""
        counts = np.bincount(self._index.domains[: self.catalogue.offered], minlength=len(self.domains))
        return dict(zip(self.domains, counts.tolist(), strict=True))

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
        every = np.arange(self.catalogue.offered, dtype=np.int32)
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
