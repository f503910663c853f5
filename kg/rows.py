"""A file of JSON lines as a sequence, and ids as places in it: mapped, so that opening costs nothing.

A row is made an object when it is asked for; the ones asked for lately are kept. Ids are found by a binary
search over their 64-bit hashes, and compared.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, TypeVar, overload

import numpy as np
import numpy.typing as npt

from kg.errors import DataError

T = TypeVar("T")
KEPT = 1 << 16  # objects of a file; a catalogue of usual size is kept whole
_WORTH_MAPPING = 1 << 22  # bytes; each map holds a file open, and a process may hold some thousand

Array = npt.NDArray[Any]


class Rows(Sequence[T]):
    """The lines of `path` as objects of `make(row)`; `write` says what lies beside it."""

    def __init__(self, path: Path, make: Callable[[Any], T]):
        """Map the file.

        Raises:
            ValueError: the file is not as long as it was written.
            OSError: it or its index is not there.
        """
        self._path = path
        self._make = make
        self._starts = mapped(_beside(path))
        self._data = file_map(path)
        if len(self._data) != int(self._starts[-1]):
            raise ValueError(f"{path.name} has {len(self._data)} bytes, expected {int(self._starts[-1])}")
        self._row = lru_cache(maxsize=KEPT)(self._made)

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice):
            return [self._row(place) for place in range(*index.indices(len(self)))]
        return self._row(index if index >= 0 else index + len(self))

    def __iter__(self) -> Iterator[T]:
        for start, end in pairwise(self._starts.tolist()):  # none of them is kept
            yield self._parsed(self._data[start:end])

    def _made(self, place: int) -> T:
        if not 0 <= place < len(self):
            raise IndexError(f"no such row; {self._path.name} has {len(self)}")
        start, end = self._starts[place : place + 2].tolist()
        return self._parsed(self._data[start:end])

    def _parsed(self, line: bytes) -> T:
        try:
            return self._make(json.loads(line.decode()))
        except (LookupError, TypeError, ValueError) as error:
            raise DataError(
                f"not a row of this catalogue ({error}): {line[:60]!r}",
                path=self._path,
                remedy="The file was changed. Delete its folder; it is built again when it is next used.",
            ) from error


def write(path: Path, rows: Iterable[Any]) -> None:
    """Write `rows` as JSON lines, and beside them where each one starts: (n + 1,) int64."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    lengths = []
    with path.open("wb") as stream:
        for row in rows:
            lengths.append(stream.write((encode(row) + "\n").encode()))
    np.save(_beside(path), np.fromiter(accumulate(lengths, initial=0), dtype=np.int64))


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.stem}-starts.npy")


def mapped(path: Path) -> Array:
    """Return the array in `path`, read-only: read as it is used, or at once where the file is small."""
    if path.stat().st_size < _WORTH_MAPPING:
        array: Array = np.load(path, allow_pickle=False)
        array.setflags(write=False)
        return array
    # As a plain array: a slice of numpy's memmap class costs several times more.
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def file_map(path: Path) -> mmap.mmap | bytes:
    """Return the bytes of a file: read as they are used, or at once where the file is small."""
    with path.open("rb") as stream:
        if path.stat().st_size < _WORTH_MAPPING:
            return stream.read()
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


def hash64(key: str) -> int:
    """Return the hash by which ids and names are found: 64 bits, the same everywhere."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def hashes64(keys: Iterable[str]) -> npt.NDArray[np.uint64]:
    """Return the hash of every key of a few, as `hash64` does: (n_keys,)."""
    digests = [blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest() for key in keys]
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64, copy=False)


def hash_order(keys: Iterable[str]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int32]]:
    """Return the hashes of `keys`, ascending, and for each one the place of its key; ties in order."""
    hashes = np.fromiter(map(hash64, keys), dtype=np.uint64)
    order = np.argsort(hashes, kind="stable").astype(np.int32)
    return hashes[order], order


class Places:
    """Where things are in a sequence, by id. `hashes` and `order` are those of `hash_order`."""

    def __init__(
        self, hashes: npt.NDArray[np.uint64], order: npt.NDArray[np.int32], id_at: Callable[[int], str]
    ):
        self._hashes = hashes
        self._order = order
        self._id_at = id_at
        self.get = lru_cache(maxsize=KEPT)(self._get)

    def _get(self, key: object) -> int | None:
        """Return the place of `key`, None if nothing has this id."""
        if not isinstance(key, str):
            return None
        wanted = np.uint64(hash64(key))
        low, high = self._hashes.searchsorted(wanted), self._hashes.searchsorted(wanted, "right")
        return next((p for p in self._order[low:high].tolist() if self._id_at(p) == key), None)

    def __getitem__(self, key: str) -> int:
        """Return the place of `key`; KeyError if nothing has this id."""
        place = self.get(key)
        if place is None:
            raise KeyError(key)
        return place
