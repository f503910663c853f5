"""The name index: every spelling under which an item or entity may be called, exact and near.

Keys are normal forms without spaces (`kg.text`), so split and glued words and the spacing of initials do not
matter. Exact look-up is a binary search over 64-bit hashes; near look-up counts shared trigrams among keys of
about the same length and lets edit distance decide. Both read arrays that lie on disk as they are used: a
million names cost no more to open than a thousand.
"""

from __future__ import annotations

import mmap
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from kg.catalogue import REBUILD, Catalogue
from kg.errors import DataError
from kg.forms import Form, entity_forms, item_forms
from kg.rows import file_map, hash64, mapped
from kg.types import Kind

MAX_WORDS = 16
_BUCKETS = 1 << 18
_MIN_NEAR = 4  # shorter keys are too easily near to something
_COMPARED = 200  # keys whose edit distance is measured at most
_MOST = 200  # things that one shortened name stands for at most: the best known ones
_OWNER_BITS = 32
_OWNERS = (1 << _OWNER_BITS) - 1
_CHUNK = 1 << 18  # keys at a time while trigrams are collected


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


@dataclass(frozen=True)
class NameIndex:
    """Keys in the order of their hashes, and what each of them names.

    `refs[starts[i]:starts[i + 1]]` are what key i names, in order of form. `hashes` (n,) uint64 ascending;
    `starts` (n + 1,) int64; `refs` and `forms` (m,) int32 and uint8.

    Keys long enough for near look-up are numbered by length: those of length k are `lengths[k]` to
    `lengths[k + 1]`. Key j is `keys[spans[j]:spans[j + 1] - 1]`; `postings[offsets[b]:offsets[b + 1]]` are
    the keys, ascending, that have a trigram of bucket b. `lengths` int32, `spans` and `offsets` int64,
    `postings` int32.
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

    def lookup(self, keys: Sequence[str]) -> list[tuple[Ref, ...]]:
        """Return what every key names: whole names before shortened ones, ties in catalogue order."""
        if not keys or not len(self.hashes):
            return [()] * len(keys)
        wanted = np.fromiter(map(_hash, keys), dtype=np.uint64, count=len(keys))
        at = np.searchsorted(self.hashes, wanted)
        at[at == len(self.hashes)] = 0
        hit = self.hashes[at] == wanted
        return [self._refs(int(i)) if found else () for i, found in zip(at, hit, strict=True)]

    def near(self, key: str, max_distance: int, limit: int = 8) -> list[Near]:
        """Return the keys within `max_distance` edits of `key`, nearest first, ties in alphabetical order."""
        if len(key) < _MIN_NEAR or not len(self.postings):
            return []
        grams = np.unique(_buckets(key.encode()))
        # An edit touches at most three trigrams, a swap four (of bytes: more where a letter has several);
        # keys that share fewer cannot be within reach.
        touched = 2 * max(len(letter.encode()) for letter in key) + 2
        least = max(1, len(grams) - touched * max_distance)
        positions, counts = _sharing(self._postings(grams, len(key), max_distance), least)
        best = positions[np.lexsort((positions, -counts))[:_COMPARED]]
        keys = [self._key(i) for i in best.tolist()]
        found = (Near(each, OSA.distance(key, each, score_cutoff=max_distance)) for each in keys)
        within = sorted(
            (near for near in found if near.distance <= max_distance), key=lambda n: (n.distance, n.key)
        )
        return within[:limit]

    def _postings(self, grams: npt.NDArray[np.int64], length: int, reach: int) -> list[npt.NDArray[np.int32]]:
        """Return for each trigram the keys that have it and are no more than `reach` longer or shorter."""
        last = len(self.lengths) - 1
        ends = self.lengths[[min(max(length - reach, 0), last), min(length + reach + 1, last)]]
        found = []
        for start, end in np.stack((self.offsets[grams], self.offsets[grams + 1]), axis=1).tolist():
            every = self.postings[start:end]
            low, high = every.searchsorted(ends).tolist()
            found.append(every[low:high])
        return found

    def _refs(self, index: int) -> tuple[Ref, ...]:
        span = slice(self.starts[index], self.starts[index + 1])
        return tuple(
            Ref(int(c), Form(int(f))) for c, f in zip(self.refs[span], self.forms[span], strict=True)
        )

    def _key(self, index: int) -> str:
        start, end = self.spans[index : index + 2].tolist()
        return self.keys[start : end - 1].decode()


def _sharing(
    lists: list[npt.NDArray[np.int32]], least: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """Return the numbers that are in at least `least` of the ascending lists, and in how many.

    What is in `least` of them is in one of the shortest `len(lists) - least + 1`; the long ones, of trigrams
    that half of all names have, are only searched for those.
    """
    lists = sorted(lists, key=len)
    rare = len(lists) - least + 1
    positions, counts = np.unique(np.concatenate(lists[:rare]), return_counts=True)
    for index, every in enumerate(lists[rare:], rare):
        hopeful = counts >= least - (len(lists) - index)
        positions, counts = positions[hopeful], counts[hopeful]
        if len(every):
            at = np.minimum(every.searchsorted(positions), len(every) - 1)
            counts = counts + (every[at] == positions)
    enough = counts >= least
    return positions[enough], counts[enough]


def write(catalogue: Catalogue, folder: Path) -> None:
    """Build the name index of a catalogue and write it into `folder` (`names-*`)."""
    keys: dict[str, int] = {}
    columns = array("i"), array("i"), array("i")
    for key, code, form in _all_forms(catalogue):
        if key:
            columns[0].append(keys.setdefault(key, len(keys)))
            columns[1].append(code)
            columns[2].append(form)
    hashes = np.fromiter(map(hash64, keys), dtype=np.uint64, count=len(keys))
    order = np.argsort(hashes, kind="stable")
    place = np.empty(len(keys), dtype=np.int64)
    place[order] = np.arange(len(keys))
    of_key, said, how = (np.array(column, dtype=np.int32) for column in columns)
    numbers, codes, forms = _best_forms(place[of_key], said, how, _fame(catalogue, said))
    _save(folder, "hashes", hashes[order])
    _save(folder, "starts", np.concatenate(([0], np.cumsum(np.bincount(numbers, minlength=len(keys))))))
    _save(folder, "refs", codes)
    _save(folder, "forms", forms.astype(np.uint8))
    listed = list(keys)
    _write_near([listed[i] for i in order.tolist() if len(listed[i]) >= _MIN_NEAR], folder)


def _save(folder: Path, part: str, array: npt.NDArray[Any]) -> None:
    np.save(folder / f"names-{part}.npy", array)


def _best_forms(
    numbers: npt.NDArray[np.int64],
    codes: npt.NDArray[np.int32],
    forms: npt.NDArray[np.int32],
    fame: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Keep of each thing's forms under a key the best, and of a shortened name the best known bearers.

    `numbers` are those of the keys. In order of key, form and place in the catalogue.
    """
    order = np.lexsort((forms, codes, numbers))
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = np.diff(numbers[order]).astype(bool) | np.diff(codes[order]).astype(bool)
    order = order[fresh]
    order = order[np.lexsort((codes[order], np.abs(codes[order]), fame[order], forms[order], numbers[order]))]
    sorted_numbers = numbers[order]
    rank = np.arange(len(order)) - np.searchsorted(sorted_numbers, sorted_numbers)
    order = order[(rank < _MOST) | (forms[order] <= Form.ALIAS)]
    order = order[np.lexsort((codes[order], np.abs(codes[order]), forms[order], numbers[order]))]
    return numbers[order], codes[order], forms[order]


