"""What reading a catalogue needs beside its facts, computed once and mapped from disk afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.rows import hash_order, mapped
from kg.types import Entity, Item

Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]
_TOGETHER = 1 << 20  # choices that are counted at a time


@dataclass(frozen=True)
class Index:
    """Arrays over items, entities and facts; n items, m facts, v values.

    `years` (n,) are 0 where unknown; `domains` (n,) number the domains in order of first appearance.
    `popularity` (n,) counts choices; `ranks` (n,) is every item's place when they are ordered: most chosen
    first, then best documented, ties by id. The facts of item i are `edges[row_starts[i]:row_starts[i + 1]]`.
    A value is a relation and an entity, `value_keys` (v,) = relation * n_entities + entity, ascending; its
    items are `value_items[value_starts[k]:value_starts[k + 1]]`, ascending. `*_hashes` and `*_order` find
    positions by id (`kg.rows.Places`).
    """

    years: Int32
    domains: Int32
    popularity: Int64
    ranks: Int32
    row_starts: Int64
    value_keys: Int64
    value_starts: Int64
    value_items: Int32
    item_hashes: npt.NDArray[np.uint64]
    item_order: Int32
    entity_hashes: npt.NDArray[np.uint64]
    entity_order: Int32

    @classmethod
    def of(
        cls, items: Sequence[Item], entities: Sequence[Entity], edges: Int32, chosen: Int32 | None
    ) -> Index:
        """Compute it from items, entities, their facts and the positions of all items that were chosen."""
        ids, years, said = [], [], []
        for item in items:
            ids.append(item.id)
            years.append(item.year or 0)
            said.append(item.domain)
        code = {domain: index for index, domain in enumerate(dict.fromkeys(said))}
        n = len(ids)
        popularity = np.zeros(n, dtype=np.int64) if chosen is None else _counts(chosen, n)
        documented = np.bincount(edges[:, 0], minlength=n)
        return cls(
            np.asarray(years, dtype=np.int32),
            np.fromiter((code[each] for each in said), dtype=np.int32, count=n),
            popularity,
            _ranks(ids, popularity, documented),
            np.concatenate(([0], np.cumsum(documented))).astype(np.int64),
            *_values(edges, len(entities)),
            *hash_order(ids),
            *hash_order(entity.id for entity in entities),
        )

    def write(self, folder: Path) -> None:
        """Write the arrays into `folder` (`index-*`)."""
        for each in fields(self):
            np.save(folder / f"index-{each.name}.npy", getattr(self, each.name))

    @classmethod
    def load(cls, folder: Path) -> Index:
        """Map the arrays in `folder`."""
        return cls(*(mapped(folder / f"index-{each.name}.npy") for each in fields(cls)))


def _counts(chosen: Int32, n: int) -> npt.NDArray[np.int64]:
    """Return how often each of `n` positions occurs; counting copies, so it is done in parts."""
    counts = np.zeros(n, dtype=np.int64)
    for start in range(0, len(chosen), _TOGETHER):
        counts += np.bincount(chosen[start : start + _TOGETHER], minlength=n)
    return counts


def _ranks(ids: Sequence[str], popularity: Int64, documented: Int64) -> Int32:
    by_id = np.empty(len(ids), dtype=np.int64)
    by_id[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    ranks = np.empty(len(ids), dtype=np.int32)
    ranks[np.lexsort((by_id, -documented, -popularity))] = np.arange(len(ids), dtype=np.int32)
    return ranks


def _values(edges: Int32, n_entities: int) -> tuple[Int64, Int64, Int32]:
    keys = edges[:, 1].astype(np.int64) * n_entities + edges[:, 2]
    order = np.argsort(keys, kind="stable")
    unique, first = np.unique(keys[order], return_index=True)
    starts = np.append(first, len(keys)).astype(np.int64)
    return unique, starts, np.ascontiguousarray(edges[order, 0], dtype=np.int32)
