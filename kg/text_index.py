"""Which items speak of which words, and how much: BM25 over stems, as arrays mapped from disk.

The weights are those of Robertson's BM25 with the idf of Lucene, which is never negative. Stems are found by
their 64-bit hashes; no word is stored.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.kept import kept
from kg.progress import counted
from kg.rows import hashes64, mapped
from kg.stems import raw, stem, stem_hash

VERSION = 2  # raised whenever the same texts give other arrays
_K1, _B = 1.2, 0.75  # as customary
_ARRAYS = ("hashes", "starts", "items", "weights")
_CHUNK = 1 << 22  # postings that are weighed together

Positions = npt.NDArray[np.int32]
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TextIndex:
    """Postings of `n_items` documents.

    `hashes` (n_stems,) uint64, ascending; the stem at `s` is in the documents
    `items[starts[s]:starts[s + 1]]`, ascending, where it weighs `weights` (of BM25, above 0).
    """

    hashes: npt.NDArray[np.uint64]
    starts: npt.NDArray[np.int64]
    items: Positions
    weights: Scores
    n_items: int

    def postings(self, stemmed: str) -> tuple[Positions, Scores]:
        """Return the documents that have a stem, ascending, and how much it weighs in each."""
        wanted = stem_hash(stemmed)
        at = int(self.hashes.searchsorted(wanted))
        if at == len(self.hashes) or self.hashes[at] != wanted:
            return self.items[:0], self.weights[:0]
        span = slice(int(self.starts[at]), int(self.starts[at + 1]))
        return self.items[span], self.weights[span]

    def idf(self, frequency: int) -> float:
        """Return how much a word tells that so many documents have, above 0."""
        return float(np.log1p((self.n_items - frequency + 0.5) / (frequency + 0.5)))


def build(texts: Sequence[str]) -> TextIndex:
    """Count the stems of texts. The same texts give the same arrays."""
    numbers: dict[str, int] = {}
    words, places, counts, lengths = array("i"), array("i"), array("i"), array("i")
    for place, text in enumerate(counted(texts, "words of descriptions", len(texts), "descriptions")):
        found = Counter(map(stem, raw(text)))
        lengths.append(found.total())
        words.extend([numbers.setdefault(each, len(numbers)) for each in found])
        places.extend([place] * len(found))
        counts.extend(found.values())
    hashes = hashes64(numbers)
    order = np.argsort(hashes, kind="stable")
    rank = np.empty(len(hashes), dtype=np.int32)
    rank[order] = np.arange(len(hashes), dtype=np.int32)
    which = rank[np.frombuffer(words, dtype=np.int32)] if words else np.zeros(0, dtype=np.int32)
    frequency = np.bincount(which, minlength=len(hashes))
    by_stem = np.argsort(which, kind="stable").astype(np.int32)
    items = _ints(places)[by_stem]
    weights = _weights(which[by_stem], items, _ints(counts)[by_stem], frequency, _ints(lengths))
    starts = np.concatenate(([0], np.cumsum(frequency))).astype(np.int64)
    return TextIndex(hashes[order], starts, items, weights, len(lengths))


def _ints(values: array[int]) -> Positions:
    return np.frombuffer(values, dtype=np.int32) if values else np.zeros(0, dtype=np.int32)


def _weights(
    which: Positions, items: Positions, counts: Positions, frequency: npt.NDArray[np.intp], lengths: Positions
) -> Scores:
    """Return the weight of every posting, so many at once that memory stays bounded."""
    n = len(lengths)
    idf = np.log1p((n - frequency + 0.5) / (frequency + 0.5))
    longer = _K1 * (1 - _B + _B * lengths / max(float(lengths.mean()), 1)) if n else np.zeros(0)
    weights = np.empty(len(items), dtype=np.float32)
    for start in range(0, len(items), _CHUNK):
        span = slice(start, start + _CHUNK)
        weights[span] = idf[which[span]] * counts[span] / (counts[span] + longer[items[span]])
    return weights


def opened(folder: Path, texts: Callable[[], Sequence[str]]) -> TextIndex:
    """Return the index kept below a catalogue's folder, mapped; `texts` are counted if it is not there."""
    return kept(folder / f"words-{VERSION}", lambda partial: _save(build(texts()), partial), _load)


def _save(made: TextIndex, folder: Path) -> None:
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(made, name))
    np.save(folder / "n_items.npy", np.array([made.n_items]))


def _load(folder: Path) -> TextIndex:
    hashes, starts, items, weights = (mapped(folder / f"{name}.npy") for name in _ARRAYS)
    return TextIndex(hashes, starts, items, weights, int(np.load(folder / "n_items.npy")[0]))
