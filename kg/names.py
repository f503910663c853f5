"""The name index: every spelling under which an item or entity may be called, exact and near.

Keys are normal forms without spaces (`kg.text`), so split and glued words and the spacing of initials do not
matter. Exact look-up is a binary search over 64-bit hashes; near look-up counts shared trigrams among keys of
about the same length and lets edit distance decide. Both read arrays that lie on disk as they are used: a
million names cost no more to open than a thousand. `kg.naming` writes them.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import compress
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from kg.catalogue import built_again
from kg.errors import DataError
from kg.forms import Form
from kg.rows import file_map, hashes64, mapped
from kg.trigrams import buckets_of, sharing

MAX_WORDS = 16
BEGUN = (4, 8, 12)  # letters; a text that begins no key with so many is not looked up further
MIN_NEAR = 4  # shorter keys are too easily near to something
_FORMS = tuple(Form)
_KEPT = 1 << 15  # words and beginnings of words of the texts before
_NEAR_KEPT = 1 << 12  # keys asked for: what a writer says before and after a name is often said
_COMPARED = 200  # keys whose edit distance is measured at most


class Ref(NamedTuple):
    """Something that a key names: `code` is an item's position, or -1 - an entity's position."""

    code: int
    form: Form

    @property
    def is_item(self) -> bool:
        """Whether the key names an item rather than an entity."""
        return self.code >= 0


class Near(NamedTuple):
    """A key near another one: `distance` counts letters added, dropped, changed or swapped with the next."""

    key: str
    distance: int


T = TypeVar("T")


class _Told(Generic[T]):
    """What was told of some words before, as texts share most of theirs; when it is full it is emptied."""

    def __init__(self) -> None:
        self._kept: dict[str, T] = {}

    def of(self, words: Sequence[str], told: Callable[[list[str]], Iterable[T]]) -> list[T]:
        """Return what is known of every word; `told` tells it of those of which nothing is yet."""
        kept = self._kept
        new = list(dict.fromkeys([word for word in words if word not in kept]))
        if new:
            if len(kept) + len(new) > _KEPT:  # another thread may look into the old one
                self._kept = kept = {word: kept[word] for word in words if word in kept}
            kept.update(zip(new, told(new), strict=True))
        return [kept[word] for word in words]


@dataclass(frozen=True)
class NameIndex:
    """Keys in the order of their hashes, and what each of them names.

    `refs[starts[i]:starts[i + 1]]` are what key i names, in order of form. `hashes` (n,) uint64 ascending;
    `starts` (n + 1,) int64; `refs` and `forms` (m,) int32 and uint8.

    Keys long enough for near look-up are numbered by length: those of length k are `lengths[k]` to
    `lengths[k + 1]`. Key j is `keys[spans[j]:spans[j + 1] - 1]`; `postings[offsets[b]:offsets[b + 1]]` are
    the keys, ascending, that have a trigram of bucket b. `lengths` int32, `spans` and `offsets` int64,
    `postings` int32. `begun` (p,) uint64 ascending are the hashes of the first `BEGUN` letters of keys; None
    in folders written before there were such.
    """

    hashes: npt.NDArray[np.uint64]
    starts: npt.NDArray[np.int64]
    refs: npt.NDArray[np.int32]
    forms: npt.NDArray[np.uint8]
    lengths: npt.NDArray[np.int32]
    spans: npt.NDArray[np.int64]
    offsets: npt.NDArray[np.int64]
    postings: npt.NDArray[np.int32]
    keys: mmap.mmap | bytes
    begun: npt.NDArray[np.uint64] | None = None
    _named: _Told[tuple[Ref, ...]] = field(default_factory=_Told, init=False, compare=False, repr=False)
    _begins: _Told[bool] = field(default_factory=_Told, init=False, compare=False, repr=False)

    def lookup(self, keys: Sequence[str]) -> list[tuple[Ref, ...]]:
        """Return what every key names: whole names before shortened ones, ties in catalogue order."""
        if not len(self.hashes):
            return [()] * len(keys)
        return self._named.of(keys, self._named_by)

    def _named_by(self, keys: Sequence[str]) -> list[tuple[Ref, ...]]:
        at, known = _looked_up(keys, self.hashes)
        return [
            self._refs(place) if there else ()
            for place, there in zip(at.tolist(), known.tolist(), strict=True)
        ]

    def reach(self, texts: Sequence[str]) -> list[int]:
        """Return how long a key with which each text begins may be: no key is longer than `reach`."""
        found = [len(text) for text in texts]
        begun = self.begun
        if begun is None or not len(begun):
            return found
        left = list(range(len(texts)))
        for letters in BEGUN:
            long = [i for i in left if found[i] >= letters]
            starts = [texts[i][:letters] for i in long]
            begins = self._begins.of(starts, lambda new: _looked_up(new, begun)[1].tolist())
            left = list(compress(long, begins))
            for i, begin in zip(long, begins, strict=True):
                if not begin:
                    found[i] = letters - 1
        return found

    def near(self, key: str, max_distance: int, limit: int = 8) -> list[Near]:
        """Return the keys within `max_distance` edits of `key`, nearest first, ties in alphabetical order."""
        if len(key) < MIN_NEAR or not len(self.postings):
            return []
        return list(self._nearest(key, max_distance)[:limit])

    @cached_property
    def _nearest(self) -> Callable[[str, int], tuple[Near, ...]]:
        return lru_cache(maxsize=_NEAR_KEPT)(self._within)

    def _within(self, key: str, max_distance: int) -> tuple[Near, ...]:
        grams = buckets_of(key.encode())
        # An edit touches at most three trigrams, a swap four (of bytes: more where a letter has several);
        # keys that share fewer cannot be within reach.
        touched = 2 * (1 if key.isascii() else max(len(letter.encode()) for letter in key)) + 2
        least = max(1, len(grams) - touched * max_distance)
        last = len(self.lengths) - 1
        shortest, longest = len(key) - max_distance, len(key) + max_distance
        ends = self.lengths[[min(max(shortest, 0), last), min(longest + 1, last)]]
        positions, counts = sharing(self._postings(grams, ends), least, int(ends[0]))
        if len(positions) > _COMPARED:
            positions = positions[np.argsort(-counts, kind="stable")[:_COMPARED]]
        keys = self._keys(positions)
        apart = [OSA.distance(key, each, score_cutoff=max_distance) for each in keys]
        within = sorted((far, each) for far, each in zip(apart, keys, strict=True) if far <= max_distance)
        return tuple([Near(each, far) for far, each in within])

    def _postings(self, grams: list[int], ends: npt.NDArray[np.int32]) -> list[npt.NDArray[np.int32]]:
        """Return for each trigram the keys that have it, from one number to before another."""
        at = np.array(grams)
        found = []
        for start, end in zip(self.offsets[at].tolist(), self.offsets[at + 1].tolist(), strict=True):
            every = self.postings[start:end]
            low, high = every.searchsorted(ends)
            found.append(every[low:high])
        return found

    def _refs(self, index: int) -> tuple[Ref, ...]:
        start, end = self.starts[index : index + 2].tolist()
        codes, forms = self.refs[start:end].tolist(), self.forms[start:end].tolist()
        return tuple(Ref(code, _FORMS[form]) for code, form in zip(codes, forms, strict=True))

    def _keys(self, indices: npt.NDArray[np.int64]) -> list[str]:
        starts, ends = self.spans[indices].tolist(), (self.spans[indices + 1] - 1).tolist()
        return [self.keys[start:end].decode() for start, end in zip(starts, ends, strict=True)]


def _looked_up(
    keys: Sequence[str], hashes: npt.NDArray[np.uint64]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """Return where each key would stand among hashes, which are not empty, and whether it stands there."""
    wanted = hashes64(keys)
    at = np.searchsorted(hashes, wanted)
    at[at == len(hashes)] = 0
    return at, hashes[at] == wanted


def load(folder: Path) -> NameIndex:
    """Open the name index in `folder`; arrays are mapped, not read.

    Raises:
        DataError: the index is not there or damaged.
    """
    parts = ("hashes", "starts", "refs", "forms", "lengths", "spans", "offsets", "postings")
    try:
        arrays = {part: mapped(folder / f"names-{part}.npy") for part in parts}
        if (folder / "names-begun.npy").is_file():
            arrays["begun"] = mapped(folder / "names-begun.npy")
        keys = file_map(folder / "names-keys.txt")
        if len(keys) != int(arrays["spans"][-1]):
            raise ValueError(f"names-keys.txt has {len(keys)} bytes, expected {int(arrays['spans'][-1])}")
        return NameIndex(**arrays, keys=keys)
    except (OSError, EOFError, LookupError, ValueError) as error:
        raise DataError(
            f"the name index is damaged ({error})", path=folder, remedy=built_again(folder)
        ) from error