def _fame(catalogue: Catalogue, codes: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
    """Return for each code how far from the best known of its sort it is, 0 to 1."""
    facts = np.bincount(catalogue.edges[:, 2], minlength=len(catalogue.entities))
    entities = np.empty(len(facts))
    entities[np.argsort(-facts, kind="stable")] = np.arange(len(facts)) / max(1, len(facts))
    items = catalogue.index.ranks / max(1, len(catalogue.items))
    # -1 - code of an entity counts from the end of what stands after the items, turned round.
    return np.concatenate((items, entities[::-1]))[codes]


def _write_near(keys: Sequence[str], folder: Path) -> None:
    """Write the keys by length, otherwise in the order given, and the trigrams of each."""
    letters = np.fromiter(map(len, keys), dtype=np.int64, count=len(keys))
    keys = [keys[i] for i in np.argsort(letters, kind="stable").tolist()]
    _save(folder, "lengths", np.concatenate(([0], np.cumsum(np.bincount(letters)))).astype(np.int32))
    sizes = np.fromiter((len(key.encode()) + 1 for key in keys), dtype=np.int64, count=len(keys))
    _save(folder, "spans", np.concatenate(([0], np.cumsum(sizes))))
    with (folder / "names-keys.txt").open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(key + "\n" for key in keys)
    offsets, postings = _trigrams(keys)
    _save(folder, "offsets", offsets)
    _save(folder, "postings", postings)


def load(folder: Path) -> NameIndex:
    """Open the name index in `folder`; arrays are mapped, not read.

    Raises:
        DataError: the index is not there or damaged.
    """
    parts = ("hashes", "starts", "refs", "forms", "lengths", "spans", "offsets", "postings")
    try:
        arrays = {part: mapped(folder / f"names-{part}.npy") for part in parts}
        keys = file_map(folder / "names-keys.txt")
        if len(keys) != int(arrays["spans"][-1]):
            raise ValueError(f"names-keys.txt has {len(keys)} bytes, expected {int(arrays['spans'][-1])}")
        return NameIndex(**arrays, keys=keys)
    except (OSError, EOFError, LookupError, ValueError) as error:
        raise DataError(f"the name index is damaged ({error})", path=folder, remedy=REBUILD) from error


def _all_forms(catalogue: Catalogue) -> Iterator[tuple[str, int, Form]]:
    for position, item in enumerate(catalogue.items):
        for key, form in item_forms(item):
            yield key, position, form
    kinds = _kinds(catalogue)
    for position, entity in enumerate(catalogue.entities):
        if kinds[position] != {
            Kind.WORK
        }:  # a work that is no item of the catalogue is not something to ask for
            for key, form in entity_forms(entity, kinds[position]):
                yield key, -1 - position, form


def _kinds(catalogue: Catalogue) -> list[frozenset[Kind]]:
    """Return for every entity the kinds of the relations it stands in."""
    order = list(Kind)
    sets = np.zeros(len(catalogue.entities), dtype=np.int64)  # bit k: the k-th kind
    keys = catalogue.index.value_keys
    for number, relation in enumerate(catalogue.relations):
        low, high = keys.searchsorted(np.asarray((number, number + 1)) * len(sets))
        sets[keys[low:high] - number * len(sets)] |= 1 << order.index(relation.kind)
    named = {
        bits: frozenset(kind for k, kind in enumerate(order) if bits >> k & 1)
        for bits in np.unique(sets).tolist()
    }
    return [named[bits] for bits in sets.tolist()]


@lru_cache(maxsize=65536)
def _hash(key: str) -> int:
    return hash64(key)


def _buckets(key: bytes) -> npt.NDArray[np.int64]:
    """Return the bucket of every trigram of a key, its ends marked."""
    return _bucket_array(np.frombuffer(b"\x01" + key + b"\x01", dtype=np.uint8))


def _bucket_array(data: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    wide = data.astype(np.uint64)
    mixed = (wide[:-2] << np.uint64(16) | wide[1:-1] << np.uint64(8) | wide[2:]) * np.uint64(
        0x9E3779B97F4A7C15
    )
    return (mixed >> np.uint64(46)).astype(np.int64)


def _trigrams(keys: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Return `(offsets, postings)` of the keys; many at a time, so that memory does not grow with all."""
    pairs = [_pairs(keys[start : start + _CHUNK], start) for start in range(0, len(keys), _CHUNK)]
    counts = [np.bincount(each >> _OWNER_BITS, minlength=_BUCKETS) for each in pairs]
    offsets = np.zeros(_BUCKETS + 1, dtype=np.int64)
    for count in counts:
        offsets[1:] += count
    np.cumsum(offsets, out=offsets)
    postings = np.empty(int(offsets[-1]), dtype=np.int32)
    free = offsets[:-1].copy()
    for each, count in zip(pairs, counts, strict=True):
        before = np.cumsum(count) - count
        postings[np.repeat(free - before, count) + np.arange(len(each))] = each & _OWNERS
        free += count
    return offsets, postings


def _pairs(keys: Sequence[str], start: int) -> npt.NDArray[np.int64]:
    """Return bucket and number of every trigram of some keys as one integer, ascending, each once."""
    encoded = [key.encode() for key in keys]
    data = np.frombuffer(b"\x01" + b"\x01".join(encoded) + b"\x01", dtype=np.uint8)
    owner = np.repeat(np.arange(start, start + len(keys)), [len(each) + 1 for each in encoded])
    buckets = _bucket_array(data)
    inside = data[1:-1] != 1  # a trigram belongs to the key its middle letter is in
    found = np.sort(buckets[inside] << _OWNER_BITS | owner[: len(buckets)][inside])
    fresh = np.ones(len(found), dtype=bool)
    np.not_equal(found[1:], found[:-1], out=fresh[1:])
    return found[fresh]
