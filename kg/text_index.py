"""Which items speak of which words, and how much: BM25 over stems, as arrays by the hashes of stems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.rows import hash64, hashes64
from kg.stems import raw, stem

_K1, _B = 1.2, 0.75

Positions = npt.NDArray[np.int32]
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True)
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
        wanted = np.uint64(hash64(stemmed))
        at = int(self.hashes.searchsorted(wanted))
        if at == len(self.hashes) or self.hashes[at] != wanted:
            return self.items[:0], self.weights[:0]
        span = slice(int(self.starts[at]), int(self.starts[at + 1]))
        return self.items[span], self.weights[span]

    def idf(self, frequency: int) -> float:
        """Return how much a word tells that so many documents have."""
        return float(np.log1p((self.n_items - frequency + 0.5) / (frequency + 0.5)))

    def scores(self, stems: Iterable[str]) -> Scores:
        """Return the BM25 score of every document for some stems, (n_items,) float32, 0 and more."""
        total = np.zeros(self.n_items, dtype=np.float32)
        for each in stems:
            items, weights = self.postings(each)
            total[items] += weights
        return total


def build(texts: Iterable[str]) -> TextIndex:
    """Count the stems of texts. The same texts give the same arrays."""
    numbers: dict[str, int] = {}
    words, places, counts, lengths = [], [], [], []
    for place, text in enumerate(texts):
        found = Counter(stem(word) for word in raw(text))
        lengths.append(found.total())
        for each, count in found.items():
            words.append(numbers.setdefault(each, len(numbers)))
            places.append(place)
            counts.append(count)
    return _packed(list(numbers), words, places, counts, lengths)


def _packed(
    stems: Sequence[str], words: list[int], places: list[int], counts: list[int], lengths: list[int]
) -> TextIndex:
    hashes = hashes64(stems)
    order = np.argsort(hashes, kind="stable")
    rank = np.empty(len(stems), dtype=np.int64)
    rank[order] = np.arange(len(stems))
    which = rank[np.array(words, dtype=np.int64)]
    by_stem = np.argsort(which, kind="stable")
    which, items = which[by_stem], np.array(places, dtype=np.int32)[by_stem]
    frequency = np.bincount(which, minlength=len(stems))
    n = len(lengths)
    idf = np.log1p((n - frequency + 0.5) / (frequency + 0.5))
    length = np.array(lengths, dtype=np.float64)
    relative = length / max(float(length.mean()), 1) if n else length
    count = np.array(counts, dtype=np.float64)[by_stem]
    weights = idf[which] * count / (count + _K1 * (1 - _B + _B * relative[items]))
    starts = np.concatenate(([0], np.cumsum(frequency)))
    return TextIndex(hashes[order], starts.astype(np.int64), items, weights.astype(np.float32), n)
