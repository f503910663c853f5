"""Trigrams of keys: which keys have one, and which keys have many of some in common.

A trigram is three bytes of a key, its ends marked; trigrams are told apart by a bucket of their hash.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_BUCKETS = 1 << 18
_SHIFT = 64 - 18
_MIXER = 0x9E3779B97F4A7C15
_BITS = (1 << 64) - 1
_OWNER_BITS = 32
_OWNERS = (1 << _OWNER_BITS) - 1
_CHUNK = 1 << 18  # keys at a time while trigrams are collected


def buckets_of(key: bytes) -> list[int]:
    """Return the bucket of every trigram of a key, its ends marked: ascending, each once."""
    data = b"\x01" + key + b"\x01"
    trigrams = zip(data, data[1:], data[2:], strict=False)
    return sorted({((a << 16 | b << 8 | c) * _MIXER & _BITS) >> _SHIFT for a, b, c in trigrams})


def postings_of(keys: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
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


def sharing(
    lists: Sequence[npt.NDArray[np.int32]], least: int, low: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the numbers, ascending, that are in at least `least` of the lists, and in how many.

    `low` is no more than any number; memory grows with how far apart they are.
    """
    counts = np.bincount(np.concatenate(lists) - low)
    enough = np.flatnonzero(counts >= least)
    return enough + low, counts[enough]


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


def _bucket_array(data: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    wide = data.astype(np.uint64)
    mixed = (wide[:-2] << np.uint64(16) | wide[1:-1] << np.uint64(8) | wide[2:]) * np.uint64(_MIXER)
    return (mixed >> np.uint64(_SHIFT)).astype(np.int64)
