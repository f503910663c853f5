"""SID-SASRec: the next item as a row of codes, one after the other (group H of arXiv 2503.05493).

An item is its semantic identifier (`bench.identifiers`) of its document's vector. Self-attention reads the
codes of the history and says the next item's code by code; a beam search keeps the likeliest beginnings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from bench.identifiers import Codes, identifiers
from bench.next_item.sequences import EXTRA, teach, windows
from bench.optional import library
from kg.catalogue import Histories, IntArray
from kg.embedder_roster import embedder
from kg.taste.order import best
from kg.taste.types import FloatArray

ITEMS = 20  # of a history, the latest
RATE = 3e-3  # of Adam; at .001 the loss of four epochs needs eight
BEAMS = 20  # beginnings that are kept
Search = Literal["free", "existing", "shared"]
NEVER = -1e6  # the score of an item that the search did not reach
_LATEST: dict[tuple[Any, ...], tuple[Any, float]] = {}  # the network trained last, by what it was taught


@dataclass(frozen=True, slots=True)
class Generative:
    """A network over codes, trained in `train_s` seconds; both ways of searching share it.

    `items` are the numbers of each item's codes, from 1, (items, codes). `search` says what may follow:
    "free": any code, so that rows of codes that are no item are lost; "existing": codes with which an item
    begins (CBS of the paper); "shared": these, their probabilities made to add up to one at every step.
    """

    network: Any
    items: Codes
    search: Search
    learned: int
    train_s: float = 0.0
    places: dict[tuple[int, ...], int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        places = {tuple(codes): item for item, codes in enumerate(self.items.tolist())}
        object.__setattr__(self, "places", places)

    def scores(self, history: IntArray) -> FloatArray:
        """Return the log-probability of items that the search reached, `NEVER` of others; 0 after none."""
        found = np.zeros(len(self.items), dtype=np.float32)
        if not len(history):
            return found
        found[:] = NEVER
        told = self.items[np.asarray(history, dtype=np.int64)[-ITEMS:]].reshape(-1)
        beginnings, chances = self._searched(told)
        for codes, chance in zip(map(tuple, beginnings.tolist()), chances.tolist(), strict=True):
            if codes in self.places:
                found[self.places[codes]] = chance
        return found

    def _searched(self, told: npt.NDArray[np.int64]) -> tuple[Codes, npt.NDArray[np.float64]]:
        """Return the likeliest rows of codes after some, and their log-probabilities."""
        beginnings, chances = np.zeros((1, 0), dtype=np.int64), np.zeros(1)
        for _ in range(self.items.shape[1]):
            after = self._after(told, beginnings)
            likely = chances[:, None] + after
            chosen = best(likely.reshape(-1), BEAMS)
            chosen = chosen[np.isfinite(likely.reshape(-1)[chosen])]
            rows, codes = np.divmod(chosen, after.shape[1])
            beginnings, chances = np.column_stack([beginnings[rows], codes + 1]), likely[rows, codes]
        return beginnings, chances

    def _after(self, told: npt.NDArray[np.int64], beginnings: Codes) -> npt.NDArray[np.float64]:
        """Return (beginnings, codes): the log-probability of every code after each."""
        torch = library("torch", EXTRA)
        row, places, unseen = behind(len(told), beginnings.shape)
        codes = np.concatenate([told, beginnings.reshape(-1)])
        with torch.inference_mode():
            known = self.network(
                torch.from_numpy(codes)[None], torch.from_numpy(places), torch.from_numpy(unseen)
            )[0, row]
            logits = (known @ self.network.items.weight[1:].T).double().numpy()
        if self.search == "free":
            return _log_shares(logits)
        none = ~self._exist(beginnings, logits.shape[1])
        if self.search == "shared":
            return _log_shares(np.where(none, -np.inf, logits))
        return np.where(none, -np.inf, _log_shares(logits))

    def _exist(self, beginnings: Codes, n_codes: int) -> npt.NDArray[np.bool_]:
        """Return (beginnings, codes): whether an item begins so."""
        level = beginnings.shape[1]
        found = np.zeros((len(beginnings), n_codes), dtype=bool)
        for row, codes in enumerate(beginnings):
            found[row, self.items[(self.items[:, :level] == codes).all(axis=1), level] - 1] = True
        return found


def fit(
    histories: Histories,
    n_items: int,
    *,
    texts: Sequence[str],
    layers: int,
    search: Search,
    epochs: int,
    seed: int = 0,
) -> Generative:
    """Return a network taught to tell the codes of every next item of the histories.

    The loss is categorical cross-entropy over all codes. One thread, so that the same seed gives the same
    weights on the same machine. `texts` are the documents of the items, in their order.

    Raises:
        MissingLibraryError: the extra `ctr` is not installed.
    """
    library("torch", EXTRA)
    items = numbered(identifiers(embedder(None, Path(), lambda: texts).embed(texts[:n_items]), seed))
    rows = spelled(windows(histories, ITEMS + 1), items)
    told = (rows.tobytes(), items.tobytes(), layers, epochs, seed)
    if told not in _LATEST:
        _LATEST.clear()
        _LATEST[told] = _taught(rows, items, layers, epochs, seed)
    network, train_s = _LATEST[told]
    learned = sum(each.numel() for each in network.parameters())
    return Generative(network, items, search, learned, train_s)


def _taught(
    rows: npt.NDArray[np.int64], items: Codes, layers: int, epochs: int, seed: int
) -> tuple[Any, float]:
    """Return a trained network and the seconds that took."""
    import torch

    from bench.next_item.networks import SasRec

    start = process_time()
    per_item = items.shape[1]
    torch.set_num_threads(1)
    with torch.random.fork_rng(devices=()):
        torch.manual_seed(seed)
        network = SasRec(int(items.max()), layers, length=(ITEMS + 1) * per_item - 1, dropout=0)
        teach(network, rows, np.random.default_rng(seed), epochs, told=per_item, rate=RATE)
    return network.eval(), process_time() - start


def behind(told: int, shape: tuple[int, int]) -> tuple[Codes, Codes, npt.NDArray[np.bool_]]:
    """Return how `shape[0]` beginnings of `shape[1]` codes stand in one row behind so many codes.

    That is the last number of each beginning in the row, the places of all, and what each does not see: what
    is later, and the other beginnings. So what was told is computed once for all of them.
    """
    n, each = shape
    places = np.concatenate([np.arange(told), np.tile(told + np.arange(each), n)])
    whose = np.concatenate([np.zeros(told, dtype=np.int64), np.repeat(np.arange(1, n + 1), each)])
    other = (whose[None] != whose[:, None]) & (whose[None] > 0)
    last = told + np.arange(1, n + 1) * each - 1
    return last, places, other | (places[None] > places[:, None])


def _log_shares(logits: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the logarithm of the softmax of each row."""
    least = logits - logits.max(axis=1, keepdims=True)
    return np.asarray(least - np.log(np.exp(least).sum(axis=1, keepdims=True)), dtype=np.float64)


def numbered(codes: Codes) -> Codes:
    """Return codes as numbers from 1, those of each level behind those of the one before."""
    sizes = codes.max(axis=0) + 1
    return np.asarray(codes + np.concatenate([[0], np.cumsum(sizes)[:-1]]) + 1, dtype=np.int64)


def spelled(rows: npt.NDArray[np.int64], items: Codes) -> npt.NDArray[np.int64]:
    """Return rows of item numbers, from 1, as rows of the numbers of their codes; 0 stays 0."""
    with_none = np.concatenate([np.zeros((1, items.shape[1]), dtype=np.int64), items])
    return with_none[rows].reshape(len(rows), -1)
