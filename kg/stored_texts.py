"""What is said about items, in a catalogue's folder: one line an item, found by the hash of its id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from kg import rows
from kg.types import ItemId

_ROWS, _HASHES, _ORDER = "texts.jsonl", "texts-hashes.npy", "texts-order.npy"


def write(texts: Mapping[ItemId, str], folder: Path) -> None:
    """Write texts by item id into `folder`, and what finds them there."""
    rows.write(folder / _ROWS, ([key, text] for key, text in texts.items()))
    hashes, order = rows.hash_order(texts)
    np.save(folder / _HASHES, hashes)
    np.save(folder / _ORDER, order)


class StoredTexts(Mapping[ItemId, str]):
    """The texts of a catalogue on disk, each one read when it is asked for."""

    def __init__(self, folder: Path):
        self._rows = rows.Rows(folder / _ROWS, _text)
        hashes, order = rows.mapped(folder / _HASHES), rows.mapped(folder / _ORDER)
        self._places = rows.Places(hashes, order, lambda place: self._rows[place][0])

    def __getitem__(self, key: ItemId) -> str:
        return self._rows[self._places[key]][1]

    def __iter__(self) -> Iterator[ItemId]:
        return (key for key, _ in self._rows)

    def pairs(self) -> Iterator[tuple[ItemId, str]]:
        """Return every id with its text, in the order of the file: far faster than one by one."""
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _text(row: list[str]) -> tuple[ItemId, str]:
    return ItemId(row[0]), row[1]
